"""政府信息公开工作年度报告: chapters, tables and how they must add up (政府信息公开条例第四十九条、第五十条; 国办公开办函〔2021〕30号).

Figures are a mapping of cells: ("2", code, ""), ("3", row, column) and ("4", block, result), each a number; an empty cell is nought.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

from .contests import RESULTS
from .receipt import APPLICANTS

Cell = tuple[str, str, str]
Figures = Mapping[Cell, float]
FORMAT = "国办公开办函〔2021〕30号"


@dataclass(frozen=True, slots=True)
class Entered:
    """A number of table 2. `counted`: it stands in whole pieces; charges are in 万元 with two decimals."""

    label: str
    article: str
    column: str
    counted: bool = True


A = "第二十条第（{}）项"
MADE, REPEALED, VALID = _("本年制发件数"), _("本年废止件数"), _("现行有效件数")
RULES, NORMS, DECIDED = _("规章"), _("行政规范性文件"), _("本年处理决定数量")
# fmt: off
TABLE_2: Mapping[str, Entered] = {
    "rules_made":     Entered(RULES,                A.format("一"), MADE),
    "rules_repealed": Entered(RULES,                A.format("一"), REPEALED),
    "rules_valid":    Entered(RULES,                A.format("一"), VALID),
    "norms_made":     Entered(NORMS,                A.format("一"), MADE),
    "norms_repealed": Entered(NORMS,                A.format("一"), REPEALED),
    "norms_valid":    Entered(NORMS,                A.format("一"), VALID),
    "permits":        Entered(_("行政许可"),        A.format("五"), DECIDED),
    "penalties":      Entered(_("行政处罚"),        A.format("六"), DECIDED),
    "coercion":       Entered(_("行政强制"),        A.format("六"), DECIDED),
    "charges":        Entered(_("行政事业性收费"),  A.format("八"), _("本年收费金额（万元）"), counted=False),
}
RESULT = _("三、本年度办理结果")
TABLE_3: Mapping[str, str] = {
    "R1":  _("一、本年新收政府信息公开申请数量"),
    "R2":  _("二、上年结转政府信息公开申请数量"),
    "R3":  _("（一）予以公开"),
    "R4":  _("（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    "R5":  _("（三）不予公开：1.属于国家秘密"),
    "R6":  _("（三）不予公开：2.其他法律行政法规禁止公开"),
    "R7":  _("（三）不予公开：3.危及“三安全一稳定”"),
    "R8":  _("（三）不予公开：4.保护第三方合法权益"),
    "R9":  _("（三）不予公开：5.属于三类内部事务信息"),
    "R10": _("（三）不予公开：6.属于四类过程性信息"),
    "R11": _("（三）不予公开：7.属于行政执法案卷"),
    "R12": _("（三）不予公开：8.属于行政查询事项"),
    "R13": _("（四）无法提供：1.本机关不掌握相关政府信息"),
    "R14": _("（四）无法提供：2.没有现成信息需要另行制作"),
    "R15": _("（四）无法提供：3.补正后申请内容仍不明确"),
    "R16": _("（五）不予处理：1.信访举报投诉类申请"),
    "R17": _("（五）不予处理：2.重复申请"),
    "R18": _("（五）不予处理：3.要求提供公开出版物"),
    "R19": _("（五）不予处理：4.无正当理由大量反复申请"),
    "R20": _("（五）不予处理：5.要求行政机关确认或重新出具已获取信息"),
    "R21": _("（六）其他处理：1.申请人无正当理由逾期不补正"),
    "R22": _("（六）其他处理：2.申请人逾期未按收费通知要求缴纳费用"),
    "R23": _("（六）其他处理：3.其他"),
    "R24": _("（七）总计"),
    "R25": _("四、结转下年度继续办理"),
}
RESULTS_3 = tuple(f"R{n}" for n in range(3, 24))
COLUMNS: Mapping[str, str] = {**{str(key): label for key, label in APPLICANTS.items()}, "total": _("总计")}
TABLE_4: Mapping[str, str] = {
    "review": _("行政复议"),
    "direct": _("行政诉讼：未经复议直接起诉"),
    "after":  _("行政诉讼：复议后起诉"),
}
COLUMNS_4: Mapping[str, str] = {**RESULTS, "total": _("总计")}
CHAPTERS: Mapping[str, str] = {
    "one":  _("一、总体情况"),
    "five": _("五、政府信息公开工作存在的主要问题及改进情况"),
    "six":  _("六、其他需要报告的事项"),
}
TABLES = {"2": _("二、主动公开政府信息情况"), "3": _("三、收到和处理政府信息公开申请情况"), "4": _("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况")}
# fmt: on
FEE = "信息处理费"  # chapter six must say what was charged, even nothing (国办函〔2020〕109号)


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold, at which cell or chapter."""

    place: tuple[str, str, str]
    objection: Objection


