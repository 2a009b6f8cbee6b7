"""Who sees which document, the lists, and the document as the page it will be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.models import Line
from zhengtong.papers.typeset import paper as papers
from zhengtong.papers.typeset import press

from .models import Clearance, Document, Reader, Release, Revision
from .rules import body, kinds, secrecy, steps


def visible(person: Person) -> QuerySet[Document]:
    """Documents that concern this person: drafted, handled or waiting, or kept in sight as his organ's secretary.

    A classified one only within its 知悉范围 and with clearance, not even its title (design §3b.2).
    """
    touched = slips.concerned(person).values("slip__paper")
    mine = Q(drafter=person) | Q(code__in=touched) | Q(organ__in=_overseen(person))
    known = [level for level in secrecy.LEVELS if level and secrecy.cleared(clearance(person), level)]
    named = Exists(Reader.objects.filter(document=OuterRef("pk"), person=person))
    seen = Document.objects.filter(mine).filter(Q(secrecy="") | (Q(secrecy__in=known) & Q(named)))
    return seen.select_related("organ", "drafter", "signed_by")


def office_of(organ: Organ) -> Organ:
    """The organ that handles its papers: the government's own office (云政 → 云政办), a department itself."""
    return Organ.objects.filter(parent=organ, letters=f"{organ.letters}办").first() or organ if organ.letters else organ


def _overseen(person: Person) -> list[int]:
    """Organs whose papers this person's secretariat keeps in sight: its own, and the one whose office it is."""
    own = Organ.objects.filter(pk__in=accounts.roles_by_organ(person).get("secretary", ())).select_related("parent")
    served = [o.parent_id for o in own if o.parent and office_of(o.parent).pk == o.pk]
    return [*(o.pk for o in own), *(pk for pk in served if pk)]


def clearance(person: Person) -> str:
    """The highest level that this person may know today, "" for none."""
    held = Clearance.objects.filter(person=person, until__gte=clock.today()).values_list("level", flat=True)
    return max(held, key=lambda level: secrecy.LEVELS[level], default="")


def for_person(person: Person, code: str) -> Document:
    """The document, if it concerns this person; otherwise it does not exist for him."""
    return visible(person).select_related("unit", "slip", "pdf").get(code=code)


def drafts(person: Person) -> QuerySet[Document]:
    """My drafts: not sent yet, or sent back to me."""
    return visible(person).filter(drafter=person, state__in=[steps.State.DRAFT.value, steps.State.RETURNED.value])


def search(person: Person, words: str = "", state: str = "", kind: str = "") -> QuerySet[Document]:
    """My documents that match all given filters, the last changed first."""
    found = visible(person)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(number__icontains=word) | Q(code__icontains=word))
    if state == "running":
        found = found.exclude(state__in=[steps.State.ISSUED.value, steps.State.FILED.value])
    elif state:
        found = found.filter(state=state)
    return found.filter(kind=kind) if kind else found


def in_hand(person: Person, document: Document) -> Line | None:
    """The open line that makes it this person's turn at the document."""
    return slips.todo(person).filter(slip=document.slip).first()


def verbs(person: Person, document: Document) -> list[steps.Step]:
    """What this person may do now; the same table that the actions ask, so no button promises what they refuse."""
    if not in_hand(person, document):
        line = document.slip.lines.filter(stage="draft", state="done").last() if document.slip else None
        can = [s for s in steps.verbs(document.state) if s.verb == "withdraw" and line and line.done_by_id == person.pk]
        return [s for s in can if not slips.unwithdrawable(line)] if line else []
    return [s for s in steps.verbs(document.state) if s.verb != "withdraw"]


def release_of(document: Document) -> Release | None:
    """The attempt to publish that stands, or the last one."""
    return document.releases.select_related("slip", "proposed_by", "reviewed_by", "decided_by").last()


def release_verb(person: Person, document: Document) -> str:
    """Which step of the release is this person's: propose_release, review_release, release or none."""
    running = document.releases.exclude(state=Release.REFUSED).last()
    if running is None:
        may = document.drafter_id == person.pk and document.state in (steps.State.ISSUED, steps.State.FILED)
        return "propose_release" if may else ""
    line = slips.todo(person).filter(slip=running.slip).first() if running.slip else None
    return line.stage if line else ""


# -- traces -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trace:
    """What one handler changed: the marks of title and text, line by line; unchanged stretches are left out."""

    revision: Revision
    title: list[body.Mark]
    lines: list[list[body.Mark]]


def traces(document: Document) -> list[Trace]:
    """The marked-up draft (花脸稿): who struck and wrote what, from the first version to the last."""
    found = []
    for old, new in pairwise(document.revisions.select_related("by")):
        title = body.marks(str(old.content["title"]), str(new.content["title"]))
        found.append(Trace(new, title if len(title) > 1 else [], body.line_marks(old.text, new.text)))
    return found


# -- the page ---------------------------------------------------------------------------------------------------


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


def pictures(pdf: bytes, width: int) -> Sequence[bytes]:
    return press.pictures(pdf, width)
