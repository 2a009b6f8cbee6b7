"""传阅: who is to read a paper, by when, and what recall does to the list (条例第二十四条（五）)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zhengtong.foundation.clock.rules import Calendar, Limit, Unit
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips.rules import urging


class State(StrEnum):
    RUNNING = "running"
    RECALLED = "recalled"


STATE_LABELS = {State.RUNNING: _("传阅中"), State.RECALLED: _("已收回")}
ORIGINS = {"incoming": _("收文"), "outgoing": _("发文")}
KEEPERS = ("secretary", "receiver", "registrar", "dispatcher")
READERS = ("reader",)  # no role of the directory: whoever is named on the list


@dataclass(frozen=True, slots=True)
class Step:
    """One verb on a circulation: in which state, who, by which article."""

    verb: str
    source: State
    target: State
    who: tuple[str, ...]
    article: str
    reason: bool = False


R, X = State.RUNNING, State.RECALLED
# fmt: off
STEPS = (
    #    verb         from  to  who      article             reason
    Step("circulate", R,    R,  KEEPERS, "第二十四条（五）"),
    Step("circulate", X,    R,  KEEPERS, "第二十四条（五）"),
    Step("add",       R,    R,  KEEPERS, "第二十四条（五）"),
    Step("remove",    R,    R,  KEEPERS, "第二十四条（五）", reason=True),
    Step("urge",      R,    R,  KEEPERS, "第二十四条（六）"),
    Step("read",      R,    R,  READERS, "第二十四条（五）"),
    Step("recall",    R,    X,  KEEPERS, "第二十四条（五）", reason=True),
)
# No national rule says how long a reader may keep a paper: the county's own convention.
LIMITS = {
    "top":    Limit(1, Unit.WORKING_DAYS, "第二十四条（五）；天数为本县约定"),
    "urgent": Limit(1, Unit.WORKING_DAYS, "第二十四条（五）；天数为本县约定"),
    "":       Limit(3, Unit.WORKING_DAYS, "第二十四条（五）；天数为本县约定"),
}
# fmt: on
LONGEST = 300


def step_objection(verb: str, state: str, reason: str = "") -> Objection | None:
    """Why this verb can't be taken now, or None."""
    found = next((s for s in STEPS if s.verb == verb and s.source == state), None)
    if found is None:
        return Objection(_("传阅现在的状态是“%(state)s”，不能再办这一步"), {"state": STATE_LABELS[State(state)]}, code="stale")
    if found.reason and not reason.strip():
        return Objection(_("请写明理由"), field="reason")
    return Objection(_("不超过%(limit)d字"), {"limit": LONGEST}, field="reason") if len(reason) > LONGEST else None


def readers_objection(readers: Collection[str], secrecy: str, scope: Collection[str], uncleared: Iterable[str]) -> Objection | None:
    """At least one reader; a classified paper only within its 知悉范围 and to the cleared (第二十六条, 保守国家秘密法)."""
    if not readers:
        return Objection(_("请写明传阅给谁"), field="readers")
    if secrecy and (set(readers) - set(scope) or list(uncleared)):
        return Objection(_("涉密文件只能传阅给知悉范围内且具备涉密等级的人员"), field="readers", code="scope")
    return None


def overdue(due: date, read_at: datetime | None, on: date) -> bool:
    """Whether a reader is late: the last day is over and he has not confirmed."""
    return read_at is None and on > due


def to_be_urged(due: date, read_at: datetime | None, last: date | None, every: int, today: date, calendar: Calendar) -> bool:
    """Whether the machine reminds him today: on working days alone, as often as the organ has its overdue papers urged."""
    return overdue(due, read_at, today) and urging.again(every, last, today, calendar)
