"""Early warning: who is told when, before a column's or a home page's last good day is over. The county's own steps."""

from dataclasses import dataclass
from datetime import date, timedelta

from zhengtong.foundation.refusal import gettext_noop as _

from .freshness import HOME_DAYS, PERIODS, Class


@dataclass(frozen=True, slots=True)
class Level:
    """So many days before the last good day these roles are told; 0 is that day itself, −1 the day after it."""

    code: str
    label: str
    days: int
    roles: tuple[str, ...]
    everywhere: bool = False  # in the whole county, not only in the owner's organ
    above: bool = False  # in the superior organ too


# fmt: off
LEVELS = (
    Level("owner",    _("已提醒栏目负责人"), 3,  ("editor",)),
    Level("superior", _("已提醒其上级"),     1,  ("publisher",), above=True),
    Level("county",   _("已报监督员"),       -1, ("supervisor", "egov_office"), everywhere=True),
)
# fmt: on


def last_good_day(newest: date, kind: Class | None) -> date | None:
    """The last day on which an update so old still counts; None of the class is the home page."""
    if kind is None:
        return newest + timedelta(days=HOME_DAYS)
    law = PERIODS[kind]
    if law.days:
        return newest + timedelta(days=law.days)
    if not law.months:
        return None
    year, month = divmod(newest.year * 12 + newest.month - 1 + law.months, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return first + timedelta(days=min(newest.day, (following - first).days) - 1)


def levels(last: date, on: date) -> list[Level]:
    """Everybody who must have been told by this day."""
    return [level for level in LEVELS if on >= last - timedelta(days=level.days)]
