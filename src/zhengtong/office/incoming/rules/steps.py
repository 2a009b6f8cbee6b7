"""The way of an incoming paper (第二十四条): sign for, register, check, propose, instruct, handle, reply, close."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips.rules import patterns


class State(StrEnum):
    ARRIVED = "arrived"
    CHECK = "check"
    PROPOSE = "propose"
    INSTRUCT = "instruct"
    HANDLE = "handle"
    CLOSE = "close"
    CLOSED = "closed"
    RETURNED = "returned"
    RECALLED = "recalled"


STATE_LABELS = {
    State.ARRIVED: _("待签收"),
    State.CHECK: _("初审"),
    State.PROPOSE: _("拟办"),
    State.INSTRUCT: _("待批示"),
    State.HANDLE: _("承办中"),
    State.CLOSE: _("待办结"),
    State.CLOSED: _("已办结"),
    State.RETURNED: _("已退文"),
    State.RECALLED: _("来文已撤回"),
}
ENDED = (State.CLOSED, State.RETURNED, State.RECALLED)
RUNNING = tuple(s for s in State if s not in ENDED)


@dataclass(frozen=True, slots=True)
class Step:
    """What may follow what, who does it and by which article."""

    verb: str
    source: State
    target: State
    role: str
    article: str
    reason: bool = False


S = State
# fmt: off
STEPS = (
    #    verb          from          to           role         article             reason
    Step("register",   S.ARRIVED,    S.CHECK,     "receiver",  "第二十四条（一）（二）"),
    Step("check",      S.CHECK,      S.PROPOSE,   "receiver",  "第二十四条（三）"),
    Step("send_back",  S.CHECK,      S.RETURNED,  "receiver",  "第二十四条（三）", reason=True),
    Step("propose",    S.PROPOSE,    S.INSTRUCT,  "secretary", "第二十四条（四）"),
    Step("propose",    S.PROPOSE,    S.HANDLE,    "secretary", "第二十四条（四）"),
    Step("propose",    S.PROPOSE,    S.CLOSE,     "secretary", "第二十四条（四）"),
    Step("propose",    S.HANDLE,     S.HANDLE,    "secretary", "第二十四条（四）"),
    Step("return_",    S.PROPOSE,    S.CHECK,     "secretary", "第二十四条（三）", reason=True),
    Step("instruct",   S.INSTRUCT,   S.INSTRUCT,  "leader",    "第二十四条（四）"),
    Step("instruct",   S.INSTRUCT,   S.HANDLE,    "leader",    "第二十四条（四）"),
    Step("instruct",   S.INSTRUCT,   S.CLOSE,     "leader",    "第二十四条（四）"),
    Step("transcribe", S.INSTRUCT,   S.INSTRUCT,  "secretary", "第二十四条（四）"),
    Step("transcribe", S.INSTRUCT,   S.HANDLE,    "secretary", "第二十四条（四）"),
    Step("transcribe", S.INSTRUCT,   S.CLOSE,     "secretary", "第二十四条（四）"),
    Step("return_",    S.INSTRUCT,   S.PROPOSE,   "leader",    "第二十四条（四）", reason=True),
    Step("finish",     S.HANDLE,     S.HANDLE,    "handler",   "第二十四条（四）"),
    Step("finish",     S.HANDLE,     S.CLOSE,     "handler",   "第二十四条（四）"),
    Step("finish",     S.HANDLE,     S.PROPOSE,   "handler",   "第二十四条（四）"),
    Step("decline",    S.HANDLE,     S.HANDLE,    "handler",   "第二十四条（四）", reason=True),
    Step("decline",    S.HANDLE,     S.PROPOSE,   "handler",   "第二十四条（四）", reason=True),
    Step("urge",       S.PROPOSE,    S.PROPOSE,   "secretary", "第二十四条（六）"),
    Step("urge",       S.INSTRUCT,   S.INSTRUCT,  "secretary", "第二十四条（六）"),
    Step("urge",       S.HANDLE,     S.HANDLE,    "secretary", "第二十四条（六）"),
    Step("reply",      S.HANDLE,     S.HANDLE,    "secretary", "第二十四条（七）"),
    Step("reply",      S.CLOSE,      S.CLOSE,     "secretary", "第二十四条（七）"),
    Step("close",      S.CLOSE,      S.CLOSED,    "secretary", "第二十四条（七）"),
    Step("circulate",  S.PROPOSE,    S.PROPOSE,   "secretary", "第二十四条（五）"),
    Step("circulate",  S.INSTRUCT,   S.INSTRUCT,  "secretary", "第二十四条（五）"),
    Step("circulate",  S.HANDLE,     S.HANDLE,    "secretary", "第二十四条（五）"),
    Step("circulate",  S.CLOSE,      S.CLOSE,     "secretary", "第二十四条（五）"),
    Step("circulate",  S.CLOSED,     S.CLOSED,    "secretary", "第二十四条（五）"),
    Step("withdraw",   S.PROPOSE,    S.CHECK,     "receiver",  "第二十四条（三）"),
    Step("withdraw",   S.INSTRUCT,   S.PROPOSE,   "secretary", "第二十四条（四）"),
    Step("withdraw",   S.CLOSE,      S.PROPOSE,   "secretary", "第二十四条（四）"),
    # the sender takes its document back: whatever we were doing with it ends
    *(Step("recall", s, S.RECALLED, "sender", "第二十四条（三）", reason=True) for s in RUNNING),
    *(Step("supervise", s, s, "secretary", "第二十四条（六）") for s in (S.HANDLE, S.CLOSE, S.CLOSED)),
)
# fmt: on
VERBS = {
    "register": _("签收登记"),
    "check": _("初审通过"),
    "send_back": _("退文"),
    "propose": _("拟办"),
    "return_": _("退回上一环节"),
    "instruct": _("批示"),
    "transcribe": _("代录批示"),
    "finish": _("办理完毕"),
    "decline": _("不属本单位，退回改派"),
    "urge": _("催办"),
    "reply": _("登记答复"),
    "close": _("办结"),
    "circulate": _("送传阅"),
    "withdraw": _("撤回"),
    "recall": _("来文撤回"),
    "supervise": _("立项督办"),
}
STAGES = {
    "check": State.CHECK,
    "instruct": State.INSTRUCT,
    "handle": State.HANDLE,  # goes before a new proposal beside it: the others go on handling
    "propose": State.PROPOSE,
    "close": State.CLOSE,
}
STAGE_OF_VERB = {
    "check": "check",
    "send_back": "check",
    "propose": "propose",
    "instruct": "instruct",
    "transcribe": "instruct",
    "finish": "handle",
    "decline": "handle",
    "close": "close",
}
BACK = {State.PROPOSE: "check", State.INSTRUCT: "propose"}  # one step back
LEADERS = ("principal_head", "deputy_head", "organ_head")
HANDLERS = ("receiver", "unit_head")  # the department's receiver, or the head of an own unit


def steps(verb: str, state: str) -> list[Step]:
    """The rows of the table for this verb in this state."""
    return [s for s in STEPS if s.verb == verb and s.source == state]


def step_objection(verb: str, state: str, target: str = "") -> Objection | None:
    """Whether the rule book knows this verb in this state, leading to `target`."""
    rows = steps(verb, state)
    if not rows or (target and target not in {row.target for row in rows}):
        return Objection(_("“%(state)s”的收文不能%(verb)s"), {"state": STATE_LABELS[State(state)], "verb": VERBS[verb]}, code="wrong_state")
    return None


def state_of(stages: Collection[str]) -> State:
    """Where a paper stands by the stages that are open on its slip: the earliest of them; none means done."""
    return next((state for stage, state in STAGES.items() if stage in stages), State.CLOSED)


# The slip of an incoming paper: what is always done. Leaders and handlers join it as they are named.
# fmt: off
CLERKS = ("receiver", "secretary")
KIND = patterns.Kind(
    "incoming", _("收文"),
    (
        patterns.Stage("register", _("签收登记"), ("receiver",), "office", "第二十四条（一）（二）", fixed=True, who=_("收文员")),
        patterns.Stage("check",    _("初审"),     CLERKS,        "office", "第二十四条（三）"),
        patterns.Stage("propose",  _("拟办"),     CLERKS,        "office", "第二十四条（四）"),
        patterns.Stage("close",    _("办结"),     CLERKS,        "office", "第二十四条（七）"),
    ),
    (
        patterns.Order("register", "check",   "第二十四条（二）", _("先登记，再初审")),
        patterns.Order("check",    "propose", "第二十四条（三）", _("初审以后才能拟办")),
        patterns.Order("propose",  "close",   "第二十四条（四）", _("拟办以后才能办结")),
    ),
    (
        patterns.Entry("register", _("签收登记"), "receiver"),
        patterns.Entry("check",    _("初审"),     "receiver"),
        patterns.Entry("propose",  _("拟办"),     "secretary"),
        patterns.Entry("close",    _("办结"),     "secretary"),
    ),
    {"office": _("办公室")},
)
# fmt: on


LEAD, ASSIST = _("主办"), _("协办")
INSTRUCT, AGAIN = _("批示"), _("改派")


def handlers_objection(lead: str, assisting: Sequence[str], outsiders: Sequence[str]) -> Objection | None:
    """Several departments need one that leads (第二十四条（四）); nobody beyond our own system is told what to do."""
    if outsiders:
        return Objection(_("%(names)s不属本系统，不能交办，可以函商"), {"names": "、".join(outsiders)}, field="lead", code="tenant")
    if assisting and not lead:
        return Objection(_("两个以上单位承办的，须明确主办单位"), field="lead")
    if lead in assisting or len(set(assisting)) != len(assisting):
        return Objection(_("同一单位只能列一次"), field="assisting")
    return None


def finish_objection(lead: bool, assisting_open: int, result: str) -> Objection | None:
    """The lead unit answers for the whole: it finishes after those who assist, and says with what result."""
    if not result.strip():
        return Objection(_("请写办理结果"), field="result")
    if lead and assisting_open:
        return Objection(_("还有%(count)d个协办单位没有办完，主办单位不能办结"), {"count": assisting_open}, code="assisting")
    return None


def close_objection(kind: str, outcome: str, answer: str) -> Objection | None:
    """The result is written down, and who asked for approval has been answered (第二十四条（七）)."""
    if not outcome.strip():
        return Objection(_("请写办理结果"), field="outcome")
    if kind == "request" and not answer:
        return Objection(_("请示须先登记答复（批复）才能办结"), field="outcome", code="unanswered")
    return None


def late(due: date | None, state: str, today: date) -> bool:
    """Whether the paper's time is over."""
    return due is not None and today > due and State(state) not in ENDED


def verb_name(verb: str) -> str:
    return VERBS[verb]
