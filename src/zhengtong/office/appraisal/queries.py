"""What is due, which sheets a person sees, who is asked at each stage, and what was decided of an item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.accounts.rules import ADMINISTRATORS
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.rules import LineState, StageRow
from zhengtong.office.archive import queries as archive
from zhengtong.office.archive.queries import reading
from zhengtong.office.archive.queries.reading import Fonds, Item

from . import rules
from .models import Entry, Removal, Sheet
from .rules import judging, periods

MOST = 200  # items on one sheet
BEFORE = (rules.State.REVIEW, rules.State.DECIDE)


def kinds() -> list[rules.Kind]:
    """Of secrets there is nothing to review on the network that holds none."""
    return [kind for kind in rules.Kind if kind != rules.Kind.SECRECY or settings.CLASSIFIED]


def kept(person: Person) -> QuerySet[Item]:
    """What this archivist has in the archive, and nobody else has been handed."""
    found = archive.visible(person).filter(state="filed", fonds__isnull=False)
    return found.exclude(moved__active=True).order_by("archive_number")


def _free(person: Person, kind: rules.Kind) -> QuerySet[Item]:
    return kept(person).exclude(archive_number__in=Entry.objects.filter(kind=kind.value, active=True).values("number"))


def _settled(kind: rules.Kind, judgement: str) -> QuerySet[Entry]:
    return Entry.objects.filter(kind=kind.value, judgement=judgement, settled_at__isnull=False)


def over(person: Person) -> QuerySet[Item]:
    """到期: items whose retention period has ended and which nobody decided to keep longer."""
    today = clock.today()
    ended = Q(pk__in=[])
    for period, year in periods.over_years(today).items():
        ended |= Q(period=period, year__lte=year)
    longer = _settled(rules.Kind.DESTRUCTION, "keep").filter(Q(until__isnull=True) | Q(until__gte=today))
    return _free(person, rules.Kind.DESTRUCTION).filter(ended).exclude(archive_number__in=longer.values("number"))


def closed(person: Person, days: int = periods.SOON) -> QuerySet[Item]:
    """到开放年限: unclassified items that are 25 years old, or will be within these days, and were not closed for longer."""
    today = clock.today()
    controlled = _settled(rules.Kind.OPENING, "control").filter(until__gte=today)
    found = _free(person, rules.Kind.OPENING).filter(secrecy="", opened_on__isnull=True)
    born = periods.opening_born(today, days)
    return (
        found.filter(written_on__lte=born).exclude(archive_number__in=controlled.values("number")).order_by("written_on", "archive_number")
    )


def secrets(person: Person) -> QuerySet[Item]:
    """Every classified item that is on no sheet: each is looked at every year (保守国家秘密法第二十四条)."""
    return _free(person, rules.Kind.SECRECY).exclude(secrecy="")


def due(person: Person, kind: rules.Kind) -> QuerySet[Item]:
    """What is offered for a new sheet of this kind."""
    return {rules.Kind.OPENING: closed, rules.Kind.SECRECY: secrets, rules.Kind.DESTRUCTION: over}[kind](person)


@dataclass(frozen=True, slots=True)
class Due:
    """An item on the list of what is due: when its period ends, whether it has, and when it was last reviewed."""

    item: Item
    end: date | None
    ended: bool
    soon: bool
    last: date | None


def listed(kind: rules.Kind, items: Iterable[Item]) -> list[Due]:
    items, today = list(items), clock.today()
    numbers = [item.archive_number for item in items]
    last = dict(
        Entry.objects.filter(kind=kind.value, number__in=numbers, settled_at__isnull=False)
        .order_by("id")
        .values_list("number", "settled_at")
    )
    found = []
    for item in items:
        end = subject(kind, item).end
        ended = end is not None and end < today
        soon = not ended and end is not None and (end - today).days <= periods.SECRECY_SOON
        reviewed = last.get(item.archive_number or "")
        found.append(Due(item, end, ended, soon, reviewed.astimezone(clock.ZONE).date() if reviewed else None))
    return found


def end_of(item: Item) -> date | None:
    """The last day for which the item is kept, None for ever: as filed, or as decided since."""
    row = _settled(rules.Kind.DESTRUCTION, "keep").filter(number=item.archive_number).order_by("-id").first()
    return row.until if row else periods.kept_until(item.year, item.period)


def subject(kind: str, item: Item) -> judging.Subject:
    """What of an item its judgement looks at."""
    if kind == rules.Kind.DESTRUCTION:
        end = end_of(item)
    elif kind == rules.Kind.SECRECY:
        end = periods.secret_until(item.written_on, item.secrecy_mark)
    else:
        end = periods.opens_on(item.written_on)
    return judging.Subject(item.archive_number or "", item.year, item.period, item.way, item.secrecy, item.secrecy_mark, end)


def visible(person: Person) -> QuerySet[Sheet]:
    """Sheets of what he keeps, and those that came to him; none with a classified item on it that he may not know."""
    kept_fonds = archive.fonds_kept(person).values("code")
    touched = slips.concerned(person).values("slip__paper")
    hidden = Entry.objects.exclude(level="").exclude(number__in=reading.known(person).values("archive_number"))
    found = Sheet.objects.filter(Q(fonds__in=kept_fonds) | Q(code__in=touched)).exclude(pk__in=hidden.values("sheet"))
    return found.select_related("organ", "made_by", "slip").annotate(count=Count("entries")).order_by("-made_at", "-id")


def filtered(found: QuerySet[Sheet], words: str = "", kind: str = "", state: str = "") -> QuerySet[Sheet]:
    if words.strip():
        holding = Entry.objects.filter(number__icontains=words.strip()).values("sheet")
        found = found.filter(Q(code__icontains=words.strip()) | Q(pk__in=holding))
    if kind:
        found = found.filter(kind=kind)
    return found.filter(state=state) if state else found


def in_hand(person: Person, sheet: Sheet) -> bool:
    """Whether it is this person's turn."""
    return slips.line_for(person, sheet.code) is not None


