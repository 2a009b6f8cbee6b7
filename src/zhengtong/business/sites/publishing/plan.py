"""The plan of a site with its rooms: every file that it consists of, with a key over all that goes into the file.

A file is rendered anew only when its key moved. Since the key covers everything that the template is given,
rendering what was touched gives byte for byte what a full rendering gives.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from zhengtong.business.sites import rules
from zhengtong.business.sites.models import Column, OldAddress, Site

from . import assets, cluster, directory, open_data, openapi, words
from .cluster import Cluster
from .frame import Frame, Line, attachment_path, digest

HOME_ITEMS, FEED_ITEMS = 8, 20
MOVED = "data/moved/"
PLACES = ("", f"{open_data.ROOT}/articles/", MOVED)  # below which the files of a room lie in a folder of its name
ARTICLE, LIST, DATA, PIECE = "article.html", "column.html", "data", "piece"


@dataclass(frozen=True, slots=True)
class Page:
    """One file of a site: a template and what it is given, an article's page, a stored file, or plain content."""

    path: str
    key: str
    frame: Frame
    template: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    article: int = 0
    stored: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A part of the release before it is looked at: the same `mark` means the same pages.

    `folders` are those that hold all its files and none of another part; the county's own part has none, and holds them.
    """

    path: str
    mark: str
    folders: tuple[str, ...]
    pages: Callable[[], list[Page]]


def sketches(site: Site) -> list[Sketch]:
    """The parts of the site's release: the county's own, and its open rooms."""
    whole = cluster.read(site)
    return [
        Sketch(
            part.path,
            cluster.mark(whole, part),
            tuple(f"{place}{part.path}/" for place in PLACES if part.path),
            partial(_plan, whole, part),
        )
        for part in whole.parts
    ]


def _plan(whole: Cluster, part: Site) -> list[Page]:
    """Every page of a part."""
    shown = cluster.frame(whole, part)
    pages = [*_fixed(shown), *_open(shown), *_moved(shown), *([] if part.path else _once(shown))]
    for column in shown.columns:
        pages += [*_column(shown, column), *_articles(shown, column)]
    return pages


def _page(shown: Frame, path: str, template: str, key: object = "", article: int = 0, **values: object) -> Page:
    return Page(path, digest(shown.version, template, key), shown, template, values, article)


def _marks(lines: Iterable[Line]) -> list[str]:
    return [line.digest for line in lines]


def _rooms(shown: Frame) -> list[object]:
    """What pages show of the cluster's rooms."""
    return [[name, [[room.path, room.name] for room in found]] for name, found in shown.rooms]


def _once(head: Frame) -> list[Page]:
    """Files that stand once in the release, for all its parts."""
    paths = [room.path for _name, found in head.rooms for room in found]
    notices = head.of(column)[: -HOME_ITEMS - 1 : -1] if (column := head.announced()) else []
    return [
        _page(head, "404.html", "missing.html"),
        _page(head, "robots.txt", "robots.txt", paths, paths=paths),
        _page(head, "elder/index.html", "elder.html", [_marks(notices), head.guides], notices=notices, guides=head.guides),
        _page(head, "sites/index.html", "sites.html", _rooms(head)),
        *_data(head),
        *(Page(path, digest(path), head, content=content) for path, content in assets.files().items()),
    ]


def _fixed(shown: Frame) -> list[Page]:
    """Pages that every part has."""
    blocks = [(column, shown.of(column)[: -HOME_ITEMS - 1 : -1]) for column in shown.columns if column.on_home]
    own = sorted((line for lines in shown.lines.values() for line in lines), key=lambda line: (line.published_at, line.pk))
    foreign = {column.pk for column in shown.columns if words.english(column)}
    newest = [line for line in shown.everything() if line.column not in foreign][: -FEED_ITEMS - 1 : -1]
    guides = shown.guides[:HOME_ITEMS]
    at, root, rooms = shown.site.root.lstrip("/"), shown.site.root, _rooms(shown)
    key = [[_marks(lines) for _c, lines in blocks], guides, rooms]
    return [
        _page(shown, f"{at}index.html", "home.html", key, blocks=blocks, guides=guides),
        _page(shown, f"{at}sitemap/index.html", "site_map.html", rooms),
        _page(shown, f"{at}sitemap.xml", "sitemap.xml", [_marks(own), shown.guides], lines=own, guides=shown.guides),
        _feed(shown, f"{at}feed/index.xml", shown.site.name, root, newest),
        _json_feed(shown, f"{at}feed/index.json", shown.site.name, root, newest),
    ]


def _feed(shown: Frame, path: str, title: str, home: str, newest: list[Line]) -> Page:
    return _page(shown, path, "feed.xml", _marks(newest), lines=newest, title=title, home=home, at=f"/{path}")


def _json_feed(shown: Frame, path: str, title: str, home: str, newest: list[Line]) -> Page:
    rows = open_data.feed(shown.site, title, f"/{path}", home, newest)
    return _page(shown, path, DATA, rows, data=rows)


