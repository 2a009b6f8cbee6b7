"""The frame of a site and of each of its rooms: what every page shows, and the lines of all articles, read once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Field

from zhengtong.business.items import queries as items
from zhengtong.business.sites import rules
from zhengtong.business.sites.desk.models import Article, Placement
from zhengtong.business.sites.models import Column, Gathering, Site
from zhengtong.business.sites.rules.rooms import SiteState

from . import assets, directory
from .directory import Row

BAR_ORDER = 100  # columns of a higher order stand on the site map only
Guide = Mapping[str, object]
TEMPLATE_GROUPS = {"department": "县直部门", "township": "乡镇（街道）"}


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
    keywords: str
    attachments: list[dict[str, object]]
    changed_by: int | None
    interprets: int | None

    @property
    def url(self) -> str:
        return f"/{self.path}/"


Related = Mapping[str, list[Line]]  # how other articles stand to one: interprets, interpretations, changed_by, changes


@dataclass(slots=True)
class Frame:
    """What every page of a site or room shows, and what pages choose from."""

    site: Site
    columns: list[Column]
    lines: dict[int, list[Line]] = field(default_factory=dict)  # by column, oldest first; an article stands here once
    guests: dict[int, list[Line]] = field(default_factory=dict)  # what a column also shows, by reference or rule
    related: dict[int, Related] = field(default_factory=dict)  # by article
    guides: Sequence[Guide] = ()  # service guides in force, which the items room keeps
    directory: Sequence[Row] = ()
    rooms: Sequence[tuple[str, list[Site]]] = ()  # the open rooms of the cluster, in groups; on the county's own pages
    services: Column | None = None  # where the guides stand, which is in the county's own columns
    version: str = ""

    def of_room(self) -> str:
        """The organ whose room this is; empty for the county's own site."""
        return self.site.organ if self.site.path else ""

    def top(self) -> list[Column]:
        return [column for column in self.columns if column.parent_id is None]

    def bar(self) -> list[Column]:
        """The columns of the navigation bar."""
        return [column for column in self.top() if column.order < BAR_ORDER]

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
        """What the column shows: its own articles, its guests, and those of the columns below it, each once, oldest first."""
        shown = {line.pk: line for line in (*self.lines.get(column.pk, ()), *self.guests.get(column.pk, ()))}
        for child in self.children(column):
            shown |= {line.pk: line for line in self.of(child)}
        return in_order(shown)

    def everything(self) -> list[Line]:
        """What all its columns show, each article once, oldest first."""
        return in_order({line.pk: line for column in self.top() for line in self.of(column)})


def in_order(shown: Mapping[int, Line]) -> list[Line]:
    return sorted(shown.values(), key=lambda line: (line.published_at, line.pk))


def attachment_path(folder: str, number: int, kept: Mapping[str, object]) -> str:
    """Where an article's file lies: beside its page, under a plain name."""
    return f"{folder}/{number}.{kept['kind']}"


def digest(*parts: object) -> str:
    return hashlib.new("sm3", json.dumps(parts, ensure_ascii=False, default=str).encode()).hexdigest()


def frame(site: Site) -> Frame:
    """The frame of one site or room without its articles' lines: what a preview shows around an article."""
    columns = list(Column.objects.filter(site=site).select_related("parent"))
    shown = Frame(site, columns, guides=items.guides(), directory=directory.rows())
    shown.services = Column.objects.filter(site=site.head, kind=rules.ColumnKind.SERVICES.value).first()
    return shown


