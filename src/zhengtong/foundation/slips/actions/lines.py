"""The verbs of a slip. Rooms whose papers travel on slips call these inside their own actions and pass
their own verb, so that one act leaves one audit entry."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db.models import F, Model

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock import rules as clock_rules
from zhengtong.foundation.clock.queries import calendar
from zhengtong.foundation.notices import actions as notices
from zhengtong.foundation.orgs.models import Organ, Person, Post, Unit
from zhengtong.foundation.prepared import Prepared
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import queries, rules
from zhengtong.foundation.slips.models import Follow, Line, Look, Slip, Urge
from zhengtong.foundation.slips.rules import urging
from zhengtong.foundation.written import keep

OPEN = rules.LineState.OPEN
LOCKED = Prepared(lambda slip: Slip.objects.select_for_update().filter(pk=slip))


@action
def begin(
    template: rules.Template | Sequence[rules.StageRow], paper: str, title: str, by: Person | None, *, organ: str = "", link: str = "",
    urgency: str = "",
) -> Slip:  # fmt: skip
    """Pin a slip to a paper; its first place is open. It keeps the version of the template that it was made from."""
    plan = template if isinstance(template, rules.Template) else rules.Template(paper, 1, tuple(template))
    own = by.organ.code if by and by.organ else ""
    slip = Slip.objects.create(
        paper=paper, title=title, template=plan.name, version=plan.version, organ=organ or own, link=link, begun_at=clock.now(),
        kind=plan.kind, pattern_id=plan.origin or None, urgency=urgency,
    )  # fmt: skip
    for order, row in zip(rules.places(plan.rows), plan.rows, strict=True):
        Line.objects.create(slip=slip, order=order, **_columns(row))
    _arrange(slip, rules.settle(_rows(slip)))
    record(by, "slips.begin", slip_name(slip), {"template": plan.name, "version": plan.version}, organ=organ)
    return slip


@action
def complete(
    line: Line, by: Person, decision: str = "agree", opinion: str = "", *, key: int | None = None,
    verb: str = "slips.complete", target: Model | None = None, detail: Mapping[str, object] | None = None, turn_of: Person | None = None,
) -> Line:  # fmt: skip
    """The line is done; the next place opens. `key` is the version the person saw: a stale one is refused.

    `turn_of` names whose turn it is when a secretary enters what that person wrote on paper; the line says who entered it.
    """
    slip, line, lines, rows = _locked(line, turn_of or by, "complete", key)
    if decision not in rules.DECISIONS:
        raise Refused(_("没有这种意见类别"), field="decision")
    plan = rules.completed(rows, line.pk)
    line.done_for = None if turn_of else queries.principal(line, by)
    _mark(line, by, rules.LineState.DONE, decision, opinion)
    _arrange(slip, plan, lines)
    told = {"stage": line.stage, "decision": decision, "opinion": opinion, **(detail or {})}
    if line.done_for:
        told["for"] = line.done_for.code
    if turn_of:
        told["turn_of"] = turn_of.code
    record(by, verb, target or slip_name(slip), told, organ=slip.organ)
    return line


@action
def return_to(
    line: Line, by: Person, stage: str, reason: str, *, straight: bool = True, key: int | None = None,
    verb: str = "slips.return", target: Model | None = None, turn_of: Person | None = None, skip: Collection[str] = (),
) -> Line:  # fmt: skip
    """Back to an earlier stage, to the very people who had done it, with the reason (条例第二十一条)."""
    if not reason.strip():
        raise Refused(_("退回须写明理由"), field="reason")
    slip, line, lines, rows = _locked(line, turn_of or by, "return", key, stage=stage)
    plan = rules.returned(rows, line.pk, stage, straight=straight, skip=skip)
    line.done_for = queries.principal(line, by)
    _mark(line, by, rules.LineState.RETURNED, "", reason)
    _arrange(slip, plan, lines)
    record(by, verb, target or slip_name(slip), {"stage": line.stage, "to": stage, "reason": reason}, organ=slip.organ)
    return line


@action
def withdraw(
    line: Line, by: Person, *, verb: str = "slips.withdraw", target: Model | None = None, laid: Collection[str] = ()
) -> Line:  # fmt: skip
    """Take back what one has just completed, as long as nobody after has seen it; stages that it had laid are void."""
    slip = Slip.objects.select_for_update().get(pk=line.slip_id)
    line = slip.lines.get(pk=line.pk)
    if line.done_by_id != by.pk:
        raise Refused(_("只能撤回自己办理的环节"))
    if no := rules.objection("withdraw", _rows(slip), line.pk):
        raise Refused(no)
    plan = rules.withdrawn(_rows(slip), line.pk, laid)
    Line.objects.filter(pk=line.pk).update(
        state=OPEN.value, done_at=None, done_by=None, done_for=None, decision="", opinion="", person=by, key=F("key") + 1
    )
    _arrange(slip, plan)
    record(by, verb, target or slip_name(slip), {"stage": line.stage}, organ=slip.organ)
    line.refresh_from_db()
    return line


@action
def add_line(
    line: Line, by: Person | None, row: rules.StageRow, where: str = "after", *, reason: str = "", verb: str = "slips.add_line",
    target: Model | None = None,
) -> Line:  # fmt: skip
    """Put one more handler before, after or beside an unsettled line (加签)."""
    slip = Slip.objects.select_for_update().get(pk=line.slip_id)
    rows = _rows(slip)
    if no := rules.objection("add", rows, line.pk, where=where):
        raise Refused(no)
    plan = rules.added(rows, line.pk, row.stage, where)
    order = next(r.order for r in plan if r.key < 0)
    new = Line.objects.create(slip=slip, order=order, **_columns(row))
    # the plan knows the new row under its provisional key
    _arrange(slip, [rules.Row(new.pk, r.order, r.stage, r.state) if r.key < 0 else r for r in plan])
    told = {"stage": row.stage, "label": row.label, "organ": row.organ, "where": where, "reason": reason}
    record(by, verb, target or slip_name(slip), told, organ=slip.organ)
    new.refresh_from_db()
    return new


@action
def delegate(line: Line, by: Person, to: Person, reason: str = "", *, verb: str = "slips.delegate", target: Model | None = None) -> Line:
    """Hand an open line to one person by name (转办)."""
    slip, line, *_plan = _locked(line, by, "delegate", None)
    if to.pk == by.pk:
        raise Refused(_("不能转给自己"), field="to")
    line.person, line.seen_at, line.key = to, None, line.key + 1
    line.save(update_fields=["person", "seen_at", "key"])
    notices.settle(line_name(line))
    record(by, verb, target or slip_name(slip), {"stage": line.stage, "to": to.code, "reason": reason}, organ=slip.organ)
    return line


@action
def supervise(line: Line, by: Person, due: date, note: str, *, verb: str = "slips.supervise", target: Model | None = None) -> Line:
    """督办: a day by which the open line must be settled, and a word to who has it."""
    slip = Slip.objects.select_for_update().get(pk=line.slip_id)
    line = slip.lines.select_related("organ", "person").get(pk=line.pk)
    if no := rules.objection("urge", _rows(slip), line.pk):
        raise Refused(no)
    if due < clock.today():
        raise Refused(_("办理时限不能早于今天"), field="due")
    Line.objects.filter(pk=line.pk).update(due=due, urged=F("urged") + 1)
    record(by, verb, target or slip_name(slip), {"stage": line.stage, "due": due.isoformat(), "note": note}, organ=slip.organ)
    tell(line, _("督办：请在%(due)s前办结《%(title)s》"), due=due.isoformat())
    line.refresh_from_db()
    return line


@action
def follow(slip: Slip, by: Person) -> None:
    """关注: keep a paper in sight. A mark for oneself; the log keeps that it was set."""
    _follow, new = Follow.objects.get_or_create(person=by, slip=slip, defaults={"at": clock.now()})
    if new:
        record(by, "slips.follow", slip_name(slip), organ=slip.organ)


@action
def unfollow(slip: Slip, by: Person) -> None:
    """取消关注."""
    gone, _rows_of = Follow.objects.filter(person=by, slip=slip).delete()
    if gone:
        record(by, "slips.unfollow", slip_name(slip), organ=slip.organ)


def tell(line: Line, text: str, **params: object) -> None:
    """Tell whoever has this line; the notice is settled when the line leaves their hands."""
    told = {"title": line.slip.title, **params}
    notices.notify(queries.handlers(line), text, link=line.slip.link, subject=line_name(line), params=told)


def look(slip: Slip, by: Person, *, digest: str = "", since: datetime | None = None) -> None:
    """Note that this person has now looked at this content; like `see`, it changes nothing that counts.

    `since`: from when on what is new to him in this sitting is counted.
    """
    Look.objects.update_or_create(person=by, slip=slip, defaults={"at": clock.now(), "digest": digest, "since": since})


def line_name(line: Line) -> str:
    """How a notice names the line it is about."""
    return f"slips.line:{line.pk}"


@action
def name_handler(line: Line, by: Person, person: Person) -> Line:
    """Say beforehand by name who will handle a line that has not come yet."""
    slip = Slip.objects.select_for_update().get(pk=line.slip_id)
    line = slip.lines.get(pk=line.pk)
    if line.state != rules.LineState.WAITING:
        raise Refused(_("这一环节已经送达，不能再指定办理人"))
    line.person, line.key = person, line.key + 1
    line.save(update_fields=["person", "key"])
    record(by, "slips.name_handler", slip_name(slip), {"stage": line.stage, "to": person.code}, organ=slip.organ)
    return line


@action
def urge(line: Line, by: Person | None, note: str = "") -> Line:
    """Remind who sits on an open line (催办, 条例第二十四条（六）)."""
    slip = Slip.objects.select_for_update().get(pk=line.slip_id)
    line = slip.lines.get(pk=line.pk)
    if no := rules.objection("urge", _rows(slip), line.pk):
        raise Refused(no)
    Line.objects.filter(pk=line.pk).update(urged=F("urged") + 1)
    if by:
        told = urging.names([p.name for p in queries.handlers(line)])
        Urge.objects.create(
            subject=line_name(line), line=line, by=by, told=told, note=note.strip()[:300], at=clock.now(), day=clock.today()
        )
    record(by, "slips.urge", slip_name(slip), {"stage": line.stage, "note": note}, organ=slip.organ)
    line.refresh_from_db()
    return line


@action
def stop(slip: Slip, by: Person | None, reason: str) -> Slip:
    """End the slip early: nothing more is to be done on this paper."""
    slip = Slip.objects.select_for_update().get(pk=slip.pk)
    _arrange(slip, rules.stopped(_rows(slip)))
    record(by, "slips.stop", slip_name(slip), {"reason": reason}, organ=slip.organ)
    return slip


def see(line: Line, by: Person) -> None:
    """Note the first look at an open line; a look changes nothing that counts, so it leaves no entry."""
    if line.state == OPEN and line.seen_at is None and queries.may_handle(line, by):
        Line.objects.filter(pk=line.pk, state=OPEN, seen_at__isnull=True).update(seen_at=clock.now())


def slip_name(slip: Slip) -> str:
    """How an audit entry names a slip: by its paper."""
    return f"slips.slip:{slip.paper}/{slip.template}"


def _columns(row: rules.StageRow) -> dict[str, object]:
    """A template row as columns; its codes become keys of this network's own directory."""
    return {
        "stage": row.stage,
        "label": row.label,
        "role": row.role,
        "due": row.due,
        "days": row.days or None,
        "organ": Organ.objects.get(code=row.organ) if row.organ else None,
        "unit": Unit.objects.get(code=row.unit) if row.unit else None,
        "person": Person.objects.get(code=row.person) if row.person else None,
        "post": Post.objects.get(code=row.post) if row.post else None,
    }


