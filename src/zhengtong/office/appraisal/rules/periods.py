"""When a period ends: of keeping, of secrecy, of closure."""

import re
from dataclasses import dataclass
from datetime import date

from zhengtong.office.archive.rules import Period
from zhengtong.office.documents.rules.secrecy import CEILING_YEARS, PERIOD

KEPT_YEARS = {Period.TEN: 10, Period.THIRTY: 30}  # 国家档案局令第8号; 永久 has no end
OPEN_AFTER = 25  # years: 档案法（2020年修订）第二十七条
SOON = 365  # days before its opening age in which an item is shown as approaching
SECRECY_SOON = 180  # days before the end of a secret: longer must be decided before that end (保守国家秘密法第二十四条)
UNTIL = re.compile(r"^((?:19|20)\d{2})年([1-9]\d?)月([1-9]\d?)日$")


def kept_until(year: int, period: str) -> date | None:
    """The last day of an item's period, None for ever; counted from the first of January after its year."""
    years = KEPT_YEARS.get(Period(period))
    return date(year + years, 12, 31) if years else None


def over_years(today: date) -> dict[str, int]:
    """For each period, the last filing year whose items are over today."""
    return {period.value: today.year - years - 1 for period, years in KEPT_YEARS.items()}


def opens_on(written: date) -> date:
    """The day on which an item is 25 years old."""
    return _later(written, OPEN_AFTER)


def opening_born(today: date, days: int = 0) -> date:
    """The latest day of making of what reaches its opening age within so many days."""
    ahead = date.fromordinal(today.toordinal() + days)
    return _later(ahead, -OPEN_AFTER)


def secret_until(written: date, mark: str) -> date | None:
    """The day on which a secret's period is over, by its mark and the day of making; None: 长期, or on a condition.

    Without a period the ceiling of its level counts.
    """
    level, _star, told = mark.partition("★")
    if found := UNTIL.match(told):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    if found := PERIOD.match(told):
        return _later(written, int(found[1])) if found[2] == "年" else _months(written, int(found[1]))
    return _later(written, CEILING_YEARS[level]) if level in CEILING_YEARS and not told else None


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)  # made on 29 February


def _months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


@dataclass(frozen=True, slots=True)
class Longer:
    """By how much an item is kept longer: a period counted like the first, or years after its present end."""

    code: str
    label: str
    years: int | None
    anew: bool


def kept_longer(year: int, end: date, longer: Longer) -> date | None:
    """The new last day, None for ever."""
    if longer.years is None:
        return None
    return date(year + longer.years, 12, 31) if longer.anew else date(end.year + longer.years, 12, 31)
