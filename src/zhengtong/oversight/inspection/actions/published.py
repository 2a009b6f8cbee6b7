"""What the owners of our sites say they published: releases, told as differences, and which digests were served when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.oversight.inspection.models import Published, PublishedFile, Site

KEPT, KEPT_FOR = 5, timedelta(days=2)  # releases that stay known: the newest, and all so young that a visit on its way saw them
ON_ITS_WAY = timedelta(hours=1)  # a release made so long before a visit may still be the one that it replaces
BATCH = 400  # paths asked for at a time


@action
def take_published(told: Mapping[str, object]) -> Published:
    """Take in what the owner of a site says: name and domain, columns with owner and period, and the digests of a release.

    With `before` it is what changed since that release, which must be the newest known here; else it is everything.
    Raises Refused when it does not fit what is known; the owner then tells everything.
    """
    files, gone, before = told["files"], told.get("gone") or [], str(told.get("before") or "")
    assert isinstance(files, Mapping) and isinstance(gone, list)
    site = _site(told)
    newest = site.published.first()
    if before and (newest is None or newest.release != before):
        raise Refused(_("没有收到发布包%(before)s的情况，请报全部文件"), before=before)
    site.published.filter(release=str(told["release"])).delete()
    row = Published.objects.create(site=site, release=str(told["release"]), at=datetime.fromisoformat(str(told["at"])))
    if before:
        open_now = _open(site, [*files, *gone])
    else:
        open_now = dict(_now(site).values_list("path", "sm3"))
        gone = [path for path in open_now if path not in files]
    fresh = {str(path): str(sm3) for path, sm3 in files.items() if open_now.get(path) != sm3}
    _close(site, row, [path for path in (*fresh, *gone) if path in open_now])
    PublishedFile.objects.bulk_create(
        (PublishedFile(site=site, path=path, sm3=sm3, first=row.pk) for path, sm3 in fresh.items()), batch_size=1000
    )
    if told.get("total") not in (None, total := _now(site).count()):
        raise Refused(_("报来的网站文件对不上：应有%(told)s个，实有%(found)s个，请报全部文件"), told=told["total"], found=total)
    _forget(site)
    detail = {"release": row.release, "before": before, "files": total, "new": len(fresh), "gone": len(gone)}
    record(None, "inspection.take_published", site, detail, organ=site.organ)
    return row


def _site(told: Mapping[str, object]) -> Site:
    """The site, entered if it is new, with what is told of it; columns that are not told are as before."""
    code, domain = str(told["site"]), str(told["domain"])
    site = Site.objects.select_for_update().filter(code=code).first() or Site(code=code, address=f"https://{domain}/", since=clock.today())
    site.name, site.organ, site.domain = str(told["name"])[:100], str(told["organ"]), domain
    if told.get("columns") is not None:
        site.owners, site.periods = _columns(told["columns"])
        site.dynamic = list(told.get("dynamic") or [])  # type: ignore[call-overload]
    site.save()
    return site


def _columns(rows: object) -> tuple[dict[str, str], dict[str, int]]:
    """Owners by the path that a column's pages begin with and by its name; declared periods in days by name."""
    owners: dict[str, str] = {}
    periods: dict[str, int] = {}
    assert isinstance(rows, list)
    for row in rows:
        owners[f"/{row['path']}/"] = owners[row["name"]] = row["organ"]
        if row.get("days"):
            periods[row["name"]] = int(row["days"])
    return owners, periods


def _now(site: Site):  # type: ignore[no-untyped-def]  # a queryset of the room's own table
    return PublishedFile.objects.filter(site=site, last__isnull=True)


def _parts(paths: Iterable[str]) -> Iterable[list[str]]:
    rest = iter(paths)
    while part := list(islice(rest, BATCH)):
        yield part


def _open(site: Site, paths: Sequence[str]) -> dict[str, str]:
    """Path → SM3, of those paths that are published now."""
    return dict(pair for part in _parts(paths) for pair in _now(site).filter(path__in=part).values_list("path", "sm3"))


def _close(site: Site, row: Published, paths: Sequence[str]) -> None:
    """These files are no longer what they were: since that release."""
    for part in _parts(paths):
        _now(site).filter(path__in=part).update(last=row.pk)


def _forget(site: Site) -> None:
    """What only releases long past held."""
    old = site.published.filter(at__lt=clock.now() - KEPT_FOR)
    fifth = site.published.values_list("pk", flat=True)[KEPT - 1 : KEPT].first()
    if fifth and (gone := list(old.filter(pk__lt=fifth).values_list("pk", flat=True))):
        Published.objects.filter(pk__in=gone).delete()
        oldest = site.published.values_list("pk", flat=True).last()
        PublishedFile.objects.filter(site=site, last__lte=oldest).delete()


def served(site: Site, began: datetime, ended: datetime) -> list[dict[str, str]]:
    """Path → SM3 of what may have been served in that time: the newest before it, and what was made since or was on its way.

    The first holds the newest digest of every path, the second those before, where there are any, and so on.
    """
    releases: list[int] = []
    for key, at in site.published.filter(at__lte=ended).values_list("pk", "at"):
        releases.append(key)
        if at < began - ON_ITS_WAY:
            break
    if not releases:
        return []
    newest, oldest = releases[0], releases[-1]
    found: list[dict[str, str]] = [{}]
    rows = PublishedFile.objects.filter(site=site, first__lte=newest).exclude(last__lte=oldest).order_by("-first")
    for path, sm3 in rows.values_list("path", "sm3").iterator():
        layer = next((one for one in found if path not in one), None)
        if layer is None:
            found.append(layer := {})
        layer[path] = sm3
    return found
