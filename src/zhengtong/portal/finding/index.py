"""The index on the portal's own disk: an SQLite file made of the release's pieces, brought after each switch.

`index-….sqlite3` lies beside a link `current`. A switch of releases is one transaction, so a reader sees the index of the old release
or of the new. A file that is lost, damaged or of another make is made anew under another name, and the link moved when it is whole.
"""

import json
import logging
import os
import sqlite3
import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from zhengtong.portal.pages import queries as pages

from . import rules, sound

PIECES = "data/search/"
MAKE = f"1 {version('pypinyin')} {unicodedata.unidata_version}"  # an index of another make is made anew
SCHEMA = """
CREATE TABLE made (make TEXT NOT NULL, root TEXT NOT NULL);
CREATE TABLE piece (path TEXT PRIMARY KEY, sm3 TEXT NOT NULL, shelf TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (id INTEGER PRIMARY KEY, piece TEXT NOT NULL, row TEXT NOT NULL);
CREATE INDEX article_piece ON article (piece);
CREATE VIRTUAL TABLE words USING fts5(title, number, text, sound, facets, content='', prefix='1', tokenize='ascii');
"""
COLUMNS = "rowid, title, number, text, sound, facets"
log = logging.getLogger("zhengtong.finding")
_readers = threading.local()
Row = Mapping[str, str]


def home() -> Path:
    return Path(settings.NETWORK_HOME) / "files" / "finding"


def current() -> Path:
    """The link that names the index being read."""
    return home() / "current"


def follow() -> int:
    """Bring the index to the release that is served; the number of pieces that were read anew. The worker's tick."""
    if not (root := pages.serving()):
        return 0
    try:
        with _kept() as index:
            if index is not None:
                return _follow(index, root)
    except sqlite3.DatabaseError:
        log.exception("the index is damaged and is made anew")
    return _anew(root)


@contextmanager
def _kept() -> Iterator[sqlite3.Connection | None]:
    """The present index for writing; None when there is none of this make."""
    if not current().exists():
        yield None
        return
    with closing(_open(current().resolve())) as index:
        yield index if index.execute("SELECT make FROM made").fetchone() == (MAKE,) else None


def _open(file: Path) -> sqlite3.Connection:
    index = sqlite3.connect(file, isolation_level=None, timeout=30)
    index.execute("PRAGMA journal_mode = wal")
    return index


def _anew(root: str) -> int:
    """Make the whole index beside the old one, then move the link."""
    home().mkdir(parents=True, exist_ok=True)
    file = home() / f"index-{token_hex(8)}.sqlite3"
    with closing(_open(file)) as index:
        index.executescript(SCHEMA)
        index.execute("INSERT INTO made VALUES (?, '')", (MAKE,))
        count = _follow(index, root)
        index.execute("INSERT INTO words(words) VALUES ('optimize')")
        index.execute("PRAGMA wal_checkpoint(truncate)")
    link = home() / f".current-{token_hex(4)}"
    link.symlink_to(file.name)
    os.replace(link, current())
    for old in home().glob("index-*"):
        if not old.name.startswith(file.name):
            old.unlink(missing_ok=True)
    return count


def _follow(index: sqlite3.Connection, root: str) -> int:
    if index.execute("SELECT root FROM made").fetchone() == (root,):
        return 0
    wanted = pages.pieces(PIECES)
    index.execute("BEGIN IMMEDIATE")
    try:
        have = dict(index.execute("SELECT path, sm3 FROM piece"))
        changed = {path: sm3 for path, sm3 in wanted.items() if have.get(path) != sm3}
        for path in have.keys() - wanted.keys():
            _change(index, path, {}, [])
            index.execute("DELETE FROM piece WHERE path = ?", (path,))
        for path, sm3 in changed.items():
            shelf = json.loads(pages.content(sm3))
            _change(index, path, shelf, shelf.pop("rows"))
            index.execute("INSERT OR REPLACE INTO piece VALUES (?, ?, ?)", (path, sm3, _text(shelf)))
        index.execute("UPDATE made SET root = ?", (root,))
        index.execute("COMMIT")
    except BaseException:
        index.execute("ROLLBACK")
        raise
    return len(changed)


def _change(index: sqlite3.Connection, path: str, shelf: Row, rows: Sequence[Row]) -> None:
    """Let a piece hold these rows; those that stay as they are aren't touched."""
    (kept,) = index.execute("SELECT shelf FROM piece WHERE path = ?", (path,)).fetchone() or ("{}",)
    lying = index.execute("SELECT id, row FROM article WHERE piece = ?", (path,)).fetchall()
    texts = {_text(row): row for row in rows}
    stays = {text for _key, text in lying if text in texts} if kept == _text(shelf) else set()
    gone = [(key, text) for key, text in lying if text not in stays]
    words = f"INSERT INTO words(words, {COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?, ?)"  # noqa: S608 (names of ours)
    index.executemany(words, (_tokens(key, json.loads(text), json.loads(kept)) for key, text in gone))
    index.executemany("DELETE FROM article WHERE id = ?", ((key,) for key, _text_of in gone))
    fresh = [(_place(index, path, row, text), row) for text, row in texts.items() if text not in stays]
    words = f"INSERT INTO words({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608 (names of ours)
    index.executemany(words, (_tokens(key, row, shelf) for key, row in fresh))


def _place(index: sqlite3.Connection, path: str, row: Row, text: str) -> int:
    """Put an article into its order; two of one minute whose addresses fall together stand side by side."""
    key = rules.order(row["at"], row["url"])
    while not index.execute("INSERT OR IGNORE INTO article VALUES (?, ?, ?)", (key, path, text)).rowcount:
        key += 1
    return key


def _text(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _tokens(key: int, row: Row, shelf: Row) -> tuple[int, str, str, str, str, str]:
    """What is found of an article, as the index's columns."""
    title, number = row["title"], row.get("number", "")
    facets = rules.facets(shelf["kind"], shelf["room"], row.get("validity", ""))
    return key, rules.grams(title), rules.grams(number), rules.grams(row.get("text", "")), rules.grams(*sound.spelled(title)), facets


@contextmanager
def reading() -> Iterator[sqlite3.Connection]:
    """The index as one reader sees it from here to the end; an empty one before the first release."""
    index = _reader()
    index.execute("BEGIN")
    try:
        yield index
    finally:
        index.execute("ROLLBACK")


def _reader() -> sqlite3.Connection:
    """This thread's connection to the present file."""
    file = current().resolve() if current().exists() else None
    if getattr(_readers, "index", None) is None or _readers.file != file:
        if getattr(_readers, "index", None) is not None:
            _readers.index.close()
        _readers.index = sqlite3.connect(f"file:{file}?mode=ro" if file else ":memory:", uri=True, isolation_level=None)
        _readers.file = file
        if file is None:
            _readers.index.executescript(SCHEMA)
    return _readers.index  # type: ignore[no-any-return]  # a thread's own attribute


def shelves(index: sqlite3.Connection) -> list[Row]:
    """The columns that hold something: path, name, kind, room and its name."""
    return [json.loads(shelf) for (shelf,) in index.execute("SELECT DISTINCT shelf FROM piece ORDER BY shelf")]
