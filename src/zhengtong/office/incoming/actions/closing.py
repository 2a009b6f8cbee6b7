"""Circulate, urge, reply, close (第二十四条（五）至（七）); and what the sender's recall does here."""

from collections.abc import Sequence

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.notices.actions import notify, settle
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips import queries as slip_queries
from zhengtong.foundation.slips.models import Line
from zhengtong.foundation.slips.rules import LineState
from zhengtong.office.circulation import actions as circulation
from zhengtong.office.documents import queries as documents
from zhengtong.office.incoming.models import Incoming
from zhengtong.office.incoming.rules import steps

from .deciding import _circulate as circulate_paper
from .desk import in_hand, locked, move, secretary, slip_of
from .filing import prefile


@action
def circulate(code: str, by: Person, readers: Sequence[str]) -> Incoming:
    """送传阅 (第二十四条（五）)."""
    paper = _kept("circulate", code, by)
    circulate_paper(paper, by, readers)
    record(by, "incoming.circulate", paper, {"readers": list(readers)}, organ=paper.organ.code)
    return paper


@action
def urge(code: str, by: Person, note: str = "") -> int:
    """催办 (第二十四条（六）): everybody on whom the paper waits now; how many."""
    paper = _kept("urge", code, by)
    open_ = list(slip_of(paper).lines.filter(state=LineState.OPEN.value).select_related("person", "organ", "unit"))
    for line in open_:
        slips.urge(line, by, note)
        told = {"number": paper.number, "title": "" if paper.secrecy else paper.title, "note": note.strip()}
        notify(_holders(line), _("催办%(number)s《%(title)s》。%(note)s"), f"/incoming/{paper.code}/", paper.code, told)
    record(by, "incoming.urge", paper, {"stages": [line.stage for line in open_], "note": note.strip()}, organ=paper.organ.code)
    return len(open_)


@action
def reply(code: str, by: Person, answer: str) -> Incoming:
    """登记答复 (第二十四条（七）): the issued document that answers this paper, by its code or number."""
    paper = _kept("reply", code, by)
    wanted = answer.strip()
    if not wanted:
        raise Refused(_("请写答复文件的文号"), field="answer")
    own = documents.visible(by)
    found = own.filter(number=wanted).first() or own.filter(code=wanted).first()
    if found and not found.issued_at:
        raise Refused(_("答复文件还没有印发"), field="answer")
    paper.answer, paper.answer_number = (found.code, found.number) if found else ("", wanted[:60])
    paper.save(update_fields=["answer", "answer_number"])
    record(by, "incoming.reply", paper, {"answer": paper.answer, "number": paper.answer_number}, organ=paper.organ.code)
    return paper


@action
def close(code: str, by: Person, outcome: str) -> Incoming:
    """办结 (第二十四条（七）): with its result; a request only once it is answered."""
    paper, line = in_hand("close", code, by)
    if no := steps.close_objection(paper.kind, outcome, paper.answer_number):
        raise Refused(no)
    paper.outcome, paper.closed_at = outcome.strip(), clock.now()
    slips.complete(line, by, "done", paper.outcome, verb="incoming.close", target=paper)
    settle(paper.code)
    move("close", paper, "outcome", "closed_at")
    prefile(paper, by)
    return paper


@action
def withdraw(code: str, by: Person) -> Incoming:
    """撤回 what one has just done, as long as nobody after has looked at it; what circulated on it is taken back."""
    paper = locked(code)
    if no := steps.step_objection("withdraw", paper.state):
        raise Refused(no)
    line = slip_queries.handled(by).filter(slip=paper.slip, state=LineState.DONE.value, stage__in=["check", "propose"]).first()
    if line is None:
        raise Refused(_("只能撤回自己送出的文件"))
    slips.withdraw(line, by, verb="incoming.withdraw", target=paper)
    circulation.recall(paper.code, by, _("拟办已撤回"))
    move("withdraw", paper)
    return paper


@action
def recalled(copy: int, by: Person | None, reason: str) -> Incoming | None:
    """The sender took its document back: our slip ends, nobody reads on, whoever had it in hand is told."""
    found = Incoming.objects.filter(copy=copy).values_list("code", flat=True).first()
    if found is None:
        return None
    paper = locked(found)
    if steps.State(paper.state) in (steps.State.RETURNED, steps.State.RECALLED):
        return None
    open_ = list(slip_of(paper).lines.filter(state=LineState.OPEN.value).select_related("person", "organ", "unit"))
    paper.state, paper.reason = steps.State.RECALLED.value, reason
    paper.save(update_fields=["state", "reason"])
    slips.stop(slip_of(paper), by, reason)
    circulation.recall(paper.code, by, reason)
    settle(paper.code)
    told = {"number": paper.number, "reason": reason}
    people = list(dict.fromkeys(p for line in open_ for p in _holders(line)))
    notify(people, _("来文机关撤回%(number)s：%(reason)s"), f"/incoming/{paper.code}/", f"recall:{paper.code}", told)
    record(by, "incoming.recalled", paper, {"reason": reason}, organ=paper.organ.code)
    return paper


def _kept(verb: str, code: str, by: Person) -> Incoming:
    paper = locked(code)
    secretary(paper, by)
    if no := steps.step_objection(verb, paper.state):
        raise Refused(no)
    return paper


def _holders(line: Line) -> list[Person]:
    """Who is meant by an open line."""
    if line.person:
        return [line.person]
    return accounts.people_with(line.role, line.organ)
