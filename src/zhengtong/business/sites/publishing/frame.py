"""The frame of a site or room: what every page shows, and the lines of the articles that its columns show."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from zhengtong.business.items import queries as items
from zhengtong.business.sites import rules
from zhengtong.business.sites.models import Column, Site

from . import directory, words
from .directory import Row

BAR_ORDER = 100  # columns of a higher order stand on the site map only
Guide = Mapping[str, object]


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
    related: Mapping[int, Related] = field(default_factory=dict)  # by article
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
        return [column for column in self.top() if column.order < BAR_ORDER and not words.english(column)]

    def english(self) -> Column | None:
        """The English part of the site, where there is one."""
        return next((column for column in self.columns if column.path == words.ROOT), None)

    def languages(self, path: str) -> list[tuple[str, str]]:
        """Language and path of a page that stands in both; empty when it stands in one. The home page's path is empty."""
        known, counterpart = {"", *(column.path for column in self.columns)}, words.other(path)
        if path not in known or counterpart not in known or self.english() is None:
            return []
        return sorted((words.ENGLISH if p.split("/")[0] == words.ROOT else words.CHINESE, p) for p in (path, counterpart))

    def announced(self) -> Column | None:
        """The column of notices to everybody, by its class (网页标签 ColumnType)."""
        return next((column for column in self.columns if "通知公告" in rules.words(column.column_type)), None)

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
