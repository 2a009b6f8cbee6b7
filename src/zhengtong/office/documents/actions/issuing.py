"""From the signature to the archive (第二十五条（二）至（四）、第二十七条): number, typeset, dispatch, archive."""

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.files import actions as files
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.office.documents import queries
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import kinds

from .desk import in_hand, move
from .signing import official, verify


@official
@action
def number(code: str, by: Person) -> Document:
    """登记编号 (第二十五条（二）): the next number of this organ, code and year, without gap, never before signing."""
    document, line = in_hand("number", code, by)
    verify(document)
    letters = document.organ.letters
    if not letters:
        raise Refused(_("%(organ)s没有登记机关代字，不能编号"), organ=document.organ.name)
    year = clock.today().year
    series = kinds.series(letters, document.kind)
    serial = take(series, document.organ.code, year)
    document.number = kinds.number(letters, document.kind, year, serial)
    document.number_code, document.number_year, document.number_serial = series, year, serial
    document.numbered_at = clock.now()
    slips.complete(line, by, "done", verb="documents.number", target=document, detail={"number": document.number})
    move("number", document, "number", "number_code", "number_year", "number_serial", "numbered_at")
    return document


@official
@action
def typeset(code: str, by: Person) -> Document:
    """印制用印 (第二十五条（三）): set by GB/T 9704, sealed, kept as the one formal page."""
    document, line = in_hand("typeset", code, by)
    verify(document)
    document.printed_on = clock.today()
    made = queries.formal(document, clock.now())
    document.pdf = files.store(made.pdf, f"{document.code}.pdf", allowed=("pdf",))
    slips.complete(line, by, "done", verb="documents.typeset", target=document, detail={"pdf": document.pdf.sm3, "pages": made.pages})
    move("typeset", document, "pdf", "printed_on")
    return document