def due(year: int, *, whole: bool) -> date:
    """The last day: an organ's report by 31 January, the whole county's by 31 March of the next year (第四十九条、第五十条)."""
    return date(year + 1, 3, 31) if whole else date(year + 1, 1, 31)


def totals(figures: Figures) -> dict[Cell, float]:
    """The figures with every sum that the tables show."""
    full = dict(figures)
    people = [column for column in COLUMNS if column != "total"]
    for column in people:
        full["3", "R24", column] = sum(full.get(("3", row, column), 0) for row in RESULTS_3)
    for row in TABLE_3:
        full["3", row, "total"] = sum(full.get(("3", row, column), 0) for column in people)
    for block in TABLE_4:
        full["4", block, "total"] = sum(full.get(("4", block, result), 0) for result in RESULTS)
    return {cell: full.get(cell, 0) for cell in cells()}


def cells() -> Iterator[Cell]:
    """Every cell of the tables, in their order; none stays blank."""
    yield from (("2", code, "") for code in TABLE_2)
    yield from (("3", row, column) for row in TABLE_3 for column in COLUMNS)
    yield from (("4", block, column) for block in TABLE_4 for column in COLUMNS_4)


def faults(figures: Figures, chapters: Mapping[str, str], before: Figures | None = None) -> list[Fault]:
    """What does not add up, and what has not been written. `before`: the figures of last year's report, where there is one."""
    return [*_sums(figures), *_carried(figures, before), *_chapters(chapters)]


def _sums(f: Figures) -> Iterator[Fault]:
    for cell in cells():
        if f.get(cell, -1) < 0:
            yield Fault(cell, Objection(_("不能空着，没有的填0")))
    for column in COLUMNS:
        results = sum(f.get(("3", row, column), 0) for row in RESULTS_3)
        if f.get(("3", "R24", column), 0) != results:
            yield Fault(("3", "R24", column), Objection(_("总计应当是各项办理结果之和%(sum)s"), {"sum": f"{results:g}"}))
        came = f.get(("3", "R1", column), 0) + f.get(("3", "R2", column), 0)
        went = f.get(("3", "R24", column), 0) + f.get(("3", "R25", column), 0)
        if came != went:
            said = _("新收加上年结转是%(came)s，总计加结转下年是%(went)s，应当相等")
            yield Fault(("3", "R25", column), Objection(said, {"came": f"{came:g}", "went": f"{went:g}"}))
    for row in TABLE_3:
        people = sum(f.get(("3", row, column), 0) for column in COLUMNS if column != "total")
        if f.get(("3", row, "total"), 0) != people:
            yield Fault(("3", row, "total"), Objection(_("总计应当是各类申请人之和%(sum)s"), {"sum": f"{people:g}"}))
    for block in TABLE_4:
        results = sum(f.get(("4", block, result), 0) for result in RESULTS)
        if f.get(("4", block, "total"), 0) != results:
            yield Fault(("4", block, "total"), Objection(_("总计应当是四种结果之和%(sum)s"), {"sum": f"{results:g}"}))


def _carried(f: Figures, before: Figures | None) -> Iterator[Fault]:
    """What was carried over must be what last year's report carried on."""
    if before is None:
        return
    for column in COLUMNS:
        left, taken = before.get(("3", "R25", column), 0), f.get(("3", "R2", column), 0)
        if left != taken:
            yield Fault(("3", "R2", column), Objection(_("上年报告结转%(left)s件，本年应当相同"), {"left": f"{left:g}"}))


def _chapters(chapters: Mapping[str, str]) -> Iterator[Fault]:
    for key, title in CHAPTERS.items():
        if not chapters.get(key, "").strip():
            yield Fault(("chapter", key, ""), Objection(_("请写“%(title)s”"), {"title": title}, key))
    if chapters.get("six", "").strip() and FEE not in chapters["six"]:
        yield Fault(("chapter", "six", ""), Objection(_("须写明收取信息处理费的情况，没有收取的也要写明"), {}, "six"))


def first_words(organ: str, year: int, f: Figures, fee: int) -> dict[str, str]:
    """A beginning for the chapters, from the figures alone; the desk writes the rest."""
    total = {row: f"{f.get(('3', row, 'total'), 0):g}" for row in ("R1", "R2", "R24", "R25")}
    charged = f"收取{FEE}{fee}元" if fee else f"没有收取{FEE}"
    return {
        "one": f"{year}年，{organ}新收政府信息公开申请{total['R1']}件，上年结转{total['R2']}件，办结{total['R24']}件，结转下年{total['R25']}件。",
        "five": "",
        "six": f"{year}年，{organ}{charged}。",
    }


def kept(figures: Figures) -> dict[str, float]:
    """The figures as they are stored."""
    return {"/".join(cell): value for cell, value in figures.items()}


def read(stored: Mapping[str, float]) -> dict[Cell, float]:
    """Stored figures as cells."""
    return {(table, row, column): value for key, value in stored.items() for table, row, column in [key.split("/")]}
