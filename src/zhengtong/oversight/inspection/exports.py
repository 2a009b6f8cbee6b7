"""The board, and the scored report of a visit, as files to take along: XLSX, CSV and docx. What a page said stays text, never a formula."""

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from zhengtong.foundation.clock import ZONE
from zhengtong.papers.word.marks import Layout, edges, paragraph, run, table, twips
from zhengtong.papers.word.package import W, bundle, core

from . import queries
from .models import Visit
from .rules.faults import GRAVITIES
from .rules.watch import STATES

Cell = str | float | int
Table = Sequence[Sequence[Cell]]
RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
LONGEST = 32_000  # characters that a cell can hold
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
WIDTH = 156  # mm between the margins


def told(text: object) -> str:
    """A sentence of the rules in the reader's language."""
    return _(str(text))


def board(rows: Sequence[queries.Row]) -> list[list[Cell]]:
    """Every site of the board in a line."""
    head: list[Cell] = [
        _("网站"), _("地址"), _("责任机关"), _("状态"), _("得分"), _("可致否决"), _("严重"), _("问题"), _("不更新栏目"), _("首页最近更新"),
        _("最近巡检"), _("整改中"),
    ]  # fmt: skip
    lines: list[list[Cell]] = [head]
    for row in rows:
        seen = row.visit
        lines.append([
            row.site.name, row.site.address, row.organ, told(STATES[row.state]), "" if row.points is None else row.points,
            row.counts.get("veto", 0), row.counts.get("grave", 0), row.counts.get("fault", 0), row.stale,
            seen.home_newest.isoformat() if seen and seen.home_newest else "", _moment(seen) if seen else "", row.orders,
        ])  # fmt: skip
    return lines


def _moment(visit: Visit) -> str:
    return visit.began.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def scores(visit: Visit) -> list[list[Cell]]:
    """What each rule book says: its vetoes and the rows that cost points."""
    lines: list[list[Cell]] = [[_("评分表"), _("指标"), _("扣分"), _("满分"), _("结论")]]
    for book in queries.books(visit):
        verdict = _("合格") if book["passed"] else _("不合格")
        lines.append([told(str(book["label"])), _("总分"), "", 100, verdict if book["points"] is None else f"{book['points']} {verdict}"])
        for hit in book["vetoes"]:  # type: ignore[attr-defined]
            lines.append([told(str(book["label"])), f"{hit['code']} {told(hit['label'])}", "", "", hit["sentence"]])
        for row in book["deducted"]:  # type: ignore[attr-defined]
            lines.append([told(str(book["label"])), told(row["label"]), row["deducted"], row["of"], ""])
    return lines


def findings(visit: Visit) -> list[list[Cell]]:
    """Every finding with its evidence and source."""
    lines: list[list[Cell]] = [[_("程度"), _("问题"), _("地址"), _("依据"), _("首次发现"), _("规定")]]
    for _code, label, kinds in queries.groups(visit):
        for _fault, rows in kinds:
            for one in rows:
                said = "；".join(f"{told(name)}：{text}" for name, text in one.said)
                lines.append([told(label), told(one.row.label), one.url, said, one.since.isoformat(), told(one.source_label)])
    return lines


def columns(visit: Visit) -> list[list[Cell]]:
    lines: list[list[Cell]] = [[_("栏目"), _("类别"), _("状态"), _("条数"), _("最近有效更新"), _("地址")]]
    for one in visit.columns.all():
        newest = one.newest.isoformat() if one.newest else ""
        lines.append([one.name, told(one.get_kind_display()), told(one.get_state_display()), one.items, newest, one.url])
    return lines


def xlsx(**sheets: Table) -> bytes:
    """A workbook; each sheet under its name."""
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name[:31])
        for row, cells in enumerate(lines, start=1):
            for column, value in enumerate(cells, start=1):
                cell = sheet.cell(row=row, column=column)
                cell.value = value[:LONGEST] if isinstance(value, str) else value
                if isinstance(value, str):
                    cell.data_type = "s"
                if row == 1:
                    cell.font = Font(bold=True)
        for column in range(1, len(lines[0]) + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 22
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def comma_separated(lines: Table) -> bytes:
    """With a byte-order mark, so that Excel and WPS read the Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    for cells in lines:
        writer.writerow([f"'{c}" if isinstance(c, str) and c.startswith(RISKY) else c for c in cells])
    return out.getvalue().encode("utf-8-sig")


def report(visit: Visit, kind: str) -> bytes:
    """The scored report of a visit in one of KINDS."""
    if kind == "csv":
        return comma_separated(findings(visit))
    parts = {_("评分"): scores(visit), _("问题"): findings(visit), _("栏目"): columns(visit)}
    return xlsx(**parts) if kind == "xlsx" else docx(visit, parts)


def docx(visit: Visit, parts: dict[str, list[list[Cell]]]) -> bytes:
    """As a document: heading, the facts of the visit, and the tables."""
    title = _("%(site)s巡检报告") % {"site": visit.site.name}
    counts = "，".join(f"{told(GRAVITIES[g])}{n}" for g, n in _counts(visit))
    facts = [
        f"{_('地址')}：{visit.site.address}", f"{_('巡检时间')}：{_moment(visit)}",
        f"{_('网页')}：{visit.pages}　{_('附件等')}：{visit.files}",
        f"{_('问题')}：{counts or _('没有发现问题')}",
    ]  # fmt: skip
    body = paragraph(run(title, "biao", 22), Layout("center", after=300))
    body += "".join(paragraph(run(line, "fang", 14)) for line in facts)
    for name, lines in parts.items():
        body += paragraph(run(name, "hei", 16), Layout(before=300, after=120, keep=True, level=1))
        body += _table(lines)
    page = f'<w:sectPr><w:pgSz w:w="{twips(210)}" w:h="{twips(297)}"/><w:pgMar w:top="{twips(30)}" w:right="{twips(27)}" '
    page += f'w:bottom="{twips(30)}" w:left="{twips(27)}" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    styles = f'<w:styles xmlns:w="{W}">{normal}</w:styles>'
    return bundle(f"<w:body>{body}{page}</w:body>", styles=styles, core=core(title, ""))


def _counts(visit: Visit) -> list[tuple[str, int]]:
    return [(gravity, sum(len(rows) for _fault, rows in kinds)) for gravity, _label, kinds in queries.groups(visit)]


def _table(lines: list[list[Cell]]) -> str:
    widths = [twips(WIDTH / len(lines[0]))] * len(lines[0])
    cells = [[paragraph(run(str(cell)[:600], "hei" if n == 0 else "song", 9)) for cell in row] for n, row in enumerate(lines)]
    sides = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), ("single", 4, 0))
    return table(cells, widths, edges(**sides), head=True)
