"""Writing rows that were read without objection: what is new, what changed, who holds what."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext

from zhengtong.foundation.once import forget
from zhengtong.foundation.orgs.models import Change, FormerName, Holding, Organ, Person, Post, Relation, Unit
from zhengtong.foundation.orgs.rules.tables import TABLES, Cell, Values
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

MODELS: dict[str, type[models.Model]] = {"organs": Organ, "units": Unit, "posts": Post, "people": Person}
POINTERS = {"parent": "organs", "organ": "organs", "unit": "units"}
MOST_NAMED = 500
Rows = dict[str, list[tuple[int, Values]]]


@dataclass(slots=True)
class Outcome:
    """How many rows of each table were new, changed or the same, and how many changes of posts wait."""

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    same: dict[str, int] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)
    waiting: int = 0

    def count(self, table: str, kind: dict[str, int], name: str = "") -> None:
        kind[table] = kind.get(table, 0) + 1
        if name and len(self.named) < MOST_NAMED:
            self.named.append(name)

    def lines(self) -> list[tuple[str, int, int, int]]:
        """Heading, new, changed and same for each table that had rows."""
        headings = {**{table.name: table.heading for table in TABLES}, "people": _("人员"), "holdings": _("任职")}
        names = [name for name in headings if name in {*self.new, *self.changed, *self.same}]
        counts = [(gettext(headings[n]), self.new.get(n, 0), self.changed.get(n, 0), self.same.get(n, 0)) for n in names]
        return [row for row in counts if any(row[1:])]

    @property
    def moves(self) -> bool:
        """Whether anything differs from what is stored."""
        return bool(sum(self.new.values()) + sum(self.changed.values()) + self.waiting)


def write(values: Rows, today: date, at: datetime, effective: bool) -> Outcome:
    """Write all rows; with `effective` off, changes of posts wait for the security administrator (design §3b.6)."""
    outcome = Outcome()
    keys: dict[str, dict[str, int]] = {}
    _coded("organs", values, keys, outcome, today)
    _former_names(values, keys, outcome)
    _relations(values, keys, outcome)
    for table in ("units", "posts"):
        _coded(table, values, keys, outcome, today)
    _coded("people", values, keys, outcome, today)
    moves = _moves(values, keys, outcome)
    if effective:
        move(moves)
    else:
        outcome.waiting = _wait(moves, at)
    forget()
    return outcome


def _coded(name: str, values: Rows, keys: dict[str, dict[str, int]], outcome: Outcome, today: date) -> None:
    """Rows named by their code: made when new, changed where they differ. Parents are set when all exist."""
    model = MODELS[name]
    stored: dict[str, models.Model] = model._default_manager.in_bulk(field_name="code") if values.get(name) else {}
    made: dict[str, models.Model] = {}
    touched: dict[str, models.Model] = {}
    seen: set[str] = set()
    for _number, row in values.get(name, ()):
        code = str(row["code"])
        if code in seen:  # a person holds several posts
            continue
        seen.add(code)
        facts = _facts(name, row, keys)
        if code not in stored:
            made[code] = model(**facts)
        elif differing := [key for key, value in facts.items() if getattr(stored[code], key) != value]:
            if name == "organs" and "name" in differing:
                _keep_former_name(code, today)
            for key in differing:
                setattr(stored[code], key, facts[key])
            touched[code] = stored[code]
    model._default_manager.bulk_create(made.values())
    if touched:
        fields = [f.name for f in model._meta.concrete_fields if f.name not in ("id", "code", "local", "parent")]
        model._default_manager.bulk_update(touched.values(), fields)
    keys[name] = dict(model._default_manager.values_list("code", "pk"))
    changed = set(touched)
    if name == "organs":
        changed |= _superiors(values, keys["organs"]) - made.keys()
    for code in sorted(changed):
        outcome.count(name, outcome.changed, code)
    outcome.new[name] = len(made)
    outcome.same[name] = len(seen) - len(made) - len(changed)


def _keep_former_name(code: str, today: date) -> None:
    organ = Organ.objects.get(code=code)
    FormerName.objects.get_or_create(organ=organ, name=organ.name, until=today)


def _superiors(values: Rows, organs: dict[str, int]) -> set[str]:
    """Set each organ's superior, now that all exist; the codes of those that got another one."""
    above = {str(row["code"]): str(row["parent"] or "") for _number, row in values.get("organs", ()) if "parent" in row}
    moved = []
    for organ in Organ.objects.filter(code__in=above) if len(above) < MOST_NAMED else Organ.objects.all():
        wanted = organs[above[organ.code]] if above.get(organ.code) else None
        if organ.code in above and organ.parent_id != wanted:
            organ.parent_id = wanted
            moved.append(organ)
    Organ.objects.bulk_update(moved, ["parent"])
    return {organ.code for organ in moved}


def _facts(name: str, row: Values, keys: dict[str, dict[str, int]]) -> dict[str, Cell]:
    if name == "people":
        return {"code": row["code"], "name": row["name"]}
    facts: dict[str, Cell] = {}
    for key, value in row.items():
        if key == "parent":
            continue
        if key in POINTERS:
            facts[f"{key}_id"] = keys[POINTERS[key]][str(value)] if value else None
        else:
            facts[key] = value
    return facts


def _day(value: Cell) -> date | None:
    return value if isinstance(value, date) else None


