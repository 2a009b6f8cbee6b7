"""What of the archive a person may find and read, his loans, the register and its figures."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.slips import queries as slips
from zhengtong.office.archive import queries as archive
from zhengtong.office.archive.queries import reading
from zhengtong.office.archive.queries.reading import Item, Part
from zhengtong.papers.archive import viewing

from . import rules
from .models import Loan, Opening

KEPT = ["filed", "destroyed"]
RUNNING = [rules.State.ASKED.value, rules.State.GRANTED.value]


def where(person: Person, item: Item) -> rules.Where:
    """Whose the item is to this person."""
    if item.opened_on and not item.secrecy:
        return rules.Where.OPEN
    return rules.Where.OWN if item.fonds in reading.own_fonds(person) else rules.Where.OTHER


def access(person: Person, item: Item) -> rules.Access:
    return rules.access(where(person, item), bool(item.secrecy))


def find(
    person: Person, words: str = "", number: str = "", maker: str = "", year: int | None = None, period: str = "", klass: str = ""
) -> QuerySet[Item]:
    """The catalogue, as far as this person may know it, that matches all that is asked."""
    found = reading.known(person)
    for word in words.split():
        found = found.filter(title__icontains=word)
    if number:
        found = found.filter(Q(archive_number__icontains=number) | Q(number__icontains=number) | Q(original__icontains=number))
    if maker:
        found = found.filter(maker__icontains=maker)
    if klass:
        found = found.filter(Q(klass__code__iexact=klass) | Q(klass__name__icontains=klass))
    if year:
        found = found.filter(year=year)
    return found.filter(period=period) if period else found


def item_for(person: Person, number: str) -> tuple[Item, bool] | None:
    """The item of this archival number, and whether the person may know what it is or only that it exists."""
    if found := reading.known(person).filter(archive_number=number).first():
        return found, True
    other = reading.elsewhere(person, number)
    return (other, False) if other and other.archive_number == number else None


def keeps(person: Person, item: Item) -> bool:
    """Whether the person is the item's archivist, who needs no loan to read it."""
    return archive.visible(person).filter(pk=item.pk).exists()


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is asked to approve: a role in an organ, of a classified item one person by name."""

    role: str
    organ: str
    person: str
    people: tuple[Person, ...]


def approver(reader: Person, item: Item, row: rules.Access) -> Turn | None:
    """Who decides on the request: never the reader, and of a classified item only somebody who may know it."""
    assert item.fonds
    roles = rules.HEADS if row.approver == "head" else (row.approver,)
    for role in roles:
        for organ in reading.members(item.fonds):
            people = [person for person in accounts.people_with(role, organ) if person.pk != reader.pk]
            if row.classified:
                people = [p for p in people if reading.known(p).filter(pk=item.pk).exists()]
            if people:
                return Turn(role, organ.code, people[0].code if row.classified else "", tuple(people[:1] if row.classified else people))
    return None


def loans_of(person: Person) -> QuerySet[Loan]:
    """What this person asked for, the last first."""
    return visible(person).filter(reader=person)


def running(person: Person, numbers: Iterable[str]) -> dict[str, Loan]:
    """The person's own running loans of these items, by archival number."""
    found = Loan.objects.filter(reader=person, item__in=list(numbers), state__in=RUNNING)
    return {loan.item: loan for loan in found}


def visible(person: Person) -> QuerySet[Loan]:
    """His own, those he is or was asked to approve, and those of items that he keeps."""
    touched = slips.concerned(person).values("slip__paper")
    mine = Q(reader=person) | Q(code__in=touched) | Q(item__in=archive.visible(person).filter(state__in=KEPT).values("archive_number"))
    known = Q(secrecy="") | Q(item__in=reading.known(person).values("archive_number"))
    return Loan.objects.filter(mine & known).select_related("reader", "organ", "decided_by", "slip")


def register(person: Person) -> QuerySet[Loan]:
    """利用登记簿 of what this archivist keeps."""
    kept = archive.visible(person).filter(state__in=KEPT).values("archive_number")
    found = Loan.objects.filter(item__in=kept).select_related("reader", "organ", "decided_by")
    return found.annotate(
        opened=Count("openings", filter=Q(openings__copied=False)), copied=Count("openings", filter=Q(openings__copied=True))
    ).order_by("-asked_at", "-pk")


def filtered(found: QuerySet[Loan], words: str = "", state: str = "", purpose: str = "", year: int | None = None) -> QuerySet[Loan]:
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(item__icontains=word) | Q(reader__name__icontains=word) | Q(code__iexact=word))
    if state == rules.EXPIRED:
        found = found.filter(state=rules.State.GRANTED.value, until__lt=clock.today())
    elif state == rules.State.GRANTED:
        found = found.filter(state=state, until__gte=clock.today())
    elif state:
        found = found.filter(state=state)
    if purpose:
        found = found.filter(purpose=purpose)
    return found.filter(asked_at__year=year) if year else found


def standing(loan: Loan) -> str:
    return rules.standing(loan.state, loan.until, clock.today())


def told(person: Person, loan: Loan) -> bool:
    """Whether the person may be told what the item is called: of another organ's only once it is granted, its keeper always."""
    if loan.where != rules.Where.OTHER or loan.reader_id != person.pk:
        return True
    return loan.state in (rules.State.GRANTED, rules.State.RETURNED, rules.State.RECALLED)


