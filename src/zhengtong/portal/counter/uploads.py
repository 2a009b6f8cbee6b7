"""Uploads are sealed while they arrive: what reaches the disk is ciphertext for the business network (design §3a).

The file lies in a nameless temporary file until the form is in order, so that an upload that breaks off leaves nothing.
"""

import secrets
import shutil
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.core.files.uploadhandler import FileUploadHandler

from zhengtong.foundation.files import rules as files
from zhengtong.foundation.forms.rules import Material, materials_of
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals.envelope import Sealer
from zhengtong.foundation.seals.keys import trusted

from . import queries
from .rules import KEPT_LIVES

RECEIVER = "business"
FIELD = "m_"  # the name of a material's field is this and its key
DIRECTORY_OF_ZIP = 1 << 18  # bytes of the end that hold the directory of a docx, xlsx or ofd
SALT = "counter.kept"


class SealedUpload:
    """One file on its way in: sealed chunk by chunk; kind and size are judged in passing."""

    def __init__(self, name: str, material: Material | None) -> None:
        self.name, self.material, self.size = name, material, 0
        self.head = self.tail = b""
        self.objection: Objection | None = None
        peer = trusted(RECEIVER)
        if material is None or peer is None:
            self.objection = Objection(_("这里不收“%(name)s”"), {"name": name})
            self.sealer = self.file = None
            return
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        self.file = tempfile.TemporaryFile(dir=folder())  # noqa: SIM115  closed by `close`
        self.sealer = Sealer(self.file, peer.encryption)

    def write(self, chunk: bytes) -> None:
        """Seal one chunk; past the limit or of a forbidden kind nothing more is written."""
        self.size += len(chunk)
        if self.sealer is None or self.material is None:
            return
        if len(self.head) < files.HEAD_BYTES:
            self.head = (self.head + chunk)[: files.HEAD_BYTES]
        self.tail = (self.tail + chunk)[-DIRECTORY_OF_ZIP:] if self.head.startswith(b"PK") else b""
        if self.size > self.material.limit_mb << 20 or self._hopeless():
            self._judge()
            self.close()
        else:
            self.sealer.write(chunk)

    def _hopeless(self) -> bool:
        """Whether the first bytes show a kind that is not taken; a zip shows its kind only at its end."""
        return len(self.head) >= files.HEAD_BYTES and not self.head.startswith(b"PK") and files.kind(self.head) not in self._kinds()

    def _kinds(self) -> tuple[str, ...]:
        return self.material.kinds if self.material else ()

    def _judge(self) -> None:
        if self.material and self.objection is None:
            found = files.kind(self.head, self.tail)
            self.objection = files.objection(self.name, found, self.size, self.material.limit_mb, self._kinds())

    def finish(self) -> "SealedUpload":
        """The last chunk has come."""
        self._judge()
        if self.sealer and self.objection is None:
            self.sealer.close()
        else:
            self.close()
        self.head = self.tail = b""
        return self

    def close(self) -> None:
        """Drop what is not kept."""
        if self.file:
            self.file.close()
        self.sealer = None

    def keep(self) -> "Kept":
        """Give the sealed file a name until its form is handed in."""
        assert self.file and self.material and self.objection is None
        kept = Kept(self.material.key, self.name, self.size, secrets.token_hex(16))
        self.file.seek(0)
        with kept.path.open("xb") as out:
            shutil.copyfileobj(self.file, out, 1 << 20)
        return kept


@dataclass(frozen=True, slots=True)
class Kept:
    """A sealed file that waits for its form. The browser holds the signed reference, so that a typo costs no second upload."""

    material: str
    name: str
    size: int
    mark: str

    @property
    def path(self) -> Path:
        return folder() / f"{self.mark}.sealed"

    def reference(self) -> str:
        return signing.dumps([self.material, self.name, self.size, self.mark], salt=SALT)

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)


def kept(reference: str) -> Kept | None:
    """The file of a reference that we gave, while it is there."""
    try:
        found = Kept(*signing.loads(reference, salt=SALT, max_age=KEPT_LIVES))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return found if found.path.exists() else None


def folder() -> Path:
    """Where sealed uploads wait."""
    return Path(settings.NETWORK_HOME) / "tmp" / "sealed"


def sweep() -> int:
    """Remove sealed uploads whose forms were never handed in; the number removed."""
    old = [path for path in folder().glob("*.sealed") if path.stat().st_mtime < time.time() - KEPT_LIVES]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def seal(chunks: Iterable[bytes], name: str, material: Material) -> SealedUpload:
    """A whole file from its chunks, by the way that uploads take."""
    upload = SealedUpload(name, material)
    for chunk in chunks:
        upload.write(chunk)
    return upload.finish()


class SealingHandler(FileUploadHandler):
    """The portal's only upload handler. Files that no page asked for are read and thrown away."""

    file: SealedUpload

    def new_file(self, field_name: str, file_name: str, *args: object, **kwargs: object) -> None:
        super().new_file(field_name, file_name, *args, **kwargs)
        self.file = SealedUpload(file_name, self._materials().get(field_name))

    def _materials(self) -> dict[str, Material]:
        """What the page asks for, by field name; the item is named in its address."""
        match = self.request.resolver_match if self.request else None
        guide = queries.guide(match.kwargs["item"]) if match and match.namespace == "counter" and "item" in match.kwargs else None
        return {FIELD + m.key: m for m in materials_of(guide["materials"])} if guide else {}

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload:
        return self.file.finish()

    def upload_interrupted(self) -> None:
        self.file.close()
