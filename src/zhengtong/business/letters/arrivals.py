"""What comes from the portal: letters, and what a writer adds after disclosure has taken his over."""

from collections.abc import Mapping
from pathlib import Path

from zhengtong.business.disclosure import actions as disclosure

from . import actions


def letter(payload: Mapping[str, object], files: Mapping[str, Path], package: object) -> None:
    """A sealed letter, opened by the ferry with this network's key."""
    if payload.get("completes"):
        disclosure.receive_completion(payload, files)
        return
    actions.receive(payload, files)
