"""The archivist's pages."""

from .balance import balance, reinstate, waive
from .checks import answer, check_yearly, run, runs
from .fonds import add_class, add_plan, drop_plan, fonds, open_fonds
from .items import confirm, filed, item, part, prefiled
from .packages import export, take_in
from .transfers import accept, carrier, check_transfer, drop, hand_over, transfer, transfers

__all__ = [
    "accept",
    "add_class",
    "add_plan",
    "answer",
    "balance",
    "carrier",
    "check_transfer",
    "check_yearly",
    "confirm",
    "drop",
    "drop_plan",
    "export",
    "filed",
    "fonds",
    "hand_over",
    "item",
    "open_fonds",
    "part",
    "prefiled",
    "reinstate",
    "run",
    "runs",
    "take_in",
    "transfer",
    "transfers",
    "waive",
]
