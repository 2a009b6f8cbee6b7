"""A slip drawn from top to bottom: a pure function from lines to shapes, which a template writes as SVG.

Lines side by side are branches between two gateways (＋). What was returned or void stays in the picture. The drawing is
as wide as a phone, so that it is read without sideways scrolling; a longer slip is only longer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import east_asian_width

WIDTH = 360  # units of the drawing; at most as many pixels on a screen
MIDDLE = WIDTH // 2
ALONE = 260  # how wide a box is that stands alone
GAP = 12  # between boxes side by side
STEP = 30  # between one place and the next
GATE = 13  # from the middle of a gateway to its corner
DOT = 8
PAD = 10
LINE = {"label": 20, "who": 17, "word": 18}  # height of a line of text
SIZE = {"label": 15, "who": 13, "word": 13}  # its letters
MOST = {"label": 2, "who": 2, "word": 1}  # so many lines; what is longer is cut, and whole in the box's title
ABREAST = 3  # more branches than these hang on a rail, two in a row


@dataclass(frozen=True, slots=True)
class Box:
    """One line of the slip as it is to be drawn, in the reader's own words."""

    order: int
    label: str
    who: str
    state: str
    word: str

    @property
    def told(self) -> str:
        return "，".join(part for part in (self.label, self.who, self.word) if part)


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box with its place and its texts."""

    x: float
    y: float
    width: float
    height: float
    state: str
    told: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A connecting line, with the tip of its arrow; `kind` is passed, ahead or back."""

    path: str
    kind: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A gateway: the branches below it (or above it) are handled at the same time."""

    x: float
    y: float
    path: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """All shapes of a slip and what a screen reader says of it."""

    height: float
    boxes: tuple[Drawn, ...]
    strokes: tuple[Stroke, ...]
    gates: tuple[Gate, ...]
    ends: tuple[float, float]
    told: str
    width: int = WIDTH
    middle: int = MIDDLE


def wide(text: str, size: int) -> float:
    """About how wide a text is: a Chinese character is as wide as it is high, others half."""
    return sum(size if east_asian_width(c) in "WF" else size * 0.58 for c in text)


def wrapped(text: str, size: int, width: float, most: int) -> list[str]:
    """The text in at most so many lines; the last ends with … when it does not fit."""
    lines, line = [], ""
    for c in text:
        if line and wide(line + c, size) > width:
            lines.append(line)
            line = ""
        line += c
    lines += [line] if line else []
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and wide(last + "…", size) > width:
        last = last[:-1]
    return [*lines[: most - 1], last + "…"]


def _texts(box: Box, width: float) -> list[tuple[str, str]]:
    parts = (("label", box.label), ("who", box.who), ("word", box.word))
    return [(kind, line) for kind, text in parts for line in wrapped(text, SIZE[kind], width - 2 * PAD, MOST[kind])]


def _height(box: Box, width: float) -> float:
    return 2 * PAD + sum(LINE[kind] for kind, _line in _texts(box, width)) - 4


def _box(box: Box, x: float, y: float, width: float, height: float) -> Drawn:
    texts, at = [], y + PAD - 4
    for kind, line in _texts(box, width):
        at += LINE[kind]
        texts.append(Text(x + width / 2, round(at - 2, 1), kind, line))
    return Drawn(x, y, width, height, box.state, box.told, tuple(texts))


def _gate(y: float) -> Gate:
    return Gate(MIDDLE, y, f"M{MIDDLE} {y - GATE}l{GATE} {GATE}l-{GATE} {GATE}l-{GATE} -{GATE}z")


def _kind(boxes: Sequence[Box]) -> str:
    return "ahead" if all(b.state == "waiting" for b in boxes) else "passed"


def draw(boxes: Sequence[Box]) -> Diagram:
    """The slip as shapes, from its first place to its end."""
    found: list[Drawn] = []
    strokes: list[Stroke] = []
    gates: list[Gate] = []
    y, back = PAD + 2.0 * DOT, False
    places = [list(group) for _order, group in groupby(sorted(boxes, key=lambda b: b.order), key=lambda b: b.order)]
    for place in places:
        kind = "back" if back else _kind(place)
        strokes.append(_arrow(y, kind))
        y += STEP
        if len(place) == 1:
            height = _height(place[0], ALONE)
            found.append(_box(place[0], MIDDLE - ALONE / 2, y, ALONE, height))
            y += height
        else:
            y = _side_by_side(place, y, _kind(place), found, strokes, gates)
        back = any(box.state == "returned" for box in place)
    settled = bool(boxes) and all(box.state not in ("waiting", "open") for box in boxes)
    strokes.append(_arrow(y, "passed" if settled else "ahead"))
    y += STEP + 2 * DOT
    told = "；".join(f"{number}. {'、'.join(b.told for b in place)}" for number, place in enumerate(places, start=1))
    return Diagram(y + PAD, tuple(found), tuple(strokes), tuple(gates), (PAD + DOT, y - DOT), told)


def _side_by_side(
    place: list[Box], top: float, kind: str, found: list[Drawn], strokes: list[Stroke], gates: list[Gate]
) -> float:  # fmt: skip
    """A place of several lines between its two gateways; the bottom of the lower one."""
    columns = len(place) if len(place) <= ABREAST else 2
    width = (WIDTH - 4 - GAP * (columns - 1)) / columns if columns > 2 else (WIDTH - 4 - 3 * GAP) / 2
    gap = GAP if columns > 2 else 3 * GAP
    gates.append(_gate(top + GATE))
    y = top + 2 * GATE
    rows = [place[n : n + columns] for n in range(0, len(place), columns)]
    for row in rows:
        height = max(_height(box, width) for box in row)
        y += GAP + (10 if len(rows) == 1 else 0)
        for column, box in enumerate(row):
            x = 2 + column * (width + gap)
            middle, stroke = x + width / 2, _kind([box])
            if len(rows) == 1:
                strokes += [
                    Stroke(f"M{_to_side(middle)} {top + GATE}H{middle}V{y}", stroke),
                    Stroke(f"M{middle} {y + height}v{GAP + GATE + 10}H{_to_side(middle)}", stroke),
                ]
            else:
                strokes.append(Stroke(f"M{MIDDLE} {y + height / 2}H{x + width if x < MIDDLE else x}", stroke))
            found.append(_box(box, x, y, width, height))
        y += height
    y += GAP + (10 if len(rows) == 1 else 0)
    if len(rows) > 1:
        strokes.append(Stroke(f"M{MIDDLE} {top + 2 * GATE}V{y}", kind))
    gates.append(_gate(y + GATE))
    return y + 2 * GATE


def _to_side(x: float) -> float:
    """Where a branch leaves its gateway: at the corner on its side."""
    return MIDDLE if x == MIDDLE else MIDDLE + (GATE if x > MIDDLE else -GATE)


def _arrow(top: float, kind: str) -> Stroke:
    return Stroke(f"M{MIDDLE} {top}v{STEP}", kind, f"M{MIDDLE - 5} {top + STEP - 7}l5 7l5 -7")
