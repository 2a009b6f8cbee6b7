"""A folder named by its content: a listing says what lies in it, and the SM3 of the listing names the folder with all below it.

Two folders of the same content have the same name, so that whoever has one already need not be told it again. Knows no Django.
"""

import hashlib
import json
from collections.abc import Mapping

Listing = Mapping[str, str]  # name → SM3; the name of a folder ends in "/", and its SM3 is that of its own listing


def sm3(content: bytes) -> str:
    return hashlib.new("sm3", content).hexdigest()


def written(listing: Listing) -> bytes:
    """The one way in which a listing is written."""
    return json.dumps(listing, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read(content: bytes) -> dict[str, str]:
    """A listing as it was written; raises ValueError for anything else."""
    found = json.loads(content)
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()) or written(found) != content:
        raise ValueError("no listing")
    return found


def fold(files: Mapping[str, str], folders: Mapping[str, str] | None = None) -> tuple[str, dict[str, bytes]]:
    """The name of the folder that holds `files` (path → SM3) and whole `folders` (path → name), and every listing that it takes."""
    top: dict[str, object] = {}
    for path, digest in files.items():
        way, _slash, name = path.rpartition("/")
        _at(top, way)[name] = digest
    for path, digest in (folders or {}).items():
        way, _slash, name = path.rpartition("/")
        _at(top, way)[f"{name}/"] = digest
    listings: dict[str, bytes] = {}
    return _close(top, listings), listings


def _at(top: dict[str, object], way: str) -> dict[str, object]:
    here = top
    for part in way.split("/") if way else ():
        below = here.setdefault(f"{part}/", {})
        assert isinstance(below, dict), way
        here = below
    return here


def _close(node: Mapping[str, object], listings: dict[str, bytes]) -> str:
    content = written({name: _close(below, listings) if isinstance(below, dict) else str(below) for name, below in node.items()})
    name = sm3(content)
    listings[name] = content
    return name
