"""自动催办: when the machine by itself reminds whoever has an open line (条例第二十四条（六）).

The numbers are the county's own convention; an organ's secretary may set others for the papers of his organ. Days are working days of
the official calendar, and on a rest day nobody is reminded. A line is reminded of at most once a day, by the most pressing rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhengtong.foundation.clock.rules import Calendar
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

MOST_DAYS = 60
MOST_NAMES = 6
SOURCE = _("条例第二十四条（六）；天数为本县约定")
# A county leader is never reminded by the machine; his secretary sees it (design §3b.10). Leaders: these roles in a leading organ.
SPARED = frozenset({"principal_head", "deputy_head"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `days` for an ordinary paper, `urgent` for 特急 and 加急; nought switches it off. `word` says on the slip what it was."""

    code: str
    days: int
    urgent: int
    said: str
    word: str
    text: str
    source: str = SOURCE


# fmt: off
RULES = (  # the most pressing first
    #    rule       days urgent when                                                on the slip           what he is told
    Rule("overdue", 2,   1,     _("超过办理时限后，每隔多少个工作日催一次"), _("已超过办理时限"), _("《%(title)s》已超过办理时限（%(due)s），请抓紧办理")),
    Rule("due",     1,   1,     _("办理时限到期前多少个工作日催一次"),       _("临近办理时限"),   _("《%(title)s》的办理时限是%(due)s，请按时办结")),
    Rule("waiting", 3,   1,     _("送达后多少个工作日没有办，催一次"),       _("送达多日未办"),   _("《%(title)s》%(since)s送达，还没有办理，请抓紧")),
)
# fmt: on
CODES = tuple(rule.code for rule in RULES)
TO_SECRETARY = _("《%(title)s》在%(who)s处待办（%(since)s送达）；领导同志不自动催办，请酌情提醒")
NAMELESS = _("有一份文件等您办理，请抓紧")  # of a classified paper not even the title stands in a notice

Numbers = Mapping[str, tuple[int, int]]


def rule(code: str) -> Rule | None:
    return next((each for each in RULES if each.code == code), None)


def numbers(own: Numbers) -> dict[str, tuple[int, int]]:
    """The days of every rule, ordinary and urgent: the organ's own where it has set them, else the county's."""
    return {each.code: own.get(each.code, (each.days, each.urgent)) for each in RULES}


def numbers_objection(given: Numbers) -> Objection | None:
    """Why these numbers can't be set, or None."""
    for code, days in given.items():
        if rule(code) is None:
            return Objection(_("没有这条催办规则"))
        if any(not 0 <= n <= MOST_DAYS for n in days):
            return Objection(_("天数须为0至%(most)d个工作日，0表示不催"), {"most": MOST_DAYS}, field=code)
    return None


def pressing(days: Mapping[str, int], opened: date, due: date | None, last: Mapping[str, date], today: date, calendar: Calendar) -> str:
    """The rule by which a line is reminded of today, "" for none. `last`: when each rule last did so since the line was opened."""
    if not calendar.is_working(today) or opened >= today or today in last.values():
        return ""
    if due and today > due and days["overdue"]:
        return "overdue" if again(days["overdue"], last.get("overdue"), today, calendar) else ""
    if due and today <= due and days["due"] and calendar.working_days(today, due) <= days["due"]:
        before = last.get("due")  # a later date that was set meanwhile is spoken of anew
        if before is None or calendar.working_days(before, due) > days["due"]:
            return "due"
    if days["waiting"] and "waiting" not in last and calendar.working_days(opened, today) >= days["waiting"]:
        return "waiting"
    return ""


def again(days: int, last: date | None, today: date, calendar: Calendar) -> bool:
    """Whether what is overdue is spoken of today: on the first working day after its date, then every so many."""
    return days > 0 and calendar.is_working(today) and (last is None or calendar.working_days(last, today) >= days)


def names(people: Sequence[str]) -> str:
    """Who was reminded, as it stands on the slip."""
    shown = "、".join(people[:MOST_NAMES])
    return (shown if len(people) <= MOST_NAMES else f"{shown}等{len(people)}人")[:200]