def _rows(slip: Slip) -> rules.Rows:
    return queries.rows_of(slip)


def _locked(line: Line, by: Person, verb: str, key: int | None, stage: str = "") -> tuple[Slip, Line, list[Line], rules.Rows]:
    """The slip locked, the line as it is now, all lines, and these as planning sees them; refused when it is not this person's turn."""
    (slip,) = LOCKED(line.slip_id)
    lines = queries.lines_of(slip)
    line = next(each for each in lines if each.pk == line.pk)
    rows = tuple(each.row() for each in lines)
    if no := rules.objection(verb, rows, line.pk, stage=stage):
        raise Refused(no)
    if key is not None and key != line.key:
        raise Refused(_("这一环节已有变动，请看过最新情况再办"))
    if not queries.may_handle(line, by):
        raise Refused(_("“%(label)s”现在不由您办理"), label=line.label)
    return slip, line, lines, rows


def _mark(line: Line, by: Person, state: rules.LineState, decision: str, opinion: str) -> None:
    line.state, line.done_by, line.done_at = state.value, by, clock.now()
    line.decision, line.opinion, line.key = decision, opinion.strip(), line.key + 1
    line.seen_at = line.seen_at or line.done_at
    keep(line, "state", "done_by", "done_at", "decision", "opinion", "key", "seen_at", "done_for")
    notices.settle(line_name(line))


