"""印章 (条例第九条（十三）; GB/T 9704-2012 7.3.5, 10.2, 10.3)."""

import re
from collections.abc import Iterator

from zhengtong.papers.reading.elements import Role

from . import relations
from .rule import ERROR, Hit, Rule, first, need
from .sheet import Sheet

# the steps before the recheck is done, as the sheet and as the office names them
BEFORE = frozenset({"draft", "returned", "unit", "consult", "countersign", "review", "office", "deputy", "signing", "signed", "recheck"})
NO_TEXT = re.compile(r"此页无正文|本页无正文")


def _other_owner(sheet: Sheet) -> Iterator[Hit]:
    if sheet.kind == "minutes" or sheet.context.stamp:
        return
    seals = {relations.plain(name) for name in sheet.context.seals or ()}
    signed = {relations.plain(name) for name in sheet.elements.signatures}
    if signed and seals != signed:
        yield Hit(first(sheet, Role.SIGNATURE))


def _on_blank(sheet: Sheet) -> Iterator[Hit]:
    if sheet.context.seal_on_text is False:
        yield Hit(first(sheet, Role.SIGNATURE))


def _no_text(sheet: Sheet) -> Iterator[Hit]:
    for piece in sheet.elements.pieces:
        found = NO_TEXT.search(piece.text)
        if found:
            yield Hit(piece, found.start(), found.end())


def _wrong_mark(sheet: Sheet) -> Iterator[Hit]:
    sealed = bool(sheet.context.seals)
    if sealed and (sheet.kind == "minutes" or (sheet.kind in ("order", "bill") and not sheet.context.stamp)):
        yield Hit(first(sheet, Role.SIGNATURE, Role.TITLE, Role.MARK))


def _too_early(sheet: Sheet) -> Iterator[Hit]:
    if sheet.context.sealed_in in BEFORE:
        yield Hit(first(sheet, Role.SIGNATURE))


# fmt: off
RULES = (
    Rule("SEAL-01", ERROR, "条例第九条（十三）", "印章应当与署名机关相符，联合行文一机关一印章", "Each signing body has its own seal and no other", need(_other_owner, "seals"), "signature", needs=("seals",)),
    Rule("SEAL-02", ERROR, "GB/T 9704-2012 7.3.5.1", "印章应当下压署名和成文日期，不盖在空白处", "The seal presses name and date and never stands on blank space", need(_on_blank, "seal_on_text"), "signature", needs=("seal_on_text",)),
    Rule("SEAL-03", ERROR, "GB/T 9704-2012 7.3.5.5", "不得采用“此页无正文”，应当调整行距、字距", "此页无正文 is not allowed; adjust the spacing instead", _no_text, "para"),
    Rule("SEAL-04", ERROR, "GB/T 9704-2012 10.2、10.3", "纪要不加盖印章，命令、议案用签名章", "Minutes bear no seal; orders and bills bear the signer's stamp", need(_wrong_mark, "seals"), "signature", needs=("seals", "stamp")),
    Rule("SEAL-05", ERROR, "条例第二十五条", "签发、复核之后方可用印", "The seal is set only after signing and recheck", need(_too_early, "sealed_in"), "signature", needs=("sealed_in",)),
)
# fmt: on
