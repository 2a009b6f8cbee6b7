"""Reading clocks."""

from collections.abc import Sequence
from datetime import date

from zhengtong.foundation import clock

from . import rules
from .models import CalendarDay, ClockEvent


def calendar() -> rules.Calendar:
    """The official working days: what was shipped, overruled by loaded notices."""
    shipped = rules.shipped_calendar()
    loaded = list(CalendarDay.objects.values_list("day", "working"))
    return rules.calendar_of([*shipped.differing.items(), *loaded]) if loaded else shipped


def reading(subject: str, limit: str, on: date | None = None) -> rules.Reading | None:
    """What that clock shows on a day (today by default); None when it never started by then."""
    events = list(ClockEvent.objects.filter(subject=subject, limit=limit))
    return reading_of(events, on or clock.today(), calendar())


def reading_of(events: Sequence[ClockEvent], on: date, days: rules.Calendar) -> rules.Reading | None:
    """The same from events at hand, all of one subject and limit."""
    starts = [e for e in events if e.kind == "start"]
    if not starts:
        return None
    law = rules.LIMITS[starts[-1].limit]
    promised = rules.Limit(starts[-1].promised or law.amount, law.unit, law.article)
    known = [rules.Event(rules.Happening(e.kind), e.at.astimezone(clock.ZONE), e.reason) for e in events]
    return rules.replay(known, promised, law, days, on)


def events(subject: str) -> list[ClockEvent]:
    """All that happened to the clocks of a subject, oldest first."""
    return list(ClockEvent.objects.filter(subject=subject))
