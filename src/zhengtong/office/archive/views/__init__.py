"""The archivist's pages."""

from .balance import balance
from .fonds import add_class, add_plan, drop_plan, fonds, open_fonds
from .items import confirm, filed, item, part, prefiled
from .packages import export, take_in

__all__ = [
    "add_class",
    "add_plan",
    "balance",
    "confirm",
    "drop_plan",
    "export",
    "filed",
    "fonds",
    "item",
    "open_fonds",
    "part",
    "prefiled",
    "take_in",
]
