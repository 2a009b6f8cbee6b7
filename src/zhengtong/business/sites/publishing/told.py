"""What supervision is told of a site with each release: its columns with owner and period, and the digest of every file.

The inspector compares with it what a visitor is served: what changed and nobody published is found (design §3a, oversight).
"""

from django.db.models import Q

from zhengtong.business.sites.models import Column, Release, Site
from zhengtong.business.sites.rules.rooms import SiteState
from zhengtong.ferry.actions import send

DYNAMIC = ("/counter/", "/search/", "/health")  # answered by the portal itself, in no release


def tell(site: Site, release: Release, files: dict[str, str]) -> None:
    """Queue it in the release's own transaction. A period is told where the owner declared one; the others are the law's."""
    columns = [
        {"path": column.path, "name": column.name, "organ": column.owner, "days": column.declared_days or 0}
        for column in Column.objects.filter(Q(site=site) | Q(site__main=site, site__state=SiteState.OPEN.value))
    ]
    send(
        "published_site",
        {
            "site": site.code, "name": site.name, "domain": site.domain, "organ": site.organ, "release": release.code,
            "at": release.made_at.isoformat(), "files": files, "columns": columns, "dynamic": list(DYNAMIC),
        },
        {}, by=None, key=f"published/{release.code}", receiver="oversight",
    )  # fmt: skip