def _arrange(slip: Slip, plan: Sequence[rules.Row], known: Sequence[Line] | None = None) -> None:
    """Write what differs between the lines, read anew unless `known`, and the plan; close the slip when nothing is left."""
    lines = {line.pk: line for line in (queries.lines_of(slip) if known is None else known)}
    now = clock.now()
    for row in plan:
        if row.key < 0:
            _copy(lines[row.origin], row, now)
            continue
        line = lines[row.key]
        if line.order == row.order and line.state == row.state.value:
            continue
        if line.state == OPEN and row.state != OPEN:
            notices.settle(line_name(line))  # what was said about this turn waits for nobody any more
        if row.state == OPEN and line.state != OPEN:
            line.opened_at, line.seen_at = now, None
            line.due = _due(line.days) or line.due
        line.order, line.state, line.key = row.order, row.state.value, line.key + 1
        keep(line, "order", "state", "opened_at", "seen_at", "key", "due")
    ended = now if all(r.state in rules.SETTLED for r in plan) else None
    if ended != slip.ended_at:
        slip.ended_at = ended
        keep(slip, "ended_at")


def _copy(old: Line, row: rules.Row, now: datetime) -> None:
    """The same stage once more; who had done it gets it back by name (复审由原签批人, 条例第二十五条（一）)."""
    Line.objects.create(
        slip=old.slip, order=row.order, stage=old.stage, label=old.label, role=old.role, organ=old.organ, unit=old.unit,
        person=old.done_for or old.done_by or old.person, state=row.state.value, opened_at=now if row.state == OPEN else None,
        due=(_due(old.days) if row.state == OPEN else None) or old.due, days=old.days, post=old.post,
    )  # fmt: skip


def _due(days: int | None) -> date | None:
    """So many working days from today, by the official calendar; the day on which it came is not counted."""
    if not days:
        return None
    return clock_rules.due(clock.today(), clock_rules.Limit(days, clock_rules.Unit.WORKING_DAYS, ""), calendar())
