"""Reading the release that is being served."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from . import folders

Row = Mapping[str, Any]


def digest(path: str) -> str:
    """The SM3 of a file of the release, "" when the release has no such file."""
    return "" if path.endswith("/") else folders.find(path)


def served() -> str:
    """The name of the folder being served, which covers all that lies in it; "" before the first release."""
    return folders.root()


def kept(digest: str) -> Path:
    """Where the content of this SM3 lies, as long as a kept release has it."""
    return folders.content(digest)


def place(path: str) -> Path:
    """Where the file lies; only for paths that `digest` knows."""
    return folders.current().resolve() / path


def pieces(folder: str) -> dict[str, str]:
    """Path → SM3 of every file of the release below a folder (`api/v1/articles/`)."""
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


def moved(path: str) -> str:
    """Where the article is now that an older site had at this path; "" when none is known or it is public no more."""
    for sm3 in pieces("data/moved/").values():
        if there := _data(folders.content(sm3)).get(path):
            return str(there)
    return ""


def site() -> Row:
    """The frame of the site: name, domain, navigation and the marks at the foot."""
    return data("site") or {}


def items() -> list[Row]:
    """The published service guides, with the fields and materials of their forms."""
    return list(data("items") or [])


def item(code: str) -> Row | None:
    return next((row for row in items() if row["code"] == code), None)
