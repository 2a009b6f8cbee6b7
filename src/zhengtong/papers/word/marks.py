"""WordprocessingML in small: a run, a paragraph, a table, each written in the order that the schema demands."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from .package import fit

FACES = {"biao": "方正小标宋简体", "fang": "仿宋", "kai": "楷体", "hei": "黑体", "song": "宋体"}
RED = "E60012"


def twips(mm: float) -> int:
    """Twentieths of a point."""
    return round(mm * 1440 / 25.4)


def run(text: str, face: str = "", size: float = 0, colour: str = "") -> str:
    """A stretch of text; a tab and a line feed in it are a tab and a new line."""
    looks = ""
    if face:
        name = FACES[face]
        looks += f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:hint="eastAsia"/>'
    looks += f'<w:color w:val="{colour}"/>' if colour else ""
    looks += f'<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>' if size else ""
    inside, word = "", ""
    for sign in [*fit(text), ""]:
        if sign in ("\t", "\n", ""):
            inside += f'<w:t xml:space="preserve">{escape(word)}</w:t>' if word else ""
            inside += {"\t": "<w:tab/>", "\n": "<w:br/>", "": ""}[sign]
            word = ""
        else:
            word += sign
    looks = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f"<w:r>{looks}{inside}</w:r>" if inside else ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a paragraph stands; lengths in twips. `left`, `right` and `first` indent it, `hanging` hangs its first line out.

    A paragraph with a `line` of its own stands off the grid of the body, or its characters would be spread to the grid's cells.
    """

    align: str = ""
    before: int = 0
    after: int = 0
    line: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    hanging: int = 0
    tabs: tuple[tuple[str, int], ...] = ()
    border: str = ""
    frame: str = ""
    keep: bool = False  # on one page with the paragraph that follows
    new_page: bool = False
    level: int = 0  # of a heading, for the navigator
    section: str = ""


PLAIN = Layout()


def paragraph(runs: str, how: Layout = PLAIN) -> str:
    """A paragraph of these runs."""
    inside = "<w:keepNext/>" if how.keep else ""
    inside += "<w:pageBreakBefore/>" if how.new_page else ""
    inside += how.frame
    inside += f"<w:pBdr>{how.border}</w:pBdr>" if how.border else ""
    told = "".join(f'<w:tab w:val="{kind}" w:pos="{at}"/>' for kind, at in how.tabs)
    inside += f"<w:tabs>{told}</w:tabs>" if told else ""
    inside += '<w:snapToGrid w:val="0"/>' if how.line else ""
    spacing = {"before": how.before, "after": how.after, "line": how.line}
    told = "".join(f' w:{name}="{value}"' for name, value in spacing.items() if value)
    told += ' w:lineRule="exact"' if how.line else ""
    inside += f"<w:spacing{told}/>" if told else ""
    indent = {"left": how.left, "right": how.right, "firstLine": how.first, "hanging": how.hanging}
    told = "".join(f' w:{name}="{value}"' for name, value in indent.items() if value)
    inside += f"<w:ind{told}/>" if told else ""
    inside += f'<w:jc w:val="{how.align}"/>' if how.align else ""
    inside += f'<w:outlineLvl w:val="{how.level - 1}"/>' if how.level else ""
    inside += how.section
    inside = f"<w:pPr>{inside}</w:pPr>" if inside else ""
    return f"<w:p>{inside}{runs}</w:p>"


def edges(**sides: tuple[str, int, int]) -> str:
    """Borders by side, in the schema's order: style, eighths of a point, points of distance; in red where the style says so."""
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    found = ""
    for side in order:
        if side in sides:
            style, size, space = sides[side]
            colour = RED if style.startswith("red ") else "000000"
            found += f'<w:{side} w:val="{style.removeprefix("red ")}" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'
    return found


def table(rows: list[list[str]], widths: list[int], borders: str, *, place: str = "", head: bool = False) -> str:
    """A table of cells that are paragraphs already; `head` repeats the first row on every page, `place` makes it float."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = f'<w:tbl><w:tblPr>{place}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
    made += f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    for number, row in enumerate(rows):
        looks = "<w:cantSplit/>" + ("<w:tblHeader/>" if head and number == 0 else "")
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{cell}</w:tc>'
            for cell, width in zip(row, widths, strict=True)
        )
        made += f"<w:tr><w:trPr>{looks}</w:trPr>{cells}</w:tr>"
    return f"{made}</w:tbl>"
