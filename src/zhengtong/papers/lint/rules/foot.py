"""附注、抄送机关、印发机关 (条例第九条（十四）（十六）（十七）; GB/T 9704-2012 7.3.6, 7.4)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from zhengtong.papers.reading.elements import Role

from . import relations
from .rule import ERROR, WARNING, Hit, Rule, first, on
from .sheet import Sheet

ORDER = {name: place for place, (name, _form) in enumerate(relations.SYSTEMS)}


def _bracketed(match: re.Match[str]) -> str:
    return "（" + match[0].strip("（）()") + "）"


def _copies(sheet: Sheet) -> list[tuple[str, int, int]]:
    """Each copied organ with rank and place in the customary order; −1 where the name does not tell."""
    found = []
    for name in sheet.cc:
        organ = relations.organ(name)
        found.append((name, organ.rank or -1, ORDER.get(organ.system, -1)))
    return found


def _unordered(sheet: Sheet) -> Iterator[Hit]:
    for (_one, rank, system), (name, next_rank, next_system) in pairwise(_copies(sheet)):
        higher = 0 < rank < next_rank
        before = rank == next_rank > 0 and system > next_system >= 0
        if higher or before:
            piece = next((p for p in sheet.elements.of(Role.CC) if name in p.text), first(sheet, Role.CC))
            at = piece.text.find(name) if piece else 0
            yield Hit(piece, max(at, 0), max(at, 0) + len(name))


def _unclosed(sheet: Sheet) -> Iterator[Hit]:
    pieces = [p for p in sheet.elements.of(Role.CC) if not p.text.startswith("主")]
    if pieces and not pieces[-1].text.endswith("。"):
        piece = pieces[-1]
        stop = re.search(r"[.．；;，,]?$", piece.text)
        start = stop.start() if stop else len(piece.text)
        yield Hit(piece, start, len(piece.text), "。")


def _keywords(sheet: Sheet) -> Iterator[Hit]:
    yield from (Hit(piece) for piece in sheet.elements.of(Role.KEYWORDS, part=None))


def _not_the_office(sheet: Sheet) -> Iterator[Hit]:
    """The office of the issuer sends to print; an organ without one prints in its own name."""
    issuers = {relations.plain(name) for name in [*sheet.issuers, *sheet.elements.signatures]}
    for piece in sheet.elements.of(Role.IMPRINT):
        name = re.split(r"[\s\u3000]|\d{4}年|[〇二]", piece.text, maxsplit=1)[0]
        short = relations.plain(name)
        if (
            name
            and not re.search(r"办公[厅室]$|办$|秘书[处科]?$", name)
            and not any(short == one or one.endswith(short) for one in issuers)
        ):
            yield Hit(piece, 0, len(name))


# fmt: off
RULES = (
    Rule("NT-01", ERROR, "GB/T 9704-2012 7.3.6", "附注加全角圆括号", "The note stands in round brackets of full width", on(Role.NOTE, r"^(?!（.*）$).*$", _bracketed)),
    Rule("CC-01", ERROR, "GB/T 9704-2012 7.4.2", "“抄送”后标全角冒号", "A full-width colon follows 抄送", on(Role.CC, r"(?<=[送报发])\s*:", "：")),
    Rule("CC-02", ERROR, "GB/T 9704-2012 7.4.2", "最后一个抄送机关后标句号", "A full stop 。 closes the copies", _unclosed, "cc"),
    Rule("CC-03", WARNING, "条例第九条（十六）", "只有“抄送”，没有“抄报”“抄发”", "There is only 抄送, no 抄报 or 抄发", on(Role.CC, r"^抄\s*[报发]", "抄送")),
    Rule("CC-04", WARNING, "公文惯例", "抄送机关依上级、平级、下级和党委、人大、政府、政协、监委、法院、检察院的次序", "Copies go by rank: superiors, peers, subordinates; then 党委, 人大, 政府, 政协, 监委, 法院, 检察院", _unordered, "cc"),
    Rule("IM-01", ERROR, "GB/T 9704-2012 前言", "主题词已经取消", "Subject words were abolished", _keywords, "keywords"),
    Rule("IM-02", WARNING, "条例第九条（十七）；GB/T 9704-2012 7.4.3", "印发机关一般是发文机关的办公厅（室）", "The office of the issuing body sends to print", _not_the_office, "imprint"),
)
# fmt: on
