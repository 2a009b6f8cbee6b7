"""Noting what goes wrong, once, and noting when it is over."""

from datetime import timedelta

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record

from .models import Trouble

LONGEST_WAIT = timedelta(minutes=5)


@action
def note(kind: str, what: str, reason: str) -> bool:
    """Note a trouble; True when it is new. One that lasts keeps its first entry in the log."""
    trouble, new = Trouble.objects.get_or_create(kind=kind, what=what, ended_at=None, defaults={"reason": reason, "at": clock.now()})
    if new:
        record(None, f"ferry.{kind}", what, {"reason": reason})
    elif trouble.reason != reason or kind == "failing":
        trouble.reason, trouble.tries = reason, trouble.tries + 1
    trouble.again_at = clock.real_now() + min(timedelta(seconds=2**trouble.tries), LONGEST_WAIT) if kind == "failing" else None
    trouble.save(update_fields=["reason", "tries", "again_at"])
    return new


def over(what: str, *kinds: str) -> None:
    """It came right."""
    for trouble in Trouble.objects.filter(kind__in=kinds, what=what, ended_at__isnull=True):
        trouble.ended_at = max(clock.now(), trouble.at)
        trouble.save(update_fields=["ended_at"])


def resting(what: str) -> bool:
    """Whether an import that failed is not yet to be tried again."""
    return Trouble.objects.filter(kind="failing", what=what, ended_at__isnull=True, again_at__gt=clock.real_now()).exists()
