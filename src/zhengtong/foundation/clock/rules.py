"""Statutory time limits: the only module that knows how a limit is counted.

The day of the event is not counted (民法典第二百零一条); a limit in calendar days, months or years that ends
on a rest day ends on the next working day (第二百零三条). Times come in as arguments; nothing here asks a clock.
"""

import csv
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from zhengtong.foundation.refusal import gettext_noop as _


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"


UNITS = {Unit.WORKING_DAYS: _("个工作日"), Unit.CALENDAR_DAYS: _("日"), Unit.MONTHS: _("个月")}


@dataclass(frozen=True, slots=True)
class Limit:
    """So many units, by this article."""

    amount: int
    unit: Unit
    article: str
    label: str = ""


# fmt: off
LIMITS = {
    "licence.acceptance": Limit(5,  Unit.WORKING_DAYS, "行政许可法 第三十二条第一款第（四）项", _("受理期限")),
    "licence.decision":   Limit(20, Unit.WORKING_DAYS, "行政许可法 第四十二条第一款", _("决定期限")),
    "licence.extension":  Limit(10, Unit.WORKING_DAYS, "行政许可法 第四十二条第一款", _("延长期限")),
    "licence.extended":   Limit(30, Unit.WORKING_DAYS, "行政许可法 第四十二条第一款", _("延长后的决定期限")),
    "licence.joint":      Limit(45, Unit.WORKING_DAYS, "行政许可法 第四十二条第二款", _("联合办理决定期限")),
    "licence.joint_extended": Limit(60, Unit.WORKING_DAYS, "行政许可法 第四十二条第二款", _("延长后的联合办理决定期限")),
    "licence.first_review": Limit(20, Unit.WORKING_DAYS, "行政许可法 第四十三条", _("下级机关初审期限")),
    "licence.hearing_request": Limit(5, Unit.WORKING_DAYS, "行政许可法 第四十七条", _("申请听证期限")),
    "licence.hearing":    Limit(20, Unit.WORKING_DAYS, "行政许可法 第四十七条", _("组织听证期限")),
    "licence.staffing":   Limit(5,  Unit.WORKING_DAYS, "行政许可法 第五十五条", _("指派检验检测人员期限")),
    "licence.delivery":   Limit(10, Unit.WORKING_DAYS, "行政许可法 第四十四条", _("送达期限")),
    "document.sign_for":  Limit(1,  Unit.WORKING_DAYS, "党政机关公文处理工作条例 第二十四条（一）；天数为本县约定", _("签收期限")),
    "rating.follow_up":   Limit(15, Unit.WORKING_DAYS, "国办发〔2019〕51号；天数为本县约定", _("差评整改期限")),
    # 政府信息公开: what is asked for (依申请公开)
    "disclosure.completion": Limit(7,  Unit.WORKING_DAYS, "政府信息公开条例 第三十条", _("补正告知期限")),
    "disclosure.answer":     Limit(20, Unit.WORKING_DAYS, "政府信息公开条例 第三十三条第二款", _("信息公开答复期限")),
    "disclosure.extended":   Limit(40, Unit.WORKING_DAYS, "政府信息公开条例 第三十三条第二款", _("延长后的答复期限")),
    "disclosure.opinion":    Limit(15, Unit.WORKING_DAYS, "政府信息公开条例 第三十二条、第三十四条", _("征求意见期限")),
    "disclosure.payment":    Limit(20, Unit.WORKING_DAYS, "政府信息公开信息处理费管理办法（国办函〔2020〕109号）", _("缴费期限")),
    "disclosure.review":     Limit(10, Unit.WORKING_DAYS, "行政复议法 第四十八条", _("复议答复期限")),
    "disclosure.review_simple": Limit(5, Unit.WORKING_DAYS, "行政复议法 第五十四条", _("复议答复期限（简易程序）")),
    "disclosure.lawsuit":    Limit(15, Unit.CALENDAR_DAYS, "行政诉讼法 第六十七条", _("行政诉讼答辩期限")),
    "disclosure.again":      Limit(20, Unit.WORKING_DAYS, "法释〔2025〕8号 第十一条", _("重新答复期限")),
    # 政府信息公开: what must be told unasked (主动公开)
    "disclosure.proactive":  Limit(20, Unit.WORKING_DAYS, "政府信息公开条例 第二十六条", _("主动公开期限")),
    "disclosure.budget":     Limit(20, Unit.CALENDAR_DAYS, "预算法 第十四条", _("预决算公开期限")),
    "disclosure.permit":     Limit(7,  Unit.WORKING_DAYS, "国办发〔2018〕118号", _("许可处罚公示期限")),
    # 群众来信: the hotline's days are this county's own arrangement (唐山市12345条例 第二十三条、第二十四条 as the pattern)
    "letter.sign_for":     Limit(1,  Unit.WORKING_DAYS, "国办发〔2020〕53号；天数为本县约定", _("来信签收期限")),
    "letter.return_hard":  Limit(3,  Unit.WORKING_DAYS, "国办发〔2020〕53号；天数为本县约定", _("疑难来信退单期限")),
    "letter.consultation": Limit(2,  Unit.WORKING_DAYS, "国办发〔2020〕53号；天数为本县约定", _("咨询答复期限")),
    "letter.help":         Limit(5,  Unit.WORKING_DAYS, "国办发〔2020〕53号；天数为本县约定", _("求助投诉建议答复期限")),
    "letter.extended":     Limit(10, Unit.WORKING_DAYS, "国办发〔2020〕53号；天数为本县约定", _("来信延长后的答复期限")),
    "letter.order":        Limit(60, Unit.WORKING_DAYS, "国办发〔2020〕53号；以12345工单所定期限为准", _("12345工单期限")),
    "petition.register":   Limit(15, Unit.CALENDAR_DAYS, "信访工作条例 第二十二条", _("信访登记转送期限")),
    "petition.tell":       Limit(15, Unit.CALENDAR_DAYS, "信访工作条例 第二十三条", _("信访告知期限")),
    "petition.objection":  Limit(5,  Unit.WORKING_DAYS, "信访工作条例 第二十三条", _("信访转送异议期限")),
    "petition.decide":     Limit(60, Unit.CALENDAR_DAYS, "信访工作条例 第三十四条", _("信访办理期限")),
    "petition.extended":   Limit(90, Unit.CALENDAR_DAYS, "信访工作条例 第三十四条", _("信访延长后的办理期限")),
}
# fmt: on


