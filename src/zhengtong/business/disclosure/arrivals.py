"""What comes from the portal: requests for information and their completions."""

from collections.abc import Mapping
from pathlib import Path

from . import actions


def information_request(payload: Mapping[str, object], files: Mapping[str, Path], package: object) -> None:
    """A sealed request, opened by the ferry with this network's key."""
    if payload.get("completes"):
        actions.receive_completion(payload, files)
        return
    actions.receive(payload, files)
