"""A release: the folder of a site's files at their public paths, named by its content, in a signed manifest.

What goes to the portal is the manifest and the contents that it lacks; so a release costs what changed.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from django.conf import settings

from zhengtong.business.sites import queries
from zhengtong.business.sites.actions import note_release_state
from zhengtong.business.sites.models import Release, Site
from zhengtong.ferry import queries as ferry
from zhengtong.ferry.actions import send
from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.files import tree
from zhengtong.foundation.files.actions import place
from zhengtong.foundation.seals.keys import network_keys

from . import render, store, told
from .plan import ARTICLE, Page, Sketch, sketches
from .store import Entry, Notes, Part


@dataclass(slots=True)
class Built:
    """A release that is not yet sent: what to note of it, and the contents that the portal lacks, one after another in a file."""

    bundle: IO[bytes]
    sizes: dict[str, int] = field(default_factory=dict)  # SM3 → size in bytes, in the order of the bundle
    rendered: list[str] = field(default_factory=list)  # paths that were rendered
    changed: list[str] = field(default_factory=list)  # paths whose content is new
    notes: Notes = field(default_factory=lambda: Notes(Path()))

    def add(self, digest: str, content: bytes | Path) -> None:
        """Put a content into the bundle, once."""
        if digest not in self.sizes:
            data = content if isinstance(content, bytes) else content.read_bytes()
            self.sizes[digest] = self.bundle.write(data)


@contextmanager
def build(site: Site, before: Notes, *, full: bool = False) -> Iterator[Built]:
    """Make the site as it is now, for a portal that has `before`; `full` renders every page anew."""
    folder = Path(settings.NETWORK_HOME) / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="release-") as bundle:
        built = Built(bundle)
        parts = {sketch.path: _entry(built, site, sketch, before, full) for sketch in sketches(site)}
        built.notes = _fold(built, before, Notes(store.home(site), "", parts))
        bundle.flush()
        yield built


def _entry(built: Built, site: Site, sketch: Sketch, before: Notes, full: bool) -> Entry:
    """A part of the release: as it was before, where nothing moved that it is made of."""
    old, known = before.parts.get(sketch.path), before.part(sketch.path)
    if old and known and sketch.mark and old.mark == sketch.mark and not full:
        return old
    old_files, has = (known.files, known.contents()) if known else ({}, set())
    files: dict[str, tuple[str, str]] = {}
    touched: list[Page] = []
    for page in sketch.pages():
        was = old_files.get(page.path)
        if was and was[0] == page.key and not full:
            files[page.path] = was
        else:
            touched.append(page)
    for page, content in _contents(touched):
        digest = page.stored or tree.sm3(content)
        if digest not in has:
            built.add(digest, place(page.stored) if page.stored else content)
        if digest != old_files.get(page.path, ("", ""))[1]:
            built.changed.append(page.path)
        files[page.path] = (page.key, digest)
    built.rendered += [page.path for page in touched]
    part = _folded(built, files, sketch.folders, has)
    return Entry(sketch.mark, store.keep_part(site, part), len(files))


def _folded(built: Built, files: dict[str, tuple[str, str]], folders: Iterable[str], has: set[str]) -> Part:
    """The part with its folders; the county's own part has none, for the rooms' folders lie in its own."""
    names, listings = {}, []
    for folder in folders:
        inside = {path.removeprefix(folder): sm3 for path, (_key, sm3) in files.items() if path.startswith(folder)}
        if inside:
            names[folder.removesuffix("/")], found = tree.fold(inside)
            listings += _lacking(built, found, has)
    return Part(files, names, tuple(listings))


def _lacking(built: Built, listings: dict[str, bytes], has: set[str]) -> list[str]:
    """Put the listings that the portal lacks into the bundle; the names of all."""
    for name, content in listings.items():
        if name not in has:
            built.add(name, content)
    return list(listings)


def _fold(built: Built, before: Notes, notes: Notes) -> Notes:
    """Fold the parts into one folder."""
    parts = {path: part for path in notes.parts if (part := notes.part(path))}
    own = {name: sm3 for part in parts.values() if not part.folders for name, (_key, sm3) in part.files.items()}
    mounted = {folder: name for part in parts.values() for folder, name in part.folders.items()}
    root, listings = tree.fold(own, mounted)
    return Notes(notes.home, root, notes.parts, tuple(_lacking(built, listings, set(before.above))))


def _contents(touched: list[Page]) -> Iterable[tuple[Page, bytes]]:
    for page in touched:
        if page.stored or page.content:
            yield page, page.content
        elif page.template != ARTICLE:
            yield page, render.page(page)
    yield from render.articles([page for page in touched if page.template == ARTICLE])


def release(site: Site, *, full: bool = False, resend: bool = False) -> Release | None:
    """Make and send the next release; None when nothing changed since the last.

    `full` renders everything anew; `resend` also sends everything, for a portal that lost some.
    """
    site = site.head  # a room goes out with the county's site
    hear(site)
    return _next(site, full, resend)


def _next(site: Site, full: bool = False, resend: bool = False) -> Release | None:
    """The next release, when what was answered is noted."""
    last = queries.last_release(site)
    before = store.read(None if resend else _at_the_portal(site), site)
    edition = queries.edition(site)
    noted = store.read(last, site)
    with build(site, before, full=full or resend) as built:
        if last and not resend and built.notes.tree == noted.tree:
            _seen(last, edition)
            store.keep(last, replace(built.notes, columns=noted.columns))
            return None
        return _send(site, (last, noted) if last else None, built, edition, resend)


def _seen(last: Release, edition: int) -> None:
    """Nothing to send: the edition changed nothing that a reader sees."""
    Release.objects.filter(pk=last.pk, edition__lt=edition).update(edition=edition)


@action
def _send(site: Site, base: tuple[Release, Notes] | None, built: Built, edition: int, resend: bool) -> Release | None:
    """Sign the manifest, give the release its number and hand it to the ferry. `base` is the release before."""
    last = base[0] if base else None
    locked = Site.objects.select_for_update().get(pk=site.pk)
    newest = queries.last_release(locked)
    if (newest and newest.pk) != (last and last.pk):
        return None  # another process was faster; the next tick makes what is missing
    number = (last.number if last else 0) + 1
    code = f"{site.code}-{number:06d}"
    files = sum(part.files for part in built.notes.parts.values())
    values = {
        "site": site.code,
        "release": code,
        "before": last.code if last else "",
        "made_at": clock.now().isoformat(),
        "tree": built.notes.tree,
        "files": files,
    }
    manifest = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    signature = network_keys().sign(manifest.encode()).hex()
    made = Release.objects.create(
        site=site,
        number=number,
        edition=edition,
        manifest=tree.sm3(manifest.encode()),
        files=files,
        fresh=len(built.sizes),
        made_at=clock.now(),
    )
    payload = {
        "release": code,
        "manifest": {"text": manifest, "signature": signature},
        "contents": [list(row) for row in built.sizes.items()],
    }
    send("release", payload, {"contents": Path(built.bundle.name)}, by=None, key=f"release/{code}")
    store.keep(made, told.tell(site, made, built.notes, None if resend else base))
    detail = {"release": code, "manifest": made.manifest, "files": files, "fresh": made.fresh, "changed": built.changed[:20]}
    record(None, "sites.release", made, detail, organ=site.organ)
    return made


def _at_the_portal(site: Site) -> Release | None:
    """The release that the portal has, or will have when what is under way arrives: releases arrive in order or not at all."""
    return Release.objects.filter(site=site).exclude(state=Release.REFUSED).order_by("-number").first()


def hear(site: Site) -> None:
    """Note what the portal answered to the releases under way, and tell supervision again what it lost."""
    for waiting in Release.objects.filter(site=site, state=Release.SENT).order_by("number"):
        package = ferry.sent("release", f"release/{waiting.code}")
        if package and package.state == "delivered":
            note_release_state(waiting, Release.SERVING)
        elif package and package.state == "refused":
            note_release_state(waiting, Release.REFUSED, package.reason)
    if last := queries.last_release(site):
        told.again(site, last)


def _lost(last: Release) -> bool:
    """Whether the last release was refused and sending every file may help; once, then a person must look."""
    return last.state == Release.REFUSED and last.fresh < len(store.read(last, last.site).contents())


def release_what_changed() -> list[Release]:
    """The worker's tick: a release for every site that has an edition not yet released."""
    made = []
    for site in _begun():
        hear(site)
        last = queries.last_release(site)
        lost = last is not None and _lost(last)
        if (last is None or lost or last.edition < queries.edition(site)) and (new := _next(site, resend=lost)):
            made.append(new)
    return made


def release_all() -> list[Release]:
    """The slow tick: also finds what other rooms changed (guides, the directory) and nobody announced."""
    made = [new for site in _begun() if (new := release(site))]
    for site in _begun():
        store.sweep(site)
    return made


def _begun() -> list[Site]:
    """Sites that have something to show; their rooms go out with them."""
    return [site for site in Site.objects.filter(main__isnull=True) if queries.edition(site)]