def limit_choices() -> list[tuple[str, str]]:
    """The limits as a field's choices; asked for when needed, so that a new row is data and no migration."""
    return [(key, limit.label) for key, limit in LIMITS.items()]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The official working days: where they differ from the plain week, and how far the notices reach."""

    differing: dict[date, bool]
    known_until: date

    def is_working(self, day: date) -> bool:
        return self.differing.get(day, day.weekday() < 5)

    def is_provisional(self, day: date) -> bool:
        """Whether the State Council's notice for that year is still to come."""
        return day > self.known_until

    def next_working(self, day: date) -> date:
        """`day` itself when it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie in (after, until]."""
        return sum(self.is_working(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))


def calendar_of(rows: Iterable[tuple[date, bool]]) -> Calendar:
    differing = dict(rows)
    last = max(differing, default=date.min)
    return Calendar(differing, date(last.year, 12, 31))


@cache
def shipped_calendar() -> Calendar:
    """The years whose notices were out when this version was made (国务院办公厅关于节假日安排的通知)."""
    with (Path(__file__).parent / "calendar.csv").open(encoding="utf-8") as file:
        return calendar_of((date.fromisoformat(r["day"]), r["working"] == "1") for r in csv.DictReader(file))


def due(start: date, limit: Limit, calendar: Calendar) -> date:
    """The last lawful day of a limit that starts with an event on `start`."""
    if limit.unit is Unit.WORKING_DAYS:
        day, left = start, limit.amount
        while left > 0:
            day += timedelta(days=1)
            left -= calendar.is_working(day)
        return day
    if limit.unit is Unit.CALENDAR_DAYS:
        return calendar.next_working(start + timedelta(days=limit.amount))
    year, month = divmod(start.year * 12 + start.month - 1 + limit.amount, 12)
    last = monthrange(year, month + 1)[1]
    return calendar.next_working(date(year, month + 1, min(start.day, last)))


class Happening(StrEnum):
    START = "start"
    STOP = "stop"
    RESUME = "resume"
    FINISH = "finish"


HAPPENINGS = {
    Happening.START: _("开始计时"),
    Happening.STOP: _("暂停计时"),
    Happening.RESUME: _("恢复计时"),
    Happening.FINISH: _("计时结束"),
}


ANSWERING = ("disclosure.answer", "disclosure.extended")
DECIDING = ("licence.",)


@dataclass(frozen=True, slots=True)
class Stop:
    """A reason that takes time out of the count: by which article, which paper proves it, which limits (or groups, ending in a dot) know it."""

    label: str
    article: str
    evidence: str
    limits: tuple[str, ...]


