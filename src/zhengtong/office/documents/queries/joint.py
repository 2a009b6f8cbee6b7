"""A document's issuers: the lead organ and, of a joint document, those beside it (第十七条)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.prepared import Prepared
from zhengtong.foundation.slips.models import Line
from zhengtong.foundation.slips.rules import LineState
from zhengtong.office.documents.models import Document, Issuer
from zhengtong.office.documents.rules import joint, kinds
from zhengtong.office.documents.rules.steps import State
from zhengtong.papers.typeset import paper as papers

from .sight import office_of


class Named(TypedDict):
    """Elements of a page."""

    joint: tuple[papers.Issuer, ...]
    mark_all: bool


TEST = "测试"  # what the seals made here bear below the star
COPY_OF = "联合行文，原件存"
ISSUERS = Prepared(lambda document: Issuer.objects.filter(document=document).select_related("organ"))


def organs(document: Document) -> list[Organ]:
    """Every issuing organ in its order, the lead organ first."""
    return [document.organ, *(one.organ for one in ISSUERS(document.pk))]


def makers(document: Document, room: int = 200) -> str:
    """The full names of all issuing organs; where there is no room for all, the lead organ's and how many they are."""
    found = organs(document)
    names = "、".join(organ.name for organ in found)
    return names if len(names) <= room else f"{document.organ.name}等{len(found)}个机关"


def makers_of(code: str, otherwise: str, room: int) -> str:
    """The same for a room that holds a copy; what it knows itself when the document came from elsewhere."""
    found = Document.objects.select_related("organ").filter(code=code).first()
    return makers(found, room) if found else otherwise


def original_with(code: str, organ: Organ) -> str:
    """The lead organ that keeps the original (第二十七条), when this organ is a co-issuer and keeps a copy."""
    found = Issuer.objects.select_related("document__organ").filter(document__code=code, organ=organ).first()
    return found.document.organ.name if found else ""


def signed(document: Document) -> list[tuple[Organ, Person, datetime, dict[str, str]]]:
    """Every signature that stands, in the issuers' order: whose organ, who, when, the signature."""
    rows = [(document.organ, document.signed_by, document.signed_at, document.signature)]
    rows += [(one.organ, one.signed_by, one.signed_at, one.signature) for one in document.issuers.select_related("organ", "signed_by")]
    return [(organ, by, at, own) for organ, by, at, own in rows if by and at and own]


def day(document: Document) -> date | None:
    """成文日期: the day on which the last head signed (第九条（十二）); none before all have."""
    when = [document.signed_at, *document.issuers.values_list("signed_at", flat=True)]
    last = max((at for at in when if at), default=None) if all(when) else None
    return last.astimezone(clock.ZONE).date() if last else None


def signings(document: Document) -> tuple[dict[str, str], ...]:
    """The signatures as the rule book asks for them: opinion, name, date, organ."""
    done = Line.objects.filter(slip=document.slip_id, stage__in=["sign", joint.COSIGN], state=LineState.DONE.value).order_by("pk")
    said = dict(done.values_list("done_by", "opinion"))
    return tuple(
        {"opinion": said.get(by.pk, ""), "name": by.name, "date": f"{at.astimezone(clock.ZONE):%Y-%m-%d}", "organ": organ.name}
        for organ, by, at, _own in signed(document)
    )


def seals(document: Document) -> tuple[str, ...]:
    """The owners of the seals on the formal page; while they are still being set none is wanting."""
    if unfinished(document) or document.ofd_id is None or kinds.KINDS[document.kind].closing != kinds.Closing.SEAL:
        return ()
    return (document.organ.name, *(one.organ.name for one in document.issuers.select_related("organ") if one.sealed_at))


def signers(document: Document) -> tuple[str, ...]:
    """签发人 on an upward document: every organ's, in the issuers' order (GB/T 9704-2012 7.2.6)."""
    return tuple(by.name for _organ, by, _at, _own in signed(document)) if kinds.upward(document.kind) else ()


def issuers(document: Document, *, sealed: bool, all_seals: bool) -> tuple[papers.Issuer, ...]:
    """The co-issuers as they stand on the page, with the seals that were set, or with all of them."""
    return tuple(
        papers.Issuer(one.organ.name, papers.Seal(one.organ.name, TEST) if sealed and (all_seals or one.sealed_at) else None)
        for one in document.issuers.select_related("organ")
    )


def named(names: Sequence[str], mark: str) -> Named:
    """The co-issuers of a form as it stands, as elements of a page."""
    return {"joint": tuple(papers.Issuer(name) for name in names), "mark_all": mark != "lead"}


def keeping(organ: Organ) -> Organ:
    """Where the keepers of an organ's seal sit: in its office (县政府办 for 县政府), else in the organ itself."""
    office = office_of(organ)
    return office if accounts.people_with("seal_keeper", office) else organ


def sealing(document: Document, line: Line) -> Issuer:
    """The co-issuer whose seal a line of sealing asks for."""
    waiting = document.issuers.select_related("organ").filter(sealed_at__isnull=True)
    return next(one for one in waiting if line.organ_id in (one.organ_id, keeping(one.organ).pk))


def unfinished(document: Document) -> bool:
    """Whether the page still lacks a co-issuer's seal: until then it is nobody's formal page."""
    return document.state == State.SEALING
