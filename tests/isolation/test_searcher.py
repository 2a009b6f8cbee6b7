"""The searcher finds what was planted, in every form and wrapping; else its silence would prove nothing."""

import base64
import gzip
import io
import json
import random
import sqlite3
import tarfile
import zipfile
import zlib
from contextlib import closing
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from tests.papers.typeset.cast import notice
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import blocks

from .searcher import Searcher, forms

MARK = "密标00c0ffee"
NAME = "龘靐齉爩"


def zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", data)
    return file.getvalue()


def tarred(data: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        member = tarfile.TarInfo("inner.txt")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def stream(data: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj <</Filter/FlateDecode>> stream\r\n" + zlib.compress(data) + b"\nendstream endobj"


def database(value: object, folder) -> bytes:
    path = folder / "planted.sqlite3"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a (x)")
        connection.execute("INSERT INTO a VALUES (?)", [value])
        connection.commit()
    data = path.read_bytes()
    path.unlink()
    return data


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


WRAPPED = {
    "plain": lambda b: noise(5_000) + b + noise(5_000),
    "zip": zipped,
    "gzip": gzip.compress,
    "tar.gz": tarred,
    "PDF stream": stream,
    "base64": base64.b64encode,
    "base64 in lines": base64.encodebytes,
    "base64 for addresses": base64.urlsafe_b64encode,
    "base64 of an inner part": lambda b: b"x=" + base64.b64encode(noise(31) + b + noise(50)),
    "gzip in base64 in JSON": lambda b: json.dumps({"a": base64.b64encode(gzip.compress(b)).decode()}).encode(),
    "zip in zip": lambda b: zipped(zipped(b)),
    "PDF in zip in gzip": lambda b: gzip.compress(zipped(stream(b))),
}


@pytest.mark.parametrize("wrapping", WRAPPED)
@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("word", [MARK, NAME, "53012919750115104X"])
def test_a_planted_word_is_found_in_every_wrapping(wrapping, code, word, tmp_path):
    (tmp_path / "file").write_bytes(WRAPPED[wrapping](f"前文 {word} 后文".encode(code)))
    assert word in {f.word for f in Searcher(word).folder(tmp_path)}


@pytest.mark.parametrize(
    "written",
    [
        json.dumps(NAME),
        json.dumps(NAME).upper().replace("\\U", "\\u"),
        quote(NAME),
        quote(NAME).lower(),
        "".join(f"&#{ord(c)};" for c in NAME),
        "".join(f"&#x{ord(c):X};" for c in NAME),
        NAME.encode().hex(),
        NAME.encode().hex().upper(),
    ],
)
def test_a_planted_word_is_found_however_it_is_escaped(written, tmp_path):
    (tmp_path / "file").write_text(f"before {written} after")
    assert NAME in {f.word for f in Searcher(NAME).folder(tmp_path)}


def test_a_word_on_a_typeset_page_is_found_although_fonts_hide_it(tmp_path):
    pdf = press.notice(notice(body=blocks(f"现将{MARK}有关事项通知如下。")), datetime(2026, 10, 10, tzinfo=UTC)).pdf
    assert MARK.encode() not in pdf
    (tmp_path / "page.pdf").write_bytes(pdf)
    assert Searcher(MARK).folder(tmp_path)


@pytest.mark.parametrize("value", [MARK, MARK.encode("utf-16-le"), gzip.compress(MARK.encode()), json.dumps({"a": MARK})])
def test_a_planted_word_is_found_in_a_table(value, tmp_path):
    (tmp_path / "copy").write_bytes(zipped(database(value, tmp_path)))
    assert Searcher(MARK).folder(tmp_path)


def test_a_word_that_lies_only_in_the_write_ahead_log_is_found(tmp_path):
    place = tmp_path / "kept"
    place.mkdir()
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("CREATE TABLE a (x)")
        connection.execute("INSERT INTO a VALUES (?)", [zlib.compress(MARK.encode())])
        connection.commit()
        for name in ("db.sqlite3", "db.sqlite3-wal"):
            (place / name).write_bytes((tmp_path / name).read_bytes())
    assert any("table a" in f.place for f in Searcher(MARK).folder(place))


def test_a_deleted_row_is_found_in_the_free_pages(tmp_path):
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("CREATE TABLE a (x)")
        connection.execute("INSERT INTO a VALUES (?)", [MARK])
        connection.commit()
        connection.execute("DELETE FROM a")
        connection.commit()
    assert Searcher(MARK).folder(tmp_path)


def test_an_index_of_two_character_tokens_gives_a_name_away(tmp_path):
    with closing(sqlite3.connect(tmp_path / "index.sqlite3")) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(x)")
        connection.execute("INSERT INTO words VALUES (?)", [" ".join([NAME[2:], NAME[:2], NAME[1:3]])])
        connection.commit()
    found = {f.word for f in Searcher(NAME, pairs=True).folder(tmp_path)}
    assert NAME not in found and found == {NAME[:2], NAME[1:3], NAME[2:]}


def test_a_name_of_a_file_counts(tmp_path):
    (tmp_path / f"{NAME}.txt").write_bytes(b"")
    assert Searcher(NAME).folder(tmp_path)


def test_what_is_not_there_is_not_found(tmp_path):
    (tmp_path / "noise").write_bytes(noise(20_000_000))
    (tmp_path / "text").write_bytes(WRAPPED["PDF in zip in gzip"]("另一位居民".encode()) + base64.b64encode(noise(5_000)))
    assert Searcher(MARK, NAME, "53012919750115104X", pairs=True).folder(tmp_path) == []


def test_no_form_is_so_short_that_chance_would_write_it():
    assert min(len(form) for word in (MARK, NAME, NAME[:2]) for form in forms(word)) >= 6
