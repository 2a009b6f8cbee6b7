"""What the networks report."""

from collections.abc import Mapping
from pathlib import Path

from zhengtong.ferry import inbox
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import actions


def clock_events(payload: Mapping[str, object], files: Mapping[str, Path], package: inbox.Outline) -> None:
    """One clock event; a network reports its own clocks only."""
    if payload["network"] != package.sender:
        raise Refused(_("%(network)s不能替别的网报告时限"), network=package.sender)
    actions.report(package.sender, payload)
