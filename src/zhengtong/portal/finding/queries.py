"""What the site's search answers: hits of the release that is served, and what may have been meant."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from sqlite3 import Connection, OperationalError

import rjieba

from zhengtong.foundation.search import rules as texts
from zhengtong.portal.pages import queries as pages
from zhengtong.portal.pages import rules as serving

from . import index, rules, sound
from .rules import Wanted

PAGE, PAGES = 20, 50  # hits on a page, pages that can be turned
COUNTED = PAGE * PAGES  # so far hits are counted
SNIPPET = 110
SECONDS, STEPS = 1.5, 100  # so long one query may take; after so many steps of the database the clock is looked at
SUGGESTED, MEANT, SHORTEST = 8, 3, 2
Parts = list[tuple[str, bool]]
Shelf = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer as it is shown; `title` and `snippet` in pieces, each with whether it was looked for."""

    url: str
    title: Parts
    snippet: Parts
    day: str = ""
    number: str = ""
    validity: str = ""
    shelf: Shelf | None = None
    service: bool = False

    @property
    def plain_title(self) -> str:
        return "".join(piece for piece, _sought in self.title)


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of hits. `count` is at most COUNTED, `more` says that there are more; `heard`: found by their sound alone."""

    hits: Sequence[Hit] = ()
    count: int = 0
    more: bool = False
    heard: bool = False
    meant: Sequence[str] = ()  # names that may have been meant
    long: bool = False  # given up, as it took too long

    @property
    def pages(self) -> int:
        return -(-self.count // PAGE)


class TooLong(Exception):
    """The query was given up after SECONDS."""


def find(wanted: Wanted, page: int = 1) -> Answer:
    """Articles and services that hold all the words: services first, then the words in the title, then the newest."""
    if not wanted.words:
        return Answer()
    try:
        with index.reading() as here, _limited(here):
            return _find(here, wanted, page)
    except TooLong:
        return Answer(long=True)


def _find(here: Connection, wanted: Wanted, page: int) -> Answer:
    first, alone = wanted.words[0], len(wanted.words) == 1
    guides = [] if wanted.narrowed else _guides(wanted)
    cut = rules.meant(rjieba.cut(first)) if alone and len(first) > SHORTEST else []
    keys, count, more = _counted(here, rules.ranks(wanted, cut), wanted, page)
    nothing = not count and not guides
    heard = False
    if not count and (nothing or all(rules.LATIN.fullmatch(word) for word in wanted.words)):
        sounds = [sound.heard(word) for word in wanted.words]
        if all(len(one) >= SHORTEST for one in sounds):
            keys, count, more = _counted(here, [rules.by_sound(wanted, sounds)], wanted, page)
            heard = nothing and count > 0
    hits = _hits(here, keys, list(dict.fromkeys([*wanted.words, *cut])))
    meant = rules.likely(first, _names(here), sound.heard(first))[:MEANT] if nothing and alone else []
    return Answer([*(guides if page == 1 else []), *hits], count + len(guides), more, heard, meant)


def _counted(here: Connection, ranks: Sequence[str], wanted: Wanted, page: int) -> tuple[list[int], int, bool]:
    """The keys of one page over all ranks, how many there are, whether there are more than are counted."""
    found = "FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
    span, start, count = rules.span(wanted.since, wanted.until), (page - 1) * PAGE, 0
    keys: list[int] = []
    for rank in ranks:
        (some,) = here.execute(f"SELECT count(*) FROM (SELECT 1 {found} LIMIT ?)", (rank, *span, COUNTED + 1 - count)).fetchone()  # noqa: S608
        if start < count + some and len(keys) < PAGE:
            turned = (rank, *span, PAGE - len(keys), max(0, start - count))
            keys += [key for (key,) in here.execute(f"SELECT rowid {found} ORDER BY rowid DESC LIMIT ? OFFSET ?", turned)]
        count += some
    return keys, min(count, COUNTED), count > COUNTED


def _hits(here: Connection, keys: Sequence[int], sought: list[str]) -> Iterator[Hit]:
    """The articles behind the keys; one that the release does not serve any more is left out."""
    for key in keys:
        text, shelf = here.execute("SELECT row, shelf FROM article JOIN piece ON path = piece WHERE id = ?", (key,)).fetchone()
        row = json.loads(text)
        if pages.digest(serving.file_for(row["url"].lstrip("/"))):
            yield Hit(
                row["url"],
                texts.pieces(row["title"], sought),
                texts.pieces(row.get("text", ""), sought, SNIPPET),
                row["at"][:10],
                row.get("number", ""),
                row.get("validity", ""),
                json.loads(shelf),
            )


def _guides(wanted: Wanted) -> list[Hit]:
    """Service guides whose name or summary holds the words; they come first, since people come to do things."""
    sought = list(wanted.words)
    return [
        Hit(href, texts.pieces(name, sought), texts.pieces(summary, sought, SNIPPET), service=True)
        for href, name, summary in _services()
        if all(word in texts.plain(name) or word in texts.plain(summary) for word in wanted.words)
    ]


def _services() -> list[tuple[str, str, str]]:
    """Address, name and summary of every guide."""
    at = next((row["href"] for row in pages.site().get("navigation", []) if row.get("kind") == "services"), "")
    return [(f"{at}{row['code']}/", row["name"], row["summary"]) for row in pages.items()] if at else []


def _names(here: Connection) -> list[tuple[str, str]]:
    """What people look for by name, each with its sound: services, organs, columns and rooms."""
    organs = [name for row in pages.data("directory") or [] for name in (row["name"], row["short_name"])]
    shelves = [name for shelf in index.shelves(here) for name in (shelf["name"], shelf["room_name"])]
    return _spelled(tuple(dict.fromkeys([*(name for _href, name, _summary in _services()), *organs, *shelves])))


@lru_cache(maxsize=2)
def _spelled(names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, sound.heard(texts.plain(name))) for name in names]


def suggested(query: str) -> list[str]:
    """What may be meant while it is being typed: services and names, then titles of articles, newest first."""
    asked = rules.words(query)
    if len("".join(asked)) < SHORTEST:
        return []
    try:
        with index.reading() as here, _limited(here):
            named = [name for name, _sound in _names(here) if all(word in texts.plain(name) for word in asked)]
            keys, _count, _more = _counted(here, rules.ranks(Wanted(asked))[:1], Wanted(), 1)
            titles = [hit.plain_title for hit in _hits(here, keys, [])]
    except TooLong:
        return []
    return list(dict.fromkeys([*named, *titles]))[:SUGGESTED]


def choices() -> tuple[list[str], list[tuple[str, str]]]:
    """What a search can be narrowed to: the kinds that there are, and the rooms with their names."""
    with index.reading() as here:
        shelves = index.shelves(here)
    return sorted({shelf["kind"] for shelf in shelves}), sorted({shelf["room"]: shelf["room_name"] for shelf in shelves}.items())


@contextmanager
def _limited(here: Connection) -> Iterator[None]:
    """Give up what takes longer than anybody should wait. Raises TooLong."""
    ends = time.monotonic() + SECONDS
    here.set_progress_handler(lambda: time.monotonic() > ends, STEPS)
    try:
        yield
    except OperationalError as error:
        if "interrupt" not in str(error):
            raise
        raise TooLong from error
    finally:
        here.set_progress_handler(None, 0)
