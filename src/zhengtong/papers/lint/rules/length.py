"""How long and how many (整治形式主义为基层减负若干规定, 2024)."""

import re
from collections.abc import Iterator
from datetime import date as Day

from zhengtong.papers.reading.elements import Role

from .rule import WARNING, Hit, Rule, first, need
from .sheet import Sheet

SINCE = Day(2024, 8, 6)
WHOLE, SPECIAL = 5000, 4000
SPECIAL_TITLE = re.compile(r"专项|行动|整治|排查|检查|清理|试点")


def characters(sheet: Sheet) -> int:
    """The characters of the text; of a paper that a notice issues, its text counts too, attachments don't."""
    enclosed = {n for n, a in enumerate(sheet.attachments, 1) if a.enclosed}
    pieces = sheet.elements.of(Role.HEADING, Role.PARA, part=None)
    return sum(len("".join(piece.text.split())) for piece in pieces if not piece.part or piece.part in enclosed)


def _comprehensive(sheet: Sheet) -> Iterator[Hit]:
    if sheet.context.comprehensive is not False and len(sheet.text.text) > WHOLE and (count := characters(sheet)) > WHOLE:
        yield Hit(first(sheet, Role.TITLE), facts={"count": count})


def _special(sheet: Sheet) -> Iterator[Hit] | None:
    known = sheet.context.comprehensive
    if known is None and not SPECIAL_TITLE.search(sheet.title):
        return None
    count = characters(sheet)
    return iter([] if known or count <= SPECIAL else [Hit(first(sheet, Role.TITLE), facts={"count": count})])


def _unplanned(sheet: Sheet) -> Iterator[Hit]:
    issued = sheet.context.issued
    if sheet.context.plan_no == "" or (issued and issued[0] > issued[1]):
        yield Hit(first(sheet, Role.TITLE))


# fmt: off
RULES = (
    Rule("LEN-01", WARNING, "整治形式主义为基层减负若干规定（2024）", "综合性文件一般不超过5000字，现有%(count)s字", "A comprehensive document has at most 5,000 characters; this has %(count)s", _comprehensive, "title", since=SINCE, needs=("comprehensive",)),
    Rule("LEN-02", WARNING, "整治形式主义为基层减负若干规定（2024）", "专项工作、具体任务的文件一般不超过4000字，现有%(count)s字", "A document on a special task has at most 4,000 characters; this has %(count)s", _special, "title", since=SINCE, needs=("comprehensive",)),
    Rule("LEN-03", WARNING, "整治形式主义为基层减负若干规定（2024）", "未列入年度发文计划，或者年度发文数超过上年，须书面说明", "It is not in the year's plan, or the year's total exceeds last year's: explain in writing", need(_unplanned, "plan_no", "issued"), "title", since=SINCE, needs=("plan_no", "issued")),
)
# fmt: on
