"""扣分指标 (国办秘函〔2019〕19号 part 2, portals): 100 points, the services group 25.

The groups and the 4/3 rule are the notice's; the points of single rows are configuration (sheet §2.4: not read in
full), so they stand here as data and no test calls them national.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zhengtong.foundation.refusal import gettext_noop as _

PASS, BONUS_ABOVE, BONUS_MOST = 60.0, 80.0, 30.0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: so many points at most, so many for each fault found; faults name it by `code`."""

    group: str
    code: str
    label: str
    points: float
    each: float


# fmt: off
GROUPS = {"publishing": _("发布解读"), "services": _("办事服务"), "interaction": _("互动交流"), "design": _("功能设计")}
SHEET_2019 = (
    Row("publishing",  "facts",   _("概况、机构、领导信息准确"), 10, 1),
    Row("publishing",  "news",    _("动态要闻和首页更新"),       8,  5),
    Row("publishing",  "policy",  _("政策文件和解读"),           8,  1),
    Row("publishing",  "columns", _("其他栏目"),                 9,  2),
    Row("services",    "items",   _("事项公开"),                 8,  8),
    Row("services",    "guides",  _("办事指南"),                 12, 1),
    Row("services",    "forms",   _("表格样表"),                 5,  1),
    Row("interaction", "submit",  _("信息提交"),                 8,  8),
    Row("interaction", "answers", _("办理答复"),                 12, 3),
    Row("design",      "domain",  _("域名名称"),                 3,  1),
    Row("design",      "marks",   _("网站标识"),                 4,  0.5),
    Row("design",      "usable",  _("可用性"),                   5,  0.5),
    Row("design",      "search",  _("站内搜索"),                 2,  2),
    Row("design",      "tags",    _("页面标签"),                 4,  0.5),
    Row("design",      "compat",  _("兼容性"),                   2,  0.5),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Line:
    """What a row cost: never more than its points."""

    row: Row
    found: int
    deducted: float


def deductions(found: Mapping[str, int], sheet: tuple[Row, ...] = SHEET_2019) -> list[Line]:
    """Each row with what is deducted for the faults found in it."""
    return [Line(row, found.get(row.code, 0), min(row.points, row.each * found.get(row.code, 0))) for row in sheet]


def score(lines: list[Line], services: bool = True) -> float:
    """The points left; a body without public services skips that group and has its 75 multiplied by 4/3."""
    counted = [line for line in lines if services or line.row.group != "services"]
    left = sum(line.row.points - line.deducted for line in counted)
    return round(left if services else left * 4 / 3, 2)


def final(base: float, bonus: float = 0.0) -> float:
    """Part 2 with part 3: the bonus is given only above 80, and at most 30."""
    return round(base + (min(bonus, BONUS_MOST) if base > BONUS_ABOVE else 0), 2)


def passes(total: float, vetoed: bool) -> bool:
    """合格: no veto, and not below 60."""
    return not vetoed and total >= PASS
