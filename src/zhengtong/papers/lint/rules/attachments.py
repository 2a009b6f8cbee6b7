"""附件说明和附件 (条例第九条（十）（十五）; GB/T 9704-2012 7.3.4, 7.3.7)."""

import re
from collections.abc import Iterator

from zhengtong.papers.reading.elements import Attachment, Role, attachment_name

from .rule import ERROR, WARNING, Hit, Rule, first, on
from .sheet import Sheet

CITED = re.compile(
    r"(?:见|附|按照?|依据|填写|填报|参照)(?:本通知)?附件\s*(\d{1,2})?|附件\s*(\d{1,2})(?:）|。|，|、)|(?:见|详见)附[件表]|附后"
)
EMPTY = Attachment(None, "")


def _same(one: str, other: str) -> bool:
    a, b = (re.sub(r"[\s\u3000《》“”]", "", name) for name in (one, other))
    return a.startswith(b) or b.startswith(a)


def _numbered_alone(sheet: Sheet) -> Iterator[Hit]:
    notes = sheet.elements.of(Role.ATTACHMENT_NOTE)
    whole = " ".join(p.text for p in notes)
    numbers = re.findall(r"(?:^附\s*件\s*[:：]?|[\s\u3000；;])\s*(\d{1,2})\s*[.．、]", whole)
    if numbers == ["1"]:
        found = re.search(r"1\s*[.．、]\s*", notes[0].text)
        yield Hit(notes[0], found.start(), found.end(), "") if found else Hit(notes[0])


def _notes(sheet: Sheet) -> list[tuple[int | None, str]]:
    """Number and name of each attachment in the note; a line without a number goes on from the one above."""
    found: list[tuple[int | None, str]] = []
    for piece in sheet.elements.of(Role.ATTACHMENT_NOTE):
        for line in re.split(r"(?<=\S)[\s\u3000]+(?=\d{1,2}\s*[.．、])", piece.text):
            number, name = attachment_name(line)
            if found and number is None and not line.startswith("附"):
                found[-1] = (found[-1][0], found[-1][1] + name)
            else:
                found.append((number, name))
    return found


def _differs(sheet: Sheet) -> Iterator[Hit]:
    """Number and title at the head of an attachment are those of the note (7.3.7)."""
    notes = _notes(sheet)
    bound = [a for a in sheet.attachments if not a.enclosed and a.name]
    heads = [p for p in sheet.elements.of(Role.ATTACHMENT_TITLE, part=None) if sheet.elements.of(Role.ATTACHMENT_HEAD, part=p.part)]
    firsts = {p.part: p for p in reversed(heads)}
    for order, (one, (part, piece)) in enumerate(zip(bound, sorted(firsts.items()), strict=False)):
        if order < len(notes) and not _same(one.name, notes[order][1]):
            yield Hit(piece, facts={"name": notes[order][1]})
        elif order < len(notes) and len(notes) > 1 and one.number not in (None, notes[order][0] or order + 1):
            yield Hit(next(iter(sheet.elements.of(Role.ATTACHMENT_HEAD, part=part)), piece), facts={"name": notes[order][1]})


def _absent(sheet: Sheet) -> Iterator[Hit]:
    """见附件 asks for one; 见附件3 for three."""
    if sheet.abridged or "附" not in sheet.own.text:
        return
    count = max(len(_notes(sheet)), len(sheet.attachments), len(sheet.context.attachments or ()))
    for found in CITED.finditer(sheet.own.text):
        if sheet.own.quoted(found.start()) or (found[0] == "附后" and count):
            continue
        number = int(found[1] or found[2] or 1)
        if number > count:
            piece, at = sheet.own.place(found.start())
            yield Hit(piece, at, at + len(found[0]))


def _behind_imprint(sheet: Sheet) -> Iterator[Hit]:
    last = max((p.line for p in sheet.elements.of(Role.CC, Role.IMPRINT)), default=None)
    first_page = last is not None
    for piece in sheet.elements.of(Role.ATTACHMENT_HEAD, part=None):
        if (first_page and last is not None and piece.line > last) or (sheet.elements.kind == "docx" and not piece.new_page and piece.part):
            yield Hit(piece)
    if sheet.context.attachment_new_page is False:
        yield Hit(first(sheet, Role.ATTACHMENT_NOTE))


def _issued_twice(sheet: Sheet) -> Iterator[Hit]:
    """The paper that a notice issues or forwards follows it directly and is no attachment."""
    if not re.search(r"印发|转发|批转", sheet.title):
        return
    matter = re.sub(r"[《》“”\s\u3000]", "", sheet.title)
    for piece in sheet.elements.of(Role.ATTACHMENT_NOTE):
        name = re.sub(r"[《》“”\s\u3000]|（.*?）", "", attachment_name(piece.text)[1])
        if len(name) > 2 and name in matter:
            yield Hit(piece)


# fmt: off
RULES = (
    Rule("ATT-01", ERROR, "GB/T 9704-2012 7.3.4", "“附件”后标全角冒号", "A full-width colon follows 附件", on(Role.ATTACHMENT_NOTE, r"^(附\s*件)\s*(?::|(?=\d))", r"\1：")),
    Rule("ATT-02", ERROR, "GB/T 9704-2012 7.3.4", "附件顺序号用阿拉伯数字加圆点，如“附件：1.”", "Attachments are numbered by Arabic digits and a dot",
         on(Role.ATTACHMENT_NOTE, r"^(附\s*件\s*[:：]?\s*)?([1-9]\d?)\s*[、，]|^附\s*件\s*[:：]\s*[一二三四五六七八九十]{1,2}[、.．]", lambda m: f"{m[1] or ''}{m[2]}." if m[2] else None)),
    Rule("ATT-03", ERROR, "GB/T 9704-2012 7.3.4", "附件名称后不加标点", "No mark follows the name of an attachment", on(Role.ATTACHMENT_NOTE, r"[；。，、;,]$", "")),
    Rule("ATT-04", WARNING, "公文惯例", "附件名称不加书名号", "The name of an attachment takes no 《》", on(Role.ATTACHMENT_NOTE, r"((?:^附\s*件\s*[:：]|^)\s*(?:\d{1,2}\s*[.．、]\s*)?)《([^《》]+)》$", r"\1\2")),
    Rule("ATT-05", ERROR, "GB/T 9704-2012 7.3.4", "只有一个附件时不编顺序号", "A single attachment carries no number", _numbered_alone, "attachment_note"),
    Rule("ATT-06", ERROR, "GB/T 9704-2012 7.3.7", "附件的顺序号和标题应当与附件说明一致（%(name)s）", "Number and title of an attachment are those of the note (%(name)s)", _differs, "attachment_title"),
    Rule("ATT-07", ERROR, "GB/T 9704-2012 7.3.7", "附件页上的“附件”及顺序号后不加标点", "No mark follows 附件1 at the head of an attachment", on(Role.ATTACHMENT_HEAD, r"\s*[：:、.．]$", "", part=None)),
    Rule("ATT-08", ERROR, "条例第九条（十）", "正文提到的附件没有附上", "The text refers to an attachment that is not there", _absent, "para", needs=("attachments",)),
    Rule("ATT-09", WARNING, "GB/T 9704-2012 7.3.7", "附件另面编排，并在版记之前", "An attachment begins on a new page, before the imprint", _behind_imprint, "attachment_head", needs=("layout",)),
    Rule("ATT-10", WARNING, "公文惯例", "被印发、转发的文件直接附在正文后，不再列为附件", "What the notice issues or forwards follows directly and is not listed as attachment", _issued_twice, "attachment_note"),
)
# fmt: on
