"""What a PDF page shows, in the order in which it is drawn: runs of glyphs, paths, pictures; in mm from the top left."""

import ctypes as c
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
import pypdfium2.raw as pdfium

from zhengtong.papers.pdfium import ALONE

MM = 25.4 / 72
SAME_LINE = 0.02  # mm
Colour = tuple[int, int, int]
Matrix = tuple[float, float, float, float, float, float]
UPRIGHT: Matrix = (1, 0, 0, 1, 0, 0)
NOTHING = (0, 9, 10, 13, 0x200B)
BLANKS = " \u3000"  # kept between letters, so that text taken from the page has its blanks
_IDENTITY = re.compile(r"^[A-Z]{6}\+|-Identity-H$")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one face, size and colour on one line; each stands at its own x."""

    text: str
    xs: tuple[float, ...]
    y: float  # the baseline
    size: float
    face: str
    turn: tuple[float, float, float, float]  # (1, 0, 0, 1) when upright
    fill: Colour
    stroke: Colour | None
    width: float  # of the stroke


@dataclass(frozen=True, slots=True)
class Path:
    """A path: segments (letter, points), the colours of its surface and of its line."""

    segments: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]
    fill: Colour | None
    stroke: Colour | None
    width: float
    even_odd: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as PNG and the box that it fills: left, top, width, height."""

    png: bytes
    box: tuple[float, float, float, float]


Drawn = Run | Path | Picture


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size and what is on it."""

    width: float
    height: float
    drawn: tuple[Drawn, ...]


def pages(pdf: bytes) -> tuple[Page, ...]:
    """Every page of the PDF."""
    with ALONE:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(_page(document, number) for number in range(len(document)))
        finally:
            document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
    page = document[number]
    width, height = page.get_size()
    text = pdfium.FPDFText_LoadPage(page.raw)
    try:
        letters = _letters(text, height)
        objects = tuple(_objects(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, UPRIGHT))
        drawn = tuple(one for raw, matrix in objects for one in _drawn(document, page, raw, matrix, letters, height))
        return Page(width * MM, height * MM, drawn)
    finally:
        pdfium.FPDFText_ClosePage(text)
        page.close()


def _letters(text: object, height: float) -> dict[int, list[tuple[str, float, float]]]:
    """The characters of each text object: what, x, y."""
    found: dict[int, list[tuple[str, float, float]]] = {}
    x, y = c.c_double(), c.c_double()
    for i in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, i)
        if code in NOTHING or pdfium.FPDFText_IsGenerated(text, i) == 1:
            continue
        owner = c.cast(pdfium.FPDFText_GetTextObject(text, i), c.c_void_p).value or 0
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        found.setdefault(owner, []).append((" " if code == 0xA0 else chr(code), x.value * MM, (height - y.value) * MM))
    return found


def _objects(holder: object, count, get, outer: Matrix) -> Iterator[tuple[object, Matrix]]:
    for i in range(count(holder)):
        raw, own = get(holder, i), pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(raw, own)
        matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), outer)
        if pdfium.FPDFPageObj_GetType(raw) == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _objects(raw, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, matrix)
        else:
            yield raw, matrix


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


def _drawn(document, page, raw, matrix: Matrix, letters, height: float) -> Iterator[Drawn]:
    kind = pdfium.FPDFPageObj_GetType(raw)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        yield from _runs(raw, matrix, letters.get(c.cast(raw, c.c_void_p).value, ()))
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        if path := _path(raw, matrix, height):
            yield path
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        out = BytesIO()
        pypdfium2.PdfBitmap.from_raw(pdfium.FPDFImageObj_GetRenderedBitmap(document.raw, page.raw, raw)).to_pil().save(out, "PNG")
        yield Picture(out.getvalue(), (matrix[4] * MM, (height - matrix[5] - matrix[3]) * MM, matrix[0] * MM, matrix[3] * MM))


def _runs(raw: object, matrix: Matrix, letters) -> Iterator[Run]:
    """The text object as runs: a new one where the line or the direction changes."""
    if not letters:
        return
    size, buffer = c.c_float(), c.create_string_buffer(128)
    pdfium.FPDFTextObj_GetFontSize(raw, size)
    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(raw), buffer, 128)
    name = _IDENTITY.sub("", buffer.value.decode("utf-8", "replace"))
    scale = (matrix[0] ** 2 + matrix[1] ** 2) ** 0.5 or 1.0
    turn = tuple(round(v / scale, 5) + 0.0 for v in matrix[:4])
    mode, stroke, width = pdfium.FPDFTextObj_GetTextRenderMode(raw), None, 0.0
    if mode in (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE):
        stroke, width = _colour(raw, pdfium.FPDFPageObj_GetStrokeColor), _width(raw) * MM
    fill = _colour(raw, pdfium.FPDFPageObj_GetFillColor)
    upright = turn == (1.0, 0.0, 0.0, 1.0)
    line: list[tuple[str, float, float]] = []
    for letter in (*letters, None):
        if letter and (not line or (upright and abs(letter[2] - line[0][2]) < SAME_LINE and letter[1] > line[-1][1])):
            line.append(letter)
            continue
        while line and line[-1][0] in BLANKS:
            line.pop()
        while line and line[0][0] in BLANKS:
            line.pop(0)
        if line:
            text, xs = "".join(one[0] for one in line), tuple(one[1] for one in line)
            yield Run(text, xs, line[0][2], size.value * scale * MM, name, turn, fill, stroke, width)
        line = [letter] if letter else []


def _colour(raw: object, ask) -> Colour:
    red, green, blue, alpha = (c.c_uint() for _ in range(4))
    ask(raw, red, green, blue, alpha)
    return red.value, green.value, blue.value


def _width(raw: object) -> float:
    width = c.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(raw, width)
    return width.value


def _path(raw: object, m: Matrix, height: float) -> Path | None:
    segments: list[tuple[str, tuple[tuple[float, float], ...]]] = []
    x, y, curve = c.c_float(), c.c_float(), []
    for i in range(pdfium.FPDFPath_CountSegments(raw)):
        segment = pdfium.FPDFPath_GetPathSegment(raw, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        a, b = x.value, y.value
        point = ((a * m[0] + b * m[2] + m[4]) * MM, (height - (a * m[1] + b * m[3] + m[5])) * MM)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curve.append(point)
            if len(curve) == 3:
                segments.append(("B", tuple(curve)))
                curve = []
        else:
            segments.append(("M" if kind == pdfium.FPDF_SEGMENT_MOVETO else "L", (point,)))
        if pdfium.FPDFPathSegment_GetClose(segment):
            segments.append(("C", ()))
    filled, stroked = c.c_int(), c.c_int()
    pdfium.FPDFPath_GetDrawMode(raw, filled, stroked)
    if not segments or not (filled.value or stroked.value):
        return None
    return Path(
        tuple(segments),
        _colour(raw, pdfium.FPDFPageObj_GetFillColor) if filled.value else None,
        _colour(raw, pdfium.FPDFPageObj_GetStrokeColor) if stroked.value else None,
        _width(raw) * MM * abs(m[0] * m[3] - m[1] * m[2]) ** 0.5,
        filled.value == pdfium.FPDF_FILLMODE_ALTERNATE,
    )
