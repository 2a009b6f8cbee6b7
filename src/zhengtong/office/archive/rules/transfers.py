"""移交 (电子档案移交与接收办法): from the choice of items to the receiving archive's receipt."""

from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class State(StrEnum):
    PREPARED = "prepared"
    CHECKED = "checked"
    HANDED = "handed"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


STATE_LABELS = {
    State.PREPARED: _("待检测"),
    State.CHECKED: _("已检测"),
    State.HANDED: _("已移交"),
    State.ACCEPTED: _("已接收"),
    State.DROPPED: _("已撤销"),
}
SOURCE = "电子档案移交与接收办法"


@dataclass(frozen=True, slots=True)
class Step:
    """What may follow what, by which rule."""

    verb: str
    source: State
    target: State
    article: str
    reason: bool = False


S = State
# fmt: off
STEPS = (
    Step("check",    S.PREPARED, S.CHECKED,  "DA/T 70-2018"),
    Step("check",    S.CHECKED,  S.CHECKED,  "DA/T 70-2018"),
    Step("hand_over", S.CHECKED, S.HANDED,   SOURCE),
    Step("accept",   S.HANDED,   S.ACCEPTED, SOURCE),
    Step("drop",     S.PREPARED, S.DROPPED,  SOURCE, reason=True),
    Step("drop",     S.CHECKED,  S.DROPPED,  SOURCE, reason=True),
    Step("drop",     S.HANDED,   S.DROPPED,  SOURCE, reason=True),  # sent back by the archive
)
# fmt: on
VERBS = {"check": _("检测"), "hand_over": _("移交"), "accept": _("登记接收"), "drop": _("撤销移交")}


def step(verb: str, state: str) -> Step | None:
    return next((row for row in STEPS if row.verb == verb and row.source == state), None)


def step_objection(verb: str, state: str) -> Objection | None:
    if step(verb, state) is None:
        return Objection(_("“%(state)s”的移交不能%(verb)s"), {"state": STATE_LABELS[State(state)], "verb": VERBS[verb]}, code="wrong_state")
    return None


def verbs(state: str) -> list[str]:
    """What may be done now."""
    return [row.verb for row in STEPS if row.source == state]
