"""What comes from the portal: applications, completions, ratings."""

from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO

from . import actions


def application(payload: Mapping[str, object], files: Mapping[str, BinaryIO], package: object) -> None:
    """A sealed submission, opened by the ferry with this network's key."""
    if payload.get("completes"):
        actions.complete(payload, files)
    else:
        actions.receive(payload, files)


def rating(payload: Mapping[str, object], files: Mapping[str, BinaryIO], package: object) -> None:
    at = datetime.fromisoformat(str(payload["at"]))
    actions.rate(str(payload["receipt"]), int(str(payload["stars"])), str(payload.get("words", "")), at)
