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
    counted = _counted(events)
    return rules.replay(*counted, days, on) if counted else None


def _counted(events: Sequence[ClockEvent]) -> tuple[list[rules.Event], rules.Limit, rules.Limit] | None:
    """Events, promise and statutory limit as the rules take them; None without a start."""
    starts = [e for e in events if e.kind == "start"]
    if not starts:
        return None
    law = rules.LIMITS[starts[-1].limit]
    promised = rules.Limit(starts[-1].promised or law.amount, law.unit, law.article)
    return [rules.Event(rules.Happening(e.kind), e.at.astimezone(clock.ZONE), e.reason) for e in events], promised, law


def accounts(subject: str, on: date) -> list[tuple[str, rules.Account]]:
    """Each clock of a subject that had started by that day, as it stood then and why; (limit, account), the newest first."""
    by_limit: dict[str, list[ClockEvent]] = {}
    for event in events(subject, on):
        by_limit.setdefault(event.limit, []).append(event)
    days, found = calendar(), []
    for limit, known in by_limit.items():
        counted = _counted(known)
        if counted and (account := rules.account(*counted, days, on)):
            found.append((limit, account))
    return found[::-1]


def _until(events: Sequence[ClockEvent], on: date) -> list[ClockEvent]:
    """What had happened by the end of that day: a later start with another promise says nothing about it."""
    return [e for e in events if e.at.astimezone(clock.ZONE).date() <= on]


def events(subject: str, on: date | None = None) -> list[ClockEvent]:
    """What happened to the clocks of a subject (by the end of a day, if one is given), oldest first."""
    found = list(ClockEvent.objects.filter(subject=subject))
    return _until(found, on) if on else found
