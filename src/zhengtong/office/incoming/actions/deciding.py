"""Propose, instruct, handle (第二十四条（四）): who is to do what with the paper."""

from collections.abc import Sequence
from datetime import date

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.files import actions as files
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person, Unit
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips.models import Line
from zhengtong.foundation.slips.rules import LineState, StageRow
from zhengtong.office.circulation import actions as circulation
from zhengtong.office.incoming import queries
from zhengtong.office.incoming.models import Handling, Incoming, Instruction, Sheet
from zhengtong.office.incoming.rules import elements, steps

from .desk import clerk, in_hand, known_to, locked, move, row, secretary, slip_of
from .registering import Upload

Place = tuple[Organ, Unit | None]


@action
def propose(
    code: str, by: Person, text: str, *, leader: str = "", lead: str = "", assisting: Sequence[str] = (), readers: Sequence[str] = ()
) -> Incoming:
    """拟办 (第二十四条（四）): to a leader for instruction, straight to those who handle it, or only to be read."""
    paper, line = in_hand("propose", code, by)
    if not text.strip():
        raise Refused(_("请写拟办意见"), field="text")
    _check_places(paper, lead, assisting)
    waiting = slip_of(paper).lines.filter(stage="instruct", state=LineState.WAITING.value).first()
    again = slip_of(paper).lines.filter(stage="handle").exists()
    if waiting and not leader:
        raise Refused(_("请写明呈哪位领导批示"), field="leader")
    if not (leader or lead or (readers and paper.nature == elements.Nature.READING)):
        raise Refused(_("请写明呈哪位领导批示或交哪个单位承办；阅知件写明传阅给谁"), field="leader")
    paper.proposal, paper.lead, paper.assisting = text.strip(), lead, list(assisting)
    if leader:
        _to_leader(paper, line, leader, waiting, by)
    elif lead:
        _hand_out(paper, line, "beside" if again else "after", by)
    told = {"leader": leader, "lead": lead, "assisting": list(assisting), "readers": list(readers)}
    slips.complete(line, by, "done", paper.proposal, verb="incoming.propose", target=paper, detail=told)
    if readers:
        _circulate(paper, by, readers)
    move("propose", paper, "proposal", "lead", "assisting")
    return paper


@action
def instruct(code: str, by: Person, text: str, *, lead: str = "", assisting: Sequence[str] = (), further: str = "") -> Incoming:
    """批示: the leader decides; without other units named the proposed ones handle it. `further` is the next leader to see it."""
    paper, line = in_hand("instruct", code, by)
    _instructed(paper, line, by, by, text, clock.today(), None, lead=lead, assisting=assisting, further=further)
    slips.complete(line, by, "agree", text.strip(), verb="incoming.instruct", target=paper, detail={"lead": paper.lead})
    move("instruct", paper, "lead", "assisting")
    return paper


@action
def transcribe(
    code: str, by: Person, text: str, written_on: date, picture: Upload | None = None, *, lead: str = "", assisting: Sequence[str] = (),
    further: str = "",
) -> Incoming:  # fmt: skip
    """代录批示: the secretary enters what the leader wrote by hand. It says so, and is never the leader's own act (design §3b.16)."""
    paper = locked(code)
    secretary(paper, by)
    if no := steps.step_objection("transcribe", paper.state):
        raise Refused(no)
    line = slip_of(paper).lines.select_related("person").filter(stage="instruct", state=LineState.OPEN.value).first()
    if line is None or line.person is None:
        raise Refused(_("没有等待批示的领导"))
    if line.person == by:
        raise Refused(_("您自己的批示请直接写，不用代录"))
    if not paper.received_at.astimezone(clock.ZONE).date() <= written_on <= clock.today():
        raise Refused(_("批示日期应在收文之后、今天之前"), field="written_on")
    sheet = None
    if picture:
        order = paper.sheets.count()
        file = files.store(picture[0], picture[1], limit_mb=20, allowed=("png", "jpg", "pdf"))
        sheet = Sheet.objects.create(incoming=paper, order=order, file=file, name=picture[1], handwriting=True)
    _instructed(paper, line, line.person, by, text, written_on, sheet, lead=lead, assisting=assisting, further=further)
    told = {"leader": line.person.code, "transcribed": True, "sheet": sheet.file.sm3 if sheet else ""}
    seen = f"{text.strip()}（{line.person.name}{written_on:%Y年%-m月%-d日}批示，{by.name}据手迹代录）"
    slips.complete(line, by, "agree", seen, verb="incoming.transcribe", target=paper, detail=told, turn_of=line.person)
    move("transcribe", paper, "lead", "assisting")
    return paper


@action
def return_(code: str, by: Person, reason: str) -> Incoming:
    """退回上一环节: to the first check, or to the proposal, with the reason; what circulated on it is taken back."""
    paper = locked(code)
    if no := steps.step_objection("return_", paper.state):
        raise Refused(no)
    stage = "propose" if paper.state == steps.State.PROPOSE else "instruct"
    paper, line = in_hand(stage, code, by)
    slips.return_to(line, by, steps.BACK[steps.State(paper.state)], reason, verb="incoming.return_", target=paper)
    circulation.recall(paper.code, by, reason)
    move("return_", paper)
    return paper


