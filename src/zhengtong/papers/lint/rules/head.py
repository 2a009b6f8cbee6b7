"""主送机关 (条例第九条（八）; GB/T 9704-2012 7.3.2)."""

import re
from collections.abc import Iterator

from zhengtong.papers.reading.elements import Role

from .rule import ERROR, WARNING, Hit, Rule, first, on
from .sheet import Sheet

PERSON = re.compile(r"(?:[省市县区州乡镇]长|书记|局长|主任|主席|厅长|部长|同志|先生|女士)$")


def _many(sheet: Sheet) -> Iterator[Hit]:
    if sheet.kind == "request" and len(sheet.recipients) > 1:
        yield Hit(first(sheet, Role.RECIPIENTS), facts={"count": len(sheet.recipients)})


def _person(sheet: Sheet) -> Iterator[Hit]:
    for name in sheet.recipients:
        if PERSON.search(name) and (sheet.upward or (len(name) < 8 and not name.startswith(("各", "全")))):
            yield Hit(first(sheet, Role.RECIPIENTS), facts={"name": name})


def _public(sheet: Sheet) -> Iterator[Hit]:
    if sheet.type and sheet.type.public and sheet.kind != "resolution":
        yield from (Hit(piece) for piece in sheet.elements.of(Role.RECIPIENTS))


def _twice(sheet: Sheet) -> Iterator[Hit]:
    both = [name for name in sheet.recipients if name in sheet.cc]
    if both:
        yield Hit(first(sheet, Role.CC), facts={"name": both[0]})


# fmt: off
RULES = (
    Rule("MAIN-01", ERROR, "条例第十五条（一）", "请示原则上只主送一个上级机关，现有%(count)s个", "A 请示 goes to one superior body, not %(count)s", _many, "recipients"),
    Rule("MAIN-02", ERROR, "GB/T 9704-2012 7.3.2", "主送机关后标全角冒号", "A full-width colon closes the recipients", on(Role.RECIPIENTS, r"(?<=[^：:\s])\s*:?$", "：")),
    Rule("MAIN-03", ERROR, "条例第十五条（五）", "不得向上级机关负责人个人（%(name)s）报送公文", "An upward document is not addressed to a person (%(name)s)", _person, "recipients"),
    Rule("MAIN-04", WARNING, "条例第九条（八）", "主送机关用全称、规范化简称或者统称", "Recipients stand by full, short or collective names",
         on(Role.RECIPIENTS, r"[省市县区]里|上级(?:领导|单位|机关|部门|$)|有关领导")),
    Rule("MAIN-05", WARNING, "公文惯例", "主送机关之间同类用顿号、不同类用逗号，均为全角", "、 and ， of full width stand between recipients",
         on(Role.RECIPIENTS, r"[,;；]", "，")),
    Rule("MAIN-06", ERROR, "条例第八条", "公告、通告、公报、命令不写主送机关", "Announcements, public notices, communiqués and orders have no recipients", _public, "recipients"),
    Rule("MAIN-07", ERROR, "条例第九条（十六）", "%(name)s既是主送机关又是抄送机关", "%(name)s is both recipient and copied", _twice, "cc"),
)
# fmt: on
