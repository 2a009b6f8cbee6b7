"""Drafting and mending the text (第十九条): draft, save, submit, withdraw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.orgs.rules import Direction
from zhengtong.foundation.orgs.rules import Kind as OrganKind
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips import queries as slip_queries
from zhengtong.foundation.slips.models import Slip
from zhengtong.foundation.slips.rules import LineState, StageRow
from zhengtong.office.documents.models import Document, Original, Reader, Recipient, Sitting, here
from zhengtong.office.documents.queries import clearance, issuers, office_of
from zhengtong.office.documents.queries.attachments import attached
from zhengtong.office.documents.rules import attachments, body, kinds, secrecy, steps
from zhengtong.office.documents.rules import joint as joint_rules
from zhengtong.office.documents.rules.attachments import Attached

from . import joint
from .attachments import attach
from .desk import in_hand, locked, move, slip_of
from .keeping import keep_version, sheet_of, trace_head
from .sitting import rise

PREFIX = {secrecy.Profile.OPEN: "D", secrecy.Profile.CLASSIFIED: "M"}  # codes of the two office networks never meet


@dataclass(frozen=True, slots=True)
class To:
    """A receiving organ by its code, and the name under which it stands on the page (its own or a collective one)."""

    organ: str
    name: str
    cc: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What a drafter decides; exactly what the form holds."""

    kind: str
    title: str
    text: str
    recipients: tuple[To, ...] = ()
    urgency: str = ""
    important: bool = False
    issuers: tuple[str, ...] = ()
    joint_mark: str = ""
    joint_shared: bool = False
    publication: str = ""
    publication_reason: str = ""
    secrecy: str = ""
    secrecy_period: str = ""
    secrecy_basis: str = ""
    readers: tuple[str, ...] = ()
    attachments: tuple[Attached, ...] = ()


def check(content: Content, organ: Organ, *, complete: bool) -> list[Objection]:
    """Everything the rule book objects to; routing and text only when the draft claims to be complete."""
    kind = OrganKind(organ.kind)
    level = content.secrecy
    if content.kind not in kinds.KINDS:
        return [Objection(_("请选择文种"), field="kind")]
    found = [
        kinds.issuer_objection(content.kind, kind),
        kinds.title_objection(content.kind, content.title),
        secrecy.secrecy_objection(level, content.secrecy_period, content.secrecy_basis, len(content.readers), here()),
        secrecy.publication_objection(content.publication, content.publication_reason, level),
        joint.objection(content.kind, organ, content.issuers, content.joint_mark, shared=content.joint_shared, complete=complete),
    ]
    if content.urgency not in kinds.URGENCY:
        found.append(Objection(_("紧急程度只有加急、特急"), field="urgency"))
    found += attachments.objections(content.attachments, content.text, complete=complete)
    if complete:
        routed = [kinds.Recipient(to.name, *_standing(organ, to.organ), to.cc) for to in content.recipients]
        found.append(kinds.recipients_objection(content.kind, routed, kind, content.text))
        found.append(None if content.text.strip() else Objection(_("请写正文"), field="text"))
    return [no for no in found if no]


def _standing(issuer: Organ, code: str) -> tuple[Direction, OrganKind]:
    receiver = orgs.organ(code)
    return orgs.relation(issuer, receiver), OrganKind(receiver.kind)


