"""Review and consultation (第十九条（六）、第二十条、第二十一条), and the recheck before printing (第二十五条（一）)."""

from collections.abc import Sequence

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.office.documents import queries
from zhengtong.office.documents.models import Consultation, Document
from zhengtong.office.documents.rules import steps

from .desk import in_hand, locked, move
from .drafting import named_row
from .signing import verify


def _pass(verb: str, code: str, by: Person, opinion: str, reserve: str | None = None) -> Document:
    document, line = in_hand(verb, code, by)
    if reserve is not None:
        _heed(document, by, reserve)
    slips.complete(line, by, "agree", opinion, verb=f"documents.{verb}", target=document, detail={"digest": document.content_digest})
    move(verb, document)
    return document


def _heed(document: Document, by: Person, reserve: str) -> None:
    """No error of the rule book passes unseen (第二十条（四）): it is mended, or the reason for leaving it is kept."""
    rules = sorted({note.rule for note in queries.notes(document) if note.severity == "error"})
    if rules and not reserve.strip():
        raise Refused(_("按公文规则还有错误（%(rules)s），请退回修改，或者写明不改正的理由"), field="reserve", rules="、".join(rules))
    if rules:
        told = {"rules": rules, "reason": reserve.strip(), "digest": document.content_digest}
        record(by, "documents.override", document, told, organ=document.organ.code)


@action
def review_unit(code: str, by: Person, opinion: str = "") -> Document:
    """处室审核: the head of the drafting unit answers for the draft (第十九条（七）)."""
    return _pass("review_unit", code, by, opinion)


@action
def review_office(code: str, by: Person, opinion: str = "", reserve: str = "") -> Document:
    """办公室审核 (第二十条): reason, content, consultation, type and format are checked before signing."""
    return _pass("review_office", code, by, opinion, reserve)


@action
def approve_deputy(code: str, by: Person, opinion: str = "") -> Document:
    """分管领导审批 (第二十二条)."""
    return _pass("approve_deputy", code, by, opinion)


@action
def recheck(code: str, by: Person, opinion: str = "", reserve: str = "") -> Document:
    """复核 (第二十五条（一）): approval formalities, content, type and format, before it gets its number."""
    document = locked(code)
    verify(document)
    return _pass("recheck", code, by, opinion, reserve)


@action
def return_(code: str, by: Person, reason: str) -> Document:
    """退回修改 (第二十一条), with the reason; the drafter's next submission comes straight back."""
    document, line = in_hand("return_", code, by)
    slips.return_to(line, by, "draft", reason, straight=True, verb="documents.return", target=document)
    move("return_", document)
    return document


@action
def consult(code: str, by: Person, organs: Sequence[str], note: str = "") -> Document:
    """会签 (第十九条（六）): the organs concerned are asked side by side."""
    document, line = in_hand("consult", code, by)
    asked = list(dict.fromkeys(organs))
    if not asked:
        raise Refused(_("请选择会签机关；不需会签的，请写明理由"), field="organs")
    if document.organ.code in asked:
        raise Refused(_("发文机关自己不必会签"), field="organs")
    previous = line
    for organ in (orgs.organ(each) for each in asked):
        row = steps.countersign(organ.code)
        if document.secrecy:
            row = named_row(row, document)
        where = "after" if previous == line else "beside"
        previous = slips.add_line(previous, by, row, where, verb="documents.ask", target=document, reason=note)
        Consultation.objects.create(document=document, organ=organ, line=previous, asked_at=clock.now())
    slips.complete(line, by, "done", note, verb="documents.consult", target=document, detail={"organs": asked})
    move("consult", document)
    return document


@action
def skip_consultation(code: str, by: Person, reason: str) -> Document:
    """不需会签: nobody else's duties are touched; the reason is kept for the office's review (第二十条（三）)."""
    if not reason.strip():
        raise Refused(_("请写明不需会签的理由"), field="reason")
    document, line = in_hand("skip_consultation", code, by)
    slips.complete(line, by, "done", reason, verb="documents.skip_consultation", target=document)
    move("skip_consultation", document)
    return document


@action
def answer_consultation(code: str, by: Person, answer: str, reason: str = "") -> Document:
    """The consulted organ agrees, or disagrees with its reason; the last answer brings the paper to the office."""
    document, line = in_hand("answer_consultation", code, by)
    if answer not in ("agree", "disagree"):
        raise Refused(_("请选择同意或不同意"), field="answer")
    if answer == "disagree" and not reason.strip():
        raise Refused(_("不同意须写明理由"), field="reason")
    asked = Consultation.objects.select_for_update().get(line=line)
    asked.answer, asked.reason, asked.answered_by, asked.answered_at = answer, reason.strip(), by, clock.now()
    asked.save(update_fields=["answer", "reason", "answered_by", "answered_at"])
    told = {"digest": document.content_digest}
    slips.complete(line, by, answer, reason, verb="documents.answer_consultation", target=document, detail=told)
    move("answer_consultation", document)
    return document


@action
def settle_disagreement(code: str, by: Person, consultation: int, outcome: str) -> Consultation:
    """The leader in charge settles a disagreement and writes down how; without it nothing is signed (第十六条（四）)."""
    document, _line = in_hand("approve_deputy", code, by)
    if not outcome.strip():
        raise Refused(_("请写明协调结果"), field="outcome")
    asked = document.consultations.select_for_update(of=("self",)).get(pk=consultation)
    if not asked.unsettled:
        raise Refused(_("这一会签没有待协调的不同意见"))
    asked.settlement, asked.settled_by, asked.settled_at = outcome.strip(), by, clock.now()
    asked.save(update_fields=["settlement", "settled_by", "settled_at"])
    record(
        by, "documents.settle_disagreement", document, {"organ": asked.organ.code, "outcome": asked.settlement}, organ=document.organ.code
    )
    return asked
