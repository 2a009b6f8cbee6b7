"""Reading the release that is being served."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from . import folders, rules

Row = Mapping[str, Any]


def digest(path: str) -> str:
    """The SM3 of a file of the release, "" when the release has no such file."""
    return "" if path.endswith("/") else folders.find(path)


def place(path: str) -> Path:
    """Where the file lies; only for paths that `digest` knows."""
    return folders.current().resolve() / path


def pieces(folder: str) -> dict[str, str]:
    """Path → SM3 of every file of the release below a folder (`data/search/`)."""
    name = folders.find(folder)
    found: dict[str, str] = {}
    for entry, digest in folders.listing(name).items() if name else ():
        found |= pieces(f"{folder}{entry}") if entry.endswith("/") else {f"{folder}{entry}": digest}
    return found


@lru_cache(maxsize=8)
def _data(content: Path) -> Any:
    return json.loads(content.read_bytes())


def data(name: str) -> Any:
    """One of the release's data files (site, items, directory); None when there is none."""
    found = digest(f"data/{name}.json")
    return _data(folders.content(found)) if found else None


def site() -> Row:
    """The frame of the site: name, domain, navigation and the marks at the foot."""
    return data("site") or {}


def items() -> list[Row]:
    """The published service guides, with the fields and materials of their forms."""
    return list(data("items") or [])


def item(code: str) -> Row | None:
    return next((row for row in items() if row["code"] == code), None)


@lru_cache(maxsize=1)
def _index(root: Path) -> list[tuple[Row, set[str], set[str]]]:
    """Every article with the two-character tokens of its title and of its text."""
    rows = [row for sm3 in pieces("data/search/").values() for row in json.loads(folders.content(sm3).read_bytes())]
    return [(row, rules.bigrams(f"{row['title']}{row['number']}"), rules.bigrams(row["text"])) for row in rows]


def search(words: str, limit: int = 100) -> list[Row]:
    """Articles and services that hold all the words: those with them in the title first, then the newest."""
    root = folders.root()
    asked = [part.lower() for part in words.split() if part]
    if not root or not asked:
        return []
    wanted = {token for part in asked for token in rules.bigrams(part)}
    found = []
    for row, title, text in _index(folders.laid(root)):
        if wanted <= title | text and all(part in f"{row['title']}{row['number']}{row['text']}".lower() for part in asked):
            found.append((wanted <= title, row["date"], row))
    found.sort(key=lambda hit: (hit[0], hit[1]), reverse=True)
    return [*_guides(asked), *(row for _title, _date, row in found)][:limit]


def _guides(asked: list[str]) -> list[Row]:
    """Service guides whose name or summary holds the words; they come first, since people come to do things."""
    services = next((row["href"] for row in site().get("navigation", []) if row.get("kind") == "services"), "")
    return [
        {"url": f"{services}{row['code']}/", "title": row["name"], "date": "", "number": "", "text": row["summary"], "service": True}
        for row in items()
        if services and all(part in f"{row['name']}{row['summary']}".lower() for part in asked)
    ]


def excerpt(row: Row, words: str, length: int = 90) -> list[tuple[bool, str]]:
    """A stretch of the text around the first word, in pieces: (is a word sought, text)."""
    text, asked = str(row["text"]), [part for part in words.split() if part]
    first = min((at for part in asked if (at := text.lower().find(part.lower())) >= 0), default=0)
    start = max(0, first - 20)
    shown = ("…" if start else "") + text[start : start + length] + ("…" if start + length < len(text) else "")
    return marked(shown, asked)


def marked(text: str, asked: list[str]) -> list[tuple[bool, str]]:
    """The text in pieces, those that were sought marked."""
    pieces: list[tuple[bool, str]] = []
    rest = text
    while rest:
        hits = [(at, len(part)) for part in asked if (at := rest.lower().find(part.lower())) >= 0]
        if not hits:
            return [*pieces, (False, rest)]
        at, size = min(hits, key=lambda hit: (hit[0], -hit[1]))
        pieces += [(False, rest[:at]), (True, rest[at : at + size])] if at else [(True, rest[:size])]
        rest = rest[at + size :]
    return pieces
