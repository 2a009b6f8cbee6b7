"""The balance sheet: registered against filed, what is missing and why it may be, doubles, and pages and digests against the files."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import QuerySet

from zhengtong.foundation.numbers.models import Series
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.office.archive.models import Item, Member, Waiver
from zhengtong.office.archive.rules import CONTENT, RECEIVED_SERIES, State, digest
from zhengtong.office.archive.rules import balance as rules
from zhengtong.office.documents import queries as documents
from zhengtong.office.incoming import queries as incoming
from zhengtong.office.incoming.rules.steps import State as Stage

from .checking import Looked, look
from .items import kept_by, parts_of

GONE = (Stage.RETURNED, Stage.RECALLED)


class Paper(Protocol):
    """What is asked of a registered incoming paper."""

    code: str
    number: str
    title: str
    secrecy: str

    def get_state_display(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Missing:
    """A registered document that is neither filed nor waived: where it stands, as far as anybody knows."""

    organ: str
    series: str
    serial: int
    number: str
    title: str = ""
    where: str = ""
    link: str = ""

    @property
    def key(self) -> str:
        return f"{self.organ}|{self.series}|{self.serial}"


@dataclass(slots=True)
class Sheet:
    """The balance sheet of a year."""

    year: int
    rows: list[rules.Balance] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    waived: list[Waiver] = field(default_factory=list)
    gone: list[Missing] = field(default_factory=list)  # sent back, or taken back by their sender
    doubles: list[tuple[Item, ...]] = field(default_factory=list)
    faults: list[tuple[Item, str]] = field(default_factory=list)

    @property
    def even(self) -> bool:
        return all(row.even for row in self.rows) and not self.doubles and not self.faults


def years(person: Person) -> list[int]:
    """Years of which anything was registered or filed."""
    organs = list(kept_by(person))
    numbered = Series.objects.filter(organ__in=[organ.code for organ in organs]).values_list("year", flat=True)
    return sorted({*numbered, *Item.objects.filter(organ__in=organs).values_list("series_year", flat=True)}, reverse=True)


def balance(person: Person, year: int, compare: bool = False) -> Sheet:
    """Registered against filed for every numbering series of the year. Serials come from the numbers room, so that
    a document which never reached the archive is missed too."""
    return balance_of(kept_by(person), year, compare)


def balance_of(organs: QuerySet[Organ], year: int, compare: bool = False) -> Sheet:
    """The sheet of these organs; `compare` reads every kept file again."""
    sheet = Sheet(year)
    for organ in organs:
        _add(sheet, organ)
    sheet.doubles = doubles(organs, year)
    if compare:
        sheet.faults = faults(Item.objects.filter(organ__in=organs, series_year=year))
    return sheet


def _add(sheet: Sheet, organ: Organ) -> None:
    year, states = sheet.year, defaultdict[str, dict[int, str]](dict)
    kept = Item.objects.filter(organ=organ, series_year=year, serial__isnull=False)
    for series, serial, state in kept.values_list("series", "serial", "state"):
        states[series][serial or 0] = state
    waived = list(Waiver.objects.filter(organ=organ, year=year).select_related("organ", "item", "by"))
    for one in waived:
        states[one.series].setdefault(one.serial, State.WAIVED.value)
    papers = incoming.numbered(organ, year)
    for serial, paper in papers.items():
        if paper.state in GONE and serial not in states[RECEIVED_SERIES]:
            states[RECEIVED_SERIES][serial] = State.WAIVED.value
            sheet.gone.append(_missing(organ, RECEIVED_SERIES, serial, year, {}, papers))
    last = registered(organ, year)
    issued = documents.numbered(organ, year)
    for series in sorted({*last, *states}):
        row = rules.balance(organ.name, series, last.get(series, max(states[series], default=0)), states[series])
        sheet.rows.append(row)
        sheet.missing += [_missing(organ, series, serial, year, issued, papers) for serial in row.missing]
    sheet.waived += waived


def registered(organ: Organ, year: int) -> dict[str, int]:
    """How far each series of an organ has come: its own letters, and what it registered as received."""
    numbered = Series.objects.filter(organ=organ.code, year=year).values_list("series", "last")
    letters = organ.letters.removesuffix("发")
    return {name: last for name, last in numbered if name == RECEIVED_SERIES or (letters and name.startswith(letters))}


def _missing(
    organ: Organ, series: str, serial: int, year: int, issued: Mapping[tuple[str, int], documents.Numbered], papers: Mapping[int, Paper]
) -> Missing:
    if series == RECEIVED_SERIES:
        paper = papers.get(serial)
        if paper is None:
            return Missing(organ.code, series, serial, str(serial))
        title, where = "" if paper.secrecy else paper.title, str(paper.get_state_display())
        return Missing(organ.code, series, serial, paper.number, title, where, f"/incoming/{paper.code}/")
    found = issued.get((series, serial))
    if found is None:
        return Missing(organ.code, series, serial, f"{series}〔{year}〕{serial}号")
    return Missing(organ.code, series, serial, found.number, found.title, found.state, f"/documents/{found.code}/")


def named(organ: Organ, series: str, year: int, serial: int) -> Missing:
    """What is known of a registered number."""
    return _missing(organ, series, serial, year, documents.numbered(organ, year), incoming.numbered(organ, year))


def doubles(organs: Iterable[Organ], year: int) -> list[tuple[Item, ...]]:
    """重份: items of one fonds with the same maker and document number, such as our own document that came to us as a copy."""
    found: dict[tuple[int, str, str], list[Item]] = defaultdict(list)
    kept = Item.objects.filter(organ__in=organs, series_year=year).exclude(state__in=[State.WAIVED.value, State.DESTROYED.value])
    members = dict(Member.objects.values_list("organ", "fonds"))
    for item in kept.select_related("organ").order_by("pk"):
        found[(members.get(item.organ_id or 0, -(item.organ_id or 0)), item.maker, item.original or item.number)].append(item)
    return [tuple(same) for same in found.values() if len(same) > 1]


def faults(items: Iterable[Item]) -> list[tuple[Item, str]]:
    """Where pages and digests are not those of the stored files any more; of what was destroyed, those that stay."""
    found, looked = [], Looked()
    items = list(items)
    parts = parts_of(items)
    for item in items:
        have = parts[item.pk]
        wrong = [part.name for part in have if not look(part, looked).whole or look(part, looked).pages != part.pages]
        if not item.destroyed_at and item.pages != sum(look(part, looked).pages or 0 for part in have if part.role in CONTENT):
            wrong.append("页数")
        if not item.destroyed_at and digest([(part.role, part.name, part.file.sm3) for part in have]) != item.digest:
            wrong.append("固化摘要")
        found += [(item, name) for name in wrong]
    return found


def waiver(pk: int, organs: Sequence[int]) -> Waiver | None:
    return Waiver.objects.filter(pk=pk, organ__in=organs).select_related("organ", "item").first()


def waiver_of(item: Item) -> Waiver | None:
    """Why an item is not filed."""
    return Waiver.objects.filter(item=item).select_related("by").first()
