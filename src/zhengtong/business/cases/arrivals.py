"""What comes from the portal: applications, completions, ratings."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from . import actions


def application(payload: Mapping[str, object], files: Mapping[str, Path], package: object) -> None:
    """A sealed submission, opened by the ferry with this network's key; the plain files live as long as the import."""
    if payload.get("completes"):
        actions.complete(payload, files)
    else:
        actions.receive(payload, files)


def rating(payload: Mapping[str, object], files: Mapping[str, Path], package: object) -> None:
    at = datetime.fromisoformat(str(payload["at"]))
    actions.rate(str(payload["receipt"]), int(str(payload["stars"])), str(payload.get("words") or ""), at)