def frames(head: Site) -> list[Frame]:
    """Read the cluster once: the county's site first, then its open rooms; one ordered read of all articles' lines."""
    parts = [head, *Site.objects.filter(main=head, state=SiteState.OPEN.value).order_by("path")]
    for part in parts[1:]:
        part.main = head
    columns: dict[int, list[Column]] = {}
    for column in Column.objects.filter(site__in=parts).select_related("parent"):
        columns.setdefault(column.site_id, []).append(column)
    guides, rows, lines = items.guides(), directory.rows(), _lines(parts)
    services = next((c for c in columns.get(head.pk, []) if c.kind == rules.ColumnKind.SERVICES.value), None)
    guests, related = _guests(parts, columns, lines), _related(lines)
    made = []
    for part in parts:
        own = columns.get(part.pk, [])
        shown = Frame(part, own, {c.pk: lines[c.pk] for c in own if c.pk in lines}, guests, related, guides, rows, services=services)
        if part.main_id:
            name = next((row["name"] for row in rows if row["code"] == part.organ), "")
            shown.guides = [guide for guide in guides if guide["organ"] == name]
        else:
            shown.rooms = _grouped(parts[1:])
        shown.version = _version(part, own)
        made.append(shown)
    return made


def _version(part: Site, columns: Sequence[Column]) -> str:
    """Moves when anything that every page of this part shows does."""
    own = [getattr(one, f.attname) for one in {part.pk: part, part.head.pk: part.head}.values() for f in _shown_of_a_site()]
    rows = [[getattr(c, f.attname) for f in Column._meta.concrete_fields] for c in columns]
    return digest(own, rows, assets.version())


def _shown_of_a_site() -> list[Field]:
    return [f for f in Site._meta.concrete_fields if f.name not in ("id", "edition", "review")]


def _grouped(rooms: Sequence[Site]) -> list[tuple[str, list[Site]]]:
    """Rooms by the template that they were opened from, as visitors look for them."""
    found = [(TEMPLATE_GROUPS[code], [room for room in rooms if room.template == code]) for code in TEMPLATE_GROUPS]
    return [(name, group) for name, group in found if group]


def _lines(parts: Sequence[Site]) -> dict[int, list[Line]]:
    """Column → its public articles, oldest first."""
    found: dict[int, list[Line]] = {}
    rows = Article.objects.filter(column__site__in=parts, state=rules.State.PUBLISHED.value).order_by("published_at", "id")
    fields = ("pk", "column_id", "title", "published_at", "public_path", "digest", "number", "summary", "keywords", "attachments")
    for row in rows.values_list(*fields, "changed_by_id", "interprets_id").iterator():
        line = Line(*row)  # type: ignore[arg-type]  # what is published has its time: a constraint
        found.setdefault(line.column, []).append(line)
    return found


def _guests(parts: Sequence[Site], columns: Mapping[int, list[Column]], lines: Mapping[int, list[Line]]) -> dict[int, list[Line]]:
    """Column → what it shows of others: placed by hand, and gathered by rule."""
    guests: dict[int, list[Line]] = {}
    placed = Placement.objects.filter(column__site__in=parts).values_list("column_id", "article_id")
    wanted = {article for _column, article in placed}
    by_key = {line.pk: line for found in lines.values() for line in found if line.pk in wanted} if wanted else {}
    for column, article in placed:
        if article in by_key:
            guests.setdefault(column, []).append(by_key[article])
    site_of = {part.pk: part for part in parts}
    everywhere = [column for found in columns.values() for column in found]
    for rule in Gathering.objects.filter(column__site__in=parts):
        for column in everywhere:
            if column.pk != rule.column_id and rule.takes(column, site_of[column.site_id]):
                taken = lines.get(column.pk, [])
                if rule.topic:
                    taken = [line for line in taken if rule.topic in rules.words(line.keywords)]
                guests.setdefault(rule.column_id, []).extend(taken)
    return guests


def _related(lines: Mapping[int, list[Line]]) -> dict[int, dict[str, list[Line]]]:
    """Article → the articles that interpret or change it, and those that it interprets or was changed by: both ways (发展指引 三（二）)."""
    by_key = {line.pk: line for found in lines.values() for line in found}
    found: dict[int, dict[str, list[Line]]] = {}
    for line in by_key.values():
        for there, (name, back) in ((line.interprets, ("interprets", "interpretations")), (line.changed_by, ("changed_by", "changes"))):
            if there in by_key:
                found.setdefault(line.pk, {}).setdefault(name, []).append(by_key[there])
                found.setdefault(there, {}).setdefault(back, []).append(line)
    return found