# Only this time does not count; the completion notice ends the acceptance clock instead (design §3b.9).
# fmt: off
STOPS = {
    "hearing":       Stop(_("听证"),     "行政许可法 第四十五条", _("听证通知书"),       DECIDING),
    "tender":        Stop(_("招标"),     "行政许可法 第四十五条", _("招标公告"),         DECIDING),
    "auction":       Stop(_("拍卖"),     "行政许可法 第四十五条", _("拍卖公告"),         DECIDING),
    "inspection":    Stop(_("检验"),     "行政许可法 第四十五条", _("检验通知书"),       DECIDING),
    "testing":       Stop(_("检测"),     "行政许可法 第四十五条", _("检测通知书"),       DECIDING),
    "quarantine":    Stop(_("检疫"),     "行政许可法 第四十五条", _("检疫通知书"),       DECIDING),
    "appraisal":     Stop(_("鉴定"),     "行政许可法 第四十五条", _("鉴定委托书"),       DECIDING),
    "expert_review": Stop(_("专家评审"), "行政许可法 第四十五条", _("专家评审通知书"),   DECIDING),
    "third_party":   Stop(_("征求第三方意见"), "政府信息公开条例 第三十三条第三款", _("征求意见函"), ANSWERING),
    "co_producer":   Stop(_("征求联合制作机关意见"), "政府信息公开条例 第三十三条第三款", _("征求意见函"), ANSWERING),
    "fee":           Stop(_("等待缴费"), "国办函〔2020〕109号", _("收费通知"), ANSWERING),
}
# fmt: on
LAWFUL_STOPS = {reason: stop.label for reason, stop in STOPS.items()}


def may_stop(limit: str, reason: str) -> bool:
    """Whether this limit's law knows the reason: article 45 for licences, article 33 for answers on information."""
    known = STOPS.get(reason)
    return known is not None and any(limit == name or (name.endswith(".") and limit.startswith(name)) for name in known.limits)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a clock."""

    kind: Happening
    at: datetime
    reason: str = ""

    @property
    def day(self) -> date:
        return self.at.date()


class State(StrEnum):
    NORMAL = "normal"
    WARNING = "warning"
    YELLOW = "yellow"
    RED = "red"
    STOPPED = "stopped"
    FINISHED = "finished"


STATES = {
    State.NORMAL: _("正常"),
    State.WARNING: _("预警"),
    State.YELLOW: _("黄牌"),
    State.RED: _("红牌"),
    State.STOPPED: _("暂停计时"),
    State.FINISHED: _("已办结"),
}

# Ours, not the nation's (sheet §4.8): remaining ≤ 1 working day or ≤ 20 % warns; past the promise is yellow;
# past the statutory limit, or yellow for 3 working days, is red.
WARN_DAYS = 1
WARN_SHARE = 0.2
YELLOW_CURE_DAYS = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock shows on a day. `left` counts working days to the promised end, negative when past it."""

    state: State
    due: date
    statutory_due: date
    used: int
    left: int
    provisional: bool = False
    late: bool = field(default=False)


def replay(events: Sequence[Event], promised: Limit, statutory: Limit, calendar: Calendar, on: date) -> Reading | None:
    """What the clock showed at the end of day `on`, from its events alone; None before it started.

    A stop takes the days after it, up to and including the day of resumption, out of the count.
    """
    known = _run(events, on)
    if not known:
        return None
    start = known[0]
    finish = known[-1] if known[-1].kind is Happening.FINISH else None
    end = min(on, finish.day) if finish else on
    pauses = _pauses(known, end)
    stopped = bool(pauses) and known[-1].kind is Happening.STOP
    promised_due = _due_with(start.day, promised, calendar, pauses)
    statutory_due = _due_with(start.day, statutory, calendar, pauses)
    used = calendar.working_days(start.day, end) - sum(calendar.working_days(a, b) for a, b in pauses)
    left = calendar.working_days(end, promised_due) if promised_due >= end else -calendar.working_days(promised_due, end)
    late = end > promised_due
    if finish:
        state = State.FINISHED
    elif stopped:
        state = State.STOPPED
    else:
        state = _colour(end, promised_due, statutory_due, left, promised, calendar)
    return Reading(state, promised_due, statutory_due, used, left, calendar.is_provisional(promised_due), late)


def _run(events: Sequence[Event], on: date) -> list[Event]:
    """What had happened by the end of that day since the clock last started, up to its finish; of one moment, the later told counts later."""
    known = sorted((e for e in events if e.day <= on), key=lambda e: e.at)
    begins = max((n for n, e in enumerate(known) if e.kind is Happening.START), default=len(known))
    run = known[begins:]
    ends = next((n for n, e in enumerate(run) if e.kind is Happening.FINISH), len(run))
    return run[: ends + 1]


