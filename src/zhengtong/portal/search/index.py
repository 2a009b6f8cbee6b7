"""The index of the release that is served: one SQLite file on the portal's own disk, whatever database the portal uses.

It is made of the open interface's pieces (`api/v1/articles/COLUMN/MONTH.json`) and follows them by their digests: what a switch of
release changed, forwards or back, is one transaction, so that a reader sees the old index or the new one. A file that is lost,
damaged or of another make is made anew beside it and put in its place by one rename. A row's number is the second of publication
and a piece of the address's digest, so that newest first is the order of the rows, whatever the history.
"""

import fcntl
import hashlib
import json
import logging
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from django.conf import settings

from zhengtong.portal.pages import queries as pages

from . import rules
from .rules import Paper

log = logging.getLogger(__name__)

PIECE = re.compile(r"api/v1/articles/.+/\d{4}-\d{2}\.json")
PIECES = "api/v1/articles/"
MAKE = 1  # of this file and of the cutting; another number makes it anew
SMALL = 1 << 20  # bytes of changed pieces that a reader may bring in himself
HASHED = 48 << 20  # bytes of new tokens that are gathered before they are written, when the whole is made
ROW_BITS = 29
FIELDS = tuple(field.name for field in fields(Paper))
COLUMNS = "title, number, organ, text, pinyin, initials, facets"
MARKS = "?, ?, ?, ?, ?, ?, ?"
SCHEMA = f"""
CREATE TABLE piece (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, digest TEXT NOT NULL);
CREATE TABLE paper (row INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, piece INTEGER NOT NULL REFERENCES piece, kept TEXT NOT NULL);
CREATE INDEX paper_of ON paper (piece);
CREATE TABLE served (tree TEXT NOT NULL);
CREATE VIRTUAL TABLE cut USING fts5 ({COLUMNS}, content='', columnsize=0, detail=full, tokenize='ascii', prefix='1');
PRAGMA user_version = {MAKE};
"""
UNFIT = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)  # damaged, none at all, tables missing


def home() -> Path:
    return Path(settings.NETWORK_HOME) / "files" / "search"


def link() -> Path:
    """Names the file that is read."""
    return home() / "current"


@contextmanager
def opened() -> Iterator[sqlite3.Connection | None]:
    """The index for one question; None while there is none. One that proves damaged is put aside, and made anew by the worker."""
    if not link().exists():
        yield None
        return
    try:
        with closing(_connect(link().resolve())) as connection:
            yield connection
    except sqlite3.DatabaseError as no:
        if _unfit(no):
            _put_aside()
        raise


def _unfit(no: sqlite3.DatabaseError) -> bool:
    """Whether the file is at fault, not a full disk or a busy moment."""
    return (getattr(no, "sqlite_errorcode", 0) & 0xFF) in UNFIT


def _put_aside() -> None:
    """No longer read: the worker's next look makes the index anew."""
    log.exception("the search index is damaged and is made anew")
    link().unlink(missing_ok=True)


def _connect(place: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=10, isolation_level=None)
    connection.execute("PRAGMA synchronous=NORMAL")
    return connection


def tree(connection: sqlite3.Connection) -> str:
    """The folder of the release that this index answers for."""
    return str((connection.execute("SELECT tree FROM served").fetchone() or [""])[0])


def rebuild() -> bool:
    """Make the whole index anew, whatever there is, and serve it once it is whole; False when there is no release, another is at it,
    or the release was just switched."""
    root = pages.served()
    if not root:
        return False
    home().mkdir(parents=True, exist_ok=True)
    with _alone() as alone:
        wanted = _pieces() if alone else {}
        if not alone or pages.served() != root:
            return False
        _make(root, wanted)
        return True


def catch_up(most: int = 0) -> bool:
    """Follow the release being served; whether the index answers for it now. The worker's tick, safe to repeat.

    With `most`, only when no more than so many bytes have changed. Another process that is at it is not waited for.
    """
    root = pages.served()
    if not root or _answers_for() == root:
        return bool(root)
    home().mkdir(parents=True, exist_ok=True)
    with _alone() as alone:
        wanted = _pieces() if alone else {}
        if not alone or pages.served() != root:  # switched while it was read
            return False
        held = _held()
        changed = [digest for path, digest in wanted.items() if (held or {}).get(path) != digest]
        if most and sum(pages.kept(digest).stat().st_size for digest in changed) > most:
            return False
        if held is None:
            _make(root, wanted)
            return True
        try:
            with closing(_connect(link().resolve())) as connection:
                _follow(connection, root, wanted, held)
        except sqlite3.DatabaseError as no:
            if not _unfit(no):
                raise
            _put_aside()
            return False
    return True


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else is writing; nobody is waited for."""
    with (home() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _pieces() -> dict[str, str]:
    """Path → digest of the pieces of the release being served."""
    return {path: digest for path, digest in pages.pieces(PIECES).items() if PIECE.fullmatch(path)}


def _answers_for() -> str:
    try:
        with opened() as connection:
            return tree(connection) if connection and _of_this_make(connection) else ""
    except sqlite3.DatabaseError:
        return ""


def _of_this_make(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA user_version").fetchone() == (MAKE,))


def _held() -> dict[str, str] | None:
    """Path → digest of the pieces in the index; None when there is no index that can be brought up to date."""
    try:
        with opened() as connection:
            if connection is None or not _of_this_make(connection):
                return None
            return dict(connection.execute("SELECT path, digest FROM piece"))
    except sqlite3.DatabaseError as no:
        if not _unfit(no):
            raise
        return None


def _make(root: str, wanted: Mapping[str, str]) -> None:
    """The whole index in a new file, which then takes the old one's place."""
    number, name = tempfile.mkstemp(dir=home(), prefix="index-", suffix=".sqlite3")
    os.close(number)
    made = Path(name)
    try:
        with closing(_connect(made)) as connection:
            connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {SCHEMA}")
            connection.execute("INSERT INTO cut (cut, rank) VALUES ('hashsize', ?)", [HASHED])
            _follow(connection, root, wanted, {})
            connection.execute("INSERT INTO cut (cut) VALUES ('optimize')")
            connection.execute("INSERT INTO cut (cut, rank) VALUES ('hashsize', ?)", [1 << 20])
            connection.execute("PRAGMA journal_mode=WAL")
        with made.open("rb") as written:
            os.fsync(written.fileno())
        fresh = home() / ".current"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(made.name)
        os.replace(fresh, link())
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    for old in home().glob("index-*"):
        if not old.name.startswith(made.name):
            old.unlink(missing_ok=True)


