"""The only source of time in product code.

In demo mode the offset in `$ZT_HOME/time` (seconds) is added, so that a week can pass in a moment;
in production such a file stops the start (see `processes.checks`).
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from zhengtong.foundation.once import once

ZONE = ZoneInfo("Asia/Shanghai")


def offset() -> timedelta:
    """How far simulated time runs ahead of real time; zero outside the demo."""
    return once("offset", _offset) if settings.MODE == "demo" else timedelta()


def _offset() -> timedelta:
    path = settings.HOME / "time"
    return timedelta(seconds=float(path.read_text() or 0)) if path.exists() else timedelta()


def real_now() -> datetime:
    """Real time, for what simulation must not move: sessions, one-time codes, lock-out."""
    return datetime.now(ZONE)


def now() -> datetime:
    """The present moment, with time zone."""
    return real_now() + offset()


def today() -> date:
    """The present day in China."""
    return now().date()
