"""The document as the page it is or will be (条例第九条; GB/T 9704-2012)."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zhengtong.foundation import clock
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import kinds, secrecy
from zhengtong.papers.typeset import paper as papers
from zhengtong.papers.typeset import press

from .sight import office_of


def paper(document: Document, *, sealed: bool = False) -> papers.Paper:
    """The document's elements as they stand on the page (第九条; GB/T 9704-2012 §7)."""
    to = list(document.recipients.all())
    mains = tuple(dict.fromkeys(r.name for r in to if not r.cc))
    closing = kinds.KINDS[document.kind].closing
    return papers.Paper(
        issuer_mark=f"{document.organ.name}文件",
        title=document.title,
        body=papers.blocks(document.text),
        number=document.number,
        copy_no="000001" if document.secrecy else "",
        secrecy=document.secrecy_mark,
        urgency=str(kinds.URGENCY[document.urgency]) if document.urgency else "",
        signers=(document.signed_by.name,) if kinds.upward(document.kind) and document.signed_by else (),
        recipients=mains,
        signature=document.organ.name,
        date=document.signed_at.astimezone(clock.ZONE).date() if document.signed_at else None,
        seal=papers.Seal(document.organ.name, "测试") if sealed and closing == kinds.Closing.SEAL else None,
        note="此件公开发布" if document.publication == secrecy.Publication.PROACTIVE else "",
        cc=tuple(dict.fromkeys(r.name for r in to if r.cc)),
        printed_by=_printer(document.organ),
        printed_on=document.printed_on,
    )


def _printer(organ: Organ) -> str:
    """印发机关: the office of the issuing body (第九条（十七）)."""
    office = office_of(organ)
    return office.name if office.pk != organ.pk or organ.name.endswith("办公室") else f"{organ.name}办公室"


def formal(document: Document, at: datetime) -> press.Typeset:
    """The formal page with the seal."""
    return press.notice(paper(document, sealed=True), at)


def preview(document: Document) -> press.Typeset:
    """The page as it would be printed now."""
    return press.notice(paper(document, sealed=bool(document.pdf_id)), document.changed_at)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the screen says about the page: how many, in which faces, and characters that no face holds."""

    pages: int
    faces: str
    missing: str


def sheet(document: Document) -> Sheet:
    """The page's facts; where Noto stands in for the faces that the standard names, the screen says so."""
    made = preview(document)
    return Sheet(made.pages, str(Refused(made.fonts.sentence)), "".join(made.missing))


def pictures(document: Document, width: int = 900) -> Sequence[bytes]:
    """The pages as pictures: the formal ones once they exist."""
    return press.pictures(files.read(document.pdf.sm3) if document.pdf else preview(document).pdf, width)


def sketch(title: str, text: str, recipients: Sequence[str], organ: Organ | None, width: int = 700) -> list[str]:
    """The page of an unsaved form, as addresses that carry the pictures themselves."""
    made = press.notice(
        papers.Paper(
            issuer_mark=f"{organ.name if organ else ''}文件",
            title=title,
            body=papers.blocks(text),
            recipients=tuple(recipients),
            signature=organ.name if organ else "",
            printed_by=_printer(organ) if organ else "",
        ),
        clock.now(),
    )
    return [f"data:image/png;base64,{b64encode(png).decode()}" for png in press.pictures(made.pdf, width)]
