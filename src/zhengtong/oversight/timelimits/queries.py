"""The board, computed from what was reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhengtong.foundation.clock import ZONE, today
from zhengtong.foundation.clock.queries import calendar
from zhengtong.foundation.clock.rules import LIMITS, Calendar, Event, Happening, Limit, Reading, State, replay
from zhengtong.foundation.orgs.models import Organ

from . import rules
from .models import Card, Reported


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
    """Every reported clock with what it shows on a day, the gravest and most urgent first."""
    day, days = on or today(), calendar()
    groups: dict[tuple[str, str], list[Reported]] = {}
    for event in Reported.objects.all():
        groups.setdefault((event.subject, event.limit), []).append(event)
    rows = [row for (subject, limit), events in groups.items() if (row := _row(subject, limit, events, days, day))]
    rows = [r for r in rows if (finished or r.reading.state is not State.FINISHED) and (not organ or r.organ == organ)]
    return sorted(rows, key=lambda r: (rules.GRAVITY.index(r.reading.state), r.reading.due))


def _row(subject: str, limit: str, events: list[Reported], days: Calendar, day: date) -> Row | None:
    law = LIMITS.get(limit)
    starts = [e for e in events if e.kind == Happening.START.value]
    if law is None or not starts:
        return None
    promised = Limit(min(starts[-1].promised or law.amount, law.amount), law.unit, law.article)
    known = [Event(Happening(e.kind), e.at.astimezone(ZONE), e.reason) for e in events]
    reading = replay(known, promised, law, days, day)
    return Row(subject, limit, law.label, starts[-1].title, starts[-1].organ, reading) if reading else None


def history(subject: str) -> list[Reported]:
    """The evidence: every event of a subject in the order it was reported."""
    return list(Reported.objects.filter(subject=subject))


def counts(rows: list[Row]) -> Mapping[str, int]:
    """How many clocks show each colour."""
    return {state.value: sum(r.reading.state is state for r in rows) for state in rules.GRAVITY[:4]}


def by_organ(rows: list[Row]) -> list[tuple[str, Mapping[str, int]]]:
    """Counts for each responsible organ, the gravest first."""
    organs = {r.organ for r in rows}
    table = [(organ, counts([r for r in rows if r.organ == organ])) for organ in organs]
    return sorted(table, key=lambda row: (-row[1]["red"], -row[1]["yellow"], -row[1]["warning"], row[0]))


def organ_names() -> dict[str, str]:
    return {code: short or name for code, short, name in Organ.objects.values_list("code", "short_name", "name")}


def cards(state: str = "") -> list[Card]:
    """Cards, the newest first."""
    found = Card.objects.all()
    return list(found.filter(state=state) if state else found)