def _pauses(events: Sequence[Event], end: date) -> list[tuple[date, date]]:
    """The pauses as (last counted day, last uncounted day)."""
    pauses: list[tuple[date, date]] = []
    since: date | None = None
    for event in events:
        if event.kind is Happening.STOP and since is None:
            since = event.day
        elif event.kind is Happening.RESUME and since is not None:
            pauses.append((since, event.day))
            since = None
    if since is not None:
        pauses.append((since, end))
    return pauses


def _due_with(start: date, limit: Limit, calendar: Calendar, pauses: Sequence[tuple[date, date]]) -> date:
    """The due day, moved by what the pauses took out of it."""
    if limit.unit is not Unit.WORKING_DAYS:
        day = due(start, limit, calendar)
        return calendar.next_working(day + sum(((b - a) for a, b in pauses), timedelta())) if pauses else day
    day, left = start, limit.amount
    while left > 0:
        day += timedelta(days=1)
        left -= calendar.is_working(day) and not any(a < day <= b for a, b in pauses)
    return day


def _colour(on: date, promised: date, statutory: date, left: int, limit: Limit, calendar: Calendar) -> State:
    if on > statutory:
        return State.RED
    if on > promised:
        return State.RED if calendar.working_days(promised, on) > YELLOW_CURE_DAYS else State.YELLOW
    share = WARN_SHARE * limit.amount if limit.unit is Unit.WORKING_DAYS else 0
    return State.WARNING if left <= max(WARN_DAYS, share) else State.NORMAL


# Why a clock shows what it shows, as the replay says it; red has two causes.
WHY = {
    State.NORMAL: _("距承诺办结日还有%(days)d个工作日"),
    State.WARNING: _("距承诺办结日只剩%(days)d个工作日，应抓紧办理"),
    State.YELLOW: _("已过承诺办结日%(days)d个工作日，法定期限未到"),
    State.RED: _("已过法定办结日%(days)d个工作日"),
    State.STOPPED: _("因“%(reason)s”暂停计时，暂停的时间不计入期限"),
    State.FINISHED: _("已在期限内办结"),
}
RED_BY_LAW = WHY[State.RED]
RED_UNCURED = _("已过承诺办结日%(days)d个工作日，黄牌后未在%(cure)d个工作日内纠正")
FINISHED_LATE = _("办结时已超过承诺办结日%(days)d个工作日")


@dataclass(frozen=True, slots=True)
class Pause:
    """Time taken out of the count: after `since`, up to and including `until`; `days` are its working days."""

    label: str
    since: date
    until: date
    days: int
    article: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Account:
    """A clock's reading on a day with its grounds: the sentence, the first day that counted, what was taken out."""

    on: date
    reading: Reading
    sentence: str
    params: dict[str, object]
    started: date
    pauses: tuple[Pause, ...]


def account(events: Sequence[Event], promised: Limit, statutory: Limit, calendar: Calendar, on: date) -> Account | None:
    """What the clock showed at the end of day `on`, and why, from the events known by then; None before it started."""
    reading = replay(events, promised, statutory, calendar, on)
    if reading is None:
        return None
    known = _run(events, on)
    end = known[-1].day if reading.state is State.FINISHED else on
    pauses = _told_pauses(known, end, calendar)
    sentence = WHY[reading.state]
    params: dict[str, object] = {"days": abs(reading.left)}
    if reading.state is State.RED and on > reading.statutory_due:
        params = {"days": calendar.working_days(reading.statutory_due, on)}
    elif reading.state is State.RED:
        sentence, params = RED_UNCURED, params | {"cure": YELLOW_CURE_DAYS}
    elif reading.state is State.STOPPED:
        params = {"reason": pauses[-1].label}
    elif reading.state is State.FINISHED and reading.late:
        sentence = FINISHED_LATE
    return Account(on, reading, sentence, params, known[0].day, tuple(pauses))


def _told_pauses(events: Sequence[Event], end: date, calendar: Calendar) -> list[Pause]:
    """The pauses of one run with the reason that its stop gave."""
    reasons = [e.reason for e in events if e.kind is Happening.STOP]
    told = []
    for (since, until), reason in zip(_pauses(events, end), reasons, strict=False):
        row = STOPS.get(reason)
        grounds = (row.label, row.article, row.evidence) if row else (reason, "", "")
        told.append(Pause(grounds[0], since, until, calendar.working_days(since, until), grounds[1], grounds[2]))
    return told


def told(limit: str, kind: str, reason: str = "") -> tuple[str, str, str]:
    """An event in words: which limit, what happened, why; unknown ones stay as they are."""
    law = LIMITS.get(limit)
    happened = HAPPENINGS[Happening(kind)] if kind in set(Happening) else kind
    return law.label if law else limit, happened, LAWFUL_STOPS.get(reason, reason)
