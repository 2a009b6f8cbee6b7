"""Handwriting as strokes: what a pen, a finger or a mouse drew, in a field 1000 wide and 400 high."""

import json

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

WIDTH, HEIGHT = 1000, 400
LETTERS = 400_000  # of the JSON text
STROKES, POINTS = 800, 20_000
THIN, THICK = 3, 9  # of a line, without and with full pressure

Stroke = list[tuple[int, int, int]]  # across, down, pressure in hundredths


class NoStrokes(ValueError):
    """What was sent is no handwriting; `objection` is the sentence for the person."""

    def __init__(self) -> None:
        super().__init__("no strokes")
        self.objection = Objection(_("手写内容无法读取或过长，请清除后重写"), field="strokes")


def read(text: str) -> list[Stroke]:
    """The strokes of a JSON text, every point a whole number inside the field; NoStrokes otherwise."""
    if len(text) > LETTERS:
        raise NoStrokes
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise NoStrokes from None
    if not isinstance(given, list) or not given or len(given) > STROKES:
        raise NoStrokes
    found = [[_point(point) for point in stroke] if isinstance(stroke, list) else [] for stroke in given]
    if not all(found) or sum(map(len, found)) > POINTS:
        raise NoStrokes
    return found


def _point(point: object) -> tuple[int, int, int]:
    if not isinstance(point, list) or len(point) != 3 or any(type(n) is not int for n in point):
        raise NoStrokes
    across, down, pressure = point
    if not (0 <= across <= WIDTH and 0 <= down <= HEIGHT and 0 <= pressure <= 100):
        raise NoStrokes
    return across, down, pressure


def svg(strokes: list[Stroke]) -> str:
    """The handwriting as drawn, cut to what is written on."""
    top = max(min((p[1] for s in strokes for p in s), default=0) - 20, 0)
    bottom = min(max((p[1] for s in strokes for p in s), default=HEIGHT) + 20, HEIGHT)
    right = min(max((p[0] for s in strokes for p in s), default=WIDTH) + 20, WIDTH)
    lines = []
    for stroke in strokes:
        thick = THIN + (THICK - THIN) * sum(p[2] for p in stroke) / (100 * len(stroke))
        points = " ".join(f"{x},{y}" for x, y, _pressure in (stroke if len(stroke) > 1 else stroke * 2))
        lines.append(f'<polyline points="{points}" stroke-width="{thick:.1f}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top} {right} {bottom - top}" width="{right}" height="{bottom - top}">'
        f'<g fill="none" stroke="#1a1a1a" stroke-linecap="round" stroke-linejoin="round">{"".join(lines)}</g></svg>'
    )
