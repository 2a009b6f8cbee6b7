"""From the signature to the receivers (第二十五条（二）至（四）): number, typeset, dispatch."""

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.files import actions as files
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.office.archive import actions as archive
from zhengtong.office.dispatch import actions as dispatches
from zhengtong.office.documents import queries
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.queries import filed, joint
from zhengtong.office.documents.rules import kinds
from zhengtong.office.stamps import actions as stamps
from zhengtong.papers import sealing
from zhengtong.papers.sealing import pdf

from .desk import in_hand, move
from .laying import ask_to_seal
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
    """印制用印 (第二十五条（三）): set by GB/T 9704, sealed as OFD, signed with the seal's key as PDF, kept as the one formal page."""
    document, line = in_hand("typeset", code, by)
    verify(document)
    document.printed_on = clock.today()
    press = stamps.take_out(document.organ, by) if kinds.KINDS[document.kind].closing == kinds.Closing.SEAL else None
    at = clock.now()
    made = queries.formal(document, at)
    ofd = queries.sealed_ofd(document, made, at, press)
    page = pdf.signed_by(made.pdf, [press] if press else [], at)
    document.pdf = files.store(page, f"{document.code}.pdf", allowed=("pdf",))
    document.ofd = files.store(ofd, f"{document.code}.ofd", allowed=("ofd",))
    if press:
        stamps.use(press, by, paper=document.code, title=document.title, number=document.number, pdf=page, ofd=ofd)
    ask_to_seal(document, line, by)
    detail = {"pdf": document.pdf.sm3, "ofd": document.ofd.sm3, "pages": made.pages}
    slips.complete(line, by, "done", verb="documents.typeset", target=document, detail=detail)
    move("typeset", document, "pdf", "ofd", "printed_on")
    return document


@official
@action
def coseal(code: str, by: Person) -> Document:
    """联合用印 (第九条（十三）): a co-issuer's keeper sets its seal on the printed page; each protects the ones before."""
    document, line = in_hand("coseal", code, by)
    verify(document)
    assert document.pdf and document.ofd
    issuer, at = joint.sealing(document, line), clock.now()
    press = stamps.take_out(issuer.organ, by)
    ofd = sealing.seal(read(document.ofd.sm3), press.grant, press.private, at)
    document.ofd = files.store(ofd, f"{document.code}.ofd", allowed=("ofd",))
    page = read(document.pdf.sm3)  # stays as the lead organ signed it: every keeper's entry in the log is over these very bytes
    stamps.use(press, by, paper=document.code, title=document.title, number=document.number, pdf=page, ofd=ofd)
    issuer.sealed_by, issuer.sealed_at = by, at
    issuer.save(update_fields=["sealed_by", "sealed_at"])
    detail = {"organ": issuer.organ.code, "ofd": document.ofd.sm3}
    slips.complete(line, by, "done", verb="documents.coseal", target=document, detail=detail)
    move("coseal", document, "ofd")
    return document


@official
@action
def dispatch(code: str, by: Person) -> Document:
    """核发分发 (第二十五条（四）): the formal page goes to every receiver, and the document is filed beforehand."""
    document, line = in_hand("dispatch", code, by)
    verify(document)
    if document.pdf is None:
        raise Refused(_("没有正式版面，不能分发"))
    to = list(document.recipients.select_related("organ"))
    mains = [r.organ.code for r in to if not r.cc]
    copies = [r.organ.code for r in to if r.cc]
    copies += [one.organ.code for one in document.issuers.select_related("organ") if one.organ.code not in (*mains, *copies)]
    document.issued_at = clock.now()
    slips.complete(
        line, by, "done", verb="documents.dispatch", target=document, detail={"number": document.number, "to": len(mains) + len(copies)}
    )
    move("dispatch", document, "issued_at")
    if mains or copies:  # what is only published (公告, 通告, 纪要) has no receivers; co-issuers keep a copy of what they issued
        dispatches.dispatch(
            document.code,
            number=document.number,
            title=document.title,
            sender=document.organ.code,
            pdf=document.pdf.sm3,
            ofd=document.ofd.sm3 if document.ofd else "",
            recipients=mains,
            cc=copies,
            urgency=document.urgency,
            secrecy=document.secrecy,
            secrecy_mark=document.secrecy_mark,
            readers=list(document.readers.values_list("person__code", flat=True)),
            by=by,
        )
    _prefile(document, by)
    return document


def _prefile(document: Document, by: Person) -> None:
    """预归档: everything of the completed document goes to the archive as it is now (第二十七条)."""
    given = filed.filed(document, clock.now())
    archive.prefile(document.code, given.facts, given.kept, given.events, given.agents, by)