def _open(shown: Frame) -> list[Page]:
    """The open interface: what is published, as data. A room lists its own columns."""
    kept: dict[str, object] = {f"{open_data.columns_path(shown.site)}": open_data.columns(shown)}
    if not shown.site.path:
        kept |= {f"{open_data.ROOT}/services.json": shown.guides, f"{open_data.ROOT}/openapi.json": openapi.document()}
    pieces = open_data.pieces(shown).items()
    return [
        *(_page(shown, path, DATA, rows, data=rows) for path, rows in kept.items()),
        *(_page(shown, path, PIECE, _marks(lines), lines=lines) for path, lines in pieces),
    ]


def _moved(shown: Frame) -> list[Page]:
    """Where the articles of an older site are now: its paths → their addresses here."""
    here = {line.pk: line.url for lines in shown.lines.values() for line in lines}
    rows = dict(OldAddress.objects.filter(article__column__site=shown.site).values_list("path", "article"))
    moved = {path: here[article] for path, article in rows.items() if article in here}
    at = f"{MOVED}{shown.site.path}/moved.json" if shown.site.path else f"{MOVED}moved.json"
    return [_page(shown, at, DATA, moved, data=moved)] if moved else []


def _data(shown: Frame) -> list[Page]:
    """What the portal reads of a release: the site's frame, the guides for its forms, the directory."""
    site = shown.site
    bar = [{"title": column.name, "href": f"/{column.path}/", "kind": column.kind} for column in shown.bar()]
    kept: dict[str, object] = {
        "site": {
            "name": site.name,
            "domain": site.host,
            "code": site.identification_code,
            "organ": site.organiser,
            "contact": site.contact,
            "mark": site.party_mark,
            "icp": site.icp,
            "police": site.police,
            "error_href": site.report_error,
            "map_href": "/sitemap/",
            "search_href": "/search/",
            "navigation": [{"title": "首页", "href": "/"}, *bar],
        },
        "items": shown.guides,
        "directory": shown.directory,
    }
    return [_page(shown, f"data/{name}.json", DATA, rows, data=rows) for name, rows in kept.items()]


def _column(shown: Frame, column: Column) -> list[Page]:
    """The pages of a column, by what it is made of."""
    index = f"{column.path}/index.html"
    match column.kind:
        case rules.ColumnKind.SERVICES.value:
            return _services(shown, column)
        case rules.ColumnKind.ORGANS.value:
            groups = directory.organs(shown.directory, shown.of_room())
            return [_page(shown, index, "organs.html", groups, column=column, groups=groups)]
        case rules.ColumnKind.LEADERS.value:
            led = directory.leaders(shown.directory, shown.of_room())
            return [_page(shown, index, "leaders.html", led, column=column, groups=led)]
        case rules.ColumnKind.INTERACTION.value:
            return [_page(shown, index, "interaction.html", column=column)]
        case rules.ColumnKind.SINGLE.value:
            newest = shown.lines.get(column.pk, [])[-1:]  # its own, not that of a column below it
            return [_page(shown, index, "single.html", _marks(newest), newest[0].pk if newest else 0, column=column)]
    return _lists(shown, column)


def _services(shown: Frame, column: Column) -> list[Page]:
    """The catalogue and a page for each guide."""
    pages = [_page(shown, f"{column.path}/index.html", "services.html", shown.guides, column=column, guides=shown.guides)]
    for guide in shown.guides:
        pages.append(_page(shown, f"{column.path}/{guide['code']}/index.html", "guide.html", guide, column=column, guide=guide))
    return pages


def _lists(shown: Frame, column: Column) -> list[Page]:
    """List pages, numbered from the oldest; the front page shows the newest page and the full one before it."""
    lines, size = shown.of(column), rules.LIST_SIZE
    old = max(0, rules.list_pages(len(lines)) - 2)  # full pages that have left the front
    front = lines[old * size :]
    index = f"{column.path}/index.html"
    pages = [_page(shown, index, LIST, [_marks(front), old], column=column, rows=front[::-1], older=old, newer=None, number=None)]
    newest, title, place = lines[: -FEED_ITEMS - 1 : -1], f"{column.name} - {shown.site.name}", f"/{column.path}/"
    pages.append(_feed(shown, f"{column.path}/feed.xml", title, place, newest))
    pages.append(_json_feed(shown, f"{column.path}/feed.json", title, place, newest))
    for number in range(1, old + 1):
        part = lines[(number - 1) * size : number * size]
        newer, path = number + 1 if number < old else 0, f"{column.path}/list-{number}/index.html"
        key = [_marks(part), newer]
        pages.append(_page(shown, path, LIST, key, column=column, rows=part[::-1], older=number - 1, newer=newer, number=number))
    return pages


def _articles(shown: Frame, column: Column) -> list[Page]:
    """A page for each article, read in bulk when rendered, and its files beside it."""
    pages = []
    for line in shown.lines.get(column.pk, []):
        related = shown.related.get(line.pk, {})
        key = [line.digest, {name: _marks(lines) for name, lines in related.items()}] if related else line.digest
        pages.append(_page(shown, f"{line.path}/index.html", ARTICLE, key, line.pk, **related))
        for number, kept in enumerate(line.attachments, 1):
            sm3 = str(kept["sm3"])
            pages.append(Page(attachment_path(line.path, number, kept), sm3, shown, stored=sm3))
    return pages
