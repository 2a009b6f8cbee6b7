"""Templates of slips (办理单模板): what an organ may arrange for its own papers, and what the rule book keeps.

A room says which kinds of papers it has: their stages, each with its article, what must come before what, and the rows that hold
for the whole county. An organ's secretary orders the rows otherwise; a row that breaks the order is refused at that row, by its article.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

from .lines import StageRow, Template

MOST_ROWS = 24
MOST_DAYS = 60
LONGEST = 40
WHOLE = -1  # an objection to the template as a whole


@dataclass(frozen=True, slots=True)
class Stage:
    """What is done at this stage, by whom (`roles` held at `place`), by which article.

    `must`: no paper goes without it. `several`: it may stand more than once. `alone`: nothing happens beside it.
    `fixed`: who does it is not the secretary's to choose (`who` says who that is).
    """

    code: str
    label: str
    roles: tuple[str, ...]
    place: str
    article: str
    must: bool = True
    several: bool = False
    alone: bool = True
    fixed: bool = False
    who: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """`first` is done before `then` begins, wherever both stand; `said` is the sentence for whoever turns them round."""

    first: str
    then: str
    article: str
    said: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a template: a stage, and who: a role, a role in one unit, or whoever holds a post. Codes, never keys."""

    stage: str
    label: str
    role: str = ""
    unit: str = ""
    post: str = ""
    beside: bool = False
    days: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its stages, their order, and the county's own rows (version 1 of everybody)."""

    code: str
    label: str
    stages: tuple[Stage, ...]
    orders: tuple[Order, ...]
    entries: tuple[Entry, ...]
    places: Mapping[str, str] = field(default_factory=dict)

    def stage(self, code: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.code == code), None)


@dataclass(frozen=True, slots=True)
class Own:
    """What a paper itself says about a stage: the drafter's name, his unit."""

    person: str = ""
    unit: str = ""
    role: str = ""


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """A room's kind of paper; its secretaries can arrange it from now on."""
    KINDS[kind.code] = kind


