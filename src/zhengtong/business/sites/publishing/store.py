"""What a release was made from, kept for the next one: for each part of the site, the key and SM3 of every file.

Notes only, no contents: what is lost is rendered again. A part's notes are named by their own digest, so that releases share them.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from zhengtong.business.sites.models import Release, Site
from zhengtong.foundation.files import tree

KEPT = 10  # releases whose notes stay on the disk


@dataclass(frozen=True, slots=True)
class Part:
    """The files of a site's part, and the folders that they lie in: path → (key, SM3), folder → its name, the names of all listings."""

    files: Mapping[str, tuple[str, str]]
    folders: Mapping[str, str]
    listings: tuple[str, ...]

    def contents(self) -> set[str]:
        """SM3 of all that whoever has this part has."""
        return {sm3 for _key, sm3 in self.files.values()} | set(self.listings)


@dataclass(frozen=True, slots=True)
class Entry:
    """A part as a release names it: `mark` covers all that it is made of, `notes` names its notes."""

    mark: str
    notes: str
    files: int


@dataclass(frozen=True, slots=True)
class Notes:
    """A release: the name of its folder, its parts, and the listings above them."""

    home: Path
    tree: str = ""
    parts: Mapping[str, Entry] = field(default_factory=dict)
    above: tuple[str, ...] = ()
    columns: str = ""  # digest of what supervision was told of the columns

    def part(self, path: str) -> Part | None:
        """The notes of a part; None when there are none, or they were lost."""
        return _part(self.home / "parts" / self.parts[path].notes) if path in self.parts else None

    def files(self) -> dict[str, str]:
        """Path → SM3 of every file."""
        return {name: sm3 for path in self.parts if (part := self.part(path)) for name, (_key, sm3) in part.files.items()}

    def contents(self) -> set[str]:
        """SM3 of all that whoever has this release has."""
        return set(self.above).union(*(part.contents() for path in self.parts if (part := self.part(path))))


def home(site: Site) -> Path:
    return Path(settings.NETWORK_HOME) / "files" / "releases" / site.code


def read(release: Release | None, site: Site) -> Notes:
    """What is noted of a release; nothing of one whose notes are gone."""
    place = home(site) / f"{release.number:06d}.json" if release else None
    if place is None or not place.exists():
        return Notes(home(site))
    values = json.loads(place.read_bytes())
    parts = {path: Entry(**entry) for path, entry in values["parts"].items()}
    return Notes(home(site), values["tree"], parts, tuple(values["above"]), values.get("columns", ""))


@lru_cache(maxsize=512)
def _part(place: Path) -> Part | None:
    if not place.exists():
        return None
    values = json.loads(place.read_bytes())
    return Part({path: (key, sm3) for path, (key, sm3) in values["files"].items()}, values["folders"], tuple(values["listings"]))


def keep_part(site: Site, part: Part) -> str:
    """Note a part; the name of the notes."""
    content = _written({"files": part.files, "folders": part.folders, "listings": part.listings})
    name = tree.sm3(content)
    place = home(site) / "parts" / name
    if not place.exists():
        _write(place, content)
    return name


def keep(release: Release, notes: Notes) -> None:
    """Note what a release was made from, and forget the notes of releases long past."""
    content = {
        "tree": notes.tree,
        "above": notes.above,
        "columns": notes.columns,
        "parts": {path: asdict(entry) for path, entry in notes.parts.items()},
    }
    _write(notes.home / f"{release.number:06d}.json", _written(content))
    for old in notes.home.glob("??????.json"):
        if int(old.stem) <= release.number - KEPT:
            old.unlink()


def sweep(site: Site) -> None:
    """Remove the notes of parts that no kept release names. Safe to repeat; a part that is just being noted is young."""
    needed = {entry["notes"] for kept in home(site).glob("??????.json") for entry in json.loads(kept.read_bytes())["parts"].values()}
    for place in list((home(site) / "parts").glob("*")):
        if place.name not in needed:
            place.unlink()


def _written(values: object) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _write(place: Path, content: bytes) -> None:
    """Whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".half-", delete=False) as out:
        out.write(content)
    os.replace(out.name, place)
