"""Asking the index: articles with the words marked, services on top, suggestions and corrections."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from zhengtong.foundation.search import rules as finding
from zhengtong.portal.pages import queries as pages

from . import index, rules
from .rules import Asked, Paper, sounds
from .rules.cutting import alike, plain

ROOM = 120  # characters of an article that an answer shows
Parts = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer: its words in pieces, each with whether it was looked for."""

    url: str
    title: str
    title_parts: Parts
    text_parts: Parts
    at: str = ""  # YYYY-MM-DD
    number: str = ""
    organ: str = ""
    validity: str = ""
    column: str = ""  # its path
    place: str = ""  # room and column by name
    kind: str = rules.NEWS

    @property
    def force(self) -> str:
        """Whether it is in force, in words."""
        return rules.VALIDITY.get(self.validity, "")


@dataclass(frozen=True, slots=True)
class Found:
    """One page of answers. `count` is exact unless `more`; `ready` is False while there is no index yet."""

    hits: list[Hit] = field(default_factory=list)
    count: int = 0
    more: bool = False
    pages: int = 0
    instead: str = ""  # what may have been meant
    ready: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """A column or room that the search can be narrowed to; paths without slashes at the ends."""

    path: str
    name: str


def fresh() -> None:
    """Bring in what little a new release changed, so that it is found at once; what is more is the worker's."""
    try:
        index.catch_up(most=index.SMALL)
    except (sqlite3.DatabaseError, OSError):
        index.log.exception("search index was not brought up to date")


