"""The published content as data, beside the pages: the open interface `/api/v1/`, JSON feeds, and what search engines read of a page.

Everything is an ordinary file of the release (`docs/api/portal.json` describes it), so it is signed, ferried and served like a page.
Articles lie in pieces by column and month, so that a new one touches one piece. Formats: JSON Feed 1.1, schema.org, OpenAPI 3.1.
"""

import json
from collections.abc import Mapping, Sequence

from zhengtong.business.sites import rules, text
from zhengtong.business.sites.desk.models import Article
from zhengtong.business.sites.models import Column, Site
from zhengtong.foundation import clock

from . import words
from .frame import Frame, Line, attachment_path

ROOT = "api/v1"
Values = dict[str, object]
FORCE = {
    rules.Validity.VALID: "InForce",
    rules.Validity.AMENDED: "PartiallyInForce",
    rules.Validity.REPEALED: "NotInForce",
    rules.Validity.EXPIRED: "NotInForce",
}


def pieces(shown: Frame) -> dict[str, list[Line]]:
    """Path → the articles that lie there, oldest first: each column's by the month in which they were published."""
    found: dict[str, list[Line]] = {}
    for column in shown.columns:
        for line in shown.lines.get(column.pk, []):
            month = line.published_at.astimezone(clock.ZONE).strftime("%Y-%m")
            found.setdefault(f"{ROOT}/articles/{column.path}/{month}.json", []).append(line)
    return found


def columns_path(site: Site) -> str:
    """Where a part lists its columns."""
    return f"{ROOT}/articles/{site.path}/columns.json" if site.path else f"{ROOT}/columns.json"


def columns(shown: Frame) -> Values:
    """A part, its columns, and for each the pieces in which its articles lie, newest first; the county's own names the rooms."""
    lying: dict[str, list[str]] = {}
    for path in pieces(shown):
        lying.setdefault(path.removeprefix(f"{ROOT}/articles/").rpartition("/")[0], []).append(f"/{path}")
    site = shown.site
    rows = [
        {
            "path": f"/{column.path}/",
            "name": column.name,
            "description": column.description,
            "kind": column.kind,
            "type": column.column_type,
            "articles": sorted(lying.get(column.path, []), reverse=True),
        }
        for column in shown.columns
    ]
    about = {"name": site.name, "domain": site.host, "code": site.head.identification_code, "organiser": site.organiser}
    found: Values = {"site": about, "columns": rows, "feed": f"{site.root}feed/index.json"}
    if not site.path:
        rooms = [room for _name, group in shown.rooms for room in group]
        found["services"] = f"/{ROOT}/services.json"
        found["rooms"] = [{"name": room.name, "path": room.root, "columns": f"/{columns_path(room)}"} for room in rooms]
    return found


def items(site: Site, lines: Sequence[Line]) -> list[Values]:
    """The articles of a piece, whole."""
    rows = Article.objects.select_related("column").in_bulk([line.pk for line in lines])
    return [item(site, rows[line.pk], line) for line in lines]


def item(site: Site, article: Article, line: Line) -> Values:
    """One article as data; what it does not have is left out."""
    found: Values = {
        "url": f"https://{site.host}{line.url}",
        "title": article.title,
        "published_at": line.published_at.astimezone(clock.ZONE).isoformat(),
        "source": article.source,
        "author": article.author,
        "summary": article.summary,
        "keywords": rules.words(article.keywords),
        "column": f"/{article.column.path}/",
        "number": article.number,
        "dated": article.dated.isoformat() if article.dated else "",
        "issuer": article.issuer,
        "index_number": article.index_number,
        "validity": article.validity,
        "html": text.clean(article.body),
        "text": text.plain(article.body),
        "files": [
            {
                "url": f"https://{site.host}/{attachment_path(line.path, n, kept)}",
                "name": kept["name"],
                "size": kept["size"],
                "sm3": kept["sm3"],
            }
            for n, kept in enumerate(article.attachments, 1)
        ],
    }
    return {name: value for name, value in found.items() if value}


def feed(site: Site, title: str, at: str, home: str, lines: Sequence[Line]) -> Values:
    """The newest articles as JSON Feed 1.1."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "language": "zh-CN",
        "home_page_url": f"https://{site.host}{home}",
        "feed_url": f"https://{site.host}{at}",
        "items": [
            {
                "id": f"https://{site.host}{line.url}",
                "url": f"https://{site.host}{line.url}",
                "title": line.title,
                "content_text": line.summary or line.title,
                "date_published": line.published_at.astimezone(clock.ZONE).isoformat(),
            }
            for line in lines
        ],
    }


def _organ(site: Site) -> Values:
    return {"@type": "GovernmentOrganization", "name": site.organiser, "url": f"https://{site.host}/"}


def _crumbs(site: Site, way: Sequence[Column]) -> Values:
    rungs = [{"@type": "ListItem", "position": n, "name": c.name, "item": f"https://{site.host}/{c.path}/"} for n, c in enumerate(way, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": rungs}


def marked_article(site: Site, article: Article, way: Sequence[Column]) -> str:
    """schema.org of an article: a policy file is Legislation with its number, day and force, anything else news."""
    url = f"https://{site.host}/{article.public_path}/"
    found: Values = {
        "@type": "NewsArticle",
        "headline": article.title,
        "url": url,
        "datePublished": article.published_at.astimezone(clock.ZONE).isoformat() if article.published_at else "",
        "keywords": rules.words(article.keywords),
        "description": article.summary,
        "sourceOrganization": {"@type": "Organization", "name": article.source},
    }
    if article.number:
        found |= {
            "@type": "Legislation",
            "name": article.title,
            "legislationIdentifier": article.number,
            "legislationDate": article.dated.isoformat() if article.dated else "",
            "legislationPassedBy": {"@type": "GovernmentOrganization", "name": article.issuer} if article.issuer else "",
            "legislationLegalForce": FORCE.get(rules.Validity(article.validity), ""),
        }
    return marked(
        {
            **{k: v for k, v in found.items() if v},
            "inLanguage": words.language(article.column),
            "publisher": _organ(site),
            "breadcrumb": _crumbs(site, way),
        }
    )


def marked_home(site: Site) -> str:
    """schema.org of the home page: the site, whose it is, and how it is searched."""
    search = {"@type": "SearchAction", "target": f"https://{site.host}/search/?q={{words}}", "query-input": "required name=words"}
    return marked(
        {"@type": "WebSite", "name": site.name, "url": f"https://{site.host}/", "publisher": _organ(site), "potentialAction": search}
    )


def marked_guide(site: Site, guide: Mapping[str, object], url: str) -> str:
    """schema.org of a service guide."""
    found: Values = {
        "@type": "GovernmentService",
        "name": guide["name"],
        "identifier": guide["code"],
        "description": guide.get("summary") or "",
        "provider": {"@type": "GovernmentOrganization", "name": guide["organ"]},
        "url": f"https://{site.host}{url}",
    }
    return marked({name: value for name, value in found.items() if value})


def marked(values: Mapping[str, object]) -> str:
    """JSON-LD that can stand in a page: no sign in it ends the element it stands in."""
    exact = json.dumps({"@context": "https://schema.org", **values}, ensure_ascii=False, sort_keys=True)
    return exact.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