@action
def finish(code: str, by: Person, result: str) -> Incoming:
    """办理完毕: an assisting unit gives its part; the lead unit, after them, the result of the whole."""
    paper, line = in_hand("finish", code, by)
    own = paper.handlings.get(line=line)
    others = paper.handlings.filter(lead=False, line__state=LineState.OPEN.value).exclude(pk=own.pk).count()
    if no := steps.finish_objection(own.lead, others, result):
        raise Refused(no)
    own.result = result.strip()
    own.save(update_fields=["result"])
    slips.complete(line, by, "done", own.result, verb="incoming.finish", target=paper, detail={"lead": own.lead})
    move("finish", paper)
    return paper


@action
def decline(code: str, by: Person, reason: str) -> Incoming:
    """退回改派: not this unit's duty; the secretary proposes another one, the others go on."""
    paper, line = in_hand("decline", code, by)
    if not reason.strip():
        raise Refused(_("退回须写明理由"), field="reason")
    own = paper.handlings.get(line=line)
    own.declined = reason.strip()[: elements.LONGEST]
    own.save(update_fields=["declined"])
    again = row(paper, "propose", steps.AGAIN, clerk(paper, "secretary"), paper.office.code)
    slips.add_line(line, by, again, "beside", reason=own.declined)
    slips.complete(line, by, "disagree", own.declined, verb="incoming.decline", target=paper)
    move("decline", paper)
    return paper


def _instructed(
    paper: Incoming, line: Line, leader: Person, by: Person, text: str, on: date, sheet: Sheet | None, *, lead: str,
    assisting: Sequence[str], further: str,
) -> None:  # fmt: skip
    """Keep what was written, and open what follows from it."""
    if not text.strip():
        raise Refused(_("请写批示"), field="text")
    if lead or assisting:
        _check_places(paper, lead, assisting)
        paper.lead, paper.assisting = lead, list(assisting)
    Instruction.objects.create(
        incoming=paper, line=line, leader=leader, text=text.strip(), written_on=on, entered_by=by, entered_at=clock.now(),
        transcribed=leader != by, sheet=sheet,
    )  # fmt: skip
    if further:
        _to_leader(paper, line, further, None, by)
    elif paper.lead:
        _hand_out(paper, line, "after", by)


def _to_leader(paper: Incoming, line: Line, code: str, waiting: Line | None, by: Person) -> None:
    person = orgs.person(code)
    if person.pk not in {p.pk for p in queries.leaders(paper)}:
        raise Refused(_("%(who)s不是本机关的领导"), field="leader", who=person.name)
    known_to(paper, person)
    if waiting:
        slips.name_handler(waiting, by, person)
    else:
        slips.add_line(line, by, StageRow("instruct", steps.INSTRUCT, person=person.code), "after")


def _check_places(paper: Incoming, lead: str, assisting: Sequence[str]) -> None:
    places = [queries.place(code) for code in (*([lead] if lead else []), *assisting)]
    ours = orgs.system(paper.organ)
    outside = [organ.name for organ, _unit in places if orgs.system(organ) != ours]
    if no := steps.handlers_objection(lead, assisting, outside):
        raise Refused(no)


def _hand_out(paper: Incoming, line: Line, where: str, by: Person) -> None:
    """The lead unit and those who assist, side by side."""
    first: Line | None = None
    for code in (paper.lead, *paper.assisting):
        organ, unit = queries.place(code)
        role, label = ("unit_head" if unit else "receiver"), (steps.LEAD if code == paper.lead else steps.ASSIST)
        made = row(paper, "handle", label, role, organ.code, unit.code if unit else "")
        made = StageRow(made.stage, made.label, made.role, made.organ, made.unit, made.person, due=paper.due)
        new = slips.add_line(first or line, by, made, "beside" if first else where)
        Handling.objects.create(incoming=paper, line=new, organ=organ, unit=unit, lead=code == paper.lead)
        first = first or new
        told = {"number": paper.number, "title": "" if paper.secrecy else paper.title, "how": label}
        people = [new.person] if new.person else accounts.people_with(role, organ)
        notify(people, _("%(number)s《%(title)s》请承办（%(how)s）"), f"/incoming/{paper.code}/", paper.code, told)


def _circulate(paper: Incoming, by: Person, readers: Sequence[str]) -> None:
    circulation.circulate(
        paper.code, by, readers, organ=paper.organ, origin="incoming", title=paper.title, number=paper.number, urgency=paper.urgency,
        sheets=[(sheet.file.sm3, sheet.name) for sheet in paper.sheets.select_related("file")], secrecy=paper.secrecy,
        scope=list(paper.scope.values_list("person__code", flat=True)),
    )  # fmt: skip
