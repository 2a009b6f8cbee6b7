"""Release folders on the disk: built by hard links, switched by one rename, never changed afterwards."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import rules


def home() -> Path:
    """Where the releases lie."""
    return Path(settings.NETWORK_HOME) / "files" / "releases"


def current() -> Path:
    """The link that names the release being served."""
    return home() / "current"


def serving() -> Path | None:
    """The folder being served; None before the first release."""
    return current().resolve() if current().exists() else None


def manifest_of(folder: Path) -> dict[str, str]:
    return dict(json.loads((folder / rules.MANIFEST).read_bytes())["files"])


def build(manifest: rules.Manifest, text: str, signature: str, sent: Mapping[str, Path]) -> Path:
    """The release's folder, from the files sent and those of earlier releases; refuses what lacks or differs."""
    home().mkdir(parents=True, exist_ok=True)
    having = _known()
    target = Path(tempfile.mkdtemp(dir=home(), prefix=".making-"))
    try:
        placed: dict[str, Path] = {}
        for path, digest in manifest.files.items():
            if digest not in placed:
                placed[digest] = _place(digest, sent, having, target / path)
            else:
                _link(placed[digest], target / path)
        (target / rules.MANIFEST).write_text(text, encoding="utf-8")
        (target / rules.SIGNATURE).write_text(signature)
        target.chmod(0o755)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    kept = home() / manifest.release
    if kept.exists():
        shutil.rmtree(kept)  # left by an import that did not commit
    os.replace(target, kept)
    return kept


def _known() -> dict[str, Path]:
    """SM3 → a file of a kept release."""
    found: dict[str, Path] = {}
    for folder in sorted(home().glob("*-*")):
        if (folder / rules.MANIFEST).exists():
            found |= {digest: folder / path for path, digest in manifest_of(folder).items()}
    return found


def _place(digest: str, sent: Mapping[str, Path], having: Mapping[str, Path], target: Path) -> Path:
    """Put a content in its place: linked from an earlier release, or copied from what was sent; its digest is proved."""
    source = sent.get(digest) or having.get(digest)
    if source is None:
        raise Refused(_("发布包缺少文件“%(path)s”，请全量重发"), path=target.name)
    if _digest(source) != digest:
        raise Refused(_("发布包的文件“%(path)s”与清单摘要不符"), path=target.name)
    if digest in sent:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o444)
    else:
        _link(source, target)
    return target


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.new("sm3")).hexdigest()


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.link(source, target)


def switch(code: str) -> None:
    """Serve this release from now on: one rename, so that no reader ever sees a half."""
    fresh = home() / ".current"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(code)
    os.replace(fresh, current())


def remove(code: str) -> None:
    shutil.rmtree(home() / code, ignore_errors=True)
