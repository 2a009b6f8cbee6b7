"""结构层次 (GB/T 9704-2012 7.3.3): 一、（一）1.（1）, their form, order and count."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from zhengtong.papers.reading.elements import CHINESE_DIGITS, Piece, Role

from .rule import ERROR, INFO, WARNING, Hit, Rule, on
from .sheet import Sheet

CHINESE = r"[一二三四五六七八九十百]{1,4}"
ORDINAL = re.compile(rf"[（(]?\s*({CHINESE}|\d{{1,3}})")
STOPPED = re.compile(rf"^{CHINESE}[、.．]\s*[^。；：，！？]{{1,24}}([。；：，])$")
FACES = {1: "黑", 2: "楷", 3: "仿宋", 4: "仿宋"}
SENTENCE = re.compile(r"^[^、]{1,4}、\s*(?:原则)?(?:同意|批准|请|要|为|对|将|经|自|由)")


def counted(text: str) -> int | None:
    """The number that an ordinal shows."""
    found = ORDINAL.match(text)
    if not found:
        return None
    if found[1].isdigit():
        return int(found[1])
    hundreds, mark, rest = found[1].rpartition("百")
    total = (CHINESE_DIGITS.get(hundreds, 1) if hundreds else 1) * 100 if mark else 0
    tens, ten, ones = rest.partition("十")
    if ten:
        total += (CHINESE_DIGITS.get(tens, 1) if tens else 1) * 10
        rest = ones
    return total + (CHINESE_DIGITS.get(rest, 0) if rest else 0)


def _inverted(sheet: Sheet) -> Iterator[Hit]:
    for section in sheet.sections:
        above: list[int] = []
        for piece in section:
            if piece.role != Role.HEADING or piece.level > 4 or piece.part:
                continue
            deeper = bool(above) and above[-1] > piece.level
            while above and above[-1] > piece.level:
                above.pop()
            if deeper and piece.level not in above:
                yield Hit(piece, 0, _ordinal(piece))
            if not above or above[-1] != piece.level:
                above.append(piece.level)


def _ordinal(piece: Piece) -> int:
    found = re.match(rf"[（(]?\s*(?:{CHINESE}|\d{{1,3}})\s*[）)、.．，,：:]?", piece.text)
    return found.end() if found else 1


def _gaps(sheet: Sheet) -> Iterator[Hit]:
    """Numbers of one level run on by one; a new list may begin at 1, and a text that was cut short proves nothing."""
    if sheet.abridged:
        return
    for section in sheet.sections:
        last: dict[int, int] = {}
        for piece in section:
            number = counted(piece.text) if piece.role == Role.HEADING and piece.level < 5 else None
            if number is None:
                continue
            before = last.get(piece.level)
            wrong = number not in (1, before + 1) if before else piece.level == 1 and number != 1
            if before == number == 1 and piece.level == 1:
                wrong = True
            if wrong and not piece.part:
                yield Hit(piece, 0, _ordinal(piece), facts={"expected": (before or 0) + 1})
            last[piece.level] = number
            for deeper in [level for level in last if level > piece.level]:
                del last[deeper]


def _stopped(sheet: Sheet) -> Iterator[Hit]:
    """A heading alone in its line; one that is a sentence (一、同意……。) or of a list of sentences is none."""
    pieces = sheet.elements.of(Role.HEADING, Role.PARA)
    for piece, following in zip_longest(pieces, pieces[1:]):
        if piece.level != 1 or SENTENCE.match(piece.text) or following is None or following.level == 1:
            continue
        found = STOPPED.match(piece.text)
        if found:
            yield Hit(piece, found.start(1), found.end(1), "")


def _alone(sheet: Sheet) -> Iterator[Hit]:
    """一、 without 二、; looked for among the first two levels of the document itself."""
    if sheet.abridged:
        return
    for section in sheet.sections:
        open_lists: dict[int, list[Piece]] = {}
        for piece in section:
            if piece.role != Role.HEADING or piece.part or piece.level > 2:
                continue
            for level in [n for n in open_lists if n > piece.level]:
                yield from _single(open_lists.pop(level))
            open_lists.setdefault(piece.level, []).append(piece)
        for pieces in open_lists.values():
            yield from _single(pieces)


def _single(pieces: list[Piece]) -> Iterator[Hit]:
    if len(pieces) == 1:
        yield Hit(pieces[0], 0, _ordinal(pieces[0]))


def _faces(sheet: Sheet) -> Iterator[Hit] | None:
    headings = [p for p in sheet.elements.of(Role.HEADING) if p.level in FACES and p.font]
    if sheet.elements.kind != "docx" or not headings:
        return None
    return (Hit(p, facts={"face": FACES[p.level]}) for p in headings if FACES[p.level] not in p.font)


# fmt: off
RULES = (
    Rule("LV-01", ERROR, "GB/T 9704-2012 7.3.3", "第一层次用“一、”，序数后为顿号", "Level 1 is a Chinese numeral with 、", on(Role.HEADING, rf"^({CHINESE})\s*[.．，,:：]", r"\1、", part=None)),
    Rule("LV-02", ERROR, "GB/T 9704-2012 7.3.3；GB/T 15834-2011", "“（一）”后不加标点", "No mark follows （一）", on(Role.HEADING, rf"^([（(]\s*{CHINESE}\s*[）)])\s*[、.．，,]", r"\1", part=None)),
    Rule("LV-03", ERROR, "GB/T 9704-2012 7.3.3", "第二层次“（一）”用全角括号", "The brackets of level 2 are of full width",
         on(Role.HEADING, rf"^(?:\(\s*({CHINESE})\s*[)）]|（\s*({CHINESE})\s*\))", lambda m: f"（{m[1] or m[2]}）", part=None)),
    Rule("LV-04", ERROR, "GB/T 9704-2012 7.3.3；GB/T 15834-2011", "第三层次用“1.”，数字后为齐线圆点，不用顿号", "Level 3 is an Arabic number with a dot, not 、", on(Role.HEADING, r"^(\d{1,3})\s*[、，,](?!\d)", r"\1.", part=None)),
    Rule("LV-05", ERROR, "GB/T 9704-2012 7.3.3", "第四层次“（1）”用全角括号，后面不加标点", "Level 4 is （1） of full width, no mark after it",
         on(Role.HEADING, r"^[（(]\s*(\d{1,3})\s*[）)]\s*[、.．，,]|^\(\s*(\d{1,3})\s*[)）]|^（\s*(\d{1,3})\s*\)", lambda m: f"（{m[1] or m[2] or m[3]}）", part=None)),
    Rule("LV-06", WARNING, "GB/T 9704-2012 7.3.3", "结构层次依次用“一、”“（一）”“1.”“（1）”，不颠倒", "Levels come in the order 一、（一）1.（1） and are not inverted", _inverted, "heading"),
    Rule("LV-07", ERROR, "GB/T 9704-2012 7.3.3", "同一层次的序数应当连续，此处应为第%(expected)s", "The numbers of one level run on; number %(expected)s is due here", _gaps, "heading"),
    Rule("LV-08", WARNING, "公文惯例", "独立成行的标题末尾不用标点", "A heading alone in its line has no final mark", _stopped, "heading"),
    Rule("LV-09", WARNING, "GB/T 9704-2012 7.3.3", "正文层次不用①、Ⅰ等序号", "The text's levels use no ① or Ⅰ", on(Role.HEADING, r"^[①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]")),
    Rule("LV-10", INFO, "GB/T 9704-2012 7.3.3", "此层次应为%(face)s体字", "This level is set in %(face)s", _faces, "heading", needs=("layout",)),
    Rule("LV-11", WARNING, "公文惯例", "这一层次只有一项", "This level has a single item", _alone, "heading"),
)
# fmt: on
