"""How packages stay in order and arrive exactly once, as two tables; knows no database.

The sender numbers its packages from 1 without gap for each receiver and contract, and packs each again
until it is answered. The receiver takes each number once, in order, and answers every time it sees it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum


class Fate(StrEnum):
    """What a receiver does with a believed package."""

    IMPORT = "import"
    REPLAY = "replay"  # came before: answered again, and nothing else
    WAIT = "wait"  # an earlier one is missing
    CONFLICT = "conflict"  # the number was used for something else: the sender lost its memory


def fate(seq: int, token: str, last: int, known: str | None, ordered: bool) -> Fate:
    """`known` is the token that this number came with before, `last` the highest number taken in."""
    if known is not None:
        return Fate.REPLAY if known == token else Fate.CONFLICT
    if ordered and seq > last + 1:
        return Fate.WAIT
    return Fate.IMPORT


def missing(last: int, waiting: Iterable[int], most: int = 100) -> list[int]:
    """The numbers to ask for: those below the highest that waits; at most `most` at a time."""
    here = set(waiting)
    top = min(max(here, default=0), last + most + 1)
    return [seq for seq in range(last + 1, top) if seq not in here]


class Sent(StrEnum):
    """What the sender knows of a package."""

    QUEUED = "queued"
    PACKED = "packed"
    DELIVERED = "delivered"
    REFUSED = "refused"


# fmt: off
ANSWERS = {
    # what is known      the answer     what is known then
    (Sent.QUEUED,    "imported"): Sent.DELIVERED,  # an earlier copy arrived after all
    (Sent.QUEUED,    "refused"):  Sent.REFUSED,
    (Sent.PACKED,    "imported"): Sent.DELIVERED,
    (Sent.PACKED,    "refused"):  Sent.REFUSED,
    (Sent.PACKED,    "missing"):  Sent.QUEUED,
    (Sent.DELIVERED, "missing"):  Sent.QUEUED,     # the receiver was restored from an old copy
    (Sent.REFUSED,   "missing"):  Sent.QUEUED,
}
# fmt: on


def answered(state: str, result: str) -> Sent:
    """What is known after an answer; an answer that says nothing new changes nothing."""
    return ANSWERS.get((Sent(state), result), Sent(state))


def due(state: str, packed_at: datetime | None, now: datetime, resend_after: timedelta) -> bool:
    """Whether a package is to be packed: queued, or sent long ago and not answered."""
    return state == Sent.QUEUED or (state == Sent.PACKED and packed_at is not None and packed_at < now - resend_after)
