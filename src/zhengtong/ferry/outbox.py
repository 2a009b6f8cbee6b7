"""Contents on their way out, by their digest below `files/outbox`, until long after the receiver has answered."""

import hashlib
import os
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from zhengtong.foundation import clock

from . import package
from .models import Outgoing
from .sequence import Sent

KEPT_AFTER_ANSWER = timedelta(days=30)  # a receiver restored from a backup asks again
UNUSED = 24 * 3600  # seconds: what a rolled-back act or a crash left behind


def folder() -> Path:
    return Path(settings.NETWORK_HOME) / "files" / "outbox"


def place(sm3: str) -> Path:
    """Where a content lies."""
    return folder() / sm3[:2] / sm3[2:]


def keep(content: Path | bytes) -> str:
    """Put a content into the outbox, synced; its SM3."""
    folder().mkdir(parents=True, exist_ok=True)
    digest = hashlib.new("sm3")
    with tempfile.NamedTemporaryFile(dir=folder(), prefix=".half-", delete=False) as out:
        try:
            for chunk in [content] if isinstance(content, bytes) else package.chunks(content):
                digest.update(chunk)
                out.write(chunk)
            target = place(digest.hexdigest())
            target.parent.mkdir(parents=True, exist_ok=True)
            out.flush()
            os.fsync(out.fileno())
            os.replace(out.name, target)
        except BaseException:
            Path(out.name).unlink(missing_ok=True)
            raise
    return digest.hexdigest()


def sweep() -> int:
    """Remove contents that no package needs any more, and halves that a crash left; the number removed. Safe to repeat."""
    answered = Q(state__in=[Sent.DELIVERED.value, Sent.REFUSED.value], answered_at__lt=clock.now() - KEPT_AFTER_ANSWER)
    rows = Outgoing.objects.exclude(answered).exclude(files=[]).values_list("files", flat=True)
    needed = {place(sm3) for files in rows.iterator() for _name, sm3 in files}
    removed = 0
    halves = [*folder().glob(".half-*"), *settings.TRAYS.glob("in/.half-*"), *settings.TRAYS.glob("out/*/.half-*")]
    for path in [*folder().glob("??/*"), *halves]:
        if path not in needed and path.stat().st_mtime < time.time() - UNUSED:
            path.unlink()
            removed += 1
    return removed
