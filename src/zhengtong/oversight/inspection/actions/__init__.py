"""The verbs of inspection: put sites under watch, take in visits, warn before it is too late, have faults mended."""

from .orders import answer, drop, order, owns, urge_orders
from .published import take_published
from .sites import enter, keep_watchlist, look_again, stop
from .visits import take
from .warnings import warn

__all__ = [
    "answer", "drop", "enter", "keep_watchlist", "look_again", "order", "owns", "stop", "take", "take_published", "urge_orders", "warn",
]  # fmt: skip
