"""A release: the folder of a site's files at their public paths, with a signed manifest of their digests.

Files that did not change are hard links into the release before, so that a release costs what changed.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from zhengtong.business.sites import queries
from zhengtong.business.sites.actions import note_release_state
from zhengtong.business.sites.models import Release, Site
from zhengtong.ferry import queries as ferry
from zhengtong.ferry.actions import send
from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.files.actions import place
from zhengtong.foundation.seals.keys import network_keys

from . import render, told
from .frame import Frame
from .plan import ARTICLE, Page, plan

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
KEPT = 10  # release folders that stay on the disk


@dataclass(frozen=True, slots=True)
class Built:
    """A release that lies in a folder, not yet sent."""

    folder: Path
    files: dict[str, str]
    keys: dict[str, str]
    rendered: tuple[str, ...]  # paths that were rendered, not linked
    changed: tuple[str, ...]  # paths whose content is new


def home(site: Site) -> Path:
    """Where the site's releases lie; each has its number as name."""
    return Path(settings.NETWORK_HOME) / "files" / "releases" / site.code


def folder(release: Release) -> Path:
    return home(release.site) / f"{release.number:06d}"


def sm3(content: bytes) -> str:
    return hashlib.new("sm3", content).hexdigest()


def manifest_of(path: Path) -> dict[str, str]:
    """Path → SM3 of a release folder; empty when there is none."""
    return dict(json.loads((path / MANIFEST).read_bytes())["files"]) if (path / MANIFEST).exists() else {}


def keys_of(path: Path) -> dict[str, str]:
    """Path → key with which each file was rendered; kept beside the folder, not in it."""
    beside = path.with_suffix(".keys")
    return dict(json.loads(beside.read_bytes())) if beside.exists() else {}


def build(site: Site, before: Path | None, *, full: bool = False) -> Built:
    """Write the site as it is now into a new folder beside `before`; `full` renders every page anew."""
    home(site).mkdir(parents=True, exist_ok=True)
    target = Path(tempfile.mkdtemp(dir=home(site), prefix=".making-"))
    try:
        return _fill(site, target, before, full)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _fill(site: Site, target: Path, before: Path | None, full: bool) -> Built:
    old_files, old_keys = (manifest_of(before), keys_of(before)) if before else ({}, {})
    shown, pages = plan(site)
    files: dict[str, str] = {}
    touched: list[Page] = []
    changed: list[str] = []
    for page in pages.values():
        if before and not full and old_keys.get(page.path) == page.key and page.path in old_files:
            _link(before / page.path, target / page.path)
            files[page.path] = old_files[page.path]
        else:
            touched.append(page)
    for page, content in _contents(shown, touched):
        digest = page.stored or sm3(content)
        files[page.path] = digest
        if before and old_files.get(page.path) == digest:
            _link(before / page.path, target / page.path)
        else:
            _write(target / page.path, content) if not page.stored else _link(place(page.stored), target / page.path)
            changed.append(page.path)
    keys = {path: page.key for path, page in pages.items()}
    return Built(target, files, keys, tuple(page.path for page in touched), tuple(changed))


def _contents(shown: Frame, touched: list[Page]) -> Iterable[tuple[Page, bytes]]:
    for page in touched:
        if page.stored or page.content:
            yield page, page.content
        elif page.template != ARTICLE:
            yield page, render.page(shown, page)
    yield from render.articles(shown, [page for page in touched if page.template == ARTICLE])


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.link(source, target)


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    target.chmod(0o444)  # a released file never changes; other releases may share it


def release(site: Site, *, full: bool = False, resend: bool = False) -> Release | None:
    """Make and send the next release; None when nothing changed since the last.

    `full` renders everything anew, `resend` sends every file, for a portal that lost some.
    """
    hear(site)
    last = queries.last_release(site)
    before = folder(last) if last and folder(last).exists() else None
    edition = Site.objects.values_list("edition", flat=True).get(pk=site.pk)
    built = build(site, before, full=full)
    try:
        if last and before and built.files == manifest_of(before) and not resend:
            _seen(last, edition)
            before.with_suffix(".keys").write_text(json.dumps(built.keys))
            return None
        made = _send(site, last, built, edition, resend)
        _forget_old(site)
        return made
    finally:
        shutil.rmtree(built.folder, ignore_errors=True)


