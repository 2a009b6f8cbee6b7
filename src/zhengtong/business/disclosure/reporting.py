"""The annual report as a page and as docx, from the same parts: headings, paragraphs, tables (国办公开办函〔2021〕30号)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from zhengtong.papers.word.marks import Layout, edges, paragraph, run, table, twips
from zhengtong.papers.word.package import W, bundle, core

from . import counting
from .models import AnnualReport
from .rules import annual

COLUMN = "annual-reports"  # where the site shows them
WIDTH = twips(166)
FACE, SMALL = 16, 9


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, its head, its rows; the first cell of a row names it."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


Part = tuple[str, str] | Grid  # ("heading" or "para", text), or a table


def parts(report: AnnualReport) -> Iterator[Part]:
    """The six chapters in their order."""
    figures, texts = counting.figures(report), report.chapters

    def written(key: str) -> Iterator[Part]:
        yield "heading", annual.CHAPTERS[key]
        yield from (("para", line.strip()) for line in texts.get(key, "").splitlines() if line.strip())

    yield from written("one")
    yield "heading", annual.TABLES["2"]
    yield from _second(figures)
    yield "heading", annual.TABLES["3"]
    yield Grid(
        "收到和处理政府信息公开申请情况（件）",
        ["", *(label if key in ("person", "total") else f"法人或其他组织：{label}" for key, label in annual.COLUMNS.items())],
        [[label, *(_number(figures["3", row, column]) for column in annual.COLUMNS)] for row, label in annual.TABLE_3.items()],
    )
    yield "heading", annual.TABLES["4"]
    rows = [[label, *(_number(figures["4", block, column]) for column in annual.COLUMNS_4)] for block, label in annual.TABLE_4.items()]
    yield Grid("行政复议、行政诉讼情况（件）", ["", *annual.COLUMNS_4.values()], rows)
    yield from written("five")
    yield from written("six")
    if report.reason:
        yield "para", f"本报告更正了此前公布的报告：{report.reason}"


def _second(figures: annual.Figures) -> Iterator[Grid]:
    """Table 2 is one small table for each clause of article 20."""
    clauses: dict[str, dict[str, dict[str, str]]] = {}
    for code, row in annual.TABLE_2.items():
        clauses.setdefault(row.article, {}).setdefault(row.label, {})[row.column] = _number(figures["2", code, ""])
    for article, rows in clauses.items():
        columns = list(next(iter(rows.values())))
        yield Grid(article, ["信息内容", *columns], [[label, *cells.values()] for label, cells in rows.items()])


def _number(value: float) -> str:
    return f"{value:g}"


def page(report: AnnualReport) -> str:
    """The body of the site's article."""
    made = ""
    for part in parts(report):
        if isinstance(part, Grid):
            head = format_html_join("", '<th scope="col">{}</th>', ((cell,) for cell in part.head))
            rows = format_html_join(
                "",
                '<tr><th scope="row">{}</th>{}</tr>',
                ((row[0], format_html_join("", "<td>{}</td>", ((cell,) for cell in row[1:]))) for row in part.rows),
            )
            made += format_html("<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", part.caption, head, rows)
        else:
            made += format_html("<h2>{}</h2>" if part[0] == "heading" else "<p>{}</p>", part[1])
    return made


def docx(report: AnnualReport) -> bytes:
    """The same as docx; one that is not approved says so."""
    approved = report.state == AnnualReport.APPROVED
    made = paragraph(run(report.title, "biao", 22), Layout("center", before=200, after=400, line=600))
    made += "" if approved else paragraph(run("未经审定", "hei", SMALL), Layout("right", line=400))
    for part in parts(report):
        if isinstance(part, Grid):
            made += _grid(part)
        else:
            made += paragraph(run(part[1], "hei" if part[0] == "heading" else "fang", FACE), Layout(first=2 * 20 * FACE, line=560))
    size = f'<w:pgSz w:w="{twips(210)}" w:h="{twips(297)}"/><w:pgMar w:top="{twips(25)}" w:right="{twips(22)}" w:bottom="{twips(25)}" w:left="{twips(22)}" w:header="851" w:footer="851" w:gutter="0"/>'  # noqa: E501
    styles = f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'  # noqa: E501
    settings = f'<w:settings xmlns:w="{W}"/>'
    body = f"<w:body>{made}<w:sectPr>{size}</w:sectPr></w:body>"
    return bundle(body, styles=styles, settings=settings, core=core(report.title, report.organ.name))


def _grid(grid: Grid) -> str:
    wide = max(WIDTH // 3, WIDTH - twips(16) * (len(grid.head) - 1)) if len(grid.head) > 5 else WIDTH // len(grid.head)
    rest = (WIDTH - wide) // max(1, len(grid.head) - 1)
    lines = edges(**dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), ("single", 4, 0)))

    def cell(text: str, align: str) -> str:
        return paragraph(run(text, "fang", SMALL), Layout(align, line=260))

    rows = [[cell(text, "center") for text in grid.head]]
    rows += [[cell(row[0], ""), *(cell(text, "center") for text in row[1:])] for row in grid.rows]
    caption = paragraph(run(grid.caption, "kai", 12), Layout("center", before=160, line=400))
    return caption + table(rows, [wide, *[rest] * (len(grid.head) - 1)], lines, head=True) + paragraph("")
