"""What is done to a paper on its way beside its next step (第二十一、二十四条): each leaves one entry and tells those concerned."""

from datetime import date

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.orgs.rules import Direction
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips import queries as slip_queries
from zhengtong.foundation.slips.models import Line
from zhengtong.foundation.slips.rules import LineState
from zhengtong.office.documents import queries
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import joint as joint_rules
from zhengtong.office.documents.rules import kinds, secrecy, steps, way

from . import joint
from .desk import locked, slip_of, state_by_slip

OPEN = LineState.OPEN.value


@action
def send_back(code: str, by: Person, stage: str, reason: str) -> Document:
    """退到前面任一环节 (第二十一条), with the reason; going back to the signer voids the signature."""
    document, line = _mine("send_back", code, by)
    if stage not in way.BACK[steps.State(document.state)]:
        raise Refused(_("只能退回到前面已办过的环节"), field="stage")
    if way.voids(document.state, stage):
        joint.void(document, joint.signers(document))
    straight = way.straight(document.state)
    slips.return_to(line, by, stage, reason, straight=straight, verb="documents.send_back", target=document, skip=joint_rules.ANEW)
    _go(document)
    _tell_open(document, _("《%(title)s》已退回，请重新办理：%(reason)s"), reason=reason.strip())
    return document


@action
def take_back(code: str, by: Person) -> Document:
    """撤回: what one has just sent on, as long as nobody after has looked at it."""
    document = _running("take_back", code)
    line = slip_queries.taken_back(by, slip_of(document))
    if line is None or line.stage not in way.TAKEN_BACK:
        raise Refused(_("没有可以撤回的环节：下一环节已经看过或已经办理"))
    slips.withdraw(line, by, verb="documents.take_back", target=document, laid=joint_rules.ANEW)
    if line.stage == "sign":
        joint.void(document, ())
    if line.stage == joint_rules.COSIGN:
        document.issuers.filter(organ=line.organ).update(signed_by=None, signed_at=None, signature=None)
    _go(document)
    return document


@action
def add_signer(code: str, by: Person, person: Person, where: str, note: str = "") -> Document:
    """加签: one more person is asked before, beside or after the one who has the paper in hand."""
    document, line = _mine("add_signer", code, by)
    if no := way.where_objection(document.state, where):
        raise Refused(no)
    if person.pk == by.pk:
        raise Refused(_("不能请自己加签"), field="person")
    _may_know(document, person)
    if slip_of(document).lines.filter(stage=way.ADVISE, person=person, state__in=[OPEN, LineState.WAITING.value]).exists():
        raise Refused(_("已请这位同志加签"), field="person")
    new = slips.add_line(line, by, way.adviser(person.code), where, reason=note, verb="documents.add_signer", target=document)
    _go(document)
    if new.state == OPEN:
        slips.tell(new, _("%(who)s请您对《%(title)s》提出意见"), who=by.name)
    return document


@action
def advise(code: str, by: Person, decision: str, opinion: str = "") -> Document:
    """An added signer agrees, or disagrees with his reason; it stands on the slip and the paper goes on."""
    document = _running("advise", code)
    line = slip_queries.todo(by).filter(slip=document.slip, stage=way.ADVISE).first()
    if line is None:
        raise Refused(_("这份文件现在不由您办理"))
    if decision not in ("agree", "disagree"):
        raise Refused(_("请选择同意或不同意"), field="answer")
    if decision == "disagree" and not opinion.strip():
        raise Refused(_("不同意须写明理由"), field="reason")
    told = {"digest": document.content_digest}
    slips.complete(line, by, decision, opinion, verb="documents.advise", target=document, detail=told)
    _go(document)
    return document


