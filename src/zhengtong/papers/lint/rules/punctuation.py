"""标点符号用法 (GB/T 15834-2011; 条例第十一条)."""

import re
from collections.abc import Iterator

from zhengtong.papers.reading.elements import Piece

from .rule import ERROR, PUNCTUATION, WARNING, Hit, Rule, text
from .sheet import Sheet

HAN = r"\u4e00-\u9fff"
WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
PAIRS = {"》": "《", "”": "“", "）": "（", "〕": "〔", "〉": "〈", "】": "【", "’": "‘"}
SAME = {"(": "（", ")": "）"}
OPENING = frozenset(PAIRS.values())
MARKS = re.compile("[" + "".join(map(re.escape, [*PAIRS, *OPENING, *SAME])) + "]")
PAIRED = re.compile("(?:" + "|".join(re.escape(pair) for pair in (*(left + right for right, left in PAIRS.items()), "()")) + ")*")
ITEM = re.compile(r"^\s*[\da-zA-Z一二三四五六七八九十]{1,3}[）)]")
NEAR = {("一", "二"), ("二", "三"), ("三", "四"), ("四", "五"), ("五", "六"), ("六", "七"), ("七", "八"), ("八", "九")}


def _wide(match: re.Match[str]) -> str:
    return WIDE[match[0]]


def _unpaired(sheet: Sheet) -> Iterator[Hit]:
    """Marks pair within a paragraph; a quotation alone may run over several, each opening anew (GB/T 15834 4.8)."""
    quote: Hit | None = None
    remark: Hit | None = None  # （…通过 … …修正）, a remark under a title, may take several lines as well
    part = 0
    title: list[tuple[Piece, int, str]] = []  # a title's marks pair over its lines
    for piece in sheet.text.pieces:
        if PAIRED.fullmatch("".join(MARKS.findall(piece.text))) and piece.part == part:
            continue  # as nearly every paragraph: each mark is closed before the next one opens
        if piece.part != part:
            yield from (hit for hit in (quote, remark) if hit)
            quote, remark, part = None, None, piece.part
        waiting = title if piece.role == "title" else []
        skip = ITEM.match(piece.text)
        for mark in MARKS.finditer(piece.text):
            at, sign = mark.start(), SAME.get(mark[0], mark[0])
            if sign in OPENING:
                waiting.append((piece, at, sign))
            elif sign in PAIRS and not (skip and at < skip.end()):
                kept = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n][2] == PAIRS[sign]), None)
                if kept is not None:
                    yield from (Hit(p, a, a + 1) for p, a, s in waiting[kept + 1 :] if s != "“")
                    del waiting[kept:]
                elif sign == "”" and quote:
                    quote = None
                elif sign == "）" and remark and at + 1 == len(piece.text):
                    remark = None
                elif sign != "’":
                    yield Hit(piece, at, at + 1)
        if waiting is not title:
            for opened, at, sign in waiting:
                if sign == "“":
                    quote = quote or Hit(opened, at, at + 1)
                elif sign == "（" and at == 0 and not remark:
                    remark = Hit(opened, 0, 1)
                elif sign != "‘":
                    yield Hit(opened, at, at + 1)
    yield from (hit for hit in (quote, remark) if hit)
    yield from (Hit(piece, at, at + 1) for piece, at, _sign in title)


def _nested(sheet: Sheet) -> Iterator[Hit]:
    if not re.search("《[^《》\n]*《", sheet.text.text):
        return
    for piece in sheet.text.pieces:
        opened: list[int] = []
        for mark in re.finditer("[《》]", piece.text):
            at = mark.start()
            if mark[0] == "《":
                opened.append(at)
            elif opened:
                start = opened.pop()
                if opened and at + 1 < len(piece.text):
                    yield Hit(piece, start, at + 1, "〈" + piece.text[start + 1 : at] + "〉")


def _about(sheet: Sheet) -> Iterator[Hit]:
    """三、四个月 means about three or four: neighbouring numerals take no 、."""
    if any(f"{one}、{two}" in sheet.text.text for one, two in NEAR):
        for found in re.finditer(
            r"(?<![第十百])([一二三四五六七八])、([二三四五六七八九])(?=个|天|年(?!级)|次(?!全)|人|倍|十|百|千|万)", sheet.text.text
        ):
            if (found[1], found[2]) in NEAR:
                piece, at = sheet.text.place(found.start())
                yield Hit(piece, at, at + 3, found[1] + found[2])