def readable(loan: Loan, item: Item | None) -> bool:
    """Whether the item can still be read on this loan: in the archive, and of a classified one, still within reach of its reader."""
    if item is None or item.state != "filed":
        return False
    return not item.secrecy or reading.known(loan.reader).filter(pk=item.pk).exists()


def contents(loan: Loan, item: Item) -> list[Part]:
    """The parts that this loan shows; an OFD with its PDF beside it is shown by the PDF."""
    row = rules.access(loan.where, bool(item.secrecy))
    parts = reading.contents(item, [role.value for role in row.parts])
    beside = any(part.role == "page" for part in parts)
    return [part for part in parts if not (beside and part.role == "final")]


@dataclass(frozen=True, slots=True)
class Read:
    """What one opening shows, and until when."""

    opening: Opening
    part: Part
    until: datetime
    pages: int
    words: str


def reading_of(person: Person, key: int) -> Read | None:
    """The opening, while it lasts: its loan still runs, its item is still within reach, its half hour is not over."""
    opening = Opening.objects.filter(pk=key, loan__reader=person, copied=False).select_related("loan__reader", "loan__organ").first()
    if opening is None or clock.now() >= (until := opening.at + timedelta(minutes=rules.READING_MINUTES)):
        return None
    loan, item = opening.loan, reading.numbered(opening.loan.item)
    if rules.reading_objection(loan.state, loan.until, clock.today()) or item is None or not readable(loan, item):
        return None
    part = next((one for one in contents(loan, item) if one.file.sm3 == opening.sm3 and one.name == opening.name), None)
    if part is None:
        return None
    at = opening.at.astimezone(clock.ZONE)
    words = f"{person.name} {loan.organ} {at:%Y-%m-%d %H:%M} {loan.code}"
    return Read(opening, part, until, part.pages or 0 if part.file.kind in viewing.SHOWN else 0, words)


def picture(shown: Read, number: int) -> bytes | None:
    """One page of what was opened, with the reader's name across it."""
    try:
        return viewing.page(read(shown.part.file.sm3), shown.part.file.kind, number, shown.words)
    except (ValueError, OSError):
        return None


def verbs(person: Person, loan: Loan) -> list[rules.Step]:
    """What this person may do with the loan; the same table that the actions ask."""
    parts = set()
    if loan.reader_id == person.pk:
        parts.add("reader")
    elif loan.slip and slips.line_for(person, loan.code):
        parts.add("approver")
    if register(person).filter(pk=loan.pk).exists():
        parts.add("keeper")
    found = rules.verbs(loan.state, parts)
    if standing(loan) == rules.EXPIRED:
        return [row for row in found if row.verb != "extend"]
    row = rules.access(loan.where, bool(loan.secrecy))
    return [one for one in found if one.verb != "extend" or (row.extension and not loan.extended)]


def asked_of(person: Person) -> QuerySet[Loan]:
    """The requests that wait for this person's decision, the longest waiting first."""
    papers = slips.todo(person).filter(slip__template="borrowing").values("slip__paper")
    return Loan.objects.filter(code__in=papers).select_related("reader", "organ").order_by("asked_at", "pk")


def waiting(person: Person) -> int:
    """How many requests wait for this person, and how many of his own loans have run out and are not returned."""
    return asked_of(person).count() + Loan.objects.filter(reader=person, state=rules.State.GRANTED.value, until__lt=clock.today()).count()


def lent(numbers: Iterable[str]) -> list[Loan]:
    """The loans on which these items can be read today; what is being read is not destroyed."""
    return list(Loan.objects.filter(item__in=list(numbers), state=rules.State.GRANTED.value, until__gte=clock.today()).order_by("item"))


def uses_of(number: str) -> QuerySet[Loan]:
    """Every loan of an item, for its own page."""
    return Loan.objects.filter(item=number).select_related("reader", "organ")


@dataclass(slots=True)
class Figure:
    """One year: requests, readers, items, openings and copies, and how many requests each purpose had."""

    year: int
    loans: int = 0
    readers: int = 0
    items: int = 0
    openings: int = 0
    copies: int = 0
    purposes: dict[str, int] = field(default_factory=dict)


def figures(person: Person) -> list[Figure]:
    """利用统计 by year and purpose, of what this archivist keeps."""
    found = Loan.objects.filter(pk__in=register(person).values("pk")).annotate(asked=ExtractYear("asked_at"))
    counts = found.values("asked").annotate(loans=Count("pk"), readers=Count("reader", distinct=True), items=Count("item", distinct=True))
    years = {row["asked"]: Figure(row["asked"], row["loans"], row["readers"], row["items"]) for row in counts.order_by("-asked")}
    opened = Opening.objects.filter(loan__in=found.values("pk")).annotate(asked=ExtractYear("loan__asked_at"))
    for year, copied, count in opened.values_list("asked", "copied").annotate(n=Count("pk")).order_by():
        setattr(years[year], "copies" if copied else "openings", count)
    for year, purpose, count in found.values_list("asked", "purpose").annotate(n=Count("pk")).order_by():
        years[year].purposes[purpose] = count
    return list(years.values())
