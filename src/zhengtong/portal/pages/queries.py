"""Reading the release that is being served."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from zhengtong.foundation.search import rules as finding

from . import folders

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
def _index(root: Path) -> list[tuple[Row, str, str]]:
    """Every article with its title and number, and with its text, as they are compared."""
    rows = [row for sm3 in pieces("data/search/").values() for row in json.loads(folders.content(sm3).read_bytes())]
    return [(row, f"{finding.plain(row['title'])} {finding.plain(row['number'])}", finding.plain(row["text"])) for row in rows]


def search(words: str, limit: int = 100) -> list[Row]:
    """Articles and services that hold all the words, whatever their marks: those with them in the title first, then the newest."""
    root = folders.root()
    asked = finding.words(words)
    if not root or not asked:
        return []
    found = []
    for row, title, text in _index(folders.laid(root)):
        if all(word in title or word in text for word in asked):
            found.append((all(word in title for word in asked), row["date"], row))
    found.sort(key=lambda hit: (hit[0], hit[1]), reverse=True)
    return [*_guides(asked), *(row for _title, _date, row in found)][:limit]


def _guides(asked: list[str]) -> list[Row]:
    """Service guides whose name or summary holds the words; they come first, since people come to do things."""
    services = next((row["href"] for row in site().get("navigation", []) if row.get("kind") == "services"), "")
    return [
        {"url": f"{services}{row['code']}/", "title": row["name"], "date": "", "number": "", "text": row["summary"], "service": True}
        for row in items()
        if services and all(word in finding.plain(row["name"]) or word in finding.plain(row["summary"]) for word in asked)
    ]
