"""What happens to a document between its sender and each receiver (条例第二十四、二十五、二十六条)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median

from zhengtong.foundation.clock.rules import LIMITS, Calendar, due
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.documents.rules.secrecy import LEVELS, cleared


class State(StrEnum):
    WAITING = "waiting"
    SIGNED = "signed"
    RETURNED = "returned"
    RECALLED = "recalled"


STATE_LABELS = {State.WAITING: _("待签收"), State.SIGNED: _("已签收"), State.RETURNED: _("已退回"), State.RECALLED: _("已撤回")}


@dataclass(frozen=True, slots=True)
class Step:
    """One verb on one receiver's copy: from which state to which, who may do it, and the article that says so."""

    verb: str
    source: State
    target: State
    roles: tuple[str, ...]
    article: str
    reason: bool = False


SENDERS = ("dispatcher", "registrar", "secretary")
DISPATCHERS = ("dispatcher", "registrar")
RECEIVERS = ("receiver",)
CITY = ("exchange",)  # no role of the directory: the city's system answers by package
# fmt: off
STEPS = (
    #    verb         from            to              who         article                reason
    Step("sign_for",  State.WAITING,  State.SIGNED,   RECEIVERS, "第二十四条（一）"),
    Step("send_back", State.WAITING,  State.RETURNED, RECEIVERS, "第二十四条（三）", reason=True),
    Step("send_back", State.SIGNED,   State.RETURNED, RECEIVERS, "第二十四条（三）", reason=True),
    Step("urge",      State.WAITING,  State.WAITING,  SENDERS,   "第二十四条（六）"),
    Step("acknowledge", State.WAITING, State.SIGNED,  CITY,      "第二十四条（一）"),
    Step("refuse",    State.WAITING,  State.RETURNED, CITY,      "第二十四条（三）", reason=True),
    Step("refuse",    State.SIGNED,   State.RETURNED, CITY,      "第二十四条（三）", reason=True),
    Step("recall",    State.WAITING,  State.RECALLED, DISPATCHERS, "第二十五条（四）", reason=True),
    Step("recall",    State.SIGNED,   State.RECALLED, DISPATCHERS, "第二十五条（四）", reason=True),
    Step("send_again", State.RETURNED, State.WAITING, DISPATCHERS, "第二十五条（四）"),
    Step("send_again", State.RECALLED, State.WAITING, DISPATCHERS, "第二十五条（四）"),
)
# fmt: on
URGE_AGAIN = timedelta(hours=1)  # a receiver that was just reminded is left alone for a while
LONGEST = 200


def step(verb: str, state: str) -> Step | None:
    """The row of the table for this verb in this state, or None when the rule book knows none."""
    return next((s for s in STEPS if s.verb == verb and s.source == state), None)


def verbs(state: str, side: tuple[str, ...]) -> list[str]:
    """What that side may do now; the buttons of its page."""
    return [s.verb for s in STEPS if s.source == state and s.roles == side]


def step_objection(verb: str, state: str, reason: str = "") -> Objection | None:
    """Why this verb can't be taken from this state, or None."""
    found = step(verb, state)
    if found is None:
        return Objection(_("这份文件现在的状态是“%(state)s”，不能再办这一步"), {"state": STATE_LABELS[State(state)]}, code="stale")
    if found.reason and not reason.strip():
        return Objection(_("撤回须写明理由") if verb == "recall" else _("退回须写明理由"), field="reason")
    if len(reason) > LONGEST:
        return Objection(_("不超过%(limit)d字"), {"limit": LONGEST}, field="reason")
    return None


def urge_objection(urged_at: datetime | None, now: datetime) -> Objection | None:
    """A receiver is not urged twice within the hour."""
    if urged_at and now - urged_at < URGE_AGAIN:
        return Objection(_("刚刚催办过，请过一小时再催"))
    return None


def late(sent_on: date, signed_on: date | None, today: date, calendar: Calendar) -> bool:
    """Whether a copy was signed for, or still waits, after the county's limit for signing."""
    return (signed_on or today) > due(sent_on, LIMITS["document.sign_for"], calendar)


def late_until(today: date, calendar: Calendar) -> date:
    """The last day on which a copy that still waits was sent too long ago; what was sent after it is in time."""
    day = today
    while not late(day, None, today, calendar):
        day -= timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Taken:
    """One copy as the statistics see it: when it was sent and signed for, in whose organ, and what became of it."""

    organ: str
    name: str
    sent_at: datetime
    signed_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class Figures:
    """One organ's figures: how many it got, signed for, has not, was late with, sent back, and its median hours."""

    name: str
    sent: int
    signed: int
    waiting: int
    late: int
    returned: int
    median_hours: float | None


def figures(copies: Iterable[Taken], today: date, calendar: Calendar) -> list[Figures]:
    """The figures of each organ, the slowest first; a recalled copy counts for nobody."""
    by_organ: dict[str, list[Taken]] = {}
    for copy in copies:
        if copy.state != State.RECALLED:
            by_organ.setdefault(copy.organ, []).append(copy)
    found = [_figures(rows, today, calendar) for rows in by_organ.values()]
    return sorted(found, key=lambda f: (-f.late, -(f.median_hours or 0), f.name))


def _figures(rows: list[Taken], today: date, calendar: Calendar) -> Figures:
    hours = [(r.signed_at - r.sent_at).total_seconds() / 3600 for r in rows if r.signed_at]
    waiting = [r for r in rows if r.state == State.WAITING]
    counted = [r for r in rows if r.signed_at or r.state == State.WAITING]
    slow = sum(late(r.sent_at.date(), r.signed_at.date() if r.signed_at else None, today, calendar) for r in counted)
    returned = sum(r.state == State.RETURNED for r in rows)
    return Figures(rows[0].name, len(rows), len(hours), len(waiting), slow, returned, round(median(hours), 1) if hours else None)


def recipients_objection(recipients: Iterable[str], sender: str) -> Objection | None:
    """A document is dispatched to at least one organ, to each once, and never to its own sender."""
    codes = list(recipients)
    if not codes:
        return Objection(_("没有收文机关，不能分发"), field="recipients")
    if len(set(codes)) != len(codes):
        return Objection(_("同一机关只能列一次"), field="recipients")
    if sender in codes:
        return Objection(_("不能分发给发文机关自己"), field="recipients")
    return None


def secrecy_objection(level: str, classified_network: bool, clearances: Mapping[str, Iterable[str]]) -> Objection | None:
    """Why a document of this level can't go to these organs (第二十六条; 保守国家秘密法).

    `clearances` maps each organ's name to the clearances of those receivers of it who are within the 知悉范围.
    """
    if not level:
        return None
    if level not in LEVELS:
        return Objection(_("密级只有秘密、机密、绝密三级"), field="secrecy")
    if not classified_network:
        return Objection(_("本网络不处理涉密文件，不能分发"), field="secrecy", code="classified")
    without = [organ for organ, held in clearances.items() if not any(cleared(one, level) for one in held)]
    if without:
        return Objection(
            _("%(organs)s没有在知悉范围内且具备%(level)s权限的收文员，不能分发"),
            {"organs": "、".join(without), "level": level},
            field="recipients",
            code="clearance",
        )
    return None
