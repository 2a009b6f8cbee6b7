"""Column classes and their update periods (sheet §1.5; 国办秘函〔2019〕19号), and what counts as an update."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from zhengtong.foundation.refusal import gettext_noop as _

from .facts import Item, Page


class Class(StrEnum):
    """What a column is by its type or name."""

    NEWS = "news"
    NOTICES = "notices"
    YEARLY = "yearly"
    LETTERS = "letters"
    SERVICES = "services"
    STEADY = "steady"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Period:
    """How long a column may rest; 0 of both: no period is laid down for all."""

    label: str
    words: tuple[str, ...]
    days: int = 0
    months: int = 0
    source: str = ""


HOME_DAYS = 14
# fmt: off
# The first row whose word stands in the column's own name decides, then its type.
PERIODS = {
    Class.STEADY:   Period(_("概况类"),             ("概况", "职能", "领导", "机构设置", "简介", "县情", "内设机构")),
    Class.SERVICES: Period(_("办事服务"),           ("办事", "服务", "事项")),
    Class.LETTERS:  Period(_("互动交流"),           ("咨询", "留言", "信箱", "来信", "互动")),
    Class.YEARLY:   Period(_("人事、规划、财政"),   ("人事", "规划", "计划", "财政", "预算", "决算"), months=12, source="2015年普查评分表"),
    Class.NOTICES:  Period(_("通知公告、政策文件"), ("通知", "公告", "公示", "政策", "文件", "解读"),  months=6,  source="国办秘函〔2019〕19号 单项否决4"),
    Class.NEWS:     Period(_("动态、要闻"),         ("动态", "要闻", "新闻", "时政", "工作信息"),     days=14,   source="国办秘函〔2019〕19号 单项否决4"),
    Class.OTHER:    Period(_("其他栏目"),           ()),
}
NO_CONSULTATION = ("访谈", "征集", "信访", "举报", "调查")  # these are no 政务咨询 column (单项否决5)
# fmt: on


def column_class(name: str, types: str = "") -> Class:
    """The class of a column, from its name first and its ColumnType tag second."""
    for words in (name, types):
        for kind, period in PERIODS.items():
            if any(word in words for word in period.words):
                return kind
    return Class.OTHER


def oldest_good(on: date, days: int = 0, months: int = 0) -> date:
    """The earliest day that still counts: published on day D−14 counts, D−15 does not (likewise the same day M months ago)."""
    if days:
        return on - timedelta(days=days)
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def overdue(newest: date | None, on: date, days: int = 0, months: int = 0) -> bool:
    """Whether the newest update lies before the period; nothing at all is overdue too."""
    return newest is None or newest < oldest_good(on, days, months)


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier visits saw: a page's first date, a text's first date, and how far each column's list reached."""

    day: date | None = None
    dates: Mapping[str, date] = None  # type: ignore[assignment]
    texts: Mapping[str, tuple[str, date]] = None  # type: ignore[assignment]
    lists: Mapping[str, tuple[str, ...]] = None  # type: ignore[assignment]
    reach: Mapping[str, date] = None  # type: ignore[assignment]


NOTHING = Known(None, {}, {}, {}, {})


@dataclass(frozen=True, slots=True)
class Update:
    """One item of a list as it counts: `day` is None when it doesn't, and `why` is the fault that takes it out."""

    item: Item
    shown: date | None
    day: date | None
    why: str = ""
    of: str = ""


def update(item: Item, column: str, article: Page | None, earliest: Mapping[str, tuple[str, date]], known: Known, on: date) -> Update:
    """What an item counts for: not when undated, of the future, a copy of an older text, redated or back-dated."""
    shown = article.published if article and article.published else item.day
    if shown is None:
        return Update(item, None, None, "undated")
    if shown > on:
        return Update(item, shown, None, "future_date")
    first = known.dates.get(item.url)
    if first is not None and first != shown and first < shown:
        return Update(item, shown, first, "redated", item.url)
    if article and article.body:
        of, day = min(
            (r for r in (earliest.get(article.body), known.texts.get(article.body)) if r), key=lambda r: r[1], default=("", shown)
        )
        if of and of != item.url and day < shown:
            return Update(item, shown, day, "republished", of)
    listed = known.lists.get(column)
    if listed is not None and known.day and first is None and item.url not in listed and known.reach.get(column, on) < shown < known.day:
        return Update(item, shown, None, "back_dated")
    return Update(item, shown, shown)


def newest(updates: list[Update]) -> date | None:
    """The day of the last true update."""
    return max((one.day for one in updates if one.day), default=None)
