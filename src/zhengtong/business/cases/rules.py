"""How a case moves, who may move it, by which article (行政许可法第四章; design §3b.9).

The acceptance clock ends with acceptance, refusal or the one completion notice; completed papers start it
anew. The decision clock starts at acceptance and stops only for the procedures of article 45.
"""

from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class State(StrEnum):
    RECEIVED = "received"
    COMPLETING = "completing"
    EXAMINING = "examining"
    DECIDING = "deciding"
    GRANTED = "granted"
    REFUSED = "refused"
    NOT_ACCEPTED = "not_accepted"


STATES = {
    State.RECEIVED: _("已收件"),
    State.COMPLETING: _("待补正"),
    State.EXAMINING: _("部门办理中"),
    State.DECIDING: _("待决定"),
    State.GRANTED: _("准予"),
    State.REFUSED: _("不予批准"),
    State.NOT_ACCEPTED: _("不予受理"),
}
CLOSED = frozenset({State.GRANTED, State.REFUSED, State.NOT_ACCEPTED})

# What the resident reads; plain words, no office jargon.
PLAIN = {
    State.RECEIVED: _("我们已收到您的申请，正在核对材料。"),
    State.COMPLETING: _("材料还缺一些，请按下面的说明一次补齐。"),
    State.EXAMINING: _("申请已受理，相关部门正在同时办理。"),
    State.DECIDING: _("部门意见已齐，正在作出决定。"),
    State.GRANTED: _("您的申请已批准。"),
    State.REFUSED: _("您的申请未获批准，理由和救济途径见下。"),
    State.NOT_ACCEPTED: _("您的申请未予受理，理由见下。"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A verb, the states it leads from and to, who does it, and by which article."""

    verb: str
    label: str
    source: State
    target: State
    role: str
    article: str
    reason: bool = False


# fmt: off
STEPS = (
    #    verb              label                from              to                  who              article                       reason
    Step("accept",         _("受理"),           State.RECEIVED,   State.EXAMINING,    "window_clerk",  "行政许可法 第三十二条第一款第（五）项"),
    Step("ask_completion", _("一次性告知补正"), State.RECEIVED,   State.COMPLETING,   "window_clerk",  "行政许可法 第三十二条第一款第（四）项", True),
    Step("not_accept",     _("不予受理"),       State.RECEIVED,   State.NOT_ACCEPTED, "window_clerk",  "行政许可法 第三十二条第一款第（一）（二）项", True),
    Step("complete",       _("补正材料"),       State.COMPLETING, State.RECEIVED,     "applicant",     "行政许可法 第三十二条第一款第（四）项"),
    Step("examine",        _("部门办理"),       State.EXAMINING,  State.EXAMINING,    "examiner",      "行政许可法 第三十四条"),
    Step("gather",         _("意见汇齐"),       State.EXAMINING,  State.DECIDING,     "examiner",      "行政许可法 第二十六条第二款"),
    Step("grant",          _("准予"),           State.DECIDING,   State.GRANTED,      "approver",      "行政许可法 第三十八条第一款"),
    Step("refuse",         _("不予批准"),       State.DECIDING,   State.REFUSED,      "approver",      "行政许可法 第三十八条第二款", True),
)
# fmt: on

REMEDY = _("如不服本决定，可以自收到之日起60日内申请行政复议，或者自收到之日起6个月内提起行政诉讼。")
RATINGS = {5: _("非常满意"), 4: _("满意"), 3: _("基本满意"), 2: _("不满意"), 1: _("非常不满意")}
BAD = frozenset({1, 2})


def step(verb: str, state: str) -> Step | None:
    """The step that `verb` takes from `state`, or None when there is none."""
    return next((s for s in STEPS if s.verb == verb and s.source == state), None)


def verbs(state: str, roles: frozenset[str]) -> list[Step]:
    """What somebody with these roles may do now: the buttons of the page."""
    return [s for s in STEPS if s.source == state and s.role in roles and s.verb != "gather"]


def objection(verb: str, state: str, reason: str, completions: int) -> Objection | None:
    """Why `verb` can't be done now, or None. A completion notice is given once."""
    found = step(verb, state)
    if found is None:
        return Objection(_("办件现在是“%(state)s”，不能这样办理，可能别人已先办理"), {"state": STATES[State(state)]}, code="stale")
    if found.reason and not reason.strip():
        return Objection(_("请写明理由"), {}, "reason")
    if verb == "ask_completion" and completions:
        return Objection(_("补正只能告知一次；材料仍不齐的，请作出受理或不予受理的决定"), {}, "reason")
    return None