@action
def draft(content: Content, by: Person, *, organ: Organ | None = None, origin: str = "") -> Document:
    """起草 (第十九条). Begins the document and pins its slip to it; `origin` is the digest of the file that it was made from."""
    allowed = issuers(by)
    organ = organ or (allowed[0] if allowed else None)
    if organ is None or organ.pk not in {o.pk for o in allowed}:
        raise Refused(_("只能以本机关或上级人民政府（代拟）的名义起草"), field="organ")
    if not accounts.holds(by, "drafter"):
        raise Refused(_("您没有拟稿的职责"))
    year, now = clock.today().year, clock.now()
    document = Document(
        code=f"{PREFIX[secrecy.Profile(here())]}{year}-{take('document', '', year):06d}",
        profile=here(), organ=organ, unit=by.unit, drafter=by, created_at=now, changed_at=now, version=0,
    )  # fmt: skip
    brought = Sitting.objects.select_related("file").filter(person=by, document=None, file__sm3=origin).first() if origin else None
    _write(document, content, by, complete=False, history=brought.history if brought else ())
    if brought and brought.file:
        Original.objects.create(document=document, file=brought.file, name=brought.file_name, by=by, at=now)
    home = by.organ or organ
    places, own = steps.whose(organ.code, office_of(organ).code, home.code), steps.own(by.unit.code if by.unit else "", by.code)
    document.slip = slips.begin(
        slip_queries.plan("outgoing", organ, places, own), document.code, document.title, by, organ=organ.code,
        link=f"/documents/{document.code}/", urgency=document.urgency,
    )  # fmt: skip
    document.save(update_fields=["slip"])
    rise(by, None)
    told = {"kind": document.kind, "organ": organ.code, "digest": document.content_digest, "traces": trace_head(document), "file": origin}
    record(by, "documents.draft", document, told, organ=organ.code)
    return document


@action
def save(code: str, by: Person, content: Content, *, version: int) -> Document:
    """Mend the text. Who mends a signed document voids the signature, and it goes back to the signer (第二十五条（一）)."""
    document, line = in_hand("save", code, by)
    if version != document.version:
        raise Refused(
            Objection(
                _("您打开之后，%(who)s已保存了新的一版；您写的内容还在，请对照后再保存"), {"who": _last_writer(document)}, code="stale"
            )
        )
    before, signed = document.content_digest, joint.signers(document)
    _write(document, content, by, complete=document.state not in (steps.State.DRAFT, steps.State.RETURNED))
    rise(by, document)
    if document.content_digest == before:
        return document
    told = {"version": document.version, "digest": document.content_digest, "traces": trace_head(document)}
    if steps.signed(document.state):
        joint.void(document, signed)
        why = _("签发后有改动，送原签发人复审")
        slips.return_to(line, by, "sign", why, straight=False, verb="documents.void", target=document, skip=joint_rules.ANEW)
        move("save", document, *joint.VOIDED)
        told |= {"voided": "、".join(person.code for person in signed), "was": before}
    Slip.objects.filter(paper=code).update(title=document.title, urgency=document.urgency)
    record(by, "documents.save", document, told, organ=document.organ.code)
    return document


@action
def submit(code: str, by: Person, note: str = "") -> Document:
    """送审 (第十九、二十一条): to the unit's head; after a return straight back to who had returned it."""
    document, line = in_hand("submit", code, by)
    if found := check(content_of(document), document.organ, complete=True):
        raise Refused(found[0])
    if document.secrecy:
        _hand_by_name(document, by)
    slips.complete(line, by, "done", note, verb="documents.submit", target=document)
    move("submit", document)
    return document


@action
def withdraw(code: str, by: Person) -> Document:
    """撤回: take the draft back as long as the unit's head has not looked at it."""
    document = locked(code)
    if no := steps.step_objection("withdraw", document.state):
        raise Refused(no)
    line = slip_of(document).lines.filter(stage="draft", state=LineState.DONE.value).last()
    if line is None:
        raise Refused(_("只能撤回自己送出的文件"))
    slips.withdraw(line, by, verb="documents.withdraw", target=document)
    move("withdraw", document)
    return document


def content_of(document: Document) -> Content:
    """The document's content as the form holds it."""
    return Content(
        kind=document.kind,
        title=document.title,
        text=document.text,
        recipients=tuple(To(r.organ.code, r.name, r.cc) for r in document.recipients.select_related("organ")),
        urgency=document.urgency,
        important=document.important,
        issuers=tuple(document.issuers.values_list("organ__code", flat=True)),
        joint_mark=document.joint_mark,
        joint_shared=document.joint_shared,
        publication=document.publication,
        publication_reason=document.publication_reason,
        secrecy=document.secrecy,
        secrecy_period=document.secrecy_period,
        secrecy_basis=document.secrecy_basis,
        readers=tuple(document.readers.order_by("id").values_list("person__code", flat=True)),
        attachments=attached(document),
    )


