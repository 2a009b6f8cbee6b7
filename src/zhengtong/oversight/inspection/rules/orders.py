"""整改单: who is told to mend what by when, and what may follow what. Closed only by the inspector's own eyes.

The national notice wants faults mended at once and vetoes reported within the quarter; the days below are the county's
own convention, nearer than the three working days in which an error reported by a visitor is answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from zhengtong.foundation.refusal import gettext_noop as _

from .faults import FAULTS, Gravity

SOURCE = "国办秘函〔2019〕19号；天数为本县约定"


class State(StrEnum):
    """Where an order stands."""

    SENT = "sent"
    ANSWERED = "answered"
    UNMENDED = "unmended"  # answered, but the inspector still sees it
    MENDED = "mended"
    DROPPED = "dropped"


STATE_LABELS = {
    State.SENT.value: _("待整改"), State.ANSWERED.value: _("已答复，待复查"), State.UNMENDED.value: _("复查未改正"),
    State.MENDED.value: _("复查已改正"), State.DROPPED.value: _("已撤销"),
}  # fmt: skip
OPEN = (State.SENT.value, State.ANSWERED.value, State.UNMENDED.value)


@dataclass(frozen=True, slots=True)
class Step:
    """One row: `roles` may do it; none: the inspector alone."""

    verb: str
    source: State
    target: State
    roles: tuple[str, ...]
    article: str


OFFICERS, OWNERS = ("supervisor", "egov_office"), ("publisher", "editor")
# fmt: off
STEPS = (
    Step("answer",  State.SENT,     State.ANSWERED, OWNERS,   SOURCE),
    Step("answer",  State.UNMENDED, State.ANSWERED, OWNERS,   SOURCE),
    Step("mended",  State.SENT,     State.MENDED,   (),       SOURCE),
    Step("mended",  State.ANSWERED, State.MENDED,   (),       SOURCE),
    Step("mended",  State.UNMENDED, State.MENDED,   (),       SOURCE),
    Step("still",   State.ANSWERED, State.UNMENDED, (),       SOURCE),
    Step("drop",    State.SENT,     State.DROPPED,  OFFICERS, SOURCE),
    Step("drop",    State.ANSWERED, State.DROPPED,  OFFICERS, SOURCE),
    Step("drop",    State.UNMENDED, State.DROPPED,  OFFICERS, SOURCE),
)
# Working days in which a fault must be mended, by its gravity.
DAYS = {Gravity.GRAVE: 1, Gravity.VETO: 3, Gravity.FAULT: 5, Gravity.HINT: 15}
# fmt: on


def step(verb: str, state: str) -> Step | None:
    """The step that a verb takes from a state, or None."""
    return next((row for row in STEPS if row.verb == verb and row.source == state), None)


def days(fault: str) -> int:
    """Working days to mend it."""
    return DAYS[FAULTS[fault].gravity]


def still_there(urls: Sequence[str], found: Sequence[str]) -> list[str]:
    """Which of the ordered addresses a later visit still blames for the same fault."""
    seen = set(found)
    return [url for url in urls if url in seen]


def recheck(
    state: str, urls: Sequence[str], found: Sequence[str], looked: Mapping[str, bool], complete: bool
) -> tuple[State | None, list[str]]:
    """What a later visit makes of an order, and the addresses still at fault.

    `looked` says of an address whether this visit saw it answered. A visit that was cut short decides only over what it looked at:
    nothing is mended because nobody looked.
    """
    left = still_there(urls, found)
    if left:
        return (State.UNMENDED if step("still", state) else None), left
    if not complete and not all(looked.get(url, False) for url in urls):
        return None, []
    return (State.MENDED if step("mended", state) else None), []


def owner(url: str, column: str, owners: Mapping[str, str], default: str) -> str:
    """The organ that must mend a fault: of the nearest column that the address lies in, else of the column by name, else the site's."""
    path = urlsplit(url).path
    inside = [start for start in owners if start.startswith("/") and path.startswith(start)]
    if inside:
        return owners[max(inside, key=len)]
    return owners.get(column, default)
