"""The balance sheet of a year: every registered document is filed once, waived with a reason, or missing (归档文件齐全完整, DA/T 22-2015 5.1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from . import State


@dataclass(frozen=True, slots=True)
class Balance:
    """One numbering series of a year: how many were registered, filed, pre-filed, and which are missing."""

    organ: str
    series: str
    registered: int
    filed: int
    prefiled: int
    missing: tuple[int, ...]

    @property
    def even(self) -> bool:
        return self.filed == self.registered


def balance(organ: str, series: str, registered: int, states: Mapping[int, str]) -> Balance:
    """Registered against filed: every serial 1…n must have its item."""
    filed = sum(state == State.FILED for state in states.values())
    missing = tuple(n for n in range(1, registered + 1) if n not in states)
    return Balance(organ, series, registered, filed, len(states) - filed, missing)
