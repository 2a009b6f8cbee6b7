"""Rooms of the cluster: what a department or township may open below the county's site, where it stands, and what it must hold.

A county's departments and townships have no sites and no domains of their own; what they publish is a channel below the county's
domain, under the county's one identification code (发展指引 二（一）、域名规范 国办函〔2018〕55号).
"""

import re
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

STANDARD = "政府网站发展指引（国办发〔2017〕47号）"
ROOM_PATH = re.compile(r"[a-z][a-z0-9]{1,19}")


class SiteState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


SITE_STATES = {SiteState.OPEN: _("开通"), SiteState.CLOSED: _("已关停")}


def room_path_objection(path: str, taken: Collection[str], reserved: Collection[str]) -> Objection | None:
    """Why a room can't stand at this address below the county's domain, or None. `taken`: first parts of addresses in use."""
    if not ROOM_PATH.fullmatch(path):
        return Objection(_("子站路径以小写字母开头，只用小写字母和数字，2至20个字符"), field="path")
    if path in reserved:
        return Objection(_("“%(path)s”是保留路径"), {"path": path}, "path")
    if path in taken:
        return Objection(_("“%(path)s”已被其他子站或栏目使用"), {"path": path}, "path")
    return None


@dataclass(frozen=True, slots=True)
class Planned:
    """A column that a template gives to a new room."""

    path: str
    name: str
    kind: str  # the page's form, a `ColumnKind`
    content: str  # what its articles are, a `Content`
    period: str  # a code of `PERIODS`
    days: int | None  # of a declared period
    type: str
    on_home: bool
    description: str
    article: str


@dataclass(frozen=True, slots=True)
class Template:
    """What a new room holds from its first minute: the columns that the standard asks of its kind of organ."""

    code: str
    name: str
    organs: tuple[str, ...]  # kinds of organ in the directory
    review: str
    columns: tuple[Planned, ...]


TOWNSHIP_EXTRA = "政府信息公开条例 第二十一条第三款"
# fmt: off
COMMON = (
    #       path        name             kind      content           period     days  type                     home   description                        article
    Planned("about",    _("机构职能"),   "organs", "news",           "steady",   None, "信息公开，机构职能",     False, _("职责、地址、电话和办公时间"),     STANDARD + " 三（一）"),
    Planned("leaders",  _("领导信息"),   "leaders","news",           "steady",   None, "信息公开，领导信息",     False, _("负责人和分工"),                   STANDARD + " 三（一）"),
    Planned("news",     _("工作动态"),   "list",   "news",           "news",     None, "政务动态",               True,  _("本单位的工作动态"),               STANDARD + " 三（一）"),
    Planned("notices",  _("通知公告"),   "list",   "notice",         "notices",  None, "通知公告",               True,  _("本单位面向公众的通知、公告"),     STANDARD + " 三（一）"),
    Planned("policy",   _("政策文件"),   "list",   "policy",         "notices",  None, "信息公开，政策文件",     True,  _("本单位主动公开的文件"),           STANDARD + " 三（一）"),
    Planned("reading",  _("政策解读"),   "list",   "interpretation", "notices",  None, "信息公开，政策解读",     False, _("对本单位政策文件的解读"),         STANDARD + " 三（二）"),
    Planned("plans",    _("规划计划"),   "list",   "document",       "yearly",   None, "信息公开，规划计划",     False, _("规划、年度计划和总结"),           "政府信息公开条例 第二十条（三）"),
    Planned("finance",  _("财政信息"),   "list",   "document",       "yearly",   None, "信息公开，财政信息",     False, _("预算、决算和收费项目"),           "政府信息公开条例 第二十条（七）、（八）"),
)
TOWNSHIP = (
    Planned("farming",  _("农业农村"),   "list",   "document",       "declared", 90,   "信息公开，农业农村",     True,  _("农业农村政策、农田水利和承包经营权流转"), TOWNSHIP_EXTRA),
    Planned("land",     _("宅基地和征收"), "list", "document",       "declared", 180,  "信息公开，土地房屋",     False, _("宅基地审核、土地和房屋征收"),     TOWNSHIP_EXTRA),
    Planned("aid",      _("社会救助"),   "list",   "document",       "declared", 90,   "信息公开，社会救助",     False, _("救助政策、名单和筹资筹劳"),       TOWNSHIP_EXTRA),
)
TEMPLATES: Mapping[str, Template] = {row.code: row for row in (
    Template("department", _("部门子站"), ("department",), "three", COMMON),
    Template("township",   _("乡镇（街道）子站"), ("township",),                     "two",   COMMON + TOWNSHIP),
)}
# fmt: on


def template_objection(template: str, organ_kind: str) -> Objection | None:
    """Why an organ of this kind can't have a room from that template, or None."""
    row = TEMPLATES.get(template)
    if row is None:
        return Objection(_("没有这个模板"), field="template")
    if organ_kind not in row.organs:
        return Objection(_("“%(template)s”模板不适用于这类机构"), {"template": row.name}, "template")
    return None


def template_for(organ_kind: str) -> str:
    """The template that fits this kind of organ; empty when it has no room (leading organs stand on the county's own site)."""
    return next((row.code for row in TEMPLATES.values() if organ_kind in row.organs), "")


class Freshness(StrEnum):
    FRESH = "fresh"
    SOON = "soon"
    OVERDUE = "overdue"
    EMPTY = "empty"


FRESHNESS = {
    Freshness.FRESH: _("按期更新"),
    Freshness.SOON: _("即将到期"),
    Freshness.OVERDUE: _("超过更新周期"),
    Freshness.EMPTY: _("空白栏目"),
}
WARNING_DAYS = 3  # before the last day; the county's own


def last_day(newest: date, days: int | None, months: int | None) -> date | None:
    """The last day on which the column is still within its period; None when it has none (须准确, no period)."""
    if days is not None:
        return newest + timedelta(days=days)
    if months is not None:
        year, month = divmod(newest.year * 12 + newest.month - 1 + months, 12)
        return date(year, month + 1, min(newest.day, monthrange(year, month + 1)[1]))
    return None


def freshness(newest: date | None, until: date | None, today: date) -> Freshness:
    """How a column stands today: an item published on the 14th day before still counts (检查指标 单项否决)."""
    if newest is None:
        return Freshness.EMPTY
    if until is None or today <= until - timedelta(days=WARNING_DAYS):
        return Freshness.FRESH
    return Freshness.SOON if today <= until else Freshness.OVERDUE
