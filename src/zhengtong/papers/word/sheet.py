"""A handling sheet (发文稿纸, 收文处理单) as docx: the same boxes as on the screen and in the PDF, to be opened and filled in elsewhere.

An opinion written by hand is a drawing and stands in the PDF; here its place says so.
"""

from collections.abc import Sequence

from zhengtong.papers.typeset.sheet import Box, Said, Sheet

from .marks import Layout, edges, paragraph, run, twips
from .package import W, bundle, core

DRAWN = "（手写意见，见 PDF）"
COLOUR = "B3001B"
LABEL, ROOM = twips(31), twips(52)  # a box's name, and what stands beside it; four columns fill 166 mm
TALL = twips(24)
WIDTHS = (LABEL, ROOM, LABEL, ROOM)
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋" w:cs="仿宋"/>'
    '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
)


def docx(sheet: Sheet) -> bytes:
    """The sheet as docx; the same sheet gives the same bytes."""
    head = paragraph(run(sheet.organ + sheet.name, "biao", 22, COLOUR), Layout("center", after=160, level=1))
    note = paragraph(run(sheet.note, size=9.5), Layout(before=60)) if sheet.note else ""
    page = (
        f'<w:sectPr><w:pgSz w:w="{twips(210)}" w:h="{twips(297)}"/><w:pgMar w:top="{twips(22)}" w:right="{twips(20)}" '
        f'w:bottom="{twips(20)}" w:left="{twips(24)}" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
    )
    body = f"<w:body>{head}{_table(sheet.boxes)}{note}{page}</w:body>"
    return bundle(body, styles=STYLES, core=core(sheet.organ + sheet.name, sheet.organ))


def _table(boxes: Sequence[Box]) -> str:
    lines = edges(**dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), ("single", 5, 0))).replace("000000", COLOUR)
    margin = "".join(f'<w:{side} w:w="100" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    looks = f'<w:tblW w:w="{sum(WIDTHS)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    rows = "".join(_row(row) for row in _rows(boxes))
    return f"<w:tbl><w:tblPr>{looks}<w:tblCellMar>{margin}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _rows(boxes: Sequence[Box]) -> list[list[Box]]:
    """Two half boxes that follow each other share a row; every other box has one of its own."""
    rows: list[list[Box]] = []
    for box in boxes:
        if box.half and rows and len(rows[-1]) == 1 and rows[-1][0].half:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def _row(boxes: Sequence[Box]) -> str:
    cells = ""
    for box in boxes:
        span = 1 if box.half else 3
        label = paragraph(run(box.label, "hei", 11, COLOUR), Layout("center"))
        cells += _cell(label, LABEL) + _cell(_inside(box), ROOM + (LABEL + ROOM if span == 3 else 0), span)
    if len(boxes) == 1 and boxes[0].half:
        cells += _cell(paragraph(""), LABEL + ROOM, 2)
    height = f'<w:trPr><w:trHeight w:val="{TALL}" w:hRule="atLeast"/></w:trPr>' if any(box.tall for box in boxes) else ""
    return f"<w:tr>{height}{cells}</w:tr>"


def _cell(inside: str, width: int, span: int = 1) -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'


def _inside(box: Box) -> str:
    """A cell needs a paragraph, also when nothing is in it."""
    return (paragraph(run(box.text)) if box.text else "") + "".join(_said(one) for one in box.said) or paragraph("")


def _said(one: Said) -> str:
    """The words, and below them to the right who gave them and when."""
    words = one.text + (DRAWN if one.drawn else "")
    sign = f"{one.by}（{one.mark}）" if one.mark else one.by
    signed = paragraph(run(f"{sign}　{one.on}" if one.on else sign, size=10.5), Layout("right", after=80))
    return (paragraph(run(words, "kai", 12), Layout(keep=True)) if words else "") + signed
