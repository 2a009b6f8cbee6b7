"""What makes a release believable, and what of it may be served. Knows no Django."""

import hashlib
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
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
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


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release consists of: path → SM3."""

    site: str
    release: str
    before: str
    files: Mapping[str, str]

    @property
    def number(self) -> int:
        return int(self.release.rpartition("-")[2])


def read_manifest(text: str) -> Manifest | Objection:
    """The manifest, or why it is none: every path must lie inside, every digest must be one."""
    try:
        values = json.loads(text)
        found = Manifest(str(values["site"]), str(values["release"]), str(values["before"]), dict(values["files"]))
    except (KeyError, TypeError, ValueError):
        return Objection(_("发布包的清单不能读"))
    if not CODE.fullmatch(found.release) or not found.release.startswith(f"{found.site}-"):
        return Objection(_("发布包的编号“%(release)s”不对"), {"release": found.release[:40]})
    if INDEX not in found.files:
        return Objection(_("发布包没有首页"))
    for path, digest in found.files.items():
        if not lawful_path(path):
            return Objection(_("发布包里有不允许的路径“%(path)s”"), {"path": path[:80]})
        if not isinstance(digest, str) or not DIGEST.fullmatch(digest):
            return Objection(_("清单里“%(path)s”的摘要不对"), {"path": path[:80]})
    return found


def lawful_path(path: str) -> bool:
    """Whether a path of a release stays inside its folder and is of a kind that we serve."""
    parts = PurePosixPath(path).parts
    plain = bool(parts) and "/".join(parts) == path and not any(part.startswith(".") or "\\" in part or "\0" in part for part in parts)
    return plain and not path.startswith("/") and PurePosixPath(path).suffix in TYPES and path not in (MANIFEST, SIGNATURE)


def sm3(content: bytes) -> str:
    return hashlib.new("sm3", content).hexdigest()


def file_for(address: str) -> str:
    """The file of a release that answers an address: a folder is answered by its index."""
    path = address.lstrip("/")
    return path + INDEX if not path or path.endswith("/") else path


def content_type(path: str) -> str:
    return TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")


def cache_rule(path: str) -> str:
    """Assets carry their digest in their name and never change; pages may, within a minute."""
    return FOREVER if path.startswith("assets/") else SHORTLY
