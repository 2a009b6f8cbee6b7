"""The verbs of the archive, one transaction and one audit entry each."""

from .checking import answer, check_yearly
from .custody import Gone, clear_carriers, destroy, open_up, reclassify
from .filing import Choice, confirm, prefile
from .fonds import add_class, add_plan, drop_plan, open_fonds
from .packages import export, take_in
from .transferring import accept, check_transfer, copy_out, drop, hand_over, prepare
from .waiving import Registered, reinstate, waive

__all__ = [
    "Choice",
    "Gone",
    "Registered",
    "accept",
    "add_class",
    "add_plan",
    "answer",
    "check_transfer",
    "check_yearly",
    "clear_carriers",
    "confirm",
    "copy_out",
    "destroy",
    "drop",
    "drop_plan",
    "export",
    "hand_over",
    "open_fonds",
    "open_up",
    "prefile",
    "prepare",
    "reclassify",
    "reinstate",
    "take_in",
    "waive",
]