def _dash(sheet: Sheet) -> Iterator[Hit]:
    """-- for ——; a single — is right between places and times, wrong before a clause (4.10, 4.13)."""
    own = sheet.text.text
    if "-" not in own and "—" not in own and "－" not in own:
        return
    clause = rf"(?<=[{HAN}])(?<!—)—(?!—)(?=[{HAN}]{{6,}}[，。；])"
    for found in re.finditer(rf"(?:--+|－－+)|{clause}", own):
        tail = re.match(rf"[{HAN}]+", own[found.end() :])
        if found[0] == "—" and tail and re.search(r"[站市县镇村区段线港桥路年月日]$|高速|铁路|公路|大学|中学|走廊", tail[0]):
            continue
        piece, at = sheet.text.place(found.start())
        yield Hit(piece, at, at + len(found[0]), "——")


# fmt: off
RULES = (
    Rule("PU-01", ERROR, "GB/T 15834-2011", "中文中的标点用全角", "Marks in Chinese text are of full width",
         text(rf"(?<=[{HAN}》”）])[,;:?!](?=[{HAN}《“（]|$)|(?<=[{HAN}])\((?=[{HAN}])", _wide, hints=", ; : ? ! ("), since=PUNCTUATION),
    Rule("PU-02", WARNING, "GB/T 15834-2011 4.5.3.5", "并列的书名号、引号之间不用顿号", "No 、 stands between neighbouring 《》 or “”", text(r"(?<=[》”])、(?=[《“])", "", hints="》、《 ”、“"), since=PUNCTUATION),
    Rule("PU-03", WARNING, "GB/T 15834-2011 4.11", "省略号为六连点“……”", "An ellipsis is ……", text(r"。。+|\.\.\.+|(?<!…)…(?!…)|……(?=…)", "……", hints="。。 ... …"), since=PUNCTUATION),
    Rule("PU-04", WARNING, "GB/T 15834-2011 4.11", "省略号与“等”不并用", "…… and 等 don't stand together", text(r"(?<=等)……|……等(?!于|级|候|待)", lambda m: "" if m[0] == "……" else "……", hints="……"), since=PUNCTUATION),
    Rule("PU-05", WARNING, "GB/T 15834-2011 4.5；GB/T 15835-2011", "相邻数字表示概数时不用顿号", "Neighbouring numerals for an approximation take no 、", _about, since=PUNCTUATION),
    Rule("PU-06", ERROR, "GB/T 15834-2011", "成对的标点没有配对", "A paired mark lacks its partner", _unpaired, since=PUNCTUATION),
    Rule("PU-07", WARNING, "GB/T 15834-2011 4.13", "书名号内再用书名号的，里面用〈〉", "Inside 《》 a title stands in 〈〉", _nested, since=PUNCTUATION),
    Rule("PU-08", WARNING, "GB/T 15834-2011", "点号不连用", "Stops are not doubled", text(r"[，。；：、！？](?:(?<=([，。；：、]))[，。；：、！？]+|(?<=[！？])[，。；：、])", r"\1"), since=PUNCTUATION),
    Rule("PU-09", WARNING, "公文惯例", "“一是”“二是”后不加标点", "No mark follows 一是, 二是", text(r"(?<=[一二三四五六七八九十]是)[、，]", "", hints="是、 是，")),
    Rule("PU-10", WARNING, "GB/T 15834-2011 4.10", "破折号为“——”", "A dash is ——", _dash, since=PUNCTUATION),
    Rule("PU-11", WARNING, "GB/T 15834-2011", "“等”前不用顿号", "No 、 stands before 等", text(r"、(?=等)(?!等[级量高距额价离温压速比次])", "", hints="、等"), since=PUNCTUATION),
    Rule("PU-12", WARNING, "GB/T 15834-2011", "中文中的圆括号用全角", "Round brackets in Chinese text are of full width", text(rf"(?<=[{HAN}])\((?=[{HAN}])|(?<=[{HAN}])\)", _wide, hints="( )"), since=PUNCTUATION),
    Rule("PU-13", WARNING, "GB/T 15834-2011 4.8", "中文不用直引号，用“”", "Chinese text uses “” and no straight quotes", text(rf"\"([^\"\n]*[{HAN}][^\"\n]*)\"", r"“\1”", hints='"'), since=PUNCTUATION),
)
# fmt: on
