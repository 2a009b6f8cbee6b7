"""份号、密级和保密期限、紧急程度 (条例第九条（一）至（三）; GB/T 9704-2012 7.2.1 to 7.2.3; 保守国家秘密法)."""

import re
from collections.abc import Iterator

from zhengtong.papers.reading.elements import Piece, Role

from .rule import ERROR, WARNING, Hit, Rule, first, need, on
from .sheet import Sheet

LEVELS = ("秘密", "机密", "绝密")
CEILING = {"秘密": 10, "机密": 20, "绝密": 30}  # years
NUMERALS = {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10", "二十": "20", "三十": "30"}  # fmt: skip
TELEGRAM = ("特提", "特急", "加急", "平急")


def _rank(text: str) -> int:
    return next((rank for rank, level in enumerate(LEVELS, 1) if text.startswith(level)), 0)


def _telegram(sheet: Sheet) -> bool:
    if sheet.context.telegram is not None:
        return sheet.context.telegram
    return "电" in sheet.elements.number or "电报" in sheet.elements.text(Role.MARK)


def _other_words(sheet: Sheet) -> Iterator[Hit]:
    for piece in sheet.elements.of(Role.SECRECY):
        if not re.match(r"(?:绝密|机密|秘密)(?:$|[★*＊·☆\-—])", piece.text):
            yield Hit(piece)


def _over_ceiling(sheet: Sheet) -> Iterator[Hit]:
    for piece in sheet.elements.of(Role.SECRECY):
        found = re.match(r"(绝密|机密|秘密)\s*★\s*(\d+)(年|个月)", piece.text)
        if found and int(found[2]) > CEILING[found[1]] * (12 if found[3] == "个月" else 1):
            yield Hit(piece, found.start(2), found.end(), facts={"level": found[1], "years": CEILING[found[1]]})


def _without_copy_no(sheet: Sheet) -> Iterator[Hit]:
    if _rank(sheet.secrecy) and not sheet.elements.of(Role.COPY_NO):
        yield Hit(first(sheet, Role.SECRECY))


def _marked_inside(sheet: Sheet) -> Iterator[Piece]:
    """Levels that stand at the head of what is bound in."""
    for piece in sheet.elements.of(Role.PARA, Role.ATTACHMENT_TITLE, part=None):
        if piece.part and re.fullmatch(r"(?:绝密|机密|秘密)(?:★.{1,20})?", piece.text):
            yield piece


def _below_its_parts(sheet: Sheet) -> Iterator[Hit]:
    own = _rank(sheet.secrecy)
    yield from (Hit(piece) for piece in _marked_inside(sheet) if _rank(piece.text) > own)
    if max((_rank(level) for level in sheet.context.secrecies or ()), default=0) > own:
        yield Hit(first(sheet, Role.SECRECY))


def _open_secret(sheet: Sheet) -> Iterator[Hit]:
    if not _rank(sheet.secrecy):
        return
    public = [piece for piece in sheet.elements.of(Role.NOTE) if re.search(r"公开发布|主动公开|公开属性[:：]\s*主动", piece.text)]
    yield from (Hit(piece) for piece in public)
    if not public and (sheet.context.publication == "proactive" or sheet.context.channel == "open"):
        yield Hit(first(sheet, Role.SECRECY))


def _urgency(sheet: Sheet) -> Iterator[Hit]:
    if not _telegram(sheet):
        for piece in sheet.elements.of(Role.URGENCY):
            if piece.text not in ("特急", "加急"):
                yield Hit(piece, fix="加急" if piece.text in ("急件", "急") else None)


def _telegram_urgency(sheet: Sheet) -> Iterator[Hit]:
    if _telegram(sheet):
        yield from (Hit(piece) for piece in sheet.elements.of(Role.URGENCY) if piece.text not in TELEGRAM)


def _no_deadline(sheet: Sheet) -> Iterator[Hit]:
    if sheet.context.deadline == "":
        yield from (Hit(piece) for piece in sheet.elements.of(Role.URGENCY))


# fmt: off
RULES = (
    Rule("SEC-01", ERROR, "条例第九条（二）；保守国家秘密法", "密级只有绝密、机密、秘密，不用其他说法", "The level is 绝密, 机密 or 秘密 and nothing else", _other_words, "secrecy", since=None),
    Rule("SEC-02", ERROR, "GB/T 9704-2012 7.2.2；保守国家秘密法实施条例", "密级与保密期限之间用“★”隔开", "★ stands between level and period",
         on(Role.SECRECY, r"(?<=密)\s*[*＊·☆\-—]\s*", "★"), since=None),
    Rule("SEC-03", ERROR, "GB/T 9704-2012 7.2.2", "保密期限的数字用阿拉伯数字", "The period is in Arabic digits",
         on(Role.SECRECY, r"(?<=★)([一二两三四五六七八九十]+)(?=年|个月)", lambda m: NUMERALS.get(m[1]))),
    Rule("SEC-04", ERROR, "保守国家秘密法第二十条", "保密期限过长：%(level)s不超过%(years)s年", "The period is too long: %(level)s lasts %(years)s years at most", _over_ceiling, "secrecy", since=None),
    Rule("SEC-05", ERROR, "条例第九条（一）", "涉密公文应当标注份号", "A classified document bears a copy number", _without_copy_no, "copy_no"),
    Rule("SEC-06", ERROR, "GB/T 9704-2012 7.2.1", "份号用6位3号阿拉伯数字", "The copy number has six Arabic digits",
         on(Role.COPY_NO, r"^(?!\d{6}$).*$", lambda m: m[0].zfill(6) if m[0].isascii() and m[0].isdigit() and len(m[0]) < 6 else None)),
    Rule("SEC-07", ERROR, "条例第三十二条；保守国家秘密法", "公文的密级低于附件、所引用或者汇编内容的密级", "The document's level is below that of an attachment or a source it draws on",
         _below_its_parts, "secrecy", since=None, needs=("secrecies",)),
    Rule("SEC-08", ERROR, "条例第二十六条、第三十一条", "涉密公文不得公开，也不得经非涉密渠道发送", "A classified document is not published and not sent through an open channel",
         _open_secret, "note", since=None, needs=("publication", "channel")),
    Rule("SEC-09", WARNING, "保守国家秘密法", "保密期限一年以上以年计，不满一年以月计，不用0", "A period of a year or more counts in years, a shorter one in months; never 0",
         on(Role.SECRECY, r"(?<=★)(?:0\d*(?:年|个月)|(?:1[2-9]|[2-9]\d)个月)"), since=None),
    Rule("URG-01", ERROR, "条例第九条（三）", "公文的紧急程度只有特急、加急", "The urgency of a document is 特急 or 加急", _urgency, "urgency"),
    Rule("URG-02", ERROR, "条例第九条（三）", "电报的紧急程度只有特提、特急、加急、平急", "The urgency of a telegram is 特提, 特急, 加急 or 平急", _telegram_urgency, "urgency"),
    Rule("URG-03", WARNING, "条例第二十四条（四）", "紧急公文应当明确办理时限", "An urgent document needs a time limit for its handling", need(_no_deadline, "deadline"), "urgency", needs=("deadline",)),
)
# fmt: on
