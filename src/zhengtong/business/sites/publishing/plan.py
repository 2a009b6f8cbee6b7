"""The plan of a site: every file that it consists of, with a key over all that goes into the file.

A file is rendered anew only when its key moved. Since the key covers everything that the template is given,
rendering what was touched gives byte for byte what a full rendering gives.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from zhengtong.business.sites import rules
from zhengtong.business.sites.desk.models import Article
from zhengtong.business.sites.models import Column, Site

from . import assets, directory, guides

HOME_ITEMS = 8
BAR_ORDER = 100  # columns of a higher order stand on the site map only
SEARCH_TEXT = 600  # characters of an article that the portal's search reads


@dataclass(frozen=True, slots=True)
class Page:
    """One file of a site: a template and what it is given, an article's page, a stored file, or plain content."""

    path: str
    key: str
    template: str = ""
    values: Callable[[], Mapping[str, object]] = dict
    article: int = 0
    stored: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Line:
    """An article as lists show it."""

    pk: int
    column: int
    title: str
    published_at: datetime
    path: str
    digest: str
    number: str
    summary: str
    attachments: list[dict[str, object]]

    @property
    def url(self) -> str:
        return f"/{self.path}/"


@dataclass(slots=True)
class Frame:
    """What every page of a site shows, and what pages choose from."""

    site: Site
    columns: list[Column]
    lines: dict[int, list[Line]] = field(default_factory=dict)  # by column, oldest first
    version: str = ""

    def top(self) -> list[Column]:
        return [column for column in self.columns if column.parent_id is None]

    def bar(self) -> list[Column]:
        """The columns of the navigation bar."""
        return [column for column in self.top() if column.order < BAR_ORDER]

    def services(self) -> Column | None:
        return next((column for column in self.columns if column.kind == rules.ColumnKind.SERVICES.value), None)

    def entrances(self) -> list[Column]:
        """Columns that the home page offers as entrances."""
        return [column for column in self.columns if column.kind not in (*rules.WITH_ARTICLES, rules.ColumnKind.SERVICES)]

    def children(self, of: Column) -> list[Column]:
        return [column for column in self.columns if column.parent_id == of.pk]

    def way(self, to: Column) -> list[Column]:
        """当前位置: the columns from the topmost to this one."""
        by_key = {column.pk: column for column in self.columns}
        way = [by_key[to.pk]]
        while way[0].parent_id:
            way.insert(0, by_key[way[0].parent_id])
        return way

    def of(self, column: Column) -> list[Line]:
        """The column's articles with those of the columns below it, oldest first."""
        below = [line for child in self.children(column) for line in self.of(child)]
        return sorted(self.lines.get(column.pk, []) + below, key=lambda line: (line.published_at, line.pk))


def digest(*parts: object) -> str:
    return hashlib.new("sm3", json.dumps(parts, ensure_ascii=False, default=str).encode()).hexdigest()


def frame(site: Site) -> Frame:
    """Read the site once: its columns, and one ordered read of its articles' lines."""
    columns = list(Column.objects.filter(site=site).select_related("parent"))
    shown = Frame(site, columns)
    own = [getattr(site, f.name) for f in Site._meta.concrete_fields if f.name not in ("id", "edition")]
    rows = [[getattr(c, f.attname) for f in Column._meta.concrete_fields] for c in columns]
    shown.version = digest(own, rows, assets.version())
    found = Article.objects.filter(column__site=site, state=rules.State.PUBLISHED.value).order_by("published_at", "id")
    for row in found.values_list(
        "pk", "column_id", "title", "published_at", "public_path", "digest", "number", "summary", "attachments"
    ).iterator():
        line = Line(*row)
        shown.lines.setdefault(line.column, []).append(line)
    return shown


def plan(site: Site) -> tuple[Frame, dict[str, Page]]:
    """Every page of the site by its path in the release."""
    shown = frame(site)
    pages: list[Page] = [*_fixed(shown), *_data(shown), *_special(shown)]
    for column in shown.columns:
        if column.kind in rules.WITH_ARTICLES:
            pages += _lists(shown, column)
        pages += _articles(shown, column)
    return shown, {page.path: page for page in pages}


def _page(shown: Frame, path: str, template: str, key: object, values: Callable[[], Mapping[str, object]]) -> Page:
    return Page(path, digest(shown.version, template, key), template, values)


def _marks(lines: Iterable[Line]) -> list[str]:
    return [line.digest for line in lines]


def _fixed(shown: Frame) -> list[Page]:
    blocks = [(column, shown.of(column)[: -HOME_ITEMS - 1 : -1]) for column in shown.columns if column.on_home]
    everything = sorted((line for lines in shown.lines.values() for line in lines), key=lambda line: (line.published_at, line.pk))
    newest = everything[:-21:-1]
    services = guides.listed()
    return [
        _page(
            shown,
            "index.html",
            "home.html",
            [[_marks(lines) for _c, lines in blocks], guides.key(services[:HOME_ITEMS])],
            lambda: {"blocks": blocks, "guides": services[:HOME_ITEMS]},
        ),
        _page(shown, "404.html", "missing.html", "", dict),
        _page(shown, "sitemap/index.html", "site_map.html", "", dict),
        _page(shown, "robots.txt", "robots.txt", "", dict),
        _page(shown, "sitemap.xml", "sitemap.xml", _marks(everything), lambda: {"lines": everything, "guides": services}),
        _page(shown, "feed/index.xml", "feed.xml", _marks(newest), lambda: {"lines": newest}),
        *_search(shown),
        *(Page(path, digest(path), content=content) for path, content in assets.files().items()),
    ]


