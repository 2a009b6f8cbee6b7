"""The board, computed from what was reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from zhengtong.foundation.clock import ZONE, today
from zhengtong.foundation.clock.queries import calendar
from zhengtong.foundation.clock.rules import LIMITS, Account, Event, Happening, Limit, Reading, State, account, replay
from zhengtong.foundation.orgs.models import Organ

from . import rules
from .models import Card, Reported

CHUNK = 10_000  # rows fetched at once


@dataclass(frozen=True, slots=True)
class Row:
    """One clock on the board."""

    subject: str
    limit: str
    label: str
    title: str
    organ: str
    reading: Reading


def board(on: date | None = None, organ: str = "", finished: bool = False) -> list[Row]:
    """Every reported clock with what it shows on a day, the gravest and most urgent first.

    One pass over the events in the order of their index; clocks whose events fell on the same days show the same and are replayed once.
    """
    day, days = on or today(), calendar()
    events = Reported.objects.order_by("subject", "limit", "id")
    columns = events.values_list("subject", "limit", "kind", "at", "promised", "title", "organ", "reason")
    known: dict[tuple[object, ...], Reading | None] = {}
    rows = []
    for (subject, limit), group in groupby(columns.iterator(chunk_size=CHUNK), key=itemgetter(0, 1)):
        happened = [(*e, on_day) for e in group if (on_day := e[3].astimezone(ZONE).date()) <= day]
        start = next((e for e in reversed(happened) if e[2] == Happening.START.value), None)
        law = LIMITS.get(limit)
        if start is None or law is None or (organ and start[6] != organ):
            continue
        happened.sort(key=itemgetter(3))
        key = (limit, start[4], *((e[2], e[8]) for e in happened))
        if key not in known:
            promised = Limit(min(start[4] or law.amount, law.amount), law.unit, law.article)
            moved = [Event(Happening(e[2]), e[3].astimezone(ZONE), e[7]) for e in happened]
            known[key] = replay(moved, promised, law, days, day)
        reading = known[key]
        if reading is not None and (finished or reading.state is not State.FINISHED):
            rows.append(Row(subject, limit, law.label, start[5], start[6], reading))
    return sorted(rows, key=lambda r: (rules.GRAVITY.index(r.reading.state), r.reading.due))


def _counted(limit: str, events: list[Reported]) -> tuple[list[Event], Limit, Limit] | None:
    """Events, promise (never above the law) and statutory limit as the rules take them; None when it is no clock of ours or never began."""
    law = LIMITS.get(limit)
    starts = [e for e in events if e.kind == Happening.START.value]
    if law is None or not starts:
        return None
    promised = Limit(min(starts[-1].promised or law.amount, law.amount), law.unit, law.article)
    return [Event(Happening(e.kind), e.at.astimezone(ZONE), e.reason) for e in events], promised, law


def accounts(events: list[Reported], on: date) -> list[tuple[str, Account]]:
    """Each reported clock of one subject as it stood at the end of that day and why; (limit, account), the newest first."""
    by_limit: dict[str, list[Reported]] = {}
    for event in until(events, on):
        by_limit.setdefault(event.limit, []).append(event)
    days, found = calendar(), []
    for limit, known in by_limit.items():
        counted = _counted(limit, known)
        if counted and (told := account(*counted, days, on)):
            found.append((limit, told))
    return found[::-1]


def until(events: list[Reported], on: date) -> list[Reported]:
    """Those that had happened by the end of that day."""
    return [e for e in events if e.at.astimezone(ZONE).date() <= on]


def history(subject: str) -> list[Reported]:
    """The evidence: every event of a subject in the order it was reported."""
    return list(Reported.objects.filter(subject=subject))


def counts(rows: list[Row]) -> Mapping[str, int]:
    """How many clocks show each colour."""
    return {state.value: sum(r.reading.state is state for r in rows) for state in rules.GRAVITY[:4]}


def by_organ(rows: list[Row]) -> list[tuple[str, Mapping[str, int]]]:
    """Counts for each responsible organ, the gravest first."""
    organs = {r.organ for r in rows if r.organ}
    table = [(organ, counts([r for r in rows if r.organ == organ])) for organ in organs]
    return sorted(table, key=lambda row: (-row[1]["red"], -row[1]["yellow"], -row[1]["warning"], row[0]))


def organ_names() -> dict[str, str]:
    return {code: short or name for code, short, name in Organ.objects.values_list("code", "short_name", "name")}


def cards(state: str = "") -> list[Card]:
    """Cards, the newest first."""
    found = Card.objects.all()
    return list(found.filter(state=state) if state else found)
