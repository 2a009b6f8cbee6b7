"""Who sees which letter. The accused never sees it; a report is seen by the keeper of reports alone."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.queries import people_with, roles_by_organ
from zhengtong.foundation.clock.models import ClockEvent, Running
from zhengtong.foundation.clock.queries import calendar, reading_of
from zhengtong.foundation.clock.rules import Reading
from zhengtong.foundation.orgs.models import Holding, Organ, Person

from . import rules
from .models import Letter

TABS = ("todo", "late", "open", "closed")


def roles_of(person: Person) -> frozenset[str]:
    held = roles_by_organ(person)
    return frozenset(role for role in rules.ROLES if held.get(role))


def organs_with(person: Person, *roles: str) -> set[int]:
    held = roles_by_organ(person)
    return set().union(*(held.get(role, frozenset()) for role in roles))


def organs_of(person: Person) -> set[int]:
    """The organs in which the person has had any post: to one of them he belongs, so what accuses it is not for him."""
    return set(Holding.objects.filter(person=person).values_list("post__organ", flat=True))


def not_accused(found: QuerySet[Letter], person: Person) -> QuerySet[Letter]:
    """Without what accuses the person or an organ of his."""
    through_organs = Letter.accused_organs.through.objects.filter(organ_id__in=organs_of(person)).values("letter_id")
    through_people = Letter.accused_people.through.objects.filter(person_id=person.pk).values("letter_id")
    return found.exclude(pk__in=through_organs).exclude(pk__in=through_people)


def visible(person: Person) -> QuerySet[Letter]:
    """The letters this person may see at all."""
    roles, mine = roles_of(person), organs_with(person, rules.HANDLER, rules.CHECKER)
    may = Q(pk__in=[])
    if rules.CENTER in roles:
        may |= ~Q(kind=rules.Kind.REPORT.value)
    if rules.CONFIDENTIAL in roles:
        may |= Q(kind=rules.Kind.REPORT.value)
    if mine:
        assisting = Letter.objects.filter(assists__organ__in=mine).values("pk")
        with_organ = Q(state__in=[s.value for s in rules.WITH_ORGAN]) & ~Q(kind=rules.Kind.REPORT.value)
        may |= (Q(lead__in=mine) | Q(pk__in=assisting)) & with_organ
    return not_accused(Letter.objects.filter(may), person).select_related("lead", "proposed")


def roles_for(person: Person, letter: Letter) -> frozenset[str]:
    """What the person may do with this letter: center and keeper everywhere, handler and checker where the letter lies."""
    roles = set(roles_of(person)) & {rules.CENTER, rules.CONFIDENTIAL}
    for role in (rules.HANDLER, rules.CHECKER):
        if letter.lead_id and letter.lead_id in organs_with(person, role):
            roles.add(role)
    return frozenset(roles)


def waiting(person: Person) -> QuerySet[Letter]:
    """What waits for this person."""
    roles = roles_of(person)
    todo = Q(pk__in=[])
    if rules.CENTER in roles:
        todo |= Q(state__in=["received", "sorted", "answered"]) | (Q(state="handling", extended=False) & ~Q(extension=""))
    if rules.CONFIDENTIAL in roles:
        todo |= Q(kind="report") & ~Q(state="closed")
    todo |= Q(state__in=["dispatched", "handling"], lead__in=organs_with(person, rules.HANDLER))
    todo |= Q(state="checking", lead__in=organs_with(person, rules.CHECKER))
    return visible(person).filter(todo)


def late(person: Person) -> QuerySet[Letter]:
    """Open letters of which a clock is past its day."""
    subjects = Running.objects.filter(due__lt=clock.today(), subject__startswith="LX-").values("subject")
    return visible(person).exclude(state="closed").filter(number__in=subjects)


def clocks(found: Iterable[Letter]) -> dict[str, Reading]:
    """What the nearest running clock of each letter shows today, by number."""
    numbers = [one.number for one in found]
    running = set(Running.objects.filter(subject__in=numbers).values_list("subject", "limit"))
    events: dict[tuple[str, str], list[ClockEvent]] = {}
    for event in ClockEvent.objects.filter(subject__in=numbers):
        if (event.subject, event.limit) in running:
            events.setdefault((event.subject, event.limit), []).append(event)
    shown: dict[str, Reading] = {}
    for (number, _limit), group in events.items():
        reading = reading_of(group, clock.today(), calendar())
        if reading and (number not in shown or reading.due < shown[number].due):
            shown[number] = reading
    return shown


def events(letter: Letter) -> list[ClockEvent]:
    return list(ClockEvent.objects.filter(subject=letter.number).order_by("at", "id"))


def forbidden(letter: Letter) -> set[int]:
    """The organs that must not get it: the accused and everything below them."""
    found = set(letter.accused_organs.values_list("pk", flat=True))
    layer = found
    while layer:
        layer = set(Organ.objects.filter(parent__in=layer).values_list("pk", flat=True)) - found
        found |= layer
    return found


def able() -> set[int]:
    """The organs that have both somebody to handle and somebody else to check."""
    both = []
    for role in (rules.HANDLER, rules.CHECKER):
        both.append({pk for person in people_with(role) for pk in organs_with(person, role)})
    return both[0] & both[1]


def choosable(letter: Letter) -> QuerySet[Organ]:
    return Organ.objects.filter(pk__in=able() - forbidden(letter))


def suggested(letter: Letter) -> list[Organ]:
    """建议: by the directory's duties and by where earlier letters were answered; what the center chose last counts."""
    open_to = choosable(letter)
    keys = [one.pk for one in open_to]
    duties = [(one.pk, f"{one.name}{one.duties}") for one in open_to]
    past = Letter.objects.filter(lead__in=keys, state__in=["handling", "checking", "answered", "closed"]).exclude(pk=letter.pk)
    earlier = list(past.values_list("lead", "subject", "text")[:500])
    found = rules.suggest(f"{letter.subject}{letter.text}", duties, [(lead, f"{subject}{text}") for lead, subject, text in earlier])
    by_key = {one.pk: one for one in open_to}
    return [by_key[key] for key in found]


def readers(letter: Letter, role: str, organ: Organ | None = None) -> list[Person]:
    """Whom to tell of it: who holds the role and may see the letter."""
    return [person for person in people_with(role, organ) if visible(person).filter(pk=letter.pk).exists()]
