"""What may be stored: types told by content, never by name; programs and macro files refused."""

import codecs
import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

import filetype

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

# fmt: off
KINDS = {
    #  kind   media type                                                                  suffixes
    "pdf":  ("application/pdf",                                                           (".pdf",)),
    "png":  ("image/png",                                                                 (".png",)),
    "jpg":  ("image/jpeg",                                                                (".jpg", ".jpeg")),
    "tif":  ("image/tiff",                                                                (".tif", ".tiff")),
    "doc":  ("application/msword",                                                        (".doc", ".wps")),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",   (".docx",)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",         (".xlsx",)),
    "ofd":  ("application/ofd",                                                           (".ofd",)),
    "txt":  ("text/plain; charset=utf-8",                                                 (".txt", ".csv")),
}
# fmt: on
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_MACROS = ("Macros", "VBA", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "EncryptedPackage")
MACROS = ("vbaproject.bin", "vbadata.xml")
HEAD_BYTES = 8192
UNWRITTEN = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # no text holds these


def kind(head: bytes, tail_of_zip: bytes = b"") -> str:
    """The kind of a file by its first bytes (and, for a zip, its directory); "" when it is none of ours.

    `tail_of_zip` is the whole file or its end with the zip directory, needed for docx, xlsx, ofd and doc.
    """
    if head.startswith(PROGRAMS):
        return ""
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(tail_of_zip or head)
    if head.startswith(OLD):
        return "doc" if _named("WordDocument", tail_of_zip) and not any(_named(n, tail_of_zip) for n in OLD_MACROS) else ""
    guess = filetype.guess(head)
    if guess is not None:
        return {"pdf": "pdf", "png": "png", "jpg": "jpg", "tif": "tif"}.get(guess.extension, "")
    return "txt" if _is_text(head) else ""


def _is_text(head: bytes) -> bool:
    """UTF-8, UTF-16 with its mark, or GB 18030; a character may be cut at the end of the head."""
    for encoding in ("utf-16",) if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < HEAD_BYTES)
        except UnicodeDecodeError:
            continue
        return not UNWRITTEN.search(text)
    return False


def _named(name: str, container: bytes) -> bool:
    """Whether a part of this name is in the old container's directory."""
    return (name + "\0").encode("utf-16-le") in container


def _zip_kind(data: bytes) -> str:
    try:
        names = [n.lower() for n in zipfile.ZipFile(BytesIO(data)).namelist()]
    except (zipfile.BadZipFile, OSError, ValueError):
        return ""
    if any(n.endswith(MACROS) for n in names):
        return ""
    for found, mark in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml"), ("ofd", "ofd.xml")):
        if mark in names:
            return found
    return ""


def objection(name: str, found: str, size: int, limit_mb: int, allowed: Iterable[str]) -> Objection | None:
    """Why a file of this name, kind and size can't be taken, or None."""
    if not size:
        return Objection(_("“%(name)s”是空文件"), {"name": name})
    if size > limit_mb * 1024 * 1024:
        return Objection(_("“%(name)s”超过%(limit)d兆字节"), {"name": name, "limit": limit_mb})
    if found not in allowed:
        return Objection(
            _("“%(name)s”的内容不是可接收的类型（可收：%(allowed)s；程序和含宏的文件一律不收）"),
            {"name": name, "allowed": "、".join(sorted(allowed))},
        )
    if not name.lower().endswith(KINDS[found][1]):
        return Objection(_("“%(name)s”的扩展名与内容不符（内容是%(kind)s）"), {"name": name, "kind": found})
    return None
