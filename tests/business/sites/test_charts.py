"""A table of figures becomes a chart: what is drawn, what is left alone, and that the picture says what the table says."""

import io
import zipfile
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook

from zhengtong.business.sites.publishing import charts, sheets

QUARTERS = [["季度", "2025年", "2026年"], ["一季度", "18.6", "19.7"], ["二季度", "21.3", "22.4"], ["三季度", "20.8", ""]]


def table(caption, rows=QUARTERS):
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{caption}</caption>{lines}</table>"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,234.5", 1234.5),
        ("１２", 12),
        ("95.2%", 95.2),
        ("-3", -3),
        ("", None),
        ("—", None),
        ("nan", None),
        ("inf", None),
        ("1e300", None),
    ],
)
def test_a_figure_is_read_as_people_write_it(written, value):
    assert charts.figure(written) == value


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("柱状图：分季度产值（亿元）", ("柱状图", "分季度产值（亿元）")),
        ("折线图-城乡居民收入", ("折线图", "城乡居民收入")),
        ("条形图: 产量", ("条形图", "产量")),
        ("分季度产值", None),
        ("关于柱状图：的说明", None),
        ("柱状图：", None),
    ],
)
def test_the_caption_asks_for_a_chart(words, asked):
    assert charts.named(words) == asked


@pytest.mark.parametrize("kind", [name for name, _draw in charts.KINDS])
def test_the_picture_is_well_formed_named_and_above_its_table(kind):
    html = charts.drawn(f"<p>前</p>{table(f'{kind}：产值&amp;收入')}<p>后</p>")
    before, _figure, rest = html.partition("<figure")
    svg = ElementTree.fromstring(rest[rest.index("<svg") : rest.index("</svg>") + 6])
    assert before == "<p>前</p>" and html.endswith("<p>后</p>") and rest.index("</figure>") < rest.index("<table")
    assert svg.get("role") == "img" and svg.get("aria-labelledby") == "chart-1-title chart-1-desc"
    title, desc = svg.find("title"), svg.find("desc")
    assert title.text == "产值&收入" and "2026年最高为二季度的22.4，最低为一季度的19.7" in desc.text
    assert rest.count('<th scope="col">') == 3 and rest.count('<th scope="row">') == 3
    assert html == charts.drawn(f"<p>前</p>{table(f'{kind}：产值&amp;收入')}<p>后</p>")


def test_every_figure_is_drawn_once_and_a_missing_one_is_not():
    bars = charts.drawn(table("柱状图：产值"))
    assert bars.count("<rect") == 2 + 5 and bars.count("<svg") == 1  # two in the legend
    assert charts.drawn(table("折线图：产值")).count("<circle") == 5


def test_the_height_of_a_bar_is_its_figure():
    svg = charts.picture(charts.chart("柱状图", "量", [["年", "量"], ["甲", "10"], ["乙", "5"], ["丙", "-5"]]), 1)
    heights = [float(rect.get("height")) for rect in ElementTree.fromstring(svg).iter("rect")]
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.2) and heights[1] == heights[2]


@pytest.mark.parametrize(
    "rows",
    [
        [["季度", "说明"], ["一季度", "较好"], ["二季度", "一般"]],  # no figures
        [["季度", "产值"], ["一季度", "1"]],  # a single point
        [["季度", "产值"], ["一季度", "1"], ["二季度"]],  # a ragged table
        [["季度", "一", "二", "三", "四"], ["甲", "1", "2", "3", "4"], ["乙", "1", "2", "3", "4"]],  # too many series
        [["年", "量"], *[[str(n), "1"] for n in range(41)]],  # too many points
    ],
)
def test_what_is_no_table_of_figures_stays_as_it_was(rows):
    assert charts.drawn(table("柱状图：产值", rows)) == table("柱状图：产值", rows)


def test_a_plain_table_stays_as_it_was():
    assert charts.drawn(table("产值")) == table("产值")


@pytest.mark.parametrize(
    ("values", "first", "last"), [(("3", "18"), 0, 20), (("-7", "12"), -10, 15), (("0", "0"), 0, 1), (("0.02", "0.09"), 0, 0.1)]
)
def test_the_axis_has_round_marks_around_all_figures(values, first, last):
    marks = charts.ticks(charts.chart("柱状图", "量", [["年", "量"], ["甲", values[0]], ["乙", values[1]]]))
    assert (marks[0], marks[-1]) == (first, last) and 2 <= len(marks) <= 8


def spreadsheet(rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_a_spreadsheet_is_read_without_its_empty_rows_and_columns(tmp_path):
    (tmp_path / "a").write_bytes(spreadsheet([["年份", "收入", None], [], ["2024年", 37950, None], ["2025年", 39610.5, None]]))
    assert sheets.rows(tmp_path / "a") == [["年份", "收入"], ["2024年", "37950"], ["2025年", "39610.5"]]


def test_a_broken_or_swollen_spreadsheet_is_not_drawn(tmp_path):
    (tmp_path / "broken").write_bytes(b"PK\x03\x04 nothing")
    with zipfile.ZipFile(tmp_path / "swollen", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * (sheets.UNPACKED + 1))
    assert sheets.rows(tmp_path / "broken") == sheets.rows(tmp_path / "swollen") == sheets.rows(tmp_path / "absent") == []