def _seen(last: Release, edition: int) -> None:
    """Nothing to send: the edition changed nothing that a reader sees."""
    Release.objects.filter(pk=last.pk, edition__lt=edition).update(edition=edition)


@action
def _send(site: Site, last: Release | None, built: Built, edition: int, resend: bool) -> Release | None:
    """Sign the manifest, give the release its number and hand it to the ferry."""
    locked = Site.objects.select_for_update().get(pk=site.pk)
    newest = queries.last_release(locked)
    if (newest and newest.pk) != (last and last.pk):
        return None  # another process was faster; the next tick makes what is missing
    number = (last.number if last else 0) + 1
    code = f"{site.code}-{number:06d}"
    manifest = json.dumps(
        {"site": site.code, "release": code, "before": last.code if last else "", "made_at": clock.now().isoformat(), "files": built.files},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode()
    signature = network_keys().sign(manifest).hex()
    known = set() if resend else _at_the_portal(site)
    fresh = {digest: built.folder / path for path, digest in built.files.items() if digest not in known}
    made = Release.objects.create(
        site=site, number=number, edition=edition, manifest=sm3(manifest), files=len(built.files), fresh=len(fresh), made_at=clock.now()
    )
    (built.folder / MANIFEST).write_bytes(manifest)
    (built.folder / SIGNATURE).write_text(signature)
    kept = folder(made)
    if kept.exists():
        shutil.rmtree(kept)  # left by a transaction that did not commit
    os.replace(built.folder, kept)
    kept.chmod(0o755)
    kept.with_suffix(".keys").write_text(json.dumps(built.keys))
    send(
        "release",
        {"release": code, "manifest": {"text": manifest.decode(), "signature": signature}},
        {digest: kept / path.relative_to(built.folder) for digest, path in fresh.items()},
        by=None,
        key=f"release/{code}",
    )
    told.tell(site, made, built.files)
    record(
        None,
        "sites.release",
        made,
        {"release": code, "manifest": made.manifest, "files": made.files, "fresh": made.fresh, "changed": list(built.changed[:20])},
        organ=site.organ,
    )
    return made


def _at_the_portal(site: Site) -> set[str]:
    """SM3 of what the portal has, or will have when what is under way arrives: releases arrive in order or not at all."""
    last = Release.objects.filter(site=site).exclude(state=Release.REFUSED).order_by("-number").first()
    return set(manifest_of(folder(last)).values()) if last else set()


def hear(site: Site) -> None:
    """Note what the portal answered to the releases under way."""
    for waiting in Release.objects.filter(site=site, state=Release.SENT).order_by("number"):
        package = ferry.sent("release", f"release/{waiting.code}")
        if package and package.state == "delivered":
            note_release_state(waiting, Release.SERVING)
        elif package and package.state == "refused":
            note_release_state(waiting, Release.REFUSED, package.reason)


def _lost(last: Release) -> bool:
    """Whether the last release was refused and sending every file may help; once, then a person must look."""
    return last.state == Release.REFUSED and last.fresh < len(set(manifest_of(folder(last)).values()))


def release_what_changed() -> list[Release]:
    """The worker's tick: a release for every site that has an edition not yet released."""
    made = []
    for site in Site.objects.filter(edition__gt=0):
        hear(site)
        last = queries.last_release(site)
        lost = last is not None and _lost(last)
        if (last is None or lost or last.edition < site.edition) and (new := release(site, resend=lost)):
            made.append(new)
    return made


def release_all() -> list[Release]:
    """The slow tick: also finds what other rooms changed (guides, the directory) and nobody announced."""
    return [new for site in Site.objects.filter(edition__gt=0) if (new := release(site))]


def _forget_old(site: Site) -> None:
    """Remove folders of releases before the last few; the rows stay."""
    for old in Release.objects.filter(site=site).order_by("-number")[KEPT : KEPT + 10]:
        shutil.rmtree(folder(old), ignore_errors=True)
        folder(old).with_suffix(".keys").unlink(missing_ok=True)
