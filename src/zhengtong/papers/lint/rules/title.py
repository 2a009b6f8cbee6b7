"""标题 (条例第九条（七）; GB/T 9704-2012 7.3.1)."""

import re
from collections.abc import Iterator
from itertools import pairwise

import rjieba

from zhengtong.papers.reading.elements import Role
from zhengtong.papers.reading.types import TYPES as KNOWN

from . import relations
from .rule import ERROR, INFO, WARNING, Check, Hit, Rule, first
from .sheet import Sheet

TYPES = "|".join(sorted(KNOWN, key=len, reverse=True))
TAIL = r"(?:（[^（）]*）|\([^()]*\))?$"
NOT_TYPES = re.compile(
    rf"(要点|方案|办法|总结|计划|规划|规定|条例|细则|安排|(?<=的)会议纪要|^会议纪要|指示){TAIL}"
)  # 常务会议纪要 is a meeting's 纪要
ISSUES = re.compile(r"印发《?(?:关于)?([\u4e00-\u9fff]{0,10}?(?:国务院|人民政府|党委|[省市]委)(?:办公[厅室])?)")
# verbs that take their object by 对, so that 关于对…给予表扬 is no doubled preposition
TAKES_DUI = re.compile(r"关于对[^，]*?(?:给予|予以|进行|实行|实施|加大|加强|开展|采取|作出|提出|征收|免征|暂停)")
SHORT_YEAR = re.compile(r"(?:(?<=印发|关于|做好|报送|开展|公布|下达|总结|完成)|^)\d{2}年(?!来|间|代)")
SPREAD = re.compile(r"^(?:\S[ \u3000]+)+\S$")


def find(pattern: str, *, unless: re.Pattern[str] | None = None) -> Check:
    """The pattern must not be found in the whole title; the place is given where one line holds it."""
    form = re.compile(pattern)

    def check(sheet: Sheet) -> Iterator[Hit]:
        found = form.search(sheet.title)
        if not found or (unless and unless.search(sheet.title)):
            return
        for piece in sheet.elements.of(Role.TITLE):
            at = piece.text.find(found[0])
            if at >= 0:
                yield Hit(piece, at, at + len(found[0]))
                return
        yield Hit(first(sheet, Role.TITLE))

    return check


def _type_missing(sheet: Sheet) -> Iterator[Hit]:
    pieces = sheet.elements.of(Role.TITLE)
    if not sheet.title and not sheet.elements.of(Role.MARK) and sheet.recipients:
        yield Hit()
    if pieces and not sheet.type and not NOT_TYPES.search(sheet.title):
        yield Hit(pieces[-1])


def _parts_missing(sheet: Sheet) -> Iterator[Hit]:
    """Issuer, matter and type; announcements to the public and orders may leave out the matter."""
    if not sheet.elements.of(Role.TITLE) or not sheet.type:
        return
    bare = sheet.title in KNOWN
    if bare or (sheet.title.startswith("关于") and not sheet.type.public and sheet.kind != "minutes"):
        yield Hit(first(sheet, Role.TITLE))


def _above(sheet: Sheet) -> Iterator[Hit]:
    """A superior's paper is forwarded (转发), never issued (印发)."""
    found = ISSUES.search(sheet.title)
    issuer = relations.organ(sheet.title_issuers[0] if sheet.title_issuers else sheet.title.split("印发")[0]).rank
    if found and issuer and relations.organ(found[1]).rank > issuer:
        yield Hit(first(sheet, Role.TITLE))


def _differing(sheet: Sheet) -> Iterator[Hit]:
    """Title, mark and signature name the same bodies; full and standard short name count as the same."""
    if sheet.kind in ("minutes", "order") or "等" in "".join(sheet.title_issuers):
        return
    title = [relations.plain(name) for name in sheet.title_issuers]
    mark = [relations.plain(re.sub(r"(文件|公文)$", "", p.text)) for p in sheet.elements.of(Role.MARK)]
    signed = [relations.plain(name) for name in sheet.elements.signatures]
    seals = [relations.plain(name) for name in sheet.context.seals or ()]
    sets = [
        (names, role)
        for names, role in ((title, Role.TITLE), (mark, Role.MARK), (signed, Role.SIGNATURE), (seals, Role.SIGNATURE))
        if names
    ]
    if sheet.elements.signatures and any(" " in name for name in sheet.elements.signatures):
        return  # a stamp with the head's title and name
    for (one, _role), (other, role) in pairwise(sets):
        if not any(a.endswith(b) or b.endswith(a) for a in one for b in other):
            yield Hit(first(sheet, role))
            return


