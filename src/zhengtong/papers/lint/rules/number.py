"""发文字号 (条例第九条（五）; GB/T 9704-2012 7.2.5)."""

import re
from collections.abc import Iterator

from zhengtong.papers.reading.elements import Role

from .rule import ERROR, WARNING, Hit, Rule, need, on
from .rule import text as in_text
from .sheet import Sheet

OPEN, CLOSE = r"[〔\[（(【［〈<]", r"[〕\]）)】］〉>]"
DIGITS = {"０": "0", "１": "1", "２": "2", "３": "3", "４": "4", "５": "5", "６": "6", "７": "7", "８": "8", "９": "9"}
PLAIN = str.maketrans({**DIGITS, "〇": "0", "○": "0", "零": "0", **dict(zip("一二三四五六七八九", "123456789", strict=True))})
# the steps before registration, as the sheet and as the office names them
UNSIGNED = frozenset(
    {"draft", "returned", "unit", "consult", "countersign", "review", "office", "deputy", "signing", "signed", "recheck", "numbering"}
)


def _arabic(match: re.Match[str]) -> str | None:
    return f"〔{match[1].translate(PLAIN)}〕" if len(match[1]) == 4 else None


def _century(match: re.Match[str]) -> str | None:
    return f"〔20{match[1]}〕" if len(match[1]) == 2 and match[1] < "50" else None


def _unregistered(sheet: Sheet) -> Iterator[Hit]:
    """代字 of the issuer alone, and a number only once (第二十五条（二）)."""
    for piece in sheet.elements.of(Role.NUMBER):
        letters = re.match(r"[\u4e00-\u9fff]+", piece.text)
        known = sheet.context.letters
        if known is not None and letters and piece.text[letters.end() :].startswith("〔") and letters[0] not in known:
            yield Hit(piece, 0, letters.end())
        elif sheet.context.used_numbers and piece.text in sheet.context.used_numbers:
            yield Hit(piece)


def _unsigned(sheet: Sheet) -> Iterator[Hit]:
    if sheet.context.state in UNSIGNED:
        yield from (Hit(piece) for piece in sheet.elements.of(Role.NUMBER))


def _other_year(sheet: Sheet) -> Iterator[Hit]:
    for piece in sheet.elements.of(Role.NUMBER):
        year = re.search(r"〔(\d{4})〕", piece.text)
        if year and sheet.day and int(year[1]) != sheet.day.year:
            yield Hit(piece, year.start(1), year.end(1), facts={"year": sheet.day.year})


def _second(sheet: Sheet) -> Iterator[Hit]:
    pieces = sheet.elements.of(Role.NUMBER)
    for order, piece in enumerate(pieces):
        found = list(re.finditer(rf"{OPEN}\s*\d{{2,4}}\s*{CLOSE}", piece.text))
        if len(found) > 1:
            yield Hit(piece, found[1].start())
        elif order and found:
            yield Hit(piece)


# fmt: off
RULES = (
    Rule("NO-01", ERROR, "GB/T 9704-2012 7.2.5；GB/T 15834-2011 4.9", "发文字号的年份应用六角括号〔〕括入", "The year in the number stands in six-corner brackets 〔〕",
         on(Role.NUMBER, rf"(?:[\[（(【［〈<])\s*([〇○零一二三四五六七八九\d０-９]{{2,4}})\s*年?{CLOSE}|〔\s*([〇○零一二三四五六七八九\d０-９]{{2,4}})\s*[\]）)】］〉>]", lambda m: f"〔{m[1] or m[2]}〕")),
    Rule("NO-02", ERROR, "GB/T 9704-2012 7.2.5", "发文字号的年份应写全四位", "The year in the number has four digits",
         on(Role.NUMBER, rf"{OPEN}\s*(\d{{1,3}})\s*{CLOSE}", _century)),
    Rule("NO-03", ERROR, "GB/T 9704-2012 7.2.5", "发文顺序号不编虚位（1不编为01）", "The serial carries no leading zero",
         on(Role.NUMBER, rf"(?<={CLOSE})(\s*第?\s*)0+(?=\d)", r"\1")),
    Rule("NO-04", ERROR, "GB/T 9704-2012 7.2.5", "发文顺序号前不加“第”字", "No 第 stands before the serial",
         on(Role.NUMBER, rf"(?<={CLOSE})\s*字?第\s*(?=[\d〇一二三四五六七八九十])", "")),
    Rule("NO-05", ERROR, "GB/T 9704-2012 7.2.5", "发文顺序号后应加“号”字", "The serial ends with 号",
         on(Role.NUMBER, rf"({CLOSE}\s*第?\s*\d+)(?!\d|\s*[号期次])", r"\1号")),
    Rule("NO-06", ERROR, "GB/T 9704-2012 7.2.5", "年份、发文顺序号用阿拉伯数字（半角）", "Year and serial are in Arabic digits of half width",
         on(Role.NUMBER, rf"{OPEN}\s*([〇○零一二三四五六七八九０-９]{{2,4}})\s*{CLOSE}", _arabic)),
    Rule("NO-07", WARNING, "GB/T 9704-2012 7.2.5", "发文字号中间不空格", "No space stands inside the number",
         on(Role.NUMBER, r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[〔\[（(])|(?<=[〕\]）)])[ \u3000]+(?=\d)|(?<=\d)[ \u3000]+(?=号)", "")),
    Rule("NO-08", ERROR, "条例第九条（五）", "联合行文只标一个发文字号，使用主办机关的", "One number only; a joint document bears the lead body's", _second, "number"),
    Rule("NO-09", ERROR, "条例第二十五条（二）", "机关代字不属于发文机关，或者该文号已经用过", "The letters are not the issuer's, or the number was given before",
         need(_unregistered, "letters", "used_numbers"), "number", needs=("letters", "used_numbers")),
    Rule("NO-10", ERROR, "条例第二十五条（二）", "发文字号在签发之后、登记时编定，现在还不应有", "The number is given at registration, after signing; there can be none yet",
         need(_unsigned, "state"), "number", needs=("state",)),
    Rule("NO-11", WARNING, "公文惯例", "发文字号的年份与成文日期的年份（%(year)s）不一致", "The year of the number differs from that of the date (%(year)s)", _other_year, "number"),
    Rule("NO-12", WARNING, "公文惯例", "引用公文先引标题，后引发文字号：《标题》（文号）", "A document is cited by its title first, then its number in brackets",
         in_text(r"〔\d{4}〕\d+号(?:文件?)?《", hints="号《 文《 文件《")),
)
# fmt: on
