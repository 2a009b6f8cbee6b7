"""Reading the release that is being served."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from zhengtong.foundation.search import rules as finding

from . import folders

Row = Mapping[str, Any]


@lru_cache(maxsize=2)
def _digests(folder: Path) -> dict[str, str]:
    return folders.manifest_of(folder)


def digest(path: str) -> str:
    """The SM3 of a file of the release, "" when the release has no such file."""
    folder = folders.serving()
    return _digests(folder).get(path, "") if folder else ""


def place(path: str) -> Path:
    """Where the file lies; only for paths that `digest` knows."""
    folder = folders.serving()
    assert folder
    return folder / path


@lru_cache(maxsize=8)
def _data(folder: Path, name: str) -> Any:
    path = folder / "data" / f"{name}.json"
    return json.loads(path.read_bytes()) if path.exists() else None


def data(name: str) -> Any:
    """One of the release's data files (site, items, directory); None when there is none."""
    folder = folders.serving()
    return _data(folder, name) if folder else None


def site() -> Row:
    """The frame of the site: name, domain, navigation and the marks at the foot."""
    return data("site") or {}


def items() -> list[Row]:
    """The published service guides, with the fields and materials of their forms."""
    return list(data("items") or [])


def item(code: str) -> Row | None:
    return next((row for row in items() if row["code"] == code), None)


@lru_cache(maxsize=1)
def _index(folder: Path) -> list[tuple[Row, str, str]]:
    """Every article with its title and number, and with its text, as they are compared."""
    rows = [row for piece in sorted((folder / "data" / "search").glob("*.json")) for row in json.loads(piece.read_bytes())]
    return [(row, f"{finding.plain(row['title'])} {finding.plain(row['number'])}", finding.plain(row["text"])) for row in rows]


def search(words: str, limit: int = 100) -> list[Row]:
    """Articles and services that hold all the words, whatever their marks: those with them in the title first, then the newest."""
    folder = folders.serving()
    asked = finding.words(words)
    if folder is None or not asked:
        return []
    found = []
    for row, title, text in _index(folder):
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
