"""The lists of the website cluster, and what stands against a page before it goes out."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.models import Q, QuerySet, Sum

from zhengtong.business.items import queries as items
from zhengtong.business.sites import rules, text
from zhengtong.business.sites.models import ArticleRow, Column, Intake, Release, Site
from zhengtong.business.sites.rules import checks, content, rooms
from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.clock.queries import calendar
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Objection


def site(code: str) -> Site | None:
    return Site.objects.select_related("main").filter(code=code).first()


def organs_of(person: Person, *roles: rules.Role) -> set[str]:
    """Codes of the organs in which a post gives the person one of these roles (any of the room's, when none is named)."""
    held = accounts.roles_by_organ(person)
    keys = {organ for role in roles or tuple(rules.Role) for organ in held.get(role.value, ())}
    return set(Organ.objects.filter(pk__in=keys).values_list("code", flat=True)) if keys else set()


def sites_for(person: Person, *roles: rules.Role) -> QuerySet[Site]:
    """The sites that the person's organs run: the own room; for the county's organiser and operator, the whole cluster."""
    organs = organs_of(person, *roles)
    return Site.objects.select_related("main").filter(_run_by(organs)) if organs else Site.objects.none()


def _run_by(organs: set[str], at: str = "") -> Q:
    return Q(**{f"{at}organ__in": organs}) | Q(**{f"{at}operator__in": organs}) | _county(organs, at)


def _county(organs: set[str], at: str = "") -> Q:
    return Q(**{f"{at}main__organ__in": organs}) | Q(**{f"{at}main__operator__in": organs})


def runs_the_cluster(person: Person, *roles: rules.Role) -> bool:
    """Whether he may open rooms and set what holds for the whole cluster: a post in the county site's organiser or operator."""
    return sites_for(person, *roles).filter(main__isnull=True).exists()


def columns_for(person: Person, *roles: rules.Role) -> QuerySet[Column]:
    """Columns that the person may work in: those of the sites that his organs run, and those that his organs own elsewhere.

    Whoever has no post with a role here has none: nothing is open that a post does not open.
    """
    organs = organs_of(person, *roles)
    columns = Column.objects.select_related("site__main").order_by("site", "order", "id")
    return columns.filter(_run_by(organs, "site__") | Q(owner__in=organs)) if organs else columns.none()


def writable(person: Person) -> QuerySet[Column]:
    """Those of his columns that are made of articles, in sites that are open."""
    return columns_for(person).filter(kind__in=[kind.value for kind in rules.WITH_ARTICLES], site__state=rooms.SiteState.OPEN.value)


def edition(head: Site) -> int:
    """Grows with every change in the site or one of its rooms."""
    return int(Site.objects.filter(Q(pk=head.pk) | Q(main=head)).aggregate(sum=Sum("edition"))["sum"] or 0)


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


def intakes(person: Person) -> QuerySet[Intake]:
    """The imports that this person made; the cluster's own editors see all."""
    return Intake.objects.all() if runs_the_cluster(person) else Intake.objects.filter(by=person.code)


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


def lacking(article: ArticleRow) -> list[Objection]:
    """What the article lacks for the column it stands in: metadata of its content, and a notice's least period (rules.content)."""
    kind = article.column.content
    found = content.missing(
        kind, {row.field: getattr(article, row.field) for row in content.NEEDED} | {"changed_by": article.changed_by_id}
    )
    if kind == content.Content.TRADING and article.notice_kind:
        published = (article.published_at or clock.now()).astimezone(clock.ZONE).date()
        no = content.closing_objection(article.notice_kind, published, article.closes_on, calendar())
        found += [no] if no else []
    return found


def dead_links(site: Site, hrefs: Iterable[str]) -> set[str]:
    """Those of the links that lead into the site, to an address that it does not have."""
    asked = {href: path for href in hrefs if (path := _inside(site, href))}
    columns = Column.objects.filter(Q(site=site.head) | Q(site__main=site.head))
    known = {*columns.values_list("path", flat=True), "", *rules.RESERVED, *site.head.rooms.values_list("path", flat=True)}
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
    own = parts.hostname == site.host if parts.netloc else parts.scheme == "" and parts.path.startswith("/")
    return unquote(parts.path).strip("/").removesuffix("/index.html") if own else ""


def _beside(path: str, columns: QuerySet[Column]) -> bool:
    """Whether the address is that of a file beside a public article."""
    folder, _slash, name = path.rpartition("/")
    return "." in name and columns.filter(articles__public_path=folder, articles__state="published").exists()
