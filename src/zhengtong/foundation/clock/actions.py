"""Moving clocks. Called inside the action whose event it is; every event goes to supervision as well."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import queries, rules
from .models import CalendarDay, ClockEvent, Running


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock whose last day a holiday notice moved."""

    subject: str
    limit: str
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class Recount:
    """What a holiday notice did: so many days loaded, these clocks moved."""

    days: int
    moved: tuple[Moved, ...]


_listeners: list[Callable[[ClockEvent], object]] = []


def on_event(listener: Callable[[ClockEvent], object]) -> None:
    """Let `listener` see every event, in its transaction; the ferry reports them to supervision (design §3a)."""
    _listeners.append(listener)


@action
def start(
    subject: str, limit: str, *, promised: int | None = None, title: str = "", organ: str = "", at: datetime | None = None
) -> ClockEvent:
    """Start the clock `limit` of `subject`; `promised` may be tighter than the law, in the limit's unit."""
    if Running.objects.filter(subject=subject, limit=limit).exists():
        raise Refused(_("%(subject)s的时限已在计时"), subject=subject)
    law = rules.LIMITS[limit].amount
    return _event(subject, limit, rules.Happening.START, at, promised=min(promised or law, law), title=title, organ=organ)


@action
def stop(subject: str, limit: str, reason: str, at: datetime | None = None) -> ClockEvent:
    """Stop it for a reason that the limit's own law knows (a key of `rules.LAWFUL_STOPS`)."""
    running = _running(subject, limit)
    if not rules.may_stop(limit, reason):
        raise Refused(_("暂停计时须有法定事由"), field="reason")
    if running.stopped:
        raise Refused(_("%(subject)s已在暂停"), subject=subject)
    return _event(subject, limit, rules.Happening.STOP, at, reason=reason)


@action
def resume(subject: str, limit: str, at: datetime | None = None) -> ClockEvent:
    """Let a stopped clock run again."""
    if not _running(subject, limit).stopped:
        raise Refused(_("%(subject)s没有暂停"), subject=subject)
    return _event(subject, limit, rules.Happening.RESUME, at)


@action
def finish(subject: str, limit: str, outcome: str = "", at: datetime | None = None) -> ClockEvent:
    """End it; `outcome` says how."""
    _running(subject, limit)
    return _event(subject, limit, rules.Happening.FINISH, at, reason=outcome)


@action
def load_notice(days: Iterable[tuple[date, bool, str]], notice: str, by: object) -> Recount:
    """Load a yearly holiday notice (day, working, reason) and recount what is running: the days loaded, and every clock that moved."""
    count = 0
    for day, working, reason in days:
        CalendarDay.objects.update_or_create(day=day, defaults={"working": working, "reason": reason, "notice": notice})
        count += 1
    before = {(r.subject, r.limit): r.due for r in Running.objects.select_for_update()}
    for subject, limit in before:
        _reindex(subject, limit)
    after = {(r.subject, r.limit): r.due for r in Running.objects.all()}
    moved = [Moved(*key, was, after[key]) for key, was in before.items() if key in after and after[key] != was]
    record(by, "clock.load_notice", notice, {"days": count, "moved": len(moved)})
    return Recount(count, tuple(moved))


def _running(subject: str, limit: str) -> Running:
    running = Running.objects.select_for_update().filter(subject=subject, limit=limit).first()
    if running is None:
        raise Refused(_("%(subject)s没有在计时"), subject=subject)
    return running


def _event(subject: str, limit: str, kind: rules.Happening, at: datetime | None, **values: object) -> ClockEvent:
    event = ClockEvent.objects.create(subject=subject, limit=limit, kind=kind.value, at=at or clock.now(), **values)
    _reindex(subject, limit)
    for listener in _listeners:
        listener(event)
    return event


def _reindex(subject: str, limit: str) -> None:
    """Bring the index row in line with the events."""
    known = list(ClockEvent.objects.filter(subject=subject, limit=limit))
    on = max(clock.today(), known[-1].at.astimezone(clock.ZONE).date())
    reading = queries.reading_of(known, on, queries.calendar())
    if reading is None or reading.state is rules.State.FINISHED:
        Running.objects.filter(subject=subject, limit=limit).delete()
        return
    first = next((e for e in reversed(known) if e.kind == "start"), None)
    Running.objects.update_or_create(
        subject=subject,
        limit=limit,
        defaults={"organ": first.organ if first else "", "due": reading.due, "stopped": reading.state is rules.State.STOPPED},
    )
