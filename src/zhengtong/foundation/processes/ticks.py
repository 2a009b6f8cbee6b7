"""What a network does by itself every so often. Rooms add theirs in `AppConfig.ready`."""

from collections.abc import Callable
from dataclasses import dataclass

_ticks: list["Tick"] = []


@dataclass(frozen=True, slots=True)
class Tick:
    """A function without arguments, safe to repeat, and its period in seconds."""

    work: Callable[[], object]
    seconds: float


def every(seconds: float, work: Callable[[], object]) -> None:
    """Let the worker call `work` about every `seconds`."""
    _ticks.append(Tick(work, seconds))


def ticks() -> tuple[Tick, ...]:
    return tuple(_ticks)