def plain(text: str) -> str:
    """Words on one line without marks that can't be seen: neither a database nor a file for other tools holds those."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def entry_places(entries: Sequence[Entry]) -> list[int]:
    """The place of each row: rows marked `beside` share that of the row above."""
    found: list[int] = []
    for entry in entries:
        found.append(found[-1] if found and entry.beside else (found[-1] if found else 0) + 1)
    return found


def objections(kind: Kind, entries: Sequence[Entry]) -> list[tuple[int, Objection]]:
    """All that the rule book has against these rows: the number of the row (or WHOLE) and the sentence with its article."""
    if len(entries) > MOST_ROWS:
        return [(WHOLE, Objection(_("一张办理单最多%(most)d行"), {"most": MOST_ROWS}))]
    found = [(number, no) for number, entry in enumerate(entries) for no in _of_row(kind, entry)]
    if any(kind.stage(entry.stage) is None for entry in entries):
        return found
    found += _doubled(kind, entries)
    found += _beside(kind, entries)
    found += _missing(kind, entries)
    found += _order(kind, entries)
    return sorted(found, key=lambda each: each[0])


def _of_row(kind: Kind, entry: Entry) -> list[Objection]:
    stage = kind.stage(entry.stage)
    if stage is None:
        return [Objection(_("“%(kind)s”没有“%(stage)s”这一环节"), {"kind": kind.label, "stage": entry.label or entry.stage})]
    found = []
    if not entry.label.strip() or len(entry.label) > LONGEST:
        found.append(Objection(_("环节名称须为1至%(most)d个字"), {"most": LONGEST}, field="label"))
    if not 0 <= entry.days <= MOST_DAYS:
        found.append(Objection(_("办理天数须为0至%(most)d个工作日"), {"most": MOST_DAYS}, field="days"))
    if stage.fixed and (entry.unit or entry.post or entry.role != stage.roles[0]):
        found.append(
            Objection(_("“%(stage)s”的办理人不能改（%(article)s）"), {"stage": stage.label, "article": stage.article}, field="who")
        )
    elif not entry.role and not entry.post:
        found.append(Objection(_("请选择由谁办理"), field="who"))
    elif entry.role and entry.role not in stage.roles:
        found.append(
            Objection(_("“%(stage)s”不能由这一角色办理（%(article)s）"), {"stage": stage.label, "article": stage.article}, field="who")
        )
    return found


def _doubled(kind: Kind, entries: Sequence[Entry]) -> list[tuple[int, Objection]]:
    found, seen = [], set()
    for number, entry in enumerate(entries):
        stage = kind.stage(entry.stage)
        if stage and not stage.several and stage.code in seen:
            found.append((number, Objection(_("“%(stage)s”只能有一行（%(article)s）"), {"stage": stage.label, "article": stage.article})))
        seen.add(entry.stage)
    return found


def _beside(kind: Kind, entries: Sequence[Entry]) -> list[tuple[int, Objection]]:
    found, places = [], entry_places(entries)
    for number, entry in enumerate(entries):
        stage = kind.stage(entry.stage)
        if number == 0 and entry.beside:
            found.append((0, Objection(_("第一行前面没有可以并行的环节"), field="beside")))
        if stage and stage.alone and places.count(places[number]) > 1:
            told = {"stage": stage.label, "article": stage.article}
            found.append((number, Objection(_("“%(stage)s”不与别的环节并行（%(article)s）"), told, field="beside")))
    return found


def _missing(kind: Kind, entries: Sequence[Entry]) -> list[tuple[int, Objection]]:
    """What no paper goes without is missed at the row that may not come without it."""
    found, stages = [], [entry.stage for entry in entries]
    for stage in kind.stages:
        if not stage.must or stage.code in stages:
            continue
        after = [order.then for order in kind.orders if order.first == stage.code]
        at = next((number for number, code in enumerate(stages) if code in after), WHOLE)
        told = {"stage": stage.label, "article": stage.article}
        found.append((at, Objection(_("缺少“%(stage)s”，不能没有这一环节（%(article)s）"), told, code="missing")))
    return found


def _order(kind: Kind, entries: Sequence[Entry]) -> list[tuple[int, Objection]]:
    found, places = [], entry_places(entries)
    for order in kind.orders:
        firsts = [n for n, e in enumerate(entries) if e.stage == order.first]
        thens = [n for n, e in enumerate(entries) if e.stage == order.then]
        if firsts and thens and max(places[n] for n in firsts) >= min(places[n] for n in thens):
            stage = kind.stage(order.first)
            # a stage that may stand anywhere before another is wrong itself; else what comes too early is
            blame = max(firsts) if stage and stage.several else min(thens)
            found.append((blame, Objection(_("%(said)s（%(article)s）"), {"said": order.said, "article": order.article}, code="order")))
    return found


def resolve(
    kind: Kind, entries: Sequence[Entry], places: Mapping[str, str], own: Mapping[str, Own], *, name: str = "", version: int = 1, origin: int = 0
) -> Template:  # fmt: skip
    """The rows for one paper: each stage's place becomes an organ, what the paper itself says about a stage stands on its row."""
    rows = []
    for entry in entries:
        stage = kind.stage(entry.stage)
        assert stage is not None
        said = own.get(entry.stage, Own())
        free = not entry.unit and not entry.post
        rows.append(
            StageRow(
                entry.stage,
                entry.label,
                (said.role or entry.role) if free else entry.role,
                places[stage.place],
                unit=entry.unit or (said.unit if free else ""),
                person=said.person if free else "",
                beside=entry.beside,
                post=entry.post,
                days=entry.days,
            )
        )
    return Template(name or kind.code, version, tuple(rows), kind.code, origin)


def moved(entries: Sequence[Entry], number: int, by: int) -> tuple[Entry, ...]:
    """One row up (-1) or down (1). A row that leaves its group no longer stands beside anything; its group closes behind it."""
    to = number + by
    if not 0 <= number < len(entries) or not 0 <= to < len(entries):
        return tuple(entries)
    order = [n for n in range(len(entries)) if n != number]
    order.insert(to, number)
    return arranged(entries, order)


def arranged(entries: Sequence[Entry], order: Sequence[int]) -> tuple[Entry, ...]:
    """The rows in another order; nonsense leaves them as they are. The first row stands beside nothing."""
    if sorted(order) != list(range(len(entries))):
        return tuple(entries)
    rows = [entries[n] for n in order]
    return tuple(_alone(row) if number == 0 else row for number, row in enumerate(rows))


def without(entries: Sequence[Entry], number: int) -> tuple[Entry, ...]:
    """The rows without one; if others stood beside it, they stay together."""
    rows = list(entries)
    if not 0 <= number < len(rows):
        return tuple(rows)
    gone = rows.pop(number)
    if number < len(rows) and not gone.beside:
        rows[number] = _alone(rows[number])
    return tuple(rows)


def with_stage(kind: Kind, entries: Sequence[Entry], code: str) -> tuple[Entry, ...]:
    """One more row, at the first place where the rule book has nothing against its order; else at the end."""
    stage = kind.stage(code)
    if stage is None:
        return tuple(entries)
    new = Entry(stage.code, stage.label, stage.roles[0] if stage.roles else "")
    candidates = [(*entries[:n], new, *entries[n:]) for n in range(len(entries), -1, -1)]
    best = min(candidates, key=lambda rows: sum(1 for _n, no in objections(kind, rows) if no.code == "order"))
    return tuple(best)


def _alone(entry: Entry) -> Entry:
    return Entry(entry.stage, entry.label, entry.role, entry.unit, entry.post, False, entry.days)
