"""How a chart is drawn: plain SVG shapes with class names, so that styles, contrast and print are the style sheet's.

Series differ by filling and by line, not by colour alone. Lengths are in units of the view box, 440 wide: on a phone a letter of 14
is still 11 pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 440, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 36, 34
NAMES = 9  # labels below the axis that do not run into each other
WIDE = 7  # units of an ASCII letter; a Chinese one takes two


@dataclass(frozen=True, slots=True)
class Series:
    """Figures under one name; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures to be drawn: `labels` name the points, each series has one value for each."""

    kind: str
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


def plain(value: float) -> str:
    """A figure without needless digits."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def width(text: str) -> int:
    return sum(WIDE if character.isascii() else 2 * WIDE for character in text)


def _text(x: float, y: float, words: str, name: str, anchor: str = "middle") -> str:
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words, quote=False)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> str:
    return f'<line class="{name}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _rect(x: float, y: float, wide: float, high: float, series: int) -> str:
    return f'<rect class="zp-series-{series}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"/>'


def _legend(made: Chart, swatch: str) -> str:
    """The series' names in a row above the picture; one alone is named by the title."""
    if len(made.series) == 1:
        return ""
    out, x = [], float(LEFT)
    for number, series in enumerate(made.series, 1):
        out.append(_rect(x, 8, 14, 14, number) if swatch == "rect" else _line(x, 15, x + 26, 15, f"zp-line-{number}"))
        x += 20 if swatch == "rect" else 32
        out.append(_text(x, 20, series.name, "zp-name", "start"))
        x += width(series.name) + 20
    return "".join(out)


def _upright(made: Chart, marks: Sequence[float]) -> tuple[str, float, float]:
    """Grid and names of a chart with a standing axis; the units for one of value, and where zero lies."""
    span = marks[-1] - marks[0]
    unit = (HEIGHT - TOP - BOTTOM) / span
    zero = HEIGHT - BOTTOM + marks[0] * unit
    out = []
    for mark in marks:
        y = zero - mark * unit
        out.append(_line(LEFT, y, WIDTH - RIGHT, y, "zp-axis" if mark == 0 else "zp-grid"))
        out.append(_text(LEFT - 6, y + 5, plain(mark), "zp-tick", "end"))
    step = (WIDTH - LEFT - RIGHT) / len(made.labels)
    widest = max(width(label) for label in made.labels)
    every = max(-(-len(made.labels) // NAMES), int(-(-widest // step)))
    for place, label in enumerate(made.labels):
        if place % every == 0:
            out.append(_text(LEFT + (place + 0.5) * step, HEIGHT - 12, label, "zp-name"))
    return "".join(out), unit, zero


def columns(made: Chart, marks: Sequence[float]) -> tuple[str, int]:
    """柱状图: a group of standing bars for each point; the figure above it where there is room."""
    frame, unit, zero = _upright(made, marks)
    step = (WIDTH - LEFT - RIGHT) / len(made.labels)
    wide = min(44.0, step * 0.72 / len(made.series))
    out = [_legend(made, "rect"), frame]
    for number, series in enumerate(made.series, 1):
        for place, value in enumerate(series.values):
            if value is None:
                continue
            x = LEFT + (place + 0.5) * step + (number - 1 - len(made.series) / 2) * wide
            high = abs(value) * unit
            out.append(_rect(x, zero - max(value, 0) * unit, wide - 2, high, number))
            if len(made.series) == 1 and width(plain(value)) <= step:
                out.append(_text(x + wide / 2 - 1, zero - max(value, 0) * unit - 5, plain(value), "zp-value"))
    return "".join(out), HEIGHT


def lines(made: Chart, marks: Sequence[float]) -> tuple[str, int]:
    """折线图: a line for each series, broken where a figure is missing."""
    frame, unit, zero = _upright(made, marks)
    step = (WIDTH - LEFT - RIGHT) / len(made.labels)
    out = [_legend(made, "line"), frame]
    for number, series in enumerate(made.series, 1):
        parts: list[list[str]] = [[]]
        for place, value in enumerate(series.values):
            if value is None:
                parts.append([])
                continue
            x, y = LEFT + (place + 0.5) * step, zero - value * unit
            parts[-1].append(f"{x:.1f},{y:.1f}")
            out.append(f'<circle class="zp-dot-{number}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>')
            if len(made.series) == 1 and width(plain(value)) <= step:
                out.append(_text(x, y - 9, plain(value), "zp-value"))
        out += [f'<polyline class="zp-line-{number}" points="{" ".join(part)}"/>' for part in parts if len(part) > 1]
    return "".join(out), HEIGHT


def bars(made: Chart, marks: Sequence[float]) -> tuple[str, int]:
    """条形图: lying bars, for points with long names; each name stands above its bars."""
    thick = 18
    block = 26 + thick * len(made.series) + 6
    top = TOP if len(made.series) > 1 else 8
    unit = (WIDTH - 2 * RIGHT - 64) / (marks[-1] - marks[0])
    zero = RIGHT - marks[0] * unit
    out = [_legend(made, "rect")]
    for place, label in enumerate(made.labels):
        y = top + place * block
        out.append(_text(RIGHT, y + 16, label, "zp-name", "start"))
        for number, series in enumerate(made.series, 1):
            value = series.values[place]
            if value is None:
                continue
            at = y + 24 + (number - 1) * thick
            out.append(_rect(zero + min(value, 0) * unit, at, abs(value) * unit, thick - 3, number))
            out.append(_text(zero + max(value, 0) * unit + 6, at + 13, plain(value), "zp-value", "start"))
    height = top + len(made.labels) * block + 8
    out.append(_line(zero, top + 20, zero, height - 8, "zp-axis"))
    return "".join(out), height