def _data(shown: Frame) -> list[Page]:
    """What the portal reads of a release: the site's frame, the guides for its forms, the directory."""
    site = shown.site
    kept = {
        "site": {
            "name": site.name,
            "domain": site.domain,
            "code": site.identification_code,
            "organ": site.organiser,
            "contact": site.contact,
            "mark": site.party_mark,
            "icp": site.icp,
            "police": site.police,
            "error_href": site.report_error,
            "map_href": "/sitemap/",
            "search_href": "/search/",
            "navigation": [
                {"title": "首页", "href": "/"},
                *({"title": c.name, "href": f"/{c.path}/", "kind": c.kind} for c in shown.bar()),
            ],
        },
        "items": guides.listed(),
        "directory": directory.rows(),
    }
    return [
        Page(f"data/{name}.json", digest(assets.version(), rows), "data", lambda rows=rows: {"data": rows}) for name, rows in kept.items()
    ]


def _search(shown: Frame) -> list[Page]:
    """The search index in pieces, one for each column and year, so that a new article touches one piece."""
    pieces: dict[tuple[str, int], list[Line]] = {}
    for column in shown.columns:
        for line in shown.lines.get(column.pk, []):
            pieces.setdefault((column.path.replace("/", "-"), line.published_at.year), []).append(line)
    return [
        _page(shown, f"data/search/{name}-{year}.json", "search", _marks(lines), lambda lines=lines: {"lines": lines})
        for (name, year), lines in pieces.items()
    ]


def _special(shown: Frame) -> list[Page]:
    """Pages whose content other rooms keep: service guides, organs and leaders."""
    pages: list[Page] = []
    for column in shown.columns:
        match column.kind:
            case rules.ColumnKind.SERVICES.value:
                listed = guides.listed()
                values = {"column": column, "guides": listed}
                pages.append(_page(shown, f"{column.path}/index.html", "services.html", guides.key(listed), lambda v=values: v))
                pages += [
                    _page(
                        shown,
                        f"{column.path}/{guide['code']}/index.html",
                        "guide.html",
                        guides.key([guide]),
                        lambda v={"column": column, "guide": guide}: v,
                    )
                    for guide in listed
                ]
            case rules.ColumnKind.ORGANS.value:
                groups = directory.organs()
                values = {"column": column, "groups": groups}
                pages.append(_page(shown, f"{column.path}/index.html", "organs.html", groups, lambda v=values: v))
            case rules.ColumnKind.LEADERS.value:
                led = directory.leaders()
                values = {"column": column, "groups": led}
                pages.append(_page(shown, f"{column.path}/index.html", "leaders.html", led, lambda v=values: v))
            case rules.ColumnKind.INTERACTION.value:
                values = {"column": column}
                pages.append(_page(shown, f"{column.path}/index.html", "interaction.html", "", lambda v=values: v))
    return pages


def _lists(shown: Frame, column: Column) -> list[Page]:
    """List pages, numbered from the oldest; the front page shows the newest page and the full one before it."""
    lines = shown.of(column)
    if column.kind == rules.ColumnKind.SINGLE.value:
        newest = lines[-1:]
        return [_single(shown, column, newest)]
    size, count = rules.LIST_SIZE, rules.list_pages(len(lines))
    old = max(0, count - 2)  # full pages that have left the front
    front = lines[old * size :]
    pages = [
        _page(
            shown,
            f"{column.path}/index.html",
            "column.html",
            [_marks(front), old],
            lambda: {"column": column, "rows": front[::-1], "older": old, "newer": None, "number": None},
        )
    ]
    for number in range(1, old + 1):
        part = lines[(number - 1) * size : number * size]
        newer = number + 1 if number < old else 0
        values = {"column": column, "rows": part[::-1], "older": number - 1, "newer": newer, "number": number}
        pages.append(_page(shown, f"{column.path}/list-{number}/index.html", "column.html", [_marks(part), newer], lambda v=values: v))
    return pages


def _single(shown: Frame, column: Column, newest: list[Line]) -> Page:
    return Page(
        f"{column.path}/index.html",
        digest(shown.version, "single.html", _marks(newest)),
        "single.html",
        lambda: {"column": column, "article": Article.objects.get(pk=newest[0].pk) if newest else None},
    )


def _articles(shown: Frame, column: Column) -> list[Page]:
    """A page for each article, read in bulk when rendered, and its files beside it."""
    pages = []
    for line in shown.lines.get(column.pk, []):
        pages.append(Page(f"{line.path}/index.html", digest(shown.version, "article.html", line.digest), "article.html", article=line.pk))
        for number, kept in enumerate(line.attachments, 1):
            sm3 = str(kept["sm3"])
            pages.append(Page(attachment_path(line.path, number, kept), sm3, stored=sm3))
    return pages


def attachment_path(folder: str, number: int, kept: Mapping[str, object]) -> str:
    """Where an article's file lies: beside its page, under a plain name."""
    return f"{folder}/{number}.{kept['kind']}"
