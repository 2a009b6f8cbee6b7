"""签发人 (条例第九条（六）, 第二十二条; GB/T 9704-2012 7.2.6)."""

import re
from collections.abc import Iterator

from zhengtong.papers.reading.elements import Role, day

from .rule import ERROR, INFO, Hit, Rule, first, need, on
from .sheet import Sheet


def _missing(sheet: Sheet) -> Iterator[Hit]:
    if sheet.upward and not sheet.elements.signers:
        yield Hit(first(sheet, Role.SIGNERS, Role.NUMBER, Role.TITLE))


def _unasked(sheet: Sheet) -> Iterator[Hit]:
    if sheet.type and not sheet.upward and sheet.kind not in ("opinion", "bill"):
        yield from (Hit(piece) for piece in sheet.elements.of(Role.SIGNERS))


def _deputy(sheet: Sheet) -> Iterator[Hit]:
    if sheet.context.signer_rank not in (None, "principal") and (sheet.upward or sheet.context.important):
        yield Hit(first(sheet, Role.SIGNERS, Role.TITLE))


def _incomplete(sheet: Sheet) -> Iterator[Hit]:
    for signing in sheet.context.signings or ():
        date = signing.get("date", "")
        whole = bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}.*", date)) or day(date) is not None
        agreed = bool(signing.get("opinion", "").strip()) or signing.get("mark") == "circle"  # 圈阅视为同意
        if not (agreed and signing.get("name", "").strip() and whole):
            yield Hit(first(sheet, Role.SIGNERS))


def _not_all(sheet: Sheet) -> Iterator[Hit]:
    bodies = max(len(sheet.issuers), len(sheet.elements.signatures))
    if sheet.upward and bodies > 1 and 0 < len(sheet.elements.signers) < bodies:
        yield Hit(first(sheet, Role.SIGNERS), facts={"bodies": bodies})


# fmt: off
RULES = (
    Rule("SIG-01", ERROR, "条例第九条（六）", "上行文应当标注签发人姓名", "An upward document names its signer", _missing, "signers"),
    Rule("SIG-02", ERROR, "GB/T 9704-2012 7.2.6", "“签发人”后标全角冒号", "A full-width colon follows 签发人", on(Role.SIGNERS, r"(?<=签发人)\s*:", "：")),
    Rule("SIG-03", INFO, "GB/T 9704-2012 7.2.6", "下行文、平行文不标注签发人", "Downward and level documents do not print the signer", _unasked, "signers"),
    Rule("SIG-04", ERROR, "条例第二十二条", "上行文和重要公文由机关主要负责人签发", "Upward and important documents are signed by the principal head",
         need(_deputy, "signer_rank"), "signers", needs=("signer_rank",)),
    Rule("SIG-05", ERROR, "条例第二十二条", "签发应当签署意见、姓名和完整日期", "Signing takes an opinion, the name and the full date", need(_incomplete, "signings"), "signers", needs=("signings",)),
    Rule("SIG-06", ERROR, "GB/T 9704-2012 7.2.6", "联合上行文应当按发文机关顺序标注每个机关（共%(bodies)s个）的签发人", "A joint upward document lists a signer for each of its %(bodies)s bodies, in their order",
         _not_all, "signers"),
)
# fmt: on