@action
def forward(code: str, by: Person, to: Person, reason: str) -> Document:
    """转办: another who holds the same duty takes the paper; a signature is not handed to who may not sign (第二十二条)."""
    document, line = _mine("forward", code, by)
    if not reason.strip():
        raise Refused(_("请写明转办理由"), field="reason")
    upward = Direction.UP in kinds.KINDS[document.kind].directions
    held = frozenset(role for role, organs in accounts.roles_by_organ(to).items() if line.organ_id in organs)
    if not way.may_take_over(line.stage, held, line.role, principal_only=upward or document.important):
        raise Refused(_("%(who)s没有办理这一环节的职责"), field="person", who=to.name)
    _may_know(document, to)
    line = slips.delegate(line, by, to, reason, verb="documents.forward", target=document)
    slips.tell(line, _("%(who)s把《%(title)s》转给您办理：%(reason)s"), who=by.name, reason=reason.strip())
    return document


@action
def urge(code: str, by: Person, note: str = "") -> Document:
    """催办 (第二十四条（六）): everybody who has the paper in hand is reminded, once for each act."""
    document = _running("urge", code)
    if not queries.watches(by, document):
        raise Refused(_("只有拟稿人、已办过的人和秘书可以催办"))
    for line in _open(document):
        if by not in slip_queries.handlers(line):
            slips.urge(line, by, note)
            slips.tell(line, _("%(who)s催办《%(title)s》：%(note)s"), who=by.name, note=note.strip() or "—")
    return document


@action
def supervise(code: str, by: Person, due: date, note: str = "") -> Document:
    """督办: the secretary sets the day by which who has the paper must have settled it."""
    document = _running("supervise", code)
    if not queries.oversees(by, document):
        raise Refused(_("只有发文机关的秘书可以督办"))
    for line in _open(document):
        slips.supervise(line, by, due, note, verb="documents.supervise", target=document)
    return document


@action
def hand_over(person: Person, to: Person, by: Person, reason: str) -> int:
    """移交: somebody leaves, and all that waits for him by name goes to his successor."""
    if person.organ is None or not accounts.holds(by, "secretary", person.organ):
        raise Refused(_("只有本机关秘书可以移交离任人员的待办"))
    if to.organ != person.organ:
        raise Refused(_("只能移交给同一机关的人员"), field="to")
    lines = Line.objects.filter(person=person, state__in=[OPEN, LineState.WAITING.value])
    secret = Document.objects.filter(slip__in=lines.values("slip")).exclude(secrecy="")
    for document in secret:
        _may_know(document, to)
    return slips.hand_over(person, to, by, reason, list(lines.values_list("pk", flat=True)))


def follow(code: str, by: Person) -> None:
    """关注: only what one may see."""
    slips.follow(slip_of(queries.for_person(by, code)), by)


def unfollow(code: str, by: Person) -> None:
    """取消关注."""
    slips.unfollow(slip_of(queries.for_person(by, code)), by)


def _running(verb: str, code: str) -> Document:
    document = locked(code)
    if no := way.way_objection(verb, document.state):
        raise Refused(no)
    return document


def _mine(verb: str, code: str, by: Person) -> tuple[Document, Line]:
    document = _running(verb, code)
    line = queries.in_hand(by, document)
    if line is None:
        raise Refused(_("这份文件现在不由您办理"))
    return document, line


def _open(document: Document) -> list[Line]:
    return list(slip_of(document).lines.filter(state=OPEN).select_related("organ", "unit", "person", "slip"))


def _go(document: Document) -> None:
    """Take the state over from the slip; signatures that no longer stand are gone with it."""
    document.state, document.changed_at = state_by_slip(document), clock.now()
    document.save(update_fields=["state", "changed_at", *joint.VOIDED])


def _tell_open(document: Document, text: str, **params: object) -> None:
    for line in _open(document):
        slips.tell(line, text, **params)
    if document.drafter not in {p for line in _open(document) for p in slip_queries.handlers(line)}:
        told = {"title": document.title, **params}
        notify(document.drafter, text, link=f"/documents/{document.code}/", subject=document.code, params=told)


def _may_know(document: Document, person: Person) -> None:
    """A classified paper is only given to who is in its 知悉范围 and cleared (design §3b.2)."""
    if not document.secrecy:
        return
    if not document.readers.filter(person=person).exists() or not secrecy.cleared(queries.clearance(person), document.secrecy):
        raise Refused(_("涉密文件只能交给知悉范围内且具备涉密等级的人员"), field="person")