def verbs(person: Person, sheet: Sheet) -> list[rules.Step]:
    """What this person may do now; the same tables that the actions ask."""
    hand = in_hand(person, sheet) and not rules.person_objection(sheet.made_by_id, settled(sheet), sheet.state, person.pk)
    return rules.verbs(sheet.state, hand, sheet.made_by_id == person.pk)


def settled(sheet: Sheet) -> dict[str, list[int]]:
    """Who has taken which stage, of those that are not the archivist's and were not returned since."""
    done: dict[str, list[int]] = {}
    start = sheet.slip.lines.filter(stage=rules.State.DRAFT.value, state=LineState.DONE.value).order_by("-order").first()
    for line in sheet.slip.lines.filter(state=LineState.DONE.value, order__gt=start.order if start else 0):
        if line.stage not in (rules.State.DRAFT, rules.State.DESTROY) and line.done_by_id:
            done.setdefault(line.stage, []).append(line.done_by_id)
    return done


def waiting(person: Person) -> int:
    return slips.todo(person).filter(slip__template="appraisal").count()


def knows_all(person: Person, numbers: Sequence[str]) -> bool:
    """Whether the person may know every classified one of these items."""
    return not set(numbers) - set(reading.known(person).filter(archive_number__in=numbers).values_list("archive_number", flat=True))


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is asked at a stage: a role in an organ and perhaps a unit; by name where a classified item is on the sheet."""

    row: StageRow
    people: tuple[Person, ...]


def turn(stage: rules.Stage, by: Person, fonds: Fonds, secret: Sequence[str], beside: bool = False) -> Turn | None:
    """The first role of the stage that somebody other than the archivist holds: in his unit, his organ, the organs of the fonds."""
    own = [by.organ] if by.organ else []
    organs = list(dict.fromkeys([*own, *reading.members(fonds)]))
    for role in stage.roles:
        for organ in organs:
            people = [p for p in accounts.people_with(role, organ) if p.pk != by.pk and (not secret or knows_all(p, secret))]
            if not people:
                continue
            unit = by.unit if organ == by.organ and role == "unit_head" else None
            near = [p for p in people if unit and any(post.unit_id == unit.pk for post in p.posts)]
            row = StageRow(stage.state.value, stage.label, role, organ.code, unit.code if near and unit else "", beside=beside)
            return Turn(row, tuple(near or people))
    return None


def witnesses(sheet: Sheet) -> list[Person]:
    """Who may be asked to witness: people of the organ with an account who have no other part in it."""
    numbers = secret_numbers(sheet)
    fonds = archive.fonds_kept(sheet.made_by).filter(code=sheet.fonds).first()
    asked = [turn(rules.stage(sheet.kind, state), sheet.made_by, fonds, numbers) for state in BEFORE] if fonds else []
    others = {sheet.made_by_id, *(person.pk for one in asked if one for person in one.people)}
    people = [person for person in orgs.members(sheet.organ).order_by("code").distinct() if person.pk not in others]
    allowed = [person for person in people if not accounts.roles(person) & ADMINISTRATORS and _enters(person)]
    return [person for person in allowed if not numbers or knows_all(person, numbers)]


def _enters(person: Person) -> bool:
    account = accounts.account_of(person)
    return account is not None and account.is_active


def secret_numbers(sheet: Sheet) -> list[str]:
    """The items of the sheet that are still classified."""
    numbers = list(sheet.entries.exclude(level="").values_list("number", flat=True))
    return [one for one in numbers if (item := reading.numbered(one)) and item.secrecy]


def entries_of(number: str) -> QuerySet[Entry]:
    """Everything that was ever judged of an item."""
    return Entry.objects.filter(number=number).select_related("sheet").order_by("-id")


def pending() -> list[int]:
    """Contents that wait to be removed."""
    return list(Removal.objects.filter(outcome=Removal.PENDING).order_by("pk").values_list("pk", flat=True))
