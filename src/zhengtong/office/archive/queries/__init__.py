"""The archive: `items` who sees what, `process` a paper's way as it is kept, `records` an item that can leave, `packages` and `moving`
how it leaves, `checking` what is checked, `balance` the year."""

from .balance import balance, balance_of, years
from .evidence import events, signed
from .items import (
    faults,
    filed,
    fonds_kept,
    fonds_of,
    kept_by,
    of_document,
    parts,
    parts_of,
    plan_rows,
    plans,
    prefiled,
    proposed_classes,
    traits,
    visible,
    without_fonds,
)

__all__ = [
    "balance",
    "balance_of",
    "events",
    "faults",
    "filed",
    "fonds_kept",
    "fonds_of",
    "kept_by",
    "of_document",
    "parts",
    "parts_of",
    "plan_rows",
    "plans",
    "prefiled",
    "proposed_classes",
    "signed",
    "traits",
    "visible",
    "without_fonds",
    "years",
]
