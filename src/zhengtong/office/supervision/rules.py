"""督办: an instruction as items with an owner and a date, followed until whoever gave it confirms (条例第二十四条（六）)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.clock.rules import Calendar
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips.rules import StageRow, Template


class State(StrEnum):
    RUNNING = "running"
    REPORTED = "reported"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STATE_LABELS = {
    State.RUNNING: _("办理中"),
    State.REPORTED: _("待确认办结"),
    State.CLOSED: _("已办结"),
    State.CANCELLED: _("已撤项"),
}
OPEN = (State.RUNNING, State.REPORTED)
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Step:
    """What may follow what, who does it and by which article."""

    verb: str
    source: State
    target: State
    who: str
    article: str
    reason: bool = False


S = State
# fmt: off
STEPS = (
    #    verb         from         to           who          article            reason
    Step("report",    S.RUNNING,   S.RUNNING,   "owner",     "第二十四条（六）"),
    Step("finish",    S.RUNNING,   S.REPORTED,  "owner",     "第二十四条（六）"),
    Step("extend",    S.RUNNING,   S.RUNNING,   "owner",     "第二十四条（六）", reason=True),
    Step("grant",     S.RUNNING,   S.RUNNING,   "giver",     "第二十四条（六）"),
    Step("deny",      S.RUNNING,   S.RUNNING,   "giver",     "第二十四条（六）", reason=True),
    Step("urge",      S.RUNNING,   S.RUNNING,   "keeper",    "第二十四条（六）"),
    Step("confirm",   S.REPORTED,  S.CLOSED,    "giver",     "第二十四条（七）"),
    Step("send_back", S.REPORTED,  S.RUNNING,   "giver",     "第二十四条（六）", reason=True),
    Step("cancel",    S.RUNNING,   S.CANCELLED, "giver",     "第二十四条（六）", reason=True),
)
# An item that is late climbs: whom it is told to, how many working days after its date. The county's own convention.
@dataclass(frozen=True, slots=True)
class Climb:
    """One rung: so many working days late, it is told to these, in these words."""

    level: int
    days: int
    whom: str
    text: str


CLIMBS = (
    #     level days whom          what they are told
    Climb(1,    1,   "owner",      _("督办件%(number)s“%(task)s”已逾期，请抓紧办理并反馈")),
    Climb(2,    2,   "owner_head", _("本单位承办的督办件%(number)s“%(task)s”已逾期%(days)d个工作日")),
    Climb(3,    4,   "keeper",     _("%(owner)s承办的督办件%(number)s“%(task)s”已逾期%(days)d个工作日，请协调")),
    Climb(4,    7,   "giver",      _("您交办的%(number)s“%(task)s”由%(owner)s承办，已逾期%(days)d个工作日")),
)
# fmt: on
REMIND_DAYS = 2  # working days before the date on which the owner is reminded
VERBS = {
    "report": _("反馈进展"),
    "finish": _("报办结"),
    "extend": _("申请延期"),
    "grant": _("同意延期"),
    "deny": _("不同意延期"),
    "urge": _("催办"),
    "confirm": _("确认办结"),
    "send_back": _("退回重办"),
    "cancel": _("撤项"),
}


def step_objection(verb: str, state: str, reason: str = "") -> Objection | None:
    """Why this verb can't be taken now, or None."""
    found = next((s for s in STEPS if s.verb == verb and s.source == state), None)
    if found is None:
        label = STATE_LABELS[State(state)]
        return Objection(_("“%(state)s”的督办件不能%(verb)s"), {"state": label, "verb": VERBS[verb]}, code="wrong_state")
    return Objection(_("请写明理由"), field="reason") if found.reason and not reason.strip() else None


def item_objection(task: str, due: date, today: date, outside: bool, owner_is_ours: bool) -> Objection | None:
    """A matter, a date to come, and an owner within our own system."""
    if not task.strip():
        return Objection(_("请写督办事项"), field="task")
    if due < today:
        return Objection(_("办结期限不能早于今天"), field="due")
    if outside:
        return Objection(_("承办单位不属本系统，不能督办，可以函商"), field="owner", code="tenant")
    return None if owner_is_ours else Objection(_("承办人不在承办单位"), field="person")


def extension_objection(until: date, due: date, waiting: bool) -> Objection | None:
    """An extension leads past the present date, and only one is asked for at a time."""
    if waiting:
        return Objection(_("已有一次延期申请在等批复"), field="until")
    return Objection(_("延期须晚于现在的期限"), field="until") if until <= due else None


def days_late(due: date, today: date, calendar: Calendar) -> int:
    """How many working days the item is late; nought up to its date."""
    return calendar.working_days(due, today) if today > due else 0


def climbs(due: date, level: int, today: date, calendar: Calendar) -> list[Climb]:
    """The rungs that an item has reached and not yet been told on, lowest first."""
    late = days_late(due, today, calendar)
    return [rung for rung in CLIMBS if rung.level > level and late >= rung.days]


def reminds(due: date, today: date, calendar: Calendar) -> bool:
    """Whether the owner is reminded: its date is near and not past."""
    return today <= due and calendar.working_days(today, due) <= REMIND_DAYS


def template(code: str, owner: str, person: str, giver: str) -> Template:
    """The slip of an item: its owner reports, whoever gave it confirms."""
    # fmt: off
    return Template("supervision", 1, (
        StageRow("report",  _("办理并反馈"), "" if person else "receiver", owner, person=person),
        StageRow("confirm", _("确认办结"),   person=giver),
    ))
    # fmt: on


@dataclass(frozen=True, slots=True)
class Count:
    """The board: how many items an owner has in each state, and how many are late."""

    owner: str
    running: int
    reported: int
    closed: int
    late: int
    on_time_share: int | None


def board(rows: Iterable[tuple[str, str, bool, bool]]) -> list[Count]:
    """Rows of (owner, state, late, closed in time) counted by owner, the latest first."""
    by_owner: dict[str, list[tuple[str, bool, bool]]] = {}
    for owner, state, late, in_time in rows:
        by_owner.setdefault(owner, []).append((state, late, in_time))
    found = []
    for owner, items in by_owner.items():
        closed = [in_time for state, _late, in_time in items if state == State.CLOSED]
        found.append(
            Count(
                owner,
                sum(state == State.RUNNING for state, _late, _in in items),
                sum(state == State.REPORTED for state, _late, _in in items),
                len(closed),
                sum(late for _state, late, _in in items),
                round(100 * sum(closed) / len(closed)) if closed else None,
            )
        )
    return sorted(found, key=lambda count: (-count.late, -count.running, count.owner))
