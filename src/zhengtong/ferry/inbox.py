"""Who takes in what. Rooms register their function in `AppConfig.ready`."""

from collections.abc import Callable, Mapping
from pathlib import Path

from .package import Outline as Outline  # what a taker is told of its package

# payload, files by name, and the outline of the package; called once for each package, inside one transaction
Take = Callable[[Mapping[str, object], Mapping[str, Path], Outline], object]
_takers: dict[str, Take] = {}


def receive(contract: str, take: Take) -> None:
    """Let `take` import the packages of a contract. A `Refused` refuses the package; any other error is tried again."""
    _takers[contract] = take


def taker(contract: str) -> Take | None:
    return _takers.get(contract)