def _broken(sheet: Sheet) -> Iterator[Hit]:
    """A word torn in two at the end of a line, or lines shaped like an hourglass."""
    pieces = sheet.elements.of(Role.TITLE)
    lines = [p.text for p in pieces]
    if len(lines) < 2 or any(SPREAD.match(line) for line in lines):
        return
    at, ends = 0, set()
    for word in rjieba.cut("".join(lines)):
        at += len(word)
        ends.add(at)
    at = 0
    for piece in pieces[:-1]:
        at += len(piece.text)
        if at not in ends:
            yield Hit(piece, max(0, len(piece.text) - 2))
    if any(len(b) + 2 <= len(a) and len(b) + 2 <= len(c) for a, b, c in zip(lines, lines[1:], lines[2:], strict=False)):
        yield Hit(pieces[1])


# fmt: off
RULES = (
    Rule("TTL-01", ERROR, "条例第八条、第九条（七）", "标题应当以15个文种之一结尾", "The title ends with one of the 15 types", _type_missing, "title"),
    Rule("TTL-02", WARNING, "条例第九条（七）", "标题由发文机关名称、事由和文种组成", "A title consists of issuer, matter and type", _parts_missing, "title"),
    Rule("TTL-03", WARNING, "公文惯例", "“关于”与文种之间缺“的”", "的 is missing between 关于 and the type", find(rf"关于(?!.*的[^的]{{0,8}}(?:{TYPES}){TAIL}).+(?:{TYPES}){TAIL}")),
    Rule("TTL-04", WARNING, "条例第八条", "标题中文种重复或者两个文种连用", "A type is repeated, or two types are joined", find(r"请示报告$|的通知的通知|的意见的意见|报告的报告|的函的函|通知的通知$")),
    Rule("TTL-05", WARNING, "公文惯例", "“关于”后不再用“对”“就”等介词", "No second preposition follows 关于", find(r"关于关于|关于就|关于对", unless=TAKES_DUI)),
    Rule("TTL-06", WARNING, "公文惯例", "请示的标题不再用“请求”“申请”", "The title of a 请示 carries no 请求 or 申请", find(r"关于(?:请求|申请|恳请)(?=.*请示$)")),
    Rule("TTL-07", WARNING, "公文惯例", "报告的标题不再用“上报”“汇报”", "The title of a 报告 carries no 上报 or 汇报", find(r"关于(?:上报|汇报)(?=.*报告$)")),
    Rule("TTL-08", WARNING, "公文惯例", "标题中除书名号、引号、括号、顿号外一般不用标点", "Besides 《》“”（）、 a title carries no punctuation", find(r"[，。；：！？,;!?]")),
    Rule("TTL-09", WARNING, "公文惯例", "上级机关的公文用“转发”，不用“印发”", "A superior's document is forwarded (转发), not issued (印发)", _above, "title"),
    Rule("TTL-10", ERROR, "条例第八条", "这不是法定文种，应当用“通知”等印发", "This is no type of document; issue it under cover of a 通知", find(NOT_TYPES.pattern)),
    Rule("TTL-11", ERROR, "条例第九条（七）（十一）（十三）", "标题、发文机关标志、署名、印章的机关不一致", "Title, mark, signature and seal name different bodies", _differing, "signature"),
    Rule("TTL-12", WARNING, "GB/T 9704-2012 7.3.1", "标题回行应当词意完整，排列为梯形或者菱形", "A title breaks at whole words, as a trapezium or rhombus", _broken, "title"),
    Rule("TTL-13", WARNING, "GB/T 15835-2011", "标题中的年份应当写全四位", "A year in the title has four digits", find(SHORT_YEAR.pattern)),
    Rule("LEN-04", INFO, "公文惯例", "标题超过50字，请压缩", "The title is longer than 50 characters", find(r"^.{51,}$")),
)
# fmt: on
