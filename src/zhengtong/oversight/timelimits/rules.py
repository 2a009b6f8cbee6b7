"""Supervision of time limits: what is shown, when a card is proposed, who confirms it.

No national rule exists for cards; these are the county's own conventions (sheet §4.8), named as in
行政执法监督条例第二十七条至第三十条. The machine proposes cards, a supervisor confirms them; organs and items
are named, never a clerk (design §3b.10).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from zhengtong.foundation.clock.rules import LIMITS, Happening, Reading, State
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class Colour(StrEnum):
    YELLOW = "yellow"
    RED = "red"


COLOURS = {Colour.YELLOW: _("黄牌"), Colour.RED: _("红牌")}


class CardState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


CARD_STATES = {CardState.PROPOSED: _("待确认"), CardState.CONFIRMED: _("已发出"), CardState.DISMISSED: _("不予发牌")}


@dataclass(frozen=True, slots=True)
class Step:
    """What a supervisor does with a proposed card."""

    verb: str
    label: str
    source: CardState
    target: CardState
    role: str
    reason: bool


# fmt: off
STEPS = (
    Step("confirm", _("发出"),     CardState.PROPOSED, CardState.CONFIRMED, "supervisor", False),
    Step("dismiss", _("不予发牌"), CardState.PROPOSED, CardState.DISMISSED, "supervisor", True),
)
# fmt: on

# Worst first: the order of the board.
GRAVITY = (State.RED, State.YELLOW, State.WARNING, State.NORMAL, State.STOPPED, State.FINISHED)


def step(verb: str, state: str) -> Step | None:
    """The step that `verb` takes from `state`, or None."""
    return next((s for s in STEPS if s.verb == verb and s.source == state), None)


def card(reading: Reading) -> Colour | None:
    """The card that a clock's reading calls for; a stopped or finished clock calls for none."""
    return {State.YELLOW: Colour.YELLOW, State.RED: Colour.RED}.get(reading.state)


def event_objection(event: Mapping[str, object]) -> Objection | None:
    """Why a report is no clock event, or None."""
    try:
        whole = datetime.fromisoformat(str(event["at"])).tzinfo is not None
    except ValueError:
        whole = False
    if whole and event["kind"] in set(Happening) and event["limit"] in LIMITS:
        return None
    return Objection(_("报来的时限事件无法读取（%(subject)s）"), {"subject": str(event["subject"])[:60]})
