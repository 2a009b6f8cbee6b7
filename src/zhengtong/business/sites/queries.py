"""The lists of the website cluster, and what stands against a page before it goes out."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.models import Q, QuerySet

from zhengtong.business.items import queries as items
from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Person

from . import rules, text
from .models import ArticleRow, Column, Release, Site
from .rules import checks


def site(code: str) -> Site | None:
    return Site.objects.filter(code=code).first()


def columns_for(person: Person) -> QuerySet[Column]:
    """Columns that the person may edit: those of the own organ; the site's organiser and operator have them all."""
    organ = person.organ
    columns = Column.objects.select_related("site").order_by("site", "order", "id")
    if organ is None or not accounts.roles(person) & {r.value for r in rules.Role}:
        return columns.none()
    return columns.filter(Q(site__organ=organ.code) | Q(site__operator=organ.code) | Q(owner=organ.code))


def writable(person: Person) -> QuerySet[Column]:
    """Those of his columns that are made of articles."""
    return columns_for(person).filter(kind__in=[kind.value for kind in rules.WITH_ARTICLES])


def last_release(of: Site) -> Release | None:
    return Release.objects.filter(site=of).order_by("-number").first()


def releases() -> QuerySet[Release]:
    """Releases of all sites, newest first."""
    return Release.objects.select_related("site")


def article_rows() -> Iterable[dict[str, Any]]:
    """What the disclosure catalogue matches: every article that says whose information it is, drafts of released documents too."""
    names = ("title", "summary", "issuer", "source", "origin", "dated", "state", "published_at", "public_path", "index_number")
    rows = Column.objects.filter(articles__isnull=False).order_by().values_list(*(f"articles__{name}" for name in names))
    return (dict(zip(names, row, strict=True)) for row in rows.iterator())


WORDED = ("title", "summary", "author", "source", "keywords", "body")  # the fields whose words stand on the page


def findings(article: ArticleRow) -> list[checks.Finding]:
    """What the check before publishing finds on the page that this draft will be (发展指引 五（一）)."""
    shape, site = text.outline(article.body), article.column.site
    texts = {name: str(getattr(article, name)) for name in WORDED} | {"body": text.plain(article.body)}
    links = tuple(checks.Link(*link) for link in shape.links)
    return checks.check(
        checks.Draft(
            texts,
            headings=tuple(shape.headings),
            bare_tables=shape.bare_tables,
            links=links,
            dead=dead_links(site, (link.href for link in links)),
            former=orgs.former_names(),
            day=article.dated or clock.today(),
        )
    )


def dead_links(site: Site, hrefs: Iterable[str]) -> set[str]:
    """Those of the links that lead into the site, to an address that it does not have."""
    asked = {href: path for href in hrefs if (path := _inside(site, href))}
    columns = Column.objects.filter(site=site)
    known = {*columns.values_list("path", flat=True), "", *rules.RESERVED}
    known |= set(
        columns.filter(articles__public_path__in=asked.values(), articles__state="published").values_list(
            "articles__public_path", flat=True
        )
    )
    for column in columns.filter(kind=rules.ColumnKind.SERVICES.value):
        known |= {f"{column.path}/{guide['code']}" for guide in items.guides()}
    return {
        href
        for href, path in asked.items()
        if path not in known and path.split("/")[0] not in rules.RESERVED and not _beside(path, columns)
    }


def _inside(site: Site, href: str) -> str:
    """The path below the site's root of a link into it, without the slashes around it; empty for any other link."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return ""
    own = parts.hostname == site.domain if parts.netloc else parts.scheme == "" and parts.path.startswith("/")
    return unquote(parts.path).strip("/").removesuffix("/index.html") if own else ""


def _beside(path: str, columns: QuerySet[Column]) -> bool:
    """Whether the address is that of a file beside a public article."""
    folder, _slash, name = path.rpartition("/")
    return "." in name and columns.filter(articles__public_path=folder, articles__state="published").exists()