def _follow(connection: sqlite3.Connection, root: str, wanted: Mapping[str, str], held: Mapping[str, str]) -> None:
    """Bring the index from the pieces it holds to those wanted, in one transaction; articles that stayed as they were are not touched."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        moved = {path for path in wanted if held.get(path) != wanted[path]}
        keys = dict(connection.execute("SELECT path, id FROM piece"))
        before = {
            row: (url, kept)
            for path in (held.keys() - wanted.keys()) | (moved & held.keys())
            for row, url, kept in connection.execute("SELECT row, url, kept FROM paper WHERE piece = ?", [keys[path]])
        }
        stays: dict[str, str] = {}
        for path in moved if before else ():
            stays |= {paper.url: _kept(paper) for paper in _papers(wanted[path])}
        for row, (url, kept) in before.items():
            if stays.get(url) != kept:
                _forget(connection, row, kept)
        known = {url for url, kept in before.values() if stays.get(url) == kept}
        for path in sorted(moved):
            key = keys.get(path)
            if key is None:
                key = connection.execute("INSERT INTO piece (path, digest) VALUES (?, '')", [path]).lastrowid
            connection.execute("UPDATE piece SET digest = ? WHERE id = ?", [wanted[path], key])
            for paper in _papers(wanted[path]):
                if paper.url in known:
                    connection.execute("UPDATE paper SET piece = ? WHERE url = ?", [key, paper.url])
                else:
                    _add(connection, paper, key)
        for path in held.keys() - wanted.keys():
            connection.execute("DELETE FROM piece WHERE id = ?", [keys[path]])
        connection.execute("DELETE FROM served")
        connection.execute("INSERT INTO served (tree) VALUES (?)", [root])
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _papers(digest: str) -> Iterator[Paper]:
    """The articles of a piece. One that can't be read is left out and noted, so that the others are found all the same."""
    for row in json.loads(pages.kept(digest).read_bytes()):
        try:
            paper = rules.paper(row)
            datetime.fromisoformat(paper.at)
        except (AttributeError, KeyError, TypeError, ValueError):
            log.warning("an article can't be searched", extra={"piece": digest})
        else:
            yield paper


def _kept(paper: Paper) -> str:
    return json.dumps([getattr(paper, name) for name in FIELDS], ensure_ascii=False, separators=(",", ":"))


def held(kept: str) -> Paper:
    """An article from its row."""
    return Paper(*json.loads(kept))


def row_for(paper: Paper) -> int:
    """The number of an article's row, which orders all by time."""
    second = max(0, int(datetime.fromisoformat(paper.at).timestamp()))
    digest = hashlib.new("sm3", paper.url.encode()).digest()
    return second << ROW_BITS | int.from_bytes(digest[:4]) >> (32 - ROW_BITS)


def _add(connection: sqlite3.Connection, paper: Paper, piece: int | None) -> None:
    if connection.execute("SELECT 1 FROM paper WHERE url = ?", [paper.url]).fetchone():
        log.warning("two articles have one address", extra={"url": paper.url})
        return
    row = row_for(paper)
    while connection.execute("SELECT 1 FROM paper WHERE row = ?", [row]).fetchone():
        row += 1  # two of the same second whose digests begin alike
    connection.execute("INSERT INTO paper (row, url, piece, kept) VALUES (?, ?, ?, ?)", [row, paper.url, piece, _kept(paper)])
    connection.execute(f"INSERT INTO cut (rowid, {COLUMNS}) VALUES (?, {MARKS})", [row, *paper.fields()])  # noqa: S608  our own names


def _forget(connection: sqlite3.Connection, row: int, kept: str) -> None:
    """A table without contents is told what stood there."""
    connection.execute(f"INSERT INTO cut (cut, rowid, {COLUMNS}) VALUES ('delete', ?, {MARKS})", [row, *held(kept).fields()])  # noqa: S608
    connection.execute("DELETE FROM paper WHERE row = ?", [row])