def _write(document: Document, content: Content, by: Person, *, complete: bool, history: Sequence[Mapping[str, str]] = ()) -> None:
    """Check, store, keep the revision and the traces; nothing is stored when nothing changed.

    `history` holds the earlier texts of an uploaded file, each with the hand and time of its tracked changes.
    """
    if found := check(content, document.organ, complete=complete):
        raise Refused(found[0])
    before = sheet_of(document)
    fields = ("kind", "urgency", "important", "publication", "publication_reason", "secrecy", "secrecy_period", "secrecy_basis")
    for name in fields:
        setattr(document, name, getattr(content, name))
    document.joint_mark, document.joint_shared = (content.joint_mark, content.joint_shared) if content.issuers else ("", False)
    document.title = " ".join(content.title.split())
    if document.pk is None:
        document.save(force_insert=True)
    joint.name_issuers(document, content.issuers)
    _recipients(document, content.recipients)
    _readers(document, (content.readers if content.secrecy else ()), by)
    attach(document, content.attachments, by)
    for stage in history:
        _set_text(document, stage["text"])
        if keep_version(document, before, by, stage["hand"], datetime.fromisoformat(stage["at"])):
            before = sheet_of(document)
    _set_text(document, content.text)
    if keep_version(document, before, by) or history:
        document.save(
            update_fields=["title", "body", "block_top", "content_digest", "version", "changed_at", "joint_mark", "joint_shared", *fields]
        )


def _set_text(document: Document, text: str) -> None:
    """Take the text over as blocks; an id that was once given is never given again."""
    document.body = body.parse(text, document.body, document.block_top)
    document.block_top = max(document.block_top, *(int(str(block["id"])[1:]) for block in document.body), 0)


def _recipients(document: Document, wanted: Sequence[To]) -> None:
    now = [(r.organ.code, r.name, r.cc) for r in document.recipients.select_related("organ")]
    if now == [(to.organ, to.name, to.cc) for to in sorted(wanted, key=lambda to: to.cc)]:
        return
    document.recipients.all().delete()
    organs = {o.code: o for o in Organ.objects.filter(code__in=[to.organ for to in wanted])}
    unique = {to.organ: to for to in reversed(wanted)}  # an organ named twice keeps its first place
    rows = sorted(unique.values(), key=wanted.index)
    Recipient.objects.bulk_create(
        Recipient(document=document, order=place, organ=organs[to.organ], name=to.name, cc=to.cc) for place, to in enumerate(rows, start=1)
    )


def _readers(document: Document, wanted: Sequence[str], by: Person) -> None:
    """知悉范围; the drafter always belongs to it."""
    codes = {*wanted, document.drafter.code} if wanted else set()
    if codes == set(document.readers.values_list("person__code", flat=True)):
        return
    document.readers.all().delete()
    people = Person.objects.filter(code__in=codes).order_by("code")
    Reader.objects.bulk_create(Reader(document=document, person=person) for person in people)


def named_row(row: StageRow, document: Document) -> StageRow:
    """The row given to one person in the 知悉范围 who holds its role there."""
    organ = orgs.organ(row.organ)
    for reader in document.readers.select_related("person"):
        if accounts.holds(reader.person, row.role, organ) and secrecy.cleared(clearance(reader.person), document.secrecy):
            return StageRow(row.stage, row.label, row.role, row.organ, person=reader.person.code, beside=row.beside)
    raise Refused(_("知悉范围内没有可办理“%(stage)s”的人员（须有相应职责和涉密等级）"), field="readers", stage=row.label)


def _hand_by_name(document: Document, by: Person) -> None:
    """A classified document goes from hand to hand by name, so that no list shows it to others (design §3b.2)."""
    readers = set(document.readers.values_list("person_id", flat=True))
    for line in slip_of(document).lines.select_related("organ").filter(state=LineState.WAITING.value):
        if line.person_id not in readers:
            row = named_row(StageRow(line.stage, line.label, line.role, line.organ.code if line.organ else ""), document)
            slips.name_handler(line, by, Person.objects.get(code=row.person))


def _last_writer(document: Document) -> str:
    last = document.revisions.select_related("by").last()
    return last.by.name if last else ""
