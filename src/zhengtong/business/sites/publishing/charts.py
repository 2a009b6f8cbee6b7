"""Charts drawn when a page is published: a table of figures becomes an SVG above it, the same bytes for the same figures.

A table is drawn when its caption, or the name of an attached spreadsheet, begins with a kind of chart: “柱状图：各季度收入（万元）”. The
first row names the series, the first column the points. The table itself stays below: it is what everybody can read.
"""

import re
from collections.abc import Sequence
from html import escape, unescape
from math import floor, log10

from . import drawing
from .drawing import Chart, Series

# fmt: off
KINDS = (
    # what the caption says   how it is drawn
    ("柱状图",                drawing.columns),
    ("折线图",                drawing.lines),
    ("条形图",                drawing.bars),
)
# fmt: on
MARK = re.compile(rf"\s*({'|'.join(name for name, _draw in KINDS)})\s*[：:\-－—]\s*(.+?)\s*", re.DOTALL)
TABLE = re.compile(r"<table>(?:(?!<table>).)*?</table>", re.DOTALL)
CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
POINTS, SERIES = 40, 3  # more is unreadable on a phone; the table then stands alone
Rows = Sequence[Sequence[str]]


def figure(text: str) -> float | None:
    """A figure as people write it: 1,234.5, １２, 95.2%; None for anything else."""
    plain = text.strip().replace(",", "").replace("，", "").removesuffix("%")
    try:
        found = float(plain)
    except ValueError:
        return None
    return found if abs(found) < 1e15 else None  # also no inf and no nan


def chart(kind: str, title: str, rows: Rows) -> Chart | None:
    """The chart of these rows, or None when they are not a table of figures."""
    if len(rows) < 3 or len(rows) > POINTS + 1 or not 2 <= len(rows[0]) <= SERIES + 1 or len({len(row) for row in rows}) > 1:
        return None
    series = []
    for place, name in enumerate(rows[0][1:], 1):
        values = tuple(figure(row[place]) for row in rows[1:])
        if all(value is None for value in values):
            return None
        series.append(Series(name, values))
    return Chart(kind, title, tuple(row[0] for row in rows[1:]), tuple(series))


def named(words: str) -> tuple[str, str] | None:
    """The kind of chart and the title that a caption or a file's name asks for."""
    found = MARK.fullmatch(words)
    return (found[1], found[2]) if found else None


def drawn(html: str, start: int = 1) -> str:
    """Cleaned `html` with a chart above each table that asks for one."""
    number = iter(range(start, start + 1000))

    def turned(table: re.Match[str]) -> str:
        caption = CAPTION.search(table[0])
        asked = named(_words(caption[1])) if caption else None
        rows = [[_words(cell) for cell in CELL.findall(row)] for row in ROW.findall(table[0])]
        made = chart(*asked, rows) if asked else None
        return f"{picture(made, next(number))}{data_table(made, rows)}" if made else table[0]

    return TABLE.sub(turned, html)


def _words(html: str) -> str:
    return " ".join(unescape(TAG.sub("", html)).split())


def data_table(made: Chart, rows: Rows) -> str:
    """The figures as an accessible table, as they were written."""
    head = "".join(f'<th scope="col">{escape(cell, quote=False)}</th>' for cell in rows[0])
    body = "".join(
        f'<tr><th scope="row">{escape(row[0], quote=False)}</th>'
        + "".join(f"<td>{escape(cell, quote=False)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows[1:]
    )
    caption = f"<caption>{escape(made.title, quote=False)}</caption>"
    return f'<table class="zp-figures">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def picture(made: Chart, number: int) -> str:
    """The chart as a figure of its own, with its title and what it shows in words."""
    draw = dict(KINDS)[made.kind]
    inner, height = draw(made, ticks(made))
    name = f"chart-{number}"
    return (
        f'<figure class="zp-chart"><svg viewBox="0 0 {drawing.WIDTH} {height}" role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(made.title, quote=False)}</title><desc id="{name}-desc">{escape(told(made), quote=False)}</desc>'
        f"{inner}</svg><figcaption>{escape(made.title, quote=False)}</figcaption></figure>"
    )


def told(made: Chart) -> str:
    """What the picture shows, for who can't see it."""
    parts = []
    for series in made.series:
        known = [(value, label) for value, label in zip(series.values, made.labels, strict=True) if value is not None]
        low, high = min(known, key=lambda one: one[0]), max(known, key=lambda one: one[0])
        parts.append(f"{series.name}最高为{high[1]}的{drawing.plain(high[0])}，最低为{low[1]}的{drawing.plain(low[0])}")
    return f"{made.kind}，共{len(made.labels)}项。{'；'.join(parts)}。全部数据见下表。"


def ticks(made: Chart) -> list[float]:
    """Four to seven round values from zero, or below it, to at least the largest."""
    values = [value for series in made.series for value in series.values if value is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    if low == high:
        return [0.0, 1.0]
    rough = (high - low) / 5
    power = 10.0 ** floor(log10(rough))
    step = next(power * part for part in (1, 2, 2.5, 5, 10) if rough <= power * part * 1.0001)
    first = floor(low / step)
    last = -floor(-high / step)
    return [round(turn * step, 10) for turn in range(first, last + 1)]
