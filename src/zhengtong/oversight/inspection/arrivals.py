"""What the ferry brings: visits from the probe, and what the owners of sites say that they published."""

import gzip
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from zhengtong.ferry import inbox
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import actions
from .actions.visits import Shot

LONGEST = 256 << 20  # bytes of a visit, unpacked


def visited(payload: Mapping[str, object], files: Mapping[str, Path], package: inbox.Outline) -> None:
    """One visit: what was seen, as a compressed file, and the pictures. Broken content is refused, not tried again."""
    try:
        with gzip.open(files["seen"]) as source:
            text = source.read(LONGEST + 1)
        seen = json.loads(text) if len(text) <= LONGEST else None
        rows = payload.get("pictures") or []
        assert isinstance(seen, dict) and isinstance(rows, list)
        shots = [Shot(str(row["url"]), datetime.fromisoformat(row["at"]), files[row["file"]].read_bytes()) for row in rows]
    except (OSError, EOFError, KeyError, ValueError, TypeError, AssertionError):
        raise Refused(_("送来的巡检结果无法读取")) from None
    actions.take(str(payload["site"]), seen, shots=shots)


def published_site(payload: Mapping[str, object], files: Mapping[str, Path], package: inbox.Outline) -> None:
    """A site's columns and the digests of its newest release."""
    try:
        actions.take_published(payload)
    except (KeyError, ValueError, TypeError, AssertionError):
        raise Refused(_("报来的网站情况无法读取")) from None
