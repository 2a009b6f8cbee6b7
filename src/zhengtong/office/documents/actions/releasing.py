"""Release to the public (政府信息公开条例第十七条): proposed by the drafter, checked for secrecy, approved by the organ's head.

Only then does the ferry take the document, with the approval bound to the digest of what was signed.
"""

from zhengtong.ferry import actions as ferry
from zhengtong.foundation import clock
from zhengtong.foundation.accounts.actions import confirm
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips import queries as lines
from zhengtong.foundation.slips import queries as slip_queries
from zhengtong.foundation.slips.models import Line
from zhengtong.office.documents.models import Document, Release
from zhengtong.office.documents.queries import joint, office_of
from zhengtong.office.documents.queries.attachments import files_of
from zhengtong.office.documents.rules import body, secrecy, steps

from .desk import locked
from .signing import verify


def propose_release(code: str, by: Person, note: str = "") -> Release:
    """The drafter proposes the release. A refused attempt is itself audited, although nothing else comes of it."""
    document = Document.objects.select_related("organ").get(code=code)
    issued = document.state == steps.State.ISSUED
    if no := secrecy.release_objection(document.profile, document.secrecy, document.publication, issued):
        _note_refusal(document, by, no)
        raise Refused(no)
    return _propose(code, by, note)


@action
def _note_refusal(document: Document, by: Person, no: Objection) -> None:
    record(by, "documents.release_refused", document, {"reason": no.text % no.params if no.params else no.text}, organ=document.organ.code)


@action
def _propose(code: str, by: Person, note: str) -> Release:
    document = locked(code)
    if document.drafter_id != by.pk:
        raise Refused(_("公开由拟稿人提出"))
    if document.releases.exclude(state=Release.REFUSED).exists():
        raise Refused(_("这份文件已经提出公开"))
    verify(document)
    release = Release.objects.create(
        document=document, digest=document.content_digest, proposed_by=by, proposed_at=clock.now(), note=note.strip()
    )
    places = steps.whose(document.organ.code, office_of(document.organ).code, "")
    plan = slip_queries.plan("release", document.organ, places, {}, name=f"release-{release.pk}")
    release.slip = slips.begin(plan, document.code, document.title, by, organ=document.organ.code, link=f"/documents/{document.code}/")
    release.save(update_fields=["slip"])
    record(by, "documents.propose_release", document, {"digest": release.digest, "note": release.note}, organ=document.organ.code)
    return release


@action
def review_release(code: str, by: Person, note: str = "") -> Release:
    """公开保密审查: somebody other than the drafter finds that nothing in it is secret."""
    _document, release, line = _running(code, by, "review_release")
    if release.proposed_by_id == by.pk:
        raise Refused(_("提出公开的人不能自己审查"))
    release.state, release.reviewed_by, release.reviewed_at = Release.REVIEWED, by, clock.now()
    release.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    slips.complete(line, by, "agree", note, verb="documents.review_release", target=_document, detail={"digest": release.digest})
    return release


@action
def refuse_release(code: str, by: Person, reason: str) -> Release:
    """不予公开: reviewer or head stops the release with the reason."""
    document = locked(code)
    running = document.releases.filter(state__in=[Release.PROPOSED, Release.REVIEWED]).last()
    stage = "review_release" if running and running.state == Release.PROPOSED else "release"
    document, release, _line = _running(code, by, stage)
    if not reason.strip():
        raise Refused(_("请写明不予公开的理由"), field="reason")
    release.state, release.decided_by, release.decided_at = Release.REFUSED, by, clock.now()
    release.note = reason.strip()
    release.save(update_fields=["state", "decided_by", "decided_at", "note"])
    assert release.slip
    slips.stop(release.slip, by, reason)
    record(by, "documents.refuse_release", document, {"reason": reason}, organ=document.organ.code)
    return release


def release(code: str, by: Person, pin: str, opinion: str = "") -> Release:
    """批准公开: the organ's head approves and the document goes to the business network."""
    confirm(by.account, pin)
    return _release(code, by, opinion)


@action
def _release(code: str, by: Person, opinion: str) -> Release:
    document, approved, line = _running(code, by, "release")
    issued = document.state == steps.State.ISSUED
    if no := secrecy.release_objection(document.profile, document.secrecy, document.publication, issued):
        raise Refused(no)
    verify(document)
    if approved.digest != document.content_digest:
        raise Refused(_("审查以后内容有变动，须重新提出公开"))
    approved.state, approved.decided_by, approved.decided_at = Release.RELEASED, by, clock.now()
    approved.save(update_fields=["state", "decided_by", "decided_at"])
    told = {"digest": approved.digest, "number": document.number}
    slips.complete(line, by, "agree", opinion, verb="documents.release", target=document, detail=told)
    _send(document, approved, by)
    return approved


def _send(document: Document, approved: Release, by: Person) -> None:
    """The package for the business network: text, attachments, formal page and approval, nothing about who handled it."""
    day = joint.day(document)
    assert day and document.pdf and approved.decided_at and approved.decided_by and approved.reviewed_by
    payload = {
        "code": document.code,
        "number": document.number,
        "title": document.title,
        "organ": document.organ.code,
        "organ_name": joint.makers(document),
        "kind": document.kind,
        "body": _told(document.body),
        "date": day.isoformat(),
        "recipients": list(dict.fromkeys(r.name for r in document.recipients.all() if not r.cc)),
        "content_digest": document.content_digest,
        "release_approval": {
            "digest": approved.digest,
            "reviewed_by": approved.reviewed_by.code,
            "approved_by": approved.decided_by.code,
            "approved_at": approved.decided_at.isoformat(),
        },
    }
    texts = [{"name": one.name, "body": _told(one.body)} for one in document.attachments.all() if not one.file_id]
    payload |= {"attachments": texts} if texts else {}
    carried = {f"{document.code}.pdf": files.read(document.pdf.sm3)}
    carried |= {one.name: files.read(one.sm3) for one in files_of(document)}
    ferry.send("public_document", payload, carried, by=by, key=document.code, secrecy=document.secrecy)


def _told(blocks: list[body.Block]) -> list[body.Block]:
    """Blocks as they cross: of a table its cells, which the other side need not read out of the writing field."""
    return [{**block, "rows": body.rows(str(block["text"]))} if block["kind"] == "table" else block for block in blocks]


def _running(code: str, by: Person, stage: str) -> tuple[Document, Release, Line]:
    document = locked(code)
    running = document.releases.select_related("slip").filter(state__in=[Release.PROPOSED, Release.REVIEWED]).last()
    if running is None:
        raise Refused(_("这份文件没有待办的公开事项"))
    line = lines.todo(by).filter(slip=running.slip, stage=stage).first()
    if line is None:
        raise Refused(_("这件公开事项现在不由您办理"))
    return document, running, line
