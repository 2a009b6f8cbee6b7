"""The page (GB/T 9704-2012 5, 7.5, 10.1), as far as a docx tells or its facts are given."""

import re
import unicodedata
from collections.abc import Iterator
from math import ceil

from zhengtong.papers.reading.elements import Layout, Role

from .rule import ERROR, WARNING, Hit, Rule, first
from .sheet import Sheet

LINES, CHARACTERS = 22, 28
MARGINS = {"top": 37.0, "bottom": 35.0, "left": 28.0, "right": 26.0}  # millimetres, ±1
PAPER = {"width": 210.0, "height": 297.0}
NUMBER = re.compile(r"^[—–－-]+\s*N\s*[—–－-]+$")
# What every case of sorts holds, the Noto faces too (measured by a test): most texts are of these alone, and no face is asked.
USUAL = r"\n\t\r !-~\u3000-\u3003\u3007-\u3015\u4e00-\u9fa5，。；：、？！（）《》“”‘’—…～％·×－★"
UNUSUAL = re.compile(f"[^{USUAL}]")
HEAD_LINES = 8  # mark, number and red line of the general format


def _layout(sheet: Sheet) -> Layout | None:
    layout = sheet.elements.layout
    return layout if layout and sheet.elements.kind == "docx" and layout.top is not None else None


def _margins(sheet: Sheet) -> Iterator[Hit] | None:
    layout = _layout(sheet)
    if layout is None:
        return None
    wrong = [
        f"{name} {value:.0f}→{due:.0f}"
        for name, due in {**PAPER, **MARGINS}.items()
        if (value := getattr(layout, name)) is not None and abs(value - due) > 1.05
    ]
    return iter([Hit(facts={"wrong": ", ".join(wrong)})] if wrong else [])


def _page_number(sheet: Sheet) -> Iterator[Hit] | None:
    printed = [piece for piece in sheet.elements.of(Role.PAGE, part=None) if re.match(r"第\s*\d+\s*页", piece.text)]
    if printed:
        return iter([Hit(printed[0])])
    layout = sheet.elements.layout
    if layout is None or layout.page_number is None:
        return None
    sides = {align.split(":")[0]: align.split(":")[1] for align in layout.page_number_align}
    odd, even = sides.get("default", ""), sides.get("even")
    right = odd in ("right", "end", "outside") and (even is None or even in ("left", "start", "outside", "both"))
    return iter([] if NUMBER.match(layout.page_number) and right else [Hit()])


def _no_text_first(sheet: Sheet) -> Iterator[Hit]:
    """Told, or reckoned: recipients that alone fill what the head leaves of page 1."""
    known = sheet.context.first_page_text
    lines = ceil(sum(len(p.text) for p in sheet.elements.of(Role.RECIPIENTS)) / CHARACTERS)
    titles = max(1, ceil(len(sheet.title) / 20))
    if known is False or (known is None and HEAD_LINES + 2 + titles + 1 + lines >= LINES):
        yield Hit(first(sheet, Role.RECIPIENTS, Role.TITLE))


def _imprint_not_last(sheet: Sheet) -> Iterator[Hit]:
    imprint = max((p.line for p in sheet.elements.of(Role.IMPRINT, Role.CC)), default=None)
    behind = [p for p in sheet.elements.pieces if imprint is not None and p.line > imprint and p.role != Role.PAGE]
    if sheet.context.imprint_last is False or behind:
        yield Hit(first(sheet, Role.IMPRINT, Role.CC))


def _letter_mark(sheet: Sheet) -> Iterator[Hit]:
    letters = re.match(r"[\u4e00-\u9fff]+", sheet.elements.number)
    if sheet.context.format == "letter" or (sheet.context.format is None and letters and letters[0].endswith("函")):
        for piece in sheet.elements.of(Role.MARK):
            if piece.text.endswith("文件"):
                yield Hit(piece, len(piece.text) - 2, len(piece.text), "")


def _no_sort(sheet: Sheet) -> Iterator[Hit]:
    """Rare characters that no face holds print as 〓; marks that nobody sees (of direction, of width) have no place on a page."""
    whole = "。".join(
        [*(piece.text for piece in sheet.elements.pieces), *(c for p in sheet.elements.pieces for row in p.rows for c in row)]
    )
    if not UNUSUAL.search(unicodedata.normalize("NFC", whole)):
        return
    for piece in sheet.elements.pieces:
        text = unicodedata.normalize("NFC", piece.text)
        cells = "".join(cell for row in piece.rows for cell in row)
        if not UNUSUAL.search(text) and not UNUSUAL.search(cells):
            continue
        flat = {"\n", "\t", "\r"}  # line ends and stops in a cell are set as blanks
        gone = sheet.absent(text) - flat
        for at, sign in enumerate(piece.text):
            if sign in gone:
                unseen = unicodedata.category(sign) in ("Cc", "Cf", "Cn", "Cs")
                yield Hit(piece, at, at + 1, "" if unseen else None, {"sign": _shown(sign)})
        for sign in sorted(sheet.absent(unicodedata.normalize("NFC", cells)) - flat - gone):
            yield Hit(piece, facts={"sign": _shown(sign)})


def _shown(sign: str) -> str:
    """The character with its code, or the code alone where there is nothing to see."""
    code = f"U+{ord(sign):04X}"
    return code if unicodedata.category(sign).startswith("C") else f"{sign} {code}"


# fmt: off
RULES = (
    Rule("PG-01", ERROR, "GB/T 9704-2012 7.5", "页码用4号半角宋体阿拉伯数字，左右各一条一字线，单页码居右、双页码居左", "Page numbers read — 1 —, odd ones at the right, even ones at the left", _page_number, "page", needs=("layout",)),
    Rule("PG-02", ERROR, "GB/T 9704-2012 7.3.2、7.3.3", "首页应当显示正文，主送机关过多的移至版记", "Page 1 shows text; too many recipients move to the imprint", _no_text_first, "recipients", needs=("first_page_text",)),
    Rule("PG-03", ERROR, "GB/T 9704-2012 5", "A4纸，天头37毫米、订口28毫米，版心156×225毫米（%(wrong)s）", "A4, 37 mm above, 28 mm at the left, text area 156 by 225 mm (%(wrong)s)", _margins, "page", needs=("layout",)),
    Rule("PG-04", WARNING, "GB/T 9704-2012 7.4", "版记应当在最后一面", "The imprint stands on the last page", _imprint_not_last, "imprint", needs=("imprint_last",)),
    Rule("PG-05", WARNING, "公文惯例", "字库中没有“%(sign)s”，印出来是“〓”", "No face holds %(sign)s: 〓 stands for it on the page", _no_sort, since=None),
    Rule("LT-01", ERROR, "GB/T 9704-2012 10.1", "信函格式的发文机关标志不加“文件”", "The mark of a letter carries no 文件", _letter_mark, "issuer_mark", needs=("format",)),
)
# fmt: on
