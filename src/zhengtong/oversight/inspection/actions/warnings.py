"""预警: whoever must act is told before it is too late, and then his superior."""

from datetime import date

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.oversight.inspection.models import Site, Warned
from zhengtong.oversight.inspection.rules.freshness import Class
from zhengtong.oversight.inspection.rules.orders import owner
from zhengtong.oversight.inspection.rules.warnings import Level, last_good_day, levels


@action
def warn() -> int:
    """Tell whoever must know by today, before a home page or column is stale; the number of new warnings. Safe to repeat."""
    new, on = 0, clock.today()
    for site in Site.objects.filter(watched=True):
        visit = site.visits.first()
        if visit is None:
            continue
        watched: list[tuple[str, str, date | None, Class | None]] = [(site.address, site.name, visit.home_newest, None)]
        watched += [(c.url, c.name, c.newest, Class(c.kind)) for c in visit.columns.all()]
        for url, name, newest, kind in watched:
            last = last_good_day(newest, kind) if newest else None
            if last is None:
                continue
            for level in levels(last, on):
                new += _warn(site, url[:500], name, last, level)
    return new


def _warn(site: Site, url: str, name: str, last: date, level: Level) -> bool:
    row, created = Warned.objects.get_or_create(
        site=site, url=url, last=last, level=level.code, defaults={"name": name, "day": clock.today(), "told": 0}
    )
    if not created:
        return False
    organ = owner(url, name, site.owners, site.organ)
    organs: list[str | None] = [None] if level.everywhere else [organ]
    above = Organ.objects.filter(code=organ).values_list("parent__code", flat=True).first() if level.above else None
    told = 0
    for role in level.roles:
        for place in [*organs, *([above] if above else [])]:
            told += notify(
                (role, place), _("%(site)s“%(name)s”最迟%(last)s须有更新"), link=f"/inspection/{site.code}/",
                subject=f"inspection/{site.code}/{row.pk}", params={"site": site.name, "name": name, "last": str(last)},
            )  # fmt: skip
    row.told = told
    row.save(update_fields=["told"])
    record(None, "inspection.warn", site, {"name": name, "last": str(last), "level": level.code, "told": told}, organ=site.organ)
    return True
