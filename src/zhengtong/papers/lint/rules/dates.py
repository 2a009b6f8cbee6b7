"""成文日期和印发日期 (条例第九条（十二）（十七）; GB/T 9704-2012 7.3.5.4, 7.4.3)."""

import re
from collections.abc import Iterator
from datetime import date as Day

from zhengtong.papers.reading.elements import ARABIC_DAY, Role, day

from .rule import ERROR, Hit, Rule, first, need
from .sheet import Sheet

CHINESE_YEAR = re.compile(r"[〇○零一二三四五六七八九]{2,4}年")
IN_TEXT = re.compile(r"月\d{1,2}日")  # sought by its last part: months are rarer than digits
BEFORE = re.compile(r"\d{4}年\d{1,2}$")
WHOLE = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")
ZERO = re.compile(r"(?<=[年月])0(?=\d[月日])")


def _arabic(text: str) -> str | None:
    value = day(text)
    return f"{value.year}年{value.month}月{value.day}日" if value else None


def _chinese(sheet: Sheet) -> Iterator[Hit]:
    for piece in sheet.elements.of(Role.DATE, Role.IMPRINT):
        found = re.search(r"[〇○零一二三四五六七八九]{2,4}年\S*?日", piece.text)
        if found:
            yield Hit(piece, found.start(), found.end(), _arabic(found[0]))


def _leading_zero(sheet: Sheet) -> Iterator[Hit]:
    for piece in sheet.elements.of(Role.DATE, Role.IMPRINT):
        yield from (Hit(piece, found.start(), found.end(), "") for found in ZERO.finditer(piece.text))


def _incomplete(sheet: Sheet) -> Iterator[Hit]:
    for piece in sheet.elements.of(Role.DATE):
        text = re.sub(r"[\s\u3000]", "", piece.text)
        if not WHOLE.match(text) and not CHINESE_YEAR.search(text):
            numbers = re.fullmatch(r"(\d{4})[-./．](\d{1,2})[-./．](\d{1,2})日?", text)
            yield Hit(piece, fix=f"{numbers[1]}年{int(numbers[2])}月{int(numbers[3])}日" if numbers else None)


def _impossible(sheet: Sheet) -> Iterator[Hit]:
    """A date that the calendar does not have, under the text or in it."""
    for piece in sheet.elements.of(Role.DATE, Role.IMPRINT):
        yield from (Hit(piece, found.start(), found.end()) for found in ARABIC_DAY.finditer(piece.text) if day(found[0]) is None)
    own = sheet.own.text
    for found in IN_TEXT.finditer(own):
        year = BEFORE.search(own[max(0, found.start() - 7) : found.start()])
        if year and day(year[0] + found[0]) is None:
            piece, at = sheet.own.place(found.start() - len(year[0]))
            yield Hit(piece, at, at + len(year[0] + found[0]))


def _signed_otherwise(sheet: Sheet) -> Iterator[Hit]:
    """The day the head signed; of joint documents the last head; of adopted ones the day of adoption."""
    due = sheet.context.adopted_on
    if due is None:
        days = []
        for signing in sheet.context.signings or ():
            text = signing.get("date", "")[:10]
            value = Day.fromisoformat(text) if re.fullmatch(r"\d{4}-[01]\d-[0-3]\d", text) else day(text)
            days += [value] if value else []
        due = max(days, default=None)
    if due and sheet.day and sheet.day != due:
        fix = f"{due.year}年{due.month}月{due.day}日"
        yield Hit(first(sheet, Role.DATE), fix=fix, facts={"due": fix})


def _unmarked(sheet: Sheet) -> Iterator[Hit]:
    for piece in sheet.elements.of(Role.IMPRINT):
        if re.search(r"日\s*$", piece.text):
            yield Hit(piece, len(piece.text), len(piece.text), "印发")


def _printed_before(sheet: Sheet) -> Iterator[Hit]:
    for piece in sheet.elements.of(Role.IMPRINT):
        printed = day(piece.text)
        if printed and sheet.day and printed < sheet.day:
            yield Hit(piece)


# fmt: off
RULES = (
    Rule("DT-01", ERROR, "GB/T 9704-2012 7.3.5.4", "成文日期用阿拉伯数字", "The date is in Arabic digits", _chinese, "date"),
    Rule("DT-02", ERROR, "GB/T 9704-2012 7.3.5.4", "月、日不编虚位（1不编为01）", "Month and day carry no leading zero", _leading_zero, "date"),
    Rule("DT-03", ERROR, "GB/T 9704-2012 7.3.5.4", "成文日期应当年、月、日齐全，年份写全四位", "The date has year, month and day, the year in full", _incomplete, "date"),
    Rule("DT-04", ERROR, "公历", "没有这一天", "There is no such day", _impossible, "date", since=None),
    Rule("DT-05", ERROR, "条例第九条（十二）", "成文日期应当是签发或者会议通过的日期（%(due)s），联合行文为最后签发日期", "The date is that of signing or adoption (%(due)s), of joint documents the last signing",
         need(_signed_otherwise, "signings", "adopted_on"), "date", needs=("signings", "adopted_on")),
    Rule("DT-06", ERROR, "GB/T 9704-2012 7.4.3", "印发日期后加“印发”二字", "印发 follows the date of printing", _unmarked, "imprint"),
    Rule("DT-07", ERROR, "条例第九条（十七）", "印发日期早于成文日期", "The date of printing is before the document's date", _printed_before, "imprint"),
)
# fmt: on
