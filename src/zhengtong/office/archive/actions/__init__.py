"""The verbs of the archive, one transaction and one audit entry each."""

from .filing import Choice, confirm, prefile
from .fonds import add_class, add_plan, drop_plan, open_fonds
from .packages import export, take_in

__all__ = ["Choice", "add_class", "add_plan", "confirm", "drop_plan", "export", "open_fonds", "prefile", "take_in"]
