"""What must be told unasked, by whom, within which limit (政府信息公开条例第二十条、第二十一条、第二十六条)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

PLAIN, BUDGET, PERMIT = "disclosure.proactive", "disclosure.budget", "disclosure.permit"
ALL, COUNTY, TOWNSHIP = "all", "county", "township"


@dataclass(frozen=True, slots=True)
class Matter:
    """One item of the fixed lists: its article, who must publish it, the clock that runs."""

    label: str
    article: str
    who: str = ALL
    limit: str = PLAIN


A = "政府信息公开条例 第二十条第（{}）项"
C = "政府信息公开条例 第二十一条"
# fmt: off
MATTERS: Mapping[str, Matter] = {
    "rules":       Matter(_("法规、规章和规范性文件"),         A.format("一")),
    "organ":       Matter(_("机构职能、地址、负责人"),         A.format("二")),
    "plans":       Matter(_("规划及政策"),                     A.format("三")),
    "statistics":  Matter(_("统计信息"),                       A.format("四")),
    "permits":     Matter(_("行政许可的依据、条件、程序和结果"), A.format("五"), limit=PERMIT),
    "penalties":   Matter(_("行政处罚、行政强制"),             A.format("六"), limit=PERMIT),
    "budget":      Matter(_("预算、决算"),                     A.format("七"), limit=BUDGET),
    "charges":     Matter(_("收费项目、依据和标准"),           A.format("八")),
    "procurement": Matter(_("集中采购目录、标准和实施"),       A.format("九")),
    "projects":    Matter(_("重大建设项目"),                   A.format("十")),
    "welfare":     Matter(_("扶贫、教育、医疗、社会保障、就业"), A.format("十一")),
    "emergency":   Matter(_("突发事件应急预案、预警和应对"),   A.format("十二")),
    "inspection":  Matter(_("环境、卫生、安全、食药、质量监督检查"), A.format("十三")),
    "recruiting":  Matter(_("公务员招考和录用"),               A.format("十四")),
    "other":       Matter(_("其他应当主动公开的"),             A.format("十五")),
    "town_works":  Matter(_("市政建设、公共服务、公益事业"),   C, COUNTY),
    "land":        Matter(_("土地征收、房屋征收"),             C, COUNTY),
    "order":       Matter(_("治安管理"),                       C, COUNTY),
    "relief":      Matter(_("社会救助"),                       C, COUNTY),
    "farming":     Matter(_("农业农村政策、农田水利"),         C, TOWNSHIP),
    "contracts":   Matter(_("承包经营权流转、宅基地审核"),     C, TOWNSHIP),
    "town_land":   Matter(_("土地征收、房屋征收（乡镇）"),     C, TOWNSHIP),
    "raising":     Matter(_("筹资筹劳、社会救助"),             C, TOWNSHIP),
}
# fmt: on
MATTER_LABELS = {key: row.label for key, row in MATTERS.items()}


class State(StrEnum):
    PENDING = "pending"
    PUBLISHED = "published"
    WITHHELD = "withheld"


STATES = {State.PENDING: _("待公开"), State.PUBLISHED: _("已公开"), State.WITHHELD: _("经审查不公开")}


def of(kind: str) -> Mapping[str, Matter]:
    """The lists that bind an organ of this kind: the townships' own, or the county's, beside what binds everybody."""
    other = COUNTY if kind == "township" else TOWNSHIP
    return {key: row for key, row in MATTERS.items() if row.who != other}


def entry_objection(matter: str, kind: str, title: str, arisen: date, today: date) -> Objection | None:
    """What is wrong with a new entry, or None."""
    if matter not in of(kind):
        return Objection(_("请选择本机关应当公开的事项"), {}, "matter")
    if not title.strip():
        return Objection(_("请填写名称"), {}, "title")
    return Objection(_("日期不能晚于今天"), {}, "arisen_on") if arisen > today else None
