"""What the networks report."""

from collections.abc import Mapping

from . import actions


def clock_events(payload: Mapping[str, object], files: Mapping[str, object], package: object) -> None:
    """One clock event; the sender is the network that signed the package."""
    actions.report(str(payload["network"]), payload)
