"""From a file to its elements: what it is by its content, whether its name agrees, and which reader takes it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from . import old, page, pages, plain, printed, scans, word
from .elements import Elements, Layout, Line, Remark
from .limits import FILE, MB, Scanned, Unreadable, locked, too_big
from .structure import recognise

KINDS = {
    ".docx": "docx", ".doc": "doc", ".wps": "doc", ".html": "html", ".htm": "html", ".txt": "text", ".text": "text",
    ".md": "text", ".pdf": "pdf",
    ".png": "image", ".jpg": "image", ".jpeg": "image", ".tif": "image", ".tiff": "image",
}  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = {
    OLE: "doc",
    b"%PDF-": "pdf",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"{\\rtf": "rtf",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"II*\x00": "image",
    b"MM\x00*": "image",
    b"MZ": "program",
    b"\x7fELF": "program",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
}
SAID = {
    "rtf": ("RTF 文件", "an RTF file"), "image": ("图片", "a picture"), "program": ("可执行程序", "a program"),
    "archive": ("压缩包", "an archive"), "zip": ("压缩包", "an archive"), "pdf": ("PDF", "a PDF"), "docx": ("docx", "a docx"),
    "html": ("网页", "a web page"), "text": ("文本", "text"), "doc": ("旧版 Word（doc、wps）文件", "an old Word (doc, wps) file"),
}  # fmt: skip


def bytes_of(place: Path) -> bytes:
    """What the file at `place` holds, or Unreadable."""
    try:
        if place.stat().st_size > FILE:
            raise Unreadable(f"文件超过 {FILE // MB} MB，未读取", f"The file is larger than {FILE // MB} MB; it was not read")
        return place.read_bytes()
    except IsADirectoryError:
        raise Unreadable("这是一个文件夹，不是文件", "This is a folder, not a file") from None
    except FileNotFoundError:
        raise Unreadable("没有这个文件", "There is no such file") from None
    except (OSError, ValueError):
        raise Unreadable("文件打不开", "The file can't be opened") from None


def read(path: str | Path) -> Elements:
    """The elements of the file at `path`, or Unreadable."""
    place = Path(path)
    return parse(bytes_of(place), place.name)


def parse(data: bytes, name: str = "") -> Elements:
    """The elements of these bytes; `name` must agree with what they are."""
    if len(data) > FILE:
        raise too_big("文件大小", "file size")
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable("文件是空的", "The file is empty")
    kind = content(data)
    agree(kind, name)
    raw, layout, more = _lines(data, kind, Path(name).suffix.lower())
    said = (*more, *plain.remarks("\n".join(_words(raw))))
    lines = [line for line in map(_seen, raw) if line.text.strip() or line.rows]
    if not lines:
        raise Unreadable("文件中没有文字", "The file holds no text")
    return recognise(lines, kind=kind, layout=layout, remarks=said)


def from_sheets(sheets: Sequence[scans.Sheet]) -> Elements:
    """The elements of a scan whose pages were read one by one."""
    lines, remarks = printed.lines(sheets)
    if not lines:
        raise Unreadable("扫描件中没有认出文字", "No text was found on the scan")
    return recognise(lines, kind="scan", remarks=remarks)


def _words(lines: list[Line]) -> Iterator[str]:
    for line in lines:
        yield line.text
        for row in line.rows:
            yield from row


def _seen(line: Line) -> Line:
    rows = tuple(tuple(plain.seen(cell) for cell in row) for row in line.rows)
    return replace(line, text=plain.seen(line.text).rstrip(), rows=rows)


def content(data: bytes) -> str:
    """What the bytes are, whatever the file is called."""
    kind = next((kind for mark, kind in FOREIGN.items() if data.startswith(mark)), "")
    if kind == "zip":
        return "docx" if b"word/document.xml" in data or b"word\\document.xml" in data or b"[Content_Types].xml" in data else "zip"
    if kind == "program" and data.isascii() and b"\x00" not in data:
        kind = ""  # a text may well begin with MZ
    if kind:
        return kind
    start = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return "html" if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<?xml")) else "text"


def agree(kind: str, name: str) -> None:
    """Refuses what is no document, and a name that says something else than the content."""
    ending = Path(name).suffix.lower()
    if kind == "doc" and ending in (".docx", ".xlsx", ".pptx"):
        raise locked()  # an encrypted docx is such a container
    named = KINDS.get(ending)
    if kind in ("docx", "doc", "pdf", "html", "text", "image"):
        if ending in (".docm", ".dotm"):
            raise Unreadable("带宏的文件不予读取，请另存为 docx", "Files with macros are not read; save it as docx")
        fragment = named == "html" and kind == "text"  # a piece of a page need not begin with <html>
        if named and named != kind and not fragment:
            zh, en = SAID[kind]
            raise Unreadable(
                f"文件扩展名是 {ending}，内容却是{zh}；请核对文件并改正扩展名",
                f"The name ends in {ending} but the content is {en}; check the file and correct its name",
            )
        if kind == "text" and ending in (".rtf", ".ofd", ".docm", ".dotm"):
            zh, en = SAID[kind]
            raise Unreadable(
                f"文件扩展名是 {ending}，内容却是{zh}；请核对文件并改正扩展名",
                f"The name ends in {ending} but the content is {en}; correct its name",
            )
        return
    zh, en = SAID[kind]
    raise Unreadable(
        f"这是{zh}，不能读取；请用 docx、doc、wps、html、txt、pdf 或扫描图片",
        f"This is {en}, which is not read; use docx, doc, wps, html, txt, pdf or a scan",
    )


def _lines(data: bytes, kind: str, ending: str) -> tuple[list[Line], Layout | None, tuple[Remark, ...]]:
    if kind == "docx":
        return (*word.lines(data), ())
    if kind == "doc":
        lines, remarks = old.lines(data)
        return lines, None, remarks
    if kind == "image":
        raise Scanned(scans.count(data))
    if kind == "pdf":
        return pages.lines(data), None, ()
    text = plain.decode(data)
    if kind == "html" or KINDS.get(ending) == "html":
        return page.lines(text), None, ()
    return plain.lines(text), None, ()
