"""Storing content. Files are written and synced before the row, so a row never points at nothing;
content without a row (after a crash) is harmless and found again when the same content comes."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, BinaryIO

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.text import get_valid_filename

from zhengtong.foundation import clock
from zhengtong.foundation.refusal import Refused

from . import rules
from .models import File

CHUNK = 1 << 20
SHARED, ALONE = "SELECT pg_advisory_xact_lock_shared(%s)", "SELECT pg_advisory_xact_lock(%s)"


def place(sm3: str) -> Path:
    """Where content of this digest lies."""
    return settings.MEDIA_ROOT / sm3[:2] / sm3[2:]


def store(content: bytes | BinaryIO, name: str, *, limit_mb: int = 50, allowed: Iterable[str] = tuple(rules.KINDS)) -> File:
    """Keep `content` under its digest and return its row; refuses wrong types and sizes. Call inside an action."""
    (settings.NETWORK_HOME / "tmp").mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=settings.NETWORK_HOME / "tmp", delete=False) as spool:
        try:
            digest, size, head = _copy(content, spool, limit_mb)
            found = rules.kind(head, Path(spool.name).read_bytes() if head.startswith((b"PK", rules.OLD)) else b"")
            if no := rules.objection(name, found, size, limit_mb, set(allowed)):
                raise Refused(no)
            return _keep(Path(spool.name), digest, found, size)
        except BaseException:
            Path(spool.name).unlink(missing_ok=True)
            raise


@transaction.atomic(savepoint=False)
def _keep(spool: Path, sm3: str, kind: str, size: int) -> File:
    """Bytes and row in one transaction, so that nobody discards the one before the other is there."""
    _hold(sm3, shared=True)
    target = place(sm3)
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(spool, target)
    if known := File.objects.filter(sm3=sm3).first():
        return known
    new = File(sm3=sm3, kind=kind, size=size, at=clock.now())  # or the one that somebody else stores at this very moment
    return File.objects.bulk_create([new], update_conflicts=True, unique_fields=["sm3"], update_fields=["size"])[0]


@transaction.atomic
def discard(sm3: str) -> bool:
    """Remove content that no record refers to any more; False while one does. May be repeated after a crash.

    The bytes go before the commit: if that fails, the row still says what is to be removed.
    """
    _hold(sm3, shared=False)
    try:
        File.objects.filter(sm3=sm3).delete()
    except models.ProtectedError:
        return False
    place(sm3).unlink(missing_ok=True)
    return True


def _hold(sm3: str, *, shared: bool) -> None:
    """Until this transaction ends nobody stores this content while it is discarded. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(SHARED if shared else ALONE, [int(sm3[:15], 16)])


def _copy(content: bytes | BinaryIO, spool: IO[bytes], limit_mb: int) -> tuple[str, int, bytes]:
    """Copy to the spool; stops one chunk past the limit, so that an endless upload can't fill the disk."""
    digest, size, head = hashlib.new("sm3"), 0, b""
    chunks = [content] if isinstance(content, bytes) else iter(lambda: content.read(CHUNK), b"")
    for chunk in chunks:
        head = (head + chunk)[: rules.HEAD_BYTES] if len(head) < rules.HEAD_BYTES else head
        digest.update(chunk)
        spool.write(chunk)
        size += len(chunk)
        if size > limit_mb * CHUNK:
            break
    spool.flush()
    os.fsync(spool.fileno())
    return digest.hexdigest(), size, head


def safe_name(name: str) -> str:
    """A name fit for a download header: no folder, no control character."""
    return get_valid_filename(Path(name).name or "file")