def _former_names(values: Rows, keys: dict[str, dict[str, int]], outcome: Outcome) -> None:
    stored = {(row.organ_id, row.name, row.until): row for row in FormerName.objects.all()} if values.get("former_names") else {}
    for _number, row in values.get("former_names", ()):
        successor = keys["organs"][str(row["successor"])] if row.get("successor") else None
        until = row["until"]
        assert isinstance(until, date)  # the column demands a day
        key = (keys["organs"][str(row["organ"])], str(row["name"]), until)
        if key not in stored:
            FormerName.objects.create(organ_id=key[0], name=key[1], until=key[2], successor_id=successor)
            outcome.count("former_names", outcome.new)
        elif stored[key].successor_id != successor:
            FormerName.objects.filter(pk=stored[key].pk).update(successor=successor)
            outcome.count("former_names", outcome.changed)
        else:
            outcome.count("former_names", outcome.same)


def _relations(values: Rows, keys: dict[str, dict[str, int]], outcome: Outcome) -> None:
    rows = values.get("relations")
    stored = {(row.subject_id, row.object_id, row.kind): row for row in Relation.objects.order_by("id")} if rows else {}
    made, touched = [], []
    for _number, row in rows or ():
        key = (keys["organs"][str(row["subject"])], keys["organs"][str(row["object"])], str(row["kind"]))
        days = {name: row[name] for name in ("since", "until") if name in row}
        if key not in stored:
            made.append(Relation(subject_id=key[0], object_id=key[1], kind=key[2], **days))
            outcome.count("relations", outcome.new)
        elif any(getattr(stored[key], name) != value for name, value in days.items()):
            for name, value in days.items():
                setattr(stored[key], name, value)
            touched.append(stored[key])
            outcome.count("relations", outcome.changed)
        else:
            outcome.count("relations", outcome.same)
    Relation.objects.bulk_create(made)
    Relation.objects.bulk_update(touched, ["since", "until"])


@dataclass(frozen=True, slots=True)
class Move:
    """A person takes, keeps otherwise, or leaves a post."""

    person: int
    post: int
    main: bool
    since: date | None
    until: date | None


def _moves(values: Rows, keys: dict[str, dict[str, int]], outcome: Outcome) -> list[Move]:
    """The rows that differ from what is held, as moves."""
    rows = [row for _number, row in values.get("people", ()) if row.get("post")]
    held = {(h.person_id, h.post_id): h for h in Holding.objects.filter(until__isnull=True)} if rows else {}
    past = set(Holding.objects.filter(until__isnull=False).values_list("person_id", "post_id", "until")) if rows else set()
    moves = []
    for row in rows:
        key = (keys["people"][str(row["code"])], keys["posts"][str(row["post"])])
        stored, until = held.get(key), _day(row.get("until"))
        main = bool(row.get("main", stored.main if stored else False))
        since = _day(row["since"]) if "since" in row else stored.since if stored else None
        unmoved = stored is not None and (stored.main, stored.since, stored.until) == (main, since, until)
        if unmoved or (until is not None and (*key, until) in past):
            outcome.count("holdings", outcome.same)
        else:
            outcome.count("holdings", outcome.changed if stored else outcome.new, f"{row['code']}@{row['post']}")
            moves.append(Move(*key, main=main, since=since, until=until))
    return moves


def move(moves: list[Move]) -> None:
    """Let the moves take effect: first who leaves, then who changes, then who comes."""
    people = {m.person for m in moves}
    held = {(h.person_id, h.post_id): h for h in Holding.objects.filter(until__isnull=True) if h.person_id in people}
    known = [m for m in moves if (m.person, m.post) in held]
    for change in known:
        row = held[change.person, change.post]
        row.main, row.since, row.until = change.main, change.since, change.until
    rows = [held[m.person, m.post] for m in known]
    for batch in ([r for r in rows if r.until or not r.main], [r for r in rows if not r.until and r.main]):
        Holding.objects.bulk_update(batch, ["main", "since", "until"])
    fresh = [m for m in moves if (m.person, m.post) not in held]
    mains = {h.person_id for h in held.values() if h.main and h.until is None}
    for m in fresh:
        if m.main and m.until is None and m.person in mains:
            who = Person.objects.get(pk=m.person)
            raise Refused(_("%(name)s已有主要任职，须先确认其免职"), name=who.name)
    Holding.objects.bulk_create(Holding(person_id=m.person, post_id=m.post, main=m.main, since=m.since, until=m.until) for m in fresh)
    forget()


def _wait(moves: list[Move], at: datetime) -> int:
    """Keep the moves for confirmation; a newer word on the same post replaces the one that waits."""
    waiting = {(c.person_id, c.post_id, c.verb): c for c in Change.objects.filter(state=Change.WAITING)}
    fresh, again = [], []
    for m in moves:
        verb = "end" if m.until else "hold"
        row = waiting.get((m.person, m.post, verb))
        facts = {"main": m.main, "since": m.since, "until": m.until}
        if row is None:
            fresh.append(Change(person_id=m.person, post_id=m.post, verb=verb, received_at=at, **facts))
        elif any(getattr(row, key) != value for key, value in facts.items()):
            for key, value in facts.items():
                setattr(row, key, value)
            again.append(row)
    Change.objects.bulk_create(fresh)
    Change.objects.bulk_update(again, ["main", "since", "until"])
    return len(fresh) + len(again)
