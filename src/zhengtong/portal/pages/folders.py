"""Releases on the disk: contents by digest, folders laid out by their listings, switched by one rename, never changed afterwards.

`contents/` holds every content once. `trees/<name>/` is one folder: hard links to its contents, and links to the folders below, which
lie beside it; so a new release lays out only the folders in which something changed, and every web server can serve it.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from zhengtong.foundation.files import tree
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import rules


def home() -> Path:
    """Where the releases lie."""
    return Path(settings.NETWORK_HOME) / "files" / "releases"


def current() -> Path:
    """The link that names the release being served."""
    return home() / "current"


def root() -> str:
    """The name of the folder being served; "" before the first release."""
    try:
        return Path(os.readlink(current())).name
    except FileNotFoundError:
        return ""


def content(digest: str) -> Path:
    return home() / "contents" / digest[:2] / digest


def laid(name: str) -> Path:
    """Where the folder of this name is laid out."""
    return home() / "trees" / name


@lru_cache(maxsize=4096)
def _listing(_home: str, name: str) -> dict[str, str]:
    return tree.read(content(name).read_bytes())


def listing(name: str) -> dict[str, str]:
    """What lies in a folder that was laid out: name → SM3."""
    return _listing(str(settings.NETWORK_HOME), name)


def find(path: str) -> str:
    """The SM3 of a file of the release being served, or "name/" → that of a folder's listing; "" when there is none."""
    here = root()
    *way, name = path.split("/")
    for part in (*(f"{part}/" for part in way), *([name] if name else [])):
        here = listing(here).get(part, "") if here else ""
    return here


def take(sizes: Sequence[tuple[str, int]], source: BinaryIO) -> int:
    """Keep the contents sent, one after another in `source`; each digest is proved. The number that was new."""
    fresh = 0
    for digest, size in sizes:
        target = content(digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh += not target.exists()
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".half-", delete=False) as out:
            try:
                found = _copy(source, size, out)
                if found != digest:
                    raise Refused(_("发布包里有一项内容与清单摘要不符"))
                os.fchmod(out.fileno(), 0o444)  # a released file never changes; many folders share it
                os.replace(out.name, target)
            except BaseException:
                Path(out.name).unlink(missing_ok=True)
                raise
    return fresh


def _copy(source: BinaryIO, size: int, out: BinaryIO) -> str:
    digest, left = hashlib.new("sm3"), size
    while left and (chunk := source.read(min(left, 1 << 20))):
        digest.update(chunk)
        out.write(chunk)
        left -= len(chunk)
    return digest.hexdigest()


def lay(name: str, path: str = "", depth: int = 0) -> None:
    """Lay out the folder of this name and those below it; what was laid out before was proved before."""
    target = laid(name)
    if target.exists():
        return
    inside = _proved(name, path, depth)
    target.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=target.parent, prefix=".making-"))
    try:
        for entry, digest in inside.items():
            if entry.endswith("/"):
                lay(digest, f"{path}{entry}", depth + 1)
                (making / entry[:-1]).symlink_to(f"../{digest}")
            elif content(digest).exists():
                os.link(content(digest), making / entry)
            else:
                raise Refused(_("发布包缺少文件“%(path)s”，请全量重发"), path=f"{path}{entry}")
        making.chmod(0o755)
        os.replace(making, target)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise


def _proved(name: str, path: str, depth: int) -> dict[str, str]:
    """The listing of that name, every entry of it lawful."""
    if not content(name).exists():
        raise Refused(_("发布包缺少文件“%(path)s”，请全量重发"), path=path or "/")
    try:
        inside = listing(name)
    except ValueError:
        raise Refused(_("发布包里有一项内容与清单摘要不符")) from None
    if no := rules.listing_objection(inside, path, depth):
        raise Refused(no)
    return inside


def keep_manifest(code: str, text: str, signature: str) -> None:
    """The signed manifest beside the folders, for whoever asks what was released."""
    (home() / f"{code}.json").write_text(text, encoding="utf-8")
    (home() / f"{code}.sig").write_text(signature)


def manifest(code: str) -> str:
    """The text of a release's manifest; "" when it is no longer kept."""
    place = home() / f"{code}.json"
    return place.read_text(encoding="utf-8") if place.exists() else ""


def switch(name: str) -> None:
    """Serve this folder from now on: one rename, so that no reader ever sees a half."""
    fresh = home() / ".current"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(f"trees/{name}")
    os.replace(fresh, current())


def forget(code: str) -> None:
    for kind in ("json", "sig"):
        (home() / f"{code}.{kind}").unlink(missing_ok=True)


def sweep(kept: Iterable[str]) -> int:
    """Remove folders and contents that no kept release needs; the number removed. Safe to repeat."""
    needed: set[str] = set()
    for name in kept:
        _mark(name, needed)
    removed = 0
    for folder in list((home() / "trees").glob("*")):
        if folder.name not in needed:
            shutil.rmtree(folder)
            removed += 1
    for file in list((home() / "contents").glob("??/*")):
        if file.name not in needed:
            file.unlink()
            removed += 1
    _listing.cache_clear()
    return removed


def _mark(name: str, needed: set[str]) -> None:
    if name in needed or not content(name).exists():
        return
    needed.add(name)
    for entry, digest in listing(name).items():
        if entry.endswith("/"):
            _mark(digest, needed)
        else:
            needed.add(digest)
