"""What supervision is told of a site with each release: its columns with owner and period, and the digests of its files.

Told is what changed since the release before; everything only where there is no such base, or supervision says that it lost it.
The inspector compares with it what a visitor is served: what changed and nobody published is found (design §3a, oversight).
"""

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import Q

from zhengtong.business.sites.models import Column, Release, Site
from zhengtong.business.sites.rules.rooms import SiteState
from zhengtong.ferry import queries as ferry
from zhengtong.ferry.actions import send

from . import store
from .frame import digest
from .store import Notes

DYNAMIC = ("/counter/", "/search/", "/health")  # answered by the portal itself, in no release
CONTRACT, AGAIN = "published_site", "/whole"  # the second ends the key of a release that is told once more, whole


def tell(site: Site, release: Release, notes: Notes, base: tuple[Release, Notes] | None, key: str = "") -> Notes:
    """Queue it in the release's own transaction; `base` is the release before. Gives the notes with what was told.

    A period is told where the owner declared one; the others are the law's.
    """
    known = base if base and not _lost(site) else None
    changes = difference(known[1], notes) if known else None
    columns = list(
        Column.objects.filter(Q(site=site) | Q(site__main=site, site__state=SiteState.OPEN.value))
        .order_by("path")
        .values_list("path", "name", "owner", "declared_days")
    )
    notes = replace(notes, columns=digest(columns))
    payload: dict[str, object] = {
        "site": site.code, "name": site.name, "domain": site.domain, "organ": site.organ, "release": release.code,
        "at": release.made_at.isoformat(), "total": sum(part.files for part in notes.parts.values()),
    }  # fmt: skip
    if known and changes:
        payload |= {"before": known[0].code, "files": changes[0], "gone": changes[1]}
    else:
        payload["files"] = notes.files()
    if not changes or not known or known[1].columns != notes.columns:
        rows = [{"path": path, "name": name, "organ": owner, "days": days or 0} for path, name, owner, days in columns]
        payload |= {"columns": rows, "dynamic": list(DYNAMIC)}
    send(CONTRACT, payload, {}, by=None, key=key or _key(release.code), receiver="oversight")
    return notes


def difference(old: Notes, new: Notes) -> tuple[dict[str, str], list[str]] | None:
    """Path → SM3 of what is new or changed, and the paths that are gone; None when notes of the old were lost."""
    if not old.tree:
        return None
    was: dict[str, str] = {}
    now: dict[str, str] = {}
    for path in {**old.parts, **new.parts}:
        if path in old.parts and path in new.parts and old.parts[path].notes == new.parts[path].notes:
            continue
        for notes, files in ((old, was), (new, now)):
            part = notes.part(path)
            if part is None and path in notes.parts:
                return None
            files |= _digests(part.files) if part else {}
    return {path: sm3 for path, sm3 in now.items() if was.get(path) != sm3}, sorted(was.keys() - now.keys())


def _digests(files: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    return {path: sm3 for path, (_key, sm3) in files.items()}


def _key(code: str) -> str:
    return f"published/{code}"


def _lost(site: Site) -> bool:
    """Whether supervision refused what it was told since it last took something in: it waits for the whole."""
    return any(refused for _name, refused in ferry.unconfirmed(CONTRACT, _key(f"{site.code}-")))


def again(site: Site, last: Release) -> None:
    """Tell the last release whole, when supervision refused what it was told of it; once, then a person must look."""
    newest = next(iter(ferry.unconfirmed(CONTRACT, _key(f"{site.code}-"))), None)
    notes = store.read(last, site)
    if newest == (_key(last.code), True) and notes.tree:
        tell(site, last, notes, None, _key(last.code) + AGAIN)
