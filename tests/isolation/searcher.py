"""Looks for words in a folder as somebody would who means to find them: whatever form, whatever wrapping.

Opens zip, gzip, tar, PDF (streams and text), base64 and SQLite (all tables, the write-ahead log too) and looks
for UTF-8, UTF-16 and GB18030, escapes of JSON, HTML, addresses and hexadecimal, and names of files.
"""

import base64
import binascii
import contextlib
import gzip
import io
import re
import shutil
import sqlite3
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pypdfium2

DEEPEST = 6
# Shorter ones turn up by chance in a few megabytes of ciphertext.
SHORTEST = 6
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}(?:[\r\n]+[A-Za-z0-9+/_-]{4,})*={0,2}")
WRAPPINGS = (b"PK\x03\x04", b"\x1f\x8b", b"\x78", b"%PDF-", b"SQLite format 3\0")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def forms(word: str) -> set[bytes]:
    """Every way in which the word may be written as bytes."""
    codes = [ord(c) for c in word]
    texts = {
        word,
        "".join(f"\\u{code:04x}" for code in codes),
        "".join(f"\\u{code:04X}" for code in codes),
        "".join(f"&#{code};" for code in codes),
        "".join(f"&#x{code:x};" for code in codes),
        "".join(f"&#x{code:X};" for code in codes),
        quote(word),
        quote(word).lower(),
    }
    found = {text.encode("utf-8") for text in texts}
    found |= {word.encode("ascii", way) for way in ("backslashreplace", "xmlcharrefreplace")}  # a writer may leave ASCII as it is
    found |= {word.encode(code) for code in ("utf-16-le", "utf-16-be", "gb18030")}
    found |= {style(word.encode(code).hex()).encode() for code in ("utf-8", "utf-16-be") for style in (str.lower, str.upper)}
    return {form for form in found if len(form) >= SHORTEST}


def tokens(word: str) -> list[str]:
    """What an index of two-character tokens keeps of a Chinese word."""
    return [word[n : n + 2] for n in range(len(word) - 1)] if not word.isascii() else []


@dataclass(frozen=True)
class Find:
    """One word found, and where."""

    word: str
    place: str


class Searcher:
    """Searches folders for some words; with `pairs`, for any two neighbouring characters of them too."""

    def __init__(self, *words: str, pairs: bool = False) -> None:
        everything = [*words, *(token for word in words if pairs for token in tokens(word))]
        self.forms = {word: forms(word) for word in everything}

    def folder(self, folder: Path) -> list[Find]:
        """Everything found below the folder, names of files included."""
        found = self.look(str(sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))).encode(), "names of files")
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                for place, data in opened(path.read_bytes(), path.relative_to(folder).as_posix(), path):
                    found += self.look(data, place)
        return found

    def look(self, data: bytes, place: str) -> list[Find]:
        return [Find(word, place) for word, ways in self.forms.items() if any(way in data for way in ways)]


def opened(data: bytes, place: str, path: Path | None = None, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The bytes themselves, and all that they hold wrapped up."""
    yield place, data
    if depth >= DEEPEST or not data:
        return
    for inner, held in unwrapped(data, path):
        yield from opened(held, f"{place} › {inner}", None, depth + 1)


def unwrapped(data: bytes, path: Path | None) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"SQLite format 3\0"):
        yield from tables(data, path)
    if b"PK\x03\x04" in data[:4096]:
        with contextlib.suppress(zipfile.BadZipFile, NotImplementedError, RuntimeError), zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield "zip names", archive.comment + "\n".join(archive.namelist()).encode()
            for name in archive.namelist():
                yield f"zip {name}", archive.read(name)
    if data.startswith(b"\x1f\x8b"):
        with contextlib.suppress(OSError, EOFError, zlib.error):
            yield "gzip", gzip.decompress(data)
    if data[257:262] == b"ustar":
        with contextlib.suppress(tarfile.TarError), tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for member in archive:
                if member.isfile():
                    yield f"tar {member.name}", archive.extractfile(member).read()
    if data[:1] == b"\x78":
        yield from inflated(data, "zlib")
    if b"%PDF-" in data[:1024]:
        yield from pages(data)
    small: list[bytes] = []
    for match in BASE64.finditer(data):
        for held in decoded(match.group()):
            if len(held) > 4096 or held.startswith(WRAPPINGS):
                yield "base64", held
            else:
                small.append(held)
    if small:
        yield "base64", b"\n".join(small)


def inflated(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    with contextlib.suppress(zlib.error):
        yield name, zlib.decompressobj().decompress(data)


def pages(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every stream as it is unpacked, and the text as a reader shows it."""
    for number, match in enumerate(STREAM.finditer(data)):
        yield from inflated(match.group(1), f"PDF stream {number}")
    with contextlib.suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(data)
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        yield "PDF text", re.sub(r"\s+", "", text).encode()
        document.close()


def decoded(run: bytes) -> Iterator[bytes]:
    """What a run of base64 letters stands for, from each place in a group of four at which it may begin."""
    plain = re.sub(rb"[\r\n=]", b"", run).translate(bytes.maketrans(b"-_", b"+/"))
    for start in range(4):
        whole = plain[start : start + (len(plain) - start) // 4 * 4]
        rest = plain[start + len(whole) :]
        if len(rest) > 1:
            whole += rest + b"=" * (4 - len(rest))
        with contextlib.suppress(binascii.Error):
            if len(whole) >= 8:
                yield base64.b64decode(whole)


def tables(data: bytes, path: Path | None) -> Iterator[tuple[str, bytes]]:
    """Every value of every table, with what still lies in the write-ahead log beside the file."""
    with tempfile.TemporaryDirectory(prefix="zt-search-") as folder:
        copy = Path(folder) / "copy.sqlite3"
        copy.write_bytes(data)
        log = path.with_name(path.name + "-wal") if path else None
        if log and log.exists():
            shutil.copy(log, copy.with_name(copy.name + "-wal"))
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            connection.text_factory = bytes
            # an index that keeps no texts can't be read by rows; its own tables are read as bytes, what it was made from lies beside it
            told = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            names = [name.decode() for name, sql in told if b"content=''" not in sql]
            for name in names:
                quoted = name.replace('"', '""')
                texts = []
                for row in connection.execute(f'SELECT * FROM "{quoted}"'):
                    for value in row:
                        if isinstance(value, bytes):
                            texts.append(value)
                            yield from ((f"table {name} › {w}", held) for w, held in unwrapped(value, None))
                yield f"table {name}", b"\n".join(texts)
