"""The container: a ZIP whose bytes depend on its files alone, with a checksum of itself as its comment.

The checksum finds what no signature inside can: a byte changed between the files. It proves nothing against
somebody who can compute it anew; that is what the signatures are for.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from zhengtong.foundation import seals

MOST_FILES = 5_000
MOST_BYTES = 256 << 20
MARK = b"SM3:"
COMMENT = len(MARK) + 64


class Unreadable(ValueError):
    """The bytes are no package that can be taken apart safely; the sentence in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


@dataclass(frozen=True, slots=True)
class Package:
    """The files by their path, and whether the container is as it was written; None when it carries no checksum."""

    files: dict[str, bytes]
    intact: bool | None


def write(files: Mapping[str, bytes]) -> bytes:
    """The container of these files in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            container.writestr(entry, data)
        container.comment = bytes(COMMENT)
    body = out.getvalue()[:-COMMENT]
    return body + MARK + seals.sm3(body).encode()


def read(data: bytes) -> Package:
    """The package's files; raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            entries = container.infolist()
            _check(entries)
            files = {entry.filename: container.read(entry) for entry in entries if not entry.is_dir()}
            comment = container.comment
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, OverflowError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("不是完整的文件包，打不开", "not a whole package, it does not open") from error
    if "OFD.xml" not in files:
        raise Unreadable("包内没有 OFD.xml，不是 OFD 文件", "no OFD.xml inside: not an OFD file")
    if not comment:
        return Package(files, None)
    return Package(files, comment == MARK + seals.sm3(data[: -len(comment)]).encode() and data.endswith(comment))


def _check(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Unreadable("文件包解开后过大", "the package is too large when unpacked")
    if len(names) != len({name.lower() for name in names}):
        raise Unreadable("包内有重名文件", "two files of one name inside")
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        raise Unreadable("包内有越出包外的路径", "a path that leads out of the package")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("包内文件已加密", "files inside are encrypted")


def resolve(base: str, location: str) -> str:
    """The path in the package that a location in the file `base` means: absolute with a stroke, else beside `base`."""
    if location.startswith("/"):
        return posixpath.normpath(location).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), location))
