"""The document as the page it is or will be (条例第九条; GB/T 9704-2012)."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from zhengtong.foundation import clock, seals
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.files.models import File
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import body, kinds, secrecy
from zhengtong.papers import sealing
from zhengtong.papers.ofd import make as ofd
from zhengtong.papers.sealing import Press
from zhengtong.papers.typeset import fonts, press
from zhengtong.papers.typeset import paper as papers

from . import joint
from .attachments import printed as attachments_of
from .sight import office_of

FORMS = {"letter": papers.Form.LETTER, "order": papers.Form.ORDER, "minutes": papers.Form.MINUTES}  # GB/T 9704-2012 §10
MARKS = {papers.Form.GENERAL: "文件", papers.Form.LETTER: "", papers.Form.ORDER: "令", papers.Form.MINUTES: "会议纪要"}
SKETCHED = 12  # pages shown while one types; drawing one takes about 70 ms
PRESENT = ("出席", "请假", "列席")


def paper(document: Document, *, sealed: bool = False, all_seals: bool = True) -> papers.Paper:
    """The document's elements as they stand on the page (第九条; GB/T 9704-2012 §7).

    `all_seals` is False while co-issuers still set theirs: only those that stand there are shown.
    """
    to = list(document.recipients.all())
    mains = tuple(dict.fromkeys(r.name for r in to if not r.cc))
    closing = kinds.KINDS[document.kind].closing
    form = FORMS.get(document.kind, papers.Form.GENERAL)
    text = body.printed(document.text)
    text, attendance = _attendance(text) if form == papers.Form.MINUTES else (text, ())
    return papers.Paper(
        form=form,
        issuer_mark=f"{document.organ.name}{MARKS[form]}",
        title=document.title,
        body=text,
        attachments=attachments_of(document),
        attendance=attendance,
        stamps=_stamps(document) if closing == kinds.Closing.STAMP else (),
        number=document.number,
        copy_no="000001" if document.secrecy else "",
        secrecy=document.secrecy_mark,
        urgency=str(kinds.URGENCY[document.urgency]) if document.urgency else "",
        signers=joint.signers(document),
        recipients=mains,
        signature=document.organ.name,
        date=joint.day(document),
        seal=papers.Seal(document.organ.name, joint.TEST) if sealed and closing == kinds.Closing.SEAL else None,
        joint=joint.issuers(document, sealed=sealed, all_seals=all_seals),
        mark_all=document.joint_mark != "lead",
        note="此件公开发布" if document.publication == secrecy.Publication.PROACTIVE else "",
        cc=tuple(dict.fromkeys(r.name for r in to if r.cc)),
        printed_by=_printer(document.organ),
        printed_on=document.printed_on,
    )


def _attendance(blocks: tuple[papers.Block, ...]) -> tuple[tuple[papers.Block, ...], tuple[papers.Attendance, ...]]:
    """The text of minutes without its last lines 出席：… 请假：… 列席：…, and these (GB/T 9704-2012 10.3)."""
    rows: list[papers.Attendance] = []
    while blocks and isinstance(last := blocks[-1], papers.Para) and last.text.partition("：")[0] in PRESENT and "：" in last.text:
        label, _colon, names = last.text.partition("：")
        rows.insert(0, papers.Attendance(label, names))
        blocks = blocks[:-1]
    return blocks, tuple(rows)


def _stamps(document: Document) -> tuple[papers.Stamp, ...]:
    """签名章 of whoever signed, with his office (GB/T 9704-2012 7.3.5.3)."""
    if document.signed_by is None:
        return ()
    post = document.signed_by.main_post
    return (papers.Stamp(post.title if post else "", document.signed_by.name),)


def _printer(organ: Organ) -> str:
    """印发机关: the office of the issuing body (第九条（十七）)."""
    office = office_of(organ)
    return office.name if office.pk != organ.pk or organ.name.endswith("办公室") else f"{organ.name}办公室"


def formal(document: Document, at: datetime) -> press.Typeset:
    """The formal page with the seal."""
    return press.notice(paper(document, sealed=True), at)


def sealed_ofd(document: Document, made: press.Typeset, at: datetime, seal: Press | None) -> bytes:
    """The formal page as OFD, with the organ's electronic seal (GB/T 38540) where the type carries one (命令 and 纪要 do not)."""
    page = paper(document, sealed=True)
    if seal is None:
        return ofd.document(page, at, made, identity=_identity(document))
    unsealed = ofd.document(page, at, made, leave_seals=True, identity=_identity(document))
    return sealing.seal(unsealed, seal.grant, seal.private, at)


def _identity(document: Document) -> str:
    """公文标识: the same for every form of the document."""
    return seals.sm3(document.code.encode())[:32]


def preview(document: Document) -> press.Typeset:
    """The page as it would be printed now."""
    page = paper(document, sealed=bool(document.pdf_id), all_seals=not joint.unfinished(document))
    return _set(page, document.changed_at, fonts.state())


@lru_cache(maxsize=8)
def _set(page: papers.Paper, at: datetime, _fonts: object) -> press.Typeset:
    """The last pages that were looked at: a screen asks for them one by one, and a long attachment takes seconds to set."""
    return press.notice(page, at)


def final(document: Document) -> File | None:
    """The formal page; none as long as a co-issuer's seal is wanting on it."""
    return None if joint.unfinished(document) else document.pdf


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


def picture(document: Document, number: int, width: int = 900) -> bytes | None:
    """One page as a picture, the formal one once it exists; None where there is no such page."""
    page = final(document)
    pdf = files.read(page.sm3) if page else preview(document).pdf
    return press.picture(pdf, number, width) if 1 <= number <= press.pages(pdf) else None


@dataclass(frozen=True, slots=True)
class Sketch:
    """The first pages of an unsaved form: addresses that carry the pictures themselves, how many pages, what is missing, how long."""

    pages: list[str]
    count: int
    missing: str
    length: int


def sketch(
    title: str, text: str, recipients: Sequence[str], organ: Organ | None, kind: str = "", *, urgency: str = "", width: int = 700,
    attachments: tuple[papers.Attachment, ...] = (), issuers: Sequence[str] = (), mark: str = "",
) -> Sketch:  # fmt: skip
    """The page as the form now stands."""
    form = FORMS.get(kind, papers.Form.GENERAL)
    made = press.notice(
        papers.Paper(
            form=form,
            issuer_mark=f"{organ.name if organ else ''}{MARKS[form]}",
            title=title,
            body=body.printed(text),
            attachments=attachments,
            urgency=str(kinds.URGENCY[urgency]) if urgency in kinds.URGENCY and urgency else "",
            recipients=tuple(recipients),
            signature=organ.name if organ else "",
            printed_by=_printer(organ) if organ else "",
            **joint.named(issuers, mark),
        ),
        clock.now(),
    )
    shown = [press.picture(made.pdf, number, width) for number in range(1, min(made.pages, SKETCHED) + 1)]
    pages = [f"data:image/png;base64,{b64encode(png).decode()}" for png in shown]
    return Sketch(pages, made.pages, "".join(made.missing), body.length(text))
