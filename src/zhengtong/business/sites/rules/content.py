"""What an article is, by the column it stands in, and what it must then carry; trading announcements and their least periods.

政府网站发展指引 三、五; 政府采购法实施条例, 招标投标法实施条例 for the periods. A notice can't close before the law lets it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.clock.rules import Calendar, Limit, Unit, due
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _


class Content(StrEnum):
    """What the articles of a column are."""

    NEWS = "news"
    NOTICE = "notice"
    POLICY = "policy"
    INTERPRETATION = "interpretation"
    DOCUMENT = "document"
    TRADING = "trading"


CONTENTS = {
    Content.NEWS: _("动态信息"),
    Content.NOTICE: _("通知公告"),
    Content.POLICY: _("政策文件"),
    Content.INTERPRETATION: _("政策解读"),
    Content.DOCUMENT: _("其他公开信息"),
    Content.TRADING: _("公共资源交易公告"),
}


@dataclass(frozen=True, slots=True)
class Needed:
    """A field that articles of this content can't be published without."""

    content: Content
    field: str
    name: str
    article: str


# fmt: off
NEEDED = (
    #      content                 field          name                 article
    Needed(Content.POLICY,         "number",      _("发文字号"),       "政府网站发展指引 三（一）政策文件"),
    Needed(Content.POLICY,         "dated",       _("成文日期"),       "政府网站发展指引 三（一）政策文件"),
    Needed(Content.POLICY,         "issuer",      _("发布机构"),       "政府网站发展指引 三（一）政策文件"),
    Needed(Content.POLICY,         "validity",    _("有效性"),         "政府网站发展指引 三（一）政策文件"),
    Needed(Content.INTERPRETATION, "interprets",  _("被解读的文件"),   "国办发〔2016〕80号；政府网站发展指引 三（二）"),
    Needed(Content.TRADING,        "notice_kind", _("公告类型"),       "招标公告和公示信息发布管理办法 第五条"),
    Needed(Content.TRADING,        "project_code", _("项目编号"),      "公共资源交易平台系统数据规范 V2.0"),
    Needed(Content.TRADING,        "buyer",       _("招标人或采购人"), "招标公告和公示信息发布管理办法 第五条"),
)
# fmt: on
CHANGED = ("amended", "repealed")  # which document did it must then be named


def missing(content: str, values: Mapping[str, object]) -> list[Objection]:
    """What an article of this content lacks, by the columns' own rows."""
    found = [
        Objection(_("请填写%(field)s（%(article)s）"), {"field": row.name, "article": row.article}, row.field)
        for row in NEEDED
        if row.content == content and not values.get(row.field)
    ]
    if values.get("validity") in CHANGED and not values.get("changed_by"):
        found.append(Objection(_("文件已修改或废止的，请写明是哪份文件作出的"), field="changed_by"))
    return found


class Family(StrEnum):
    WORKS = "works"
    PROCUREMENT = "procurement"


FAMILIES = {Family.WORKS: _("工程建设招标投标"), Family.PROCUREMENT: _("政府采购")}


@dataclass(frozen=True, slots=True)
class Notice:
    """A kind of trading announcement: whether it runs until a day, and the least time from publication to it."""

    code: str
    family: Family
    name: str
    least: Limit | None  # None: it has no end of its own


CALENDAR, WORKING = Unit.CALENDAR_DAYS, Unit.WORKING_DAYS
TENDERS, BIDDING, BUYING = "招标投标法实施条例", "招标投标法", "政府采购法实施条例"
# fmt: off
NOTICES: Mapping[str, Notice] = {row.code: row for row in (
    #      code                 family              name                        least time from publication
    Notice("prequalification",  Family.WORKS,       _("资格预审公告"),          Limit(10, CALENDAR, TENDERS + " 第十六、十七条（发售5日，停售后提交5日）")),
    Notice("tender",            Family.WORKS,       _("招标公告"),              Limit(20, CALENDAR, BIDDING + " 第二十四条")),
    Notice("candidates",        Family.WORKS,       _("中标候选人公示"),        Limit(3,  CALENDAR, TENDERS + " 第五十四条")),
    Notice("clarification",     Family.WORKS,       _("澄清与变更公告"),        Limit(15, CALENDAR, TENDERS + " 第二十一条")),
    Notice("award",             Family.WORKS,       _("中标结果公示"),          None),
    Notice("ended",             Family.WORKS,       _("终止公告"),              None),
    Notice("contract",          Family.WORKS,       _("合同订立与变更信息"),    None),
    Notice("intention",         Family.PROCUREMENT, _("采购意向公开"),          Limit(30, CALENDAR, "财库〔2020〕10号")),
    Notice("open_tender",       Family.PROCUREMENT, _("公开招标公告"),          Limit(20, CALENDAR, "政府采购法 第三十五条")),
    Notice("buy_prequalify",    Family.PROCUREMENT, _("资格预审公告"),          Limit(5,  WORKING,  BUYING + " 第二十一条")),
    Notice("negotiation",       Family.PROCUREMENT, _("竞争性谈判、询价公告"),  Limit(3,  WORKING,  "政府采购非招标采购方式管理办法（财政部令第74号）")),
    Notice("consultation",      Family.PROCUREMENT, _("竞争性磋商公告"),        Limit(10, CALENDAR, "财库〔2014〕214号")),
    Notice("single_source",     Family.PROCUREMENT, _("单一来源公示"),          Limit(5,  WORKING,  BUYING + " 第三十八条")),
    Notice("buy_change",        Family.PROCUREMENT, _("更正公告"),              Limit(15, CALENDAR, BUYING + " 第三十一条")),
    Notice("result",            Family.PROCUREMENT, _("中标、成交结果公告"),    Limit(1,  WORKING,  "政府采购货物和服务招标投标管理办法（财政部令第87号）")),
    Notice("buy_contract",      Family.PROCUREMENT, _("采购合同公告"),          None),
    Notice("buy_ended",         Family.PROCUREMENT, _("废标、终止公告"),        None),
)}
# fmt: on


def closing_objection(kind: str, published: date, closes: date | None, calendar: Calendar) -> Objection | None:
    """Why a notice published on that day can't close on this one, or None. An end on a rest day moves to the next working day."""
    row = NOTICES.get(kind)
    if row is None or row.least is None:
        return None
    if closes is None:
        return Objection(_("请填写截止日期"), field="closes_on")
    earliest = due(published, row.least, calendar)
    if closes < earliest:
        return Objection(
            _("“%(kind)s”最早到%(day)s才能截止（%(article)s）"),
            {"kind": row.name, "day": earliest.isoformat(), "article": row.least.article},
            "closes_on",
        )
    return None