def search(of: Asked, size: int = rules.PAGE) -> Found:
    """The page of answers to a question: services first, then articles by rank, each rank newest first."""
    if not pages.served() or not (of.words or of.narrowed()):
        return Found()
    fresh()
    services = [] if of.of_papers() else _services(of)
    first, end = (of.page - 1) * size, of.page * size
    try:
        with index.opened() as connection:
            if connection is None:
                return Found(ready=False)
            rows, more = ([], False) if of.kind == rules.SERVICE else answering(connection, of)
            shown = _papers(connection, rows[max(0, first - len(services)) : max(0, end - len(services))])
            count = len(services) + len(rows)
            named = {column: _named(column) for column in {paper.column for paper in shown}}
            hits = [*services[first:end], *(_hit(paper, of.words, named[paper.column]) for paper in shown if _stands(paper.url))]
            instead = "" if count or not of.words else _instead(connection, of)
    except sqlite3.DatabaseError as no:
        index.log.warning("search failed: %s", no)
        return Found(ready=False)
    return Found(hits, count, more, min(-(-count // size), rules.PAGES), instead)


def answering(connection: sqlite3.Connection, of: Asked) -> tuple[list[int], bool]:
    """The numbers of the articles that answer, best first, and whether there are more than are counted."""
    found: list[int] = []
    for rank in rules.ranks(of):
        found += _matching(connection, rank, rules.COUNTED + 1 - len(found))
        if len(found) > rules.COUNTED:
            return found[: rules.COUNTED], True
    return found, False


def _matching(connection: sqlite3.Connection, rank: str, most: int) -> list[int]:
    """The newest rows that a rank matches."""
    rows = connection.execute("SELECT rowid FROM cut WHERE cut MATCH ? ORDER BY rowid DESC LIMIT ?", [rank, most])
    return [row for (row,) in rows]


def _papers(connection: sqlite3.Connection, rows: Sequence[int]) -> list[Paper]:
    marks = ",".join("?" * len(rows))
    kept = dict(connection.execute(f"SELECT row, kept FROM paper WHERE row IN ({marks})", rows))  # noqa: S608  marks only
    return [index.held(kept[row]) for row in rows if row in kept]


def _stands(url: str) -> bool:
    """Whether the release being served has this page; an index may be a moment behind."""
    return bool(pages.digest(f"{url.lstrip('/')}index.html"))


def _hit(paper: Paper, words: Sequence[str], place: str) -> Hit:
    return Hit(
        paper.url,
        paper.title,
        marked(paper.title, words),
        marked(paper.text, words, ROOM),
        paper.at[:10],
        paper.number,
        paper.organ,
        paper.validity,
        paper.column,
        place,
        paper.kind,
    )


def _named(column: str) -> str:
    """A column's path as people call it, with its room."""
    room = next((place for place in rooms() if column.startswith(f"{place.path}/")), None)
    name = next((place.name for place in columns(room.path if room else "") if place.path == column), "")
    return " · ".join(one for one in (room.name if room else "", name) if one)


def marked(text: str, words: Sequence[str], room: int = 0) -> Parts:
    """The text in pieces, with the words marked however they are written."""
    return finding.pieces(text, list(words), room, alike(text))


def _services(of: Asked) -> list[Hit]:
    """Service guides whose name or summary holds the words, or whose name sounds so; they come first, since people come to do things."""
    ranked: dict[int, list[Hit]] = {0: [], 1: [], 2: []}
    for row, *compared in _guides(pages.digest("data/items.json"), pages.digest("data/site.json")):
        where = (compared[:1], compared[:2], compared)
        rank = next((n for n, texts in enumerate(where) if all(any(word in text for text in texts) for word in of.words)), None)
        if rank is not None:
            title, text = marked(row["name"], of.words), marked(row["summary"], of.words, ROOM)
            ranked[rank].append(Hit(row["url"], row["name"], title, text, kind=rules.SERVICE))
    return [hit for rank in sorted(ranked) for hit in ranked[rank]]


@lru_cache(maxsize=2)
def _guides(_items: str, _site: str) -> list[tuple[Mapping[str, str], str, str, str, str]]:
    """Every service guide with what is compared: name, summary, sound and first letters of the name."""
    column = next((row["href"] for row in pages.site().get("navigation", []) if row.get("kind") == "services"), "")
    found: list[tuple[Mapping[str, str], str, str, str, str]] = []
    for item in pages.items() if column else ():
        row = {"url": f"{column}{item['code']}/", "name": item["name"], "summary": item["summary"]}
        name = plain(row["name"])
        heard = sounds.syllables(name)
        found.append((row, name, plain(row["summary"]), "".join(heard), "".join(one[0] for one in heard)))
    return found


def _instead(connection: sqlite3.Connection, of: Asked) -> str:
    """What may have been meant where nothing was found: characters that sound so in a title, or a name with one slip."""
    words = [_meant(connection, word) or word for word in of.words]
    if tuple(words) == of.words:
        return ""
    other = rules.asked({"q": " ".join(words)})
    return other.said if answering(connection, other)[0] or _services(other) else ""


def _meant(connection: sqlite3.Connection, word: str) -> str:
    """The word with its slip put right; "" when the word is found as it is or nothing is near."""
    if answering(connection, Asked(words=(word,)))[0] or len(word) < 2:
        return ""
    heard = sounds.syllables(word)
    for paper in _papers(connection, _matching(connection, f'pinyin : "{" ".join(heard)}"', 1)):
        title = plain(paper.title)
        spoken = sounds.syllables(title)
        return next((title[n : n + len(heard)] for n in range(len(title)) if spoken[n : n + len(heard)] == heard), "")
    return next((piece for name in names() if (piece := rules.mistyped(word, name))), "")


def names() -> tuple[str, ...]:
    """Plain names that people ask for: rooms, columns, services, organs."""
    return _names(*(pages.digest(f"data/{name}.json") for name in ("items", "directory")), pages.digest("api/v1/columns.json"))


@lru_cache(maxsize=2)
def _names(*_digests: str) -> tuple[str, ...]:
    organs = (row.get("name", "") for row in pages.data("directory") or [])
    found = [*(place.name for place in (*rooms(), *columns())), *(row["name"] for row in pages.items()), *organs]
    return tuple(dict.fromkeys(plain(name) for name in found if name))


def suggest(said: str) -> list[str]:
    """Titles that go on from what has been typed: services, then the newest articles, each once."""
    of = Asked(said=said, words=rules.words(said))
    if not of.words or not pages.served():
        return []
    fresh()
    names = [hit.title for hit in _services(of)]
    try:
        with index.opened() as connection:
            papers = _titled(connection, of) if connection else []
            names += [paper.title for paper in papers if _stands(paper.url)]
    except sqlite3.DatabaseError as no:
        index.log.warning("suggestions failed: %s", no)
    return list(dict.fromkeys(names))[: rules.SUGGESTED]


def _titled(connection: sqlite3.Connection, of: Asked) -> list[Paper]:
    """The newest articles whose titles hold the words or sound so."""
    return _papers(connection, [row for rank in rules.above(of) for row in _matching(connection, rank, rules.SUGGESTED)])


def rooms() -> list[Place]:
    """The sub-sites of the release."""
    rows = _listed(pages.digest("api/v1/columns.json")).get("rooms", [])
    return [Place(row["path"].strip("/"), row["name"]) for row in rows]


def columns(room: str = "") -> list[Place]:
    """The columns of the county's own site, or of a sub-site."""
    path = f"api/v1/articles/{room}/columns.json" if room else "api/v1/columns.json"
    return [Place(row["path"].strip("/"), row["name"]) for row in _listed(pages.digest(path)).get("columns", [])]


@lru_cache(maxsize=256)
def _listed(digest: str) -> dict[str, list[dict[str, str]]]:
    return dict(json.loads(pages.kept(digest).read_bytes())) if digest else {}


def years() -> list[str]:
    """The years in which something was published, newest first."""
    try:
        with index.opened() as connection:
            ends = connection.execute("SELECT max(row), min(row) FROM paper").fetchone() if connection else None
            if not connection or not ends or ends[0] is None:
                return []
            newest, oldest = (int(paper.at[:4]) for paper in _papers(connection, ends))
    except (sqlite3.DatabaseError, ValueError):
        return []
    return [str(year) for year in range(newest, oldest - 1, -1)]
