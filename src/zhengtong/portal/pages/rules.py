"""What makes a release believable, and what of it may be served. Knows no Django."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

KEPT = 5  # releases that stay on the disk, for going back
CODE = re.compile(r"[a-z][a-z0-9]*-\d{6}")
DIGEST = re.compile(r"[0-9a-f]{64}")
INDEX = "index.html"

# fmt: off
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css":  "text/css; charset=utf-8",
    ".js":   "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml":  "application/xml; charset=utf-8",
    ".txt":  "text/plain; charset=utf-8",
    ".svg":  "image/svg+xml",
    ".png":  "image/png",
    ".jpg":  "image/jpeg",
    ".pdf":  "application/pdf",
    ".ofd":  "application/ofd",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# fmt: on
OPEN = ("api/", "feed/")  # data that any other site's page may read
FOREVER, SHORTLY = "public, max-age=31536000, immutable", "public, max-age=60"


DEEPEST = 12  # folders below one another


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release is: `tree` names the folder of all its files, which are so many."""

    site: str
    release: str
    before: str
    tree: str
    files: int

    @property
    def number(self) -> int:
        return int(self.release.rpartition("-")[2])


def read_manifest(text: str) -> Manifest | Objection:
    """The manifest, or why it is none."""
    try:
        values = json.loads(text)
        texts = {name: str(values[name]) for name in ("site", "release", "before", "tree")}
        found = Manifest(**texts, files=int(values["files"]))
    except (KeyError, TypeError, ValueError):
        return Objection(_("发布包的清单不能读"))
    if not CODE.fullmatch(found.release) or not found.release.startswith(f"{found.site}-"):
        return Objection(_("发布包的编号“%(release)s”不对"), {"release": found.release[:40]})
    if not DIGEST.fullmatch(found.tree):
        return Objection(_("发布包的清单不能读"))
    return found


def listing_objection(inside: Mapping[str, str], path: str, depth: int) -> Objection | None:
    """Why this folder, which lies at `path` in the release, may not be laid out: every name must stay inside and be of a kind that we serve."""
    if not path and INDEX not in inside:
        return Objection(_("发布包没有首页"))
    for name, digest in inside.items():
        below = name.endswith("/")
        plain = name.removesuffix("/")
        lawful = lawful_name(plain) and (below or PurePosixPath(name).suffix in TYPES) and not (below and plain in inside)
        if not lawful or depth >= DEEPEST:
            return Objection(_("发布包里有不允许的路径“%(path)s”"), {"path": f"{path}{name}"[:80]})
        if not DIGEST.fullmatch(digest):
            return Objection(_("清单里“%(path)s”的摘要不对"), {"path": f"{path}{name}"[:80]})
    return None


def sizes(rows: list[object]) -> list[tuple[str, int]]:
    """SM3 and size in bytes of each content sent, in order; what is not so written is left out, and then missed."""
    pairs = [row for row in rows if isinstance(row, list) and len(row) == 2]
    return [(sm3, size) for sm3, size in pairs if type(size) is int and size >= 0 and isinstance(sm3, str) and DIGEST.fullmatch(sm3)]


def lawful_name(name: str) -> bool:
    """Whether a name in a listing stays in its folder."""
    return bool(name) and not name.startswith(".") and not set(name) & set("/\\\0")


def file_for(address: str) -> str:
    """The file of a release that answers an address: a folder is answered by its index."""
    path = address.lstrip("/")
    return path + INDEX if not path or path.endswith("/") else path


def content_type(path: str) -> str:
    return TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")


def cache_rule(path: str) -> str:
    """Assets carry their digest in their name and never change; pages may, within a minute."""
    return FOREVER if path.startswith("assets/") else SHORTLY
