"""The frame of a site: what every page shows, and the lines of all articles, read once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from zhengtong.business.items import queries as items
from zhengtong.business.sites import rules
from zhengtong.business.sites.desk.models import Article
from zhengtong.business.sites.models import Column, Site

from . import assets, directory, words
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
    guides: Sequence[Guide] = ()  # service guides in force, which the items room keeps
    directory: Sequence[Row] = ()
    version: str = ""

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


def attachment_path(folder: str, number: int, kept: Mapping[str, object]) -> str:
    """Where an article's file lies: beside its page, under a plain name."""
    return f"{folder}/{number}.{kept['kind']}"


def digest(*parts: object) -> str:
    return hashlib.new("sm3", json.dumps(parts, ensure_ascii=False, default=str).encode()).hexdigest()


def frame(site: Site) -> Frame:
    """Read the site once: its columns, and one ordered read of its articles' lines."""
    columns = list(Column.objects.filter(site=site).select_related("parent"))
    shown = Frame(site, columns, guides=items.guides(), directory=directory.rows())
    own = [getattr(site, f.name) for f in Site._meta.concrete_fields if f.name not in ("id", "edition")]
    rows = [[getattr(c, f.attname) for f in Column._meta.concrete_fields] for c in columns]
    shown.version = digest(own, rows, assets.version())
    found = Article.objects.filter(column__site=site, state=rules.State.PUBLISHED.value).order_by("published_at", "id")
    for row in found.values_list(
        "pk", "column_id", "title", "published_at", "public_path", "digest", "number", "summary", "attachments"
    ).iterator():
        line = Line(*row)  # type: ignore[arg-type]  # what is published has its time: a constraint
        shown.lines.setdefault(line.column, []).append(line)
    return shown
