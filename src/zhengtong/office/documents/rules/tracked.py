"""The marked-up draft as a docx with real tracked changes (ISO/IEC 29500-1 §17.13.5): every stretch with its author and time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from zhengtong.papers.word.package import W, bundle, fit

from . import attachments, body
from .traces import Draft, Marked, Piece, Step

TITLE = '<w:rPr><w:rFonts w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/></w:rPr>'
FACES = {1: "黑体", 2: "楷体"}  # GB/T 9704-2012 7.3.3; all else 仿宋

STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋"/><w:sz w:val="32"/><w:lang w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:line="579" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
)
PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1361" w:gutter="0"/></w:sectPr>'
)


class Writer:
    """Writes one draft; every change gets an id of its own."""

    def __init__(self) -> None:
        self.ids = count(1)

    def who(self, step: Step) -> str:
        at = step.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f'w:id="{next(self.ids)}" w:author={quoteattr(fit(step.hand))} w:date="{at}"'

    def run(self, piece: Piece, looks: str = "") -> str:
        word = "delText" if piece.cut else "t"
        made = f'<w:r>{looks}<w:{word} xml:space="preserve">{escape(fit(piece.text))}</w:{word}></w:r>'
        if piece.cut:
            made = f"<w:del {self.who(piece.cut)}>{made}</w:del>"
        return f"<w:ins {self.who(piece.put)}>{made}</w:ins>" if piece.put else made

    def paragraph(self, block: Marked, layout: str, looks: str = "") -> str:
        mark = (f"<w:ins {self.who(block.put)}/>" if block.put else "") + (f"<w:del {self.who(block.cut)}/>" if block.cut else "")
        mark = f"<w:rPr>{mark}</w:rPr>" if mark else ""
        runs = "".join(self.run(piece, looks) for piece in block.pieces if piece.text)
        return f"<w:p><w:pPr>{layout}{mark}</w:pPr>{runs}</w:p>"

    def attachment(self, block: Marked, label: str) -> str:
        """An attachment's head: a new page, the word and its number, the name in the middle (GB/T 9704-2012 7.3.7)."""
        word = replace(block, pieces=(Piece(label, block.put, block.cut),))
        black = '<w:rPr><w:rFonts w:eastAsia="黑体" w:hint="eastAsia"/></w:rPr>'
        return self.paragraph(word, "<w:pageBreakBefore/>", black) + self.paragraph(block, '<w:jc w:val="center"/>', TITLE)

    def block(self, block: Marked) -> str:
        text = "".join(p.text for p in block.pieces)
        if attachments.kind(block.key) == "file":
            return self.paragraph(replace(block, pieces=(Piece(attachments.shown(block.key, text), block.put, block.cut),)), "")
        if text.startswith(body.RULE):
            return self.table(block)
        face = FACES.get(body.level(block.text or text))
        looks = f'<w:rPr><w:rFonts w:eastAsia="{face}" w:hint="eastAsia"/></w:rPr>' if face else ""
        return self.paragraph(block, '<w:ind w:firstLineChars="200" w:firstLine="640"/>', looks)

    def table(self, block: Marked) -> str:
        """A table, its changes inside the cells; where rows or columns changed, the old table struck and the new one written."""
        grid = _grid(block.pieces)
        if grid is not None:
            return self.rows(grid, block.put, block.cut)
        before = "".join(p.text for p in block.pieces if not p.put)
        last = next(s for p in reversed(block.pieces) for s in (p.put, p.cut) if s)
        old = [[(Piece(cell, None, last),) for cell in row] for row in body.rows(before)]
        new = [[(Piece(cell, last),) for cell in row] for row in body.rows(block.text)]
        return (self.rows(old, None, last) if old else "") + (self.rows(new, last, None) if new else "")

    def rows(self, grid: Sequence[Sequence[Sequence[Piece]]], put: Step | None, cut: Step | None) -> str:
        width = max(map(len, grid))
        edges = "".join(f'<w:{e} w:val="single" w:sz="4"/>' for e in ("top", "left", "bottom", "right", "insideH", "insideV"))
        made = f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
        made += f"<w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>"
        for row in grid:
            mark = (f"<w:ins {self.who(put)}/>" if put else "") + (f"<w:del {self.who(cut)}/>" if cut else "")
            made += "<w:tr>" + (f"<w:trPr>{mark}</w:trPr>" if mark else "")
            for cell in [*row, *[()] * (width - len(row))]:
                made += f"<w:tc><w:tcPr/><w:p>{''.join(self.run(p) for p in cell if p.text)}</w:p></w:tc>"
            made += "</w:tr>"
        return made + "</w:tbl><w:p/>"  # a paragraph parts two tables


def _grid(pieces: Sequence[Piece]) -> list[list[list[Piece]]] | None:
    """The cells with their pieces; None where a mark goes across a cell's edge in a table that stood before."""
    whole = all((p.put, p.cut) == (pieces[0].put, pieces[0].cut) for p in pieces)
    if not whole and any((p.put or p.cut) and set(p.text) & set("|\n\\") for p in pieces):
        return None
    grid: list[list[list[Piece]]] = [[]]
    escaped = False
    for piece in pieces:
        for letter in piece.text:
            if escaped or letter not in "|\n\\":
                _add(grid[-1][-1], Piece(letter, piece.put, piece.cut))
                escaped = False
            elif letter == "\\":
                escaped = True
            elif letter == "|":
                grid[-1].append([])
            else:
                grid.append([])
    return [row[:-1] for row in grid]  # what follows the last bar of a row is nothing


def _add(cell: list[Piece], piece: Piece) -> None:
    if cell and (cell[-1].put, cell[-1].cut) == (piece.put, piece.cut):
        cell[-1] = Piece(cell[-1].text + piece.text, piece.put, piece.cut)
    else:
        cell.append(piece)


def docx(draft: Draft) -> bytes:
    """The whole marked-up draft; accepting all changes in a word processor gives exactly the clean text."""
    writer = Writer()
    title = writer.paragraph(draft.title, '<w:jc w:val="center"/>', TITLE)
    heads = [block for block in draft.blocks if attachments.kind(block.key) == "attachment" and not block.cut]
    labels = {block.key: attachments.label(place, len(heads)) for place, block in enumerate(heads, start=1)}
    blocks = "".join(
        writer.attachment(block, "附件" if block.cut else labels[block.key])
        if attachments.kind(block.key) == "attachment"
        else writer.block(block)
        for block in draft.blocks
    )
    return bundle(f"<w:body>{title}{blocks}{PAGE}</w:body>", styles=STYLES)
