"""The archive: `items` who sees what, `process` a paper's way as it is kept, `records` an item that can leave, `packages` and `moving`
how it leaves, `checking` what is checked, `balance` the year."""

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
from .sheets import balance, balance_of, waiver_of, years

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
    "waiver_of",
    "without_fonds",
    "years",
]
