"""The columns of a site as a visit saw them: which there are, when each was last truly updated, what is wrong with it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from zhengtong.foundation.refusal import gettext_noop as _

from .facts import Finding, Item, Kind, Page, Visit
from .freshness import NOTHING, PERIODS, Class, Known, Update, column_class, newest, overdue, update

PAGING = re.compile(r"(?:[/_-]|list-|index_|page=|p=|pageNo=)\d{1,4}(?:\.s?html?|\.jhtml|/)?$")
STATES = {"fresh": _("正常"), "stale": _("不更新"), "empty": _("空白"), "open": _("不定期")}
LISTS = (Class.NEWS, Class.NOTICES, Class.YEARLY)


@dataclass(frozen=True, slots=True)
class Column:
    """One column and its state on the day of the visit."""

    url: str
    name: str
    kind: Class
    newest: date | None
    items: int
    state: str  # fresh | stale | empty | open (no period)
    updates: tuple[Update, ...] = field(default=(), repr=False)


def name_of(page: Page) -> str:
    return page.tags.get("ColumnName") or page.heading or re.split(r"[-_|–—]", page.title)[0].strip()


def same_column(page: Page, name: str, earlier: Mapping[str, list[str]]) -> bool:
    """Whether this is a later page of a list that was met before."""
    folders = [url.rpartition("/")[0] + "/" for url in earlier.get(name, [])]
    return bool(folders) and (bool(PAGING.search(page.url)) or page.url.startswith(tuple(folders)))


def furniture(visit: Visit) -> set[str]:
    """Addresses of undated lines that stand on the home page or on most columns: menus, no content."""
    columns = [page for page in visit.good() if page.kind in (Kind.COLUMN, Kind.HOME)]
    seen = Counter(item.url for page in columns for item in page.items if item.day is None)
    lines = [item for item in visit.home.items if item.day is None] if visit.home else []
    home = {item.url for item in lines if not ((there := visit.pages.get(item.url)) and there.kind == Kind.ARTICLE)}
    return home | {url for url, times in seen.items() if len(columns) >= 3 and times * 2 > len(columns)}


def earliest_texts(pages: Iterable[Page]) -> dict[str, tuple[str, date]]:
    """For each text of an article, where and when it stood first in this visit."""
    found: dict[str, tuple[str, date]] = {}
    for page in pages:
        if page.body and page.published and (page.body not in found or page.published < found[page.body][1]):
            found[page.body] = (page.url, page.published)
    return found


def content(page: Page, menu: set[str], visit: Visit) -> list[Item]:
    """The lines of a list that are its content."""
    lines = []
    for item in page.items:
        there = visit.pages.get(item.url)
        if item.day is not None:
            is_content = there is None or there.kind != Kind.COLUMN
        else:
            is_content = item.url not in menu and there is not None and there.status == 200 and there.kind in (Kind.ARTICLE, Kind.OTHER)
        if is_content:
            lines.append(item)
    return lines


def columns(visit: Visit, on: date, known: Known = NOTHING, periods: Mapping[str, int] | None = None) -> list[Column]:
    """Every column once, with its last true update. `periods`: days declared by the owner, by address or name."""
    menu, texts = furniture(visit), earliest_texts(visit.good())
    met: dict[str, list[str]] = {}
    found = []
    for page in sorted(visit.good(), key=lambda page: (page.depth, page.url)):
        if page.kind != Kind.COLUMN:
            continue
        name = name_of(page)
        if same_column(page, name, met):
            continue
        met.setdefault(name, []).append(page.url)
        lines = content(page, menu, visit)
        updates = [update(item, page.url, visit.pages.get(item.url), texts, known, on) for item in lines]
        kind = column_class(name, page.tags.get("ColumnType", ""))
        last = newest(updates)
        found.append(
            Column(page.url, name, kind, last, len(lines), _state(page, kind, last, lines, menu, visit, on, periods or {}), tuple(updates))
        )
    return found


def _state(
    page: Page, kind: Class, last: date | None, lines: list[Item], menu: set[str], visit: Visit, on: date, periods: Mapping[str, int]
) -> str:
    if any(note.fault == "under_construction" for note in page.notes) and not lines:
        return "empty"
    below = [url for url, _words in page.links if (there := visit.pages.get(url)) and there.kind == Kind.COLUMN and url not in menu]
    if not lines and ((kind in LISTS and not below) or (kind in (*LISTS, Class.OTHER) and page.says)):
        return "empty"
    declared = periods.get(page.url) or periods.get(name_of(page))
    law = PERIODS[kind]
    if declared or law.days or law.months:
        if not lines and below:
            return "open"  # a column of columns
        late = overdue(last, on, days=declared) if declared else overdue(last, on, days=law.days, months=law.months)
        return "stale" if late else "fresh"
    return "open"


def column_findings(found: list[Column], on: date) -> list[Finding]:
    """Stale and empty columns, and the items that don't count with the reason why."""
    findings = []
    told: set[tuple[str, str]] = set()
    for column in found:
        law = PERIODS[column.kind]
        if column.state == "empty":
            findings.append(Finding("column_empty", column.url, {"column": column.name}))
        elif column.state == "stale":
            last = column.newest.isoformat() if column.newest else ""
            findings.append(
                Finding("column_stale", column.url, {"column": column.name, "class": law.label, "last": last, "source": law.source})
            )
        for one in column.updates:
            key = (one.why, one.item.url)
            if one.why and key not in told and not (one.why == "undated" and column.kind not in LISTS):
                told.add(key)
                shown = one.shown.isoformat() if one.shown else ""
                first = one.day.isoformat() if one.day else ""
                evidence = {"title": one.item.title, "column": column.name, "shown": shown, "first": first, "of": one.of}
                findings.append(Finding(one.why, one.item.url, {k: v for k, v in evidence.items() if v}))
    return findings


def differing_dates(found: list[Column], visit: Visit) -> list[Finding]:
    """Items whose day in the list is not the day on their own page."""
    findings, told = [], set()
    for column in found:
        for one in column.updates:
            there = visit.pages.get(one.item.url)
            if not (there and there.kind == Kind.ARTICLE and there.published and one.item.day) or one.why or one.item.url in told:
                continue
            if there.published != one.item.day:
                told.add(one.item.url)
                evidence = {"title": one.item.title, "list": one.item.day.isoformat(), "page": there.published.isoformat()}
                findings.append(Finding("dates_differ", one.item.url, evidence))
    return findings


def knowledge(visit: Visit, before: Known = NOTHING) -> Known:
    """What the next visit shall know: first dates of pages and texts, and what each list showed."""
    dates, texts = dict(before.dates), dict(before.texts)
    for page in visit.good():
        if page.kind == Kind.ARTICLE and page.published:
            dates[page.url] = min(dates.get(page.url, page.published), page.published)
            if page.body and (page.body not in texts or page.published < texts[page.body][1]):
                texts[page.body] = (page.url, page.published)
    lists, reach = dict(before.lists), dict(before.reach)
    for page in visit.good():
        if page.kind == Kind.COLUMN:
            days = [item.day for item in page.items if item.day]
            lists[page.url] = tuple(item.url for item in page.items)
            reach[page.url] = min(days) if days else visit.day
            for item in page.items:
                there = visit.pages.get(item.url)
                if item.day and item.url and (there is None or not there.published):
                    dates[item.url] = min(dates.get(item.url, item.day), item.day)
    return Known(visit.day, dates, texts, lists, reach)
