"""How much of a foreign file is read, and the sentence for each thing that is not read."""

import zipfile
from io import BytesIO

MB = 1024 * 1024
FILE = 50 * MB  # the largest file at all
PART = 80 * MB  # one unpacked part of a docx; 10,000 rows of a wide table take about 40 MB
WHOLE = 200 * MB  # all parts that are read
ENTRIES = 4_000
RATIO = 400  # unpacked to packed, over twenty megabytes; a table of like rows comes to 250
LINES = 100_000
CHARACTERS = 5_000_000
ROWS = 50_000  # of all tables together
PAGES = 300
DEPTH = 200  # nested elements; libxml2 itself stops at 256


class Unreadable(Exception):
    """The file can't be read; carries the sentence in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


class Forbidden(Unreadable):
    """Not to be read by any means: under a password, or with macros."""


class Scanned(Unreadable):
    """The file holds pictures of pages and no text; it must be read by its looks."""

    def __init__(self, pages: int) -> None:
        super().__init__("这是扫描件，没有文字，须经文字识别", "This is a scan without text; it must be read by its looks")
        self.pages = pages


def broken(what: str) -> Unreadable:
    return Unreadable(
        f"文件已损坏，不能按{what}读取；请重新保存后再试", f"The file is damaged and can't be read as {what}; save it again and retry"
    )


def too_big(what: str, kind: str) -> Unreadable:
    return Unreadable(f"{what}超出可读范围，未读取", f"The file exceeds what is read ({kind}); nothing was read")


def spent() -> Unreadable:
    return Unreadable(
        "文件过于复杂，在规定时间内没有读完，未读取；请另存一次或分成几份再试",
        "The file is too complicated to be read in time; nothing was read: save it anew or in parts",
    )


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, when its directory is sound, modest and not locked."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise broken("docx") from None
    if len(entries) > ENTRIES:
        raise too_big("压缩包内文件数", "entries in the package")
    if any(entry.flag_bits & 1 for entry in entries):
        raise locked()
    if sum(entry.file_size for entry in entries) > WHOLE or any(_bomb(entry) for entry in entries):
        raise too_big("解压后的大小", "unpacked size")
    return archive


def _bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > PART or (entry.file_size > 20 * MB and entry.file_size > RATIO * max(entry.compress_size, 1))


def macros() -> Unreadable:
    return Forbidden(
        "文件带有宏，不予读取；请另存为不带宏的 docx", "The file carries macros and is not read; save it as docx without macros"
    )


def locked() -> Unreadable:
    return Forbidden("文件有密码保护，请去掉密码后再试", "The file is protected by a password; remove it and retry")


def part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """One part, unpacked no further than its directory entry claims and the limit allows."""
    try:
        entry = archive.getinfo(name)
    except KeyError:
        return None
    try:
        with archive.open(entry) as stream:
            data = stream.read(PART + 1)
    except Exception:  # a damaged member fails in zipfile, zlib, lzma or bz2, each in its own way
        raise broken("docx") from None
    if len(data) > PART:
        raise too_big("解压后的大小", "unpacked size")
    return data
