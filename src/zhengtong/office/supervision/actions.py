"""The verbs of a supervised matter, one transaction and one audit entry each; and the tick on which late ones climb."""

from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock import queries as clocks
from zhengtong.foundation.clock.rules import Calendar
from zhengtong.foundation.notices.actions import notify, settle
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips.models import Line, Slip
from zhengtong.foundation.slips.rules import LineState
from zhengtong.office.documents import queries as documents
from zhengtong.office.documents.rules.secrecy import cleared
from zhengtong.office.incoming import queries as incoming

from . import queries, rules
from .models import Extension, Item, Report


@action
def open_item(
    by: Person, task: str, owner: str, due: date, *, giver: str, person: str = "", organ: Organ, paper: str = "", instruction: str = ""
) -> Item:
    """立项: an instruction becomes a matter with an owner and a date. Opened by the leader himself or by his office."""
    leader, at, who = orgs.person(giver), orgs.organ(owner), orgs.person(person) if person else None
    if not queries.keeps(by, organ) and by != leader:
        raise Refused(_("只有交办领导或其办公室可以立项督办"))
    if leader.pk not in {p.pk for p in queries.leaders(organ)}:
        raise Refused(_("%(who)s不是本机关的领导"), field="giver", who=leader.name)
    outside = orgs.system(at) != orgs.system(organ)
    ours = who is None or orgs.members(at).filter(pk=who.pk).exists()
    if no := rules.item_objection(task, due, clock.today(), outside, ours):
        raise Refused(no)
    source = incoming.visible(by).filter(code=paper).first() if paper else None
    if paper and source is None:
        raise Refused(_("没有这份收文"))
    secrecy = source.secrecy if source else ""
    _in_scope(paper, secrecy, [leader, *([who] if who else [])], who is None)
    year = clock.today().year
    item = Item(
        code=f"{'SV' if settings.CLASSIFIED else 'V'}{year}-{take('supervision-item', '', year):06d}",
        number=f"{organ.letters}督〔{year}〕{take('supervision', organ.code, year)}号",
        profile="classified" if settings.CLASSIFIED else "open", organ=organ, office=documents.office_of(organ), secrecy=secrecy,
        paper=paper, source=source.title if source else "", source_link=f"/incoming/{paper}/" if paper else "",
        instruction=instruction.strip(), task=task.strip()[:200], giver=leader, owner=at, person=who, due=due, first_due=due, opened_by=by,
        opened_at=clock.now(),
    )  # fmt: skip
    plan = rules.template(item.code, at.code, who.code if who else "", leader.code)
    item.slip = slips.begin(plan, item.code, item.task, by, organ=organ.code, link=f"/supervision/{item.code}/")
    item.save(force_insert=True)
    _tell(item, queries.owners(item), _("%(giver)s交办：%(task)s（%(due)s前办结）"))
    record(by, "supervision.open_item", item, {"owner": at.code, "due": due.isoformat(), "giver": leader.code, "paper": paper})
    return item


@action
def report(code: str, by: Person, text: str) -> Report:
    """反馈进展: the owner says how far it is; the matter stays his."""
    item, _line = _owned("report", code, by)
    row = _report(item, by, text, final=False)
    _tell(item, queries.keepers(item), _("%(owner)s反馈督办件%(number)s的进展"))
    record(by, "supervision.report", item, {"text": row.text})
    return row


@action
def finish(code: str, by: Person, text: str) -> Item:
    """报办结: the owner reports it done; whoever gave it, or his office, has to confirm."""
    item, line = _owned("finish", code, by)
    if item.extensions.filter(granted__isnull=True).exists():
        raise Refused(_("延期申请还在等批复，不能报办结"))
    row = _report(item, by, text, final=True)
    slips.complete(line, by, "done", row.text, verb="supervision.finish", target=item)
    _move("finish", item, rules.State.REPORTED)
    _tell(item, queries.keepers(item), _("%(owner)s报督办件%(number)s办结，请确认"))
    return item


@action
def confirm(code: str, by: Person, note: str = "") -> Item:
    """确认办结: only who gave the matter, or his office for him, ends it."""
    item, line = _given("confirm", code, by)
    item.outcome, item.closed_by, item.closed_at = note.strip() or _last(item), by, clock.now()
    told = {"for": item.giver.code}
    slips.complete(line, by, "agree", note, verb="supervision.confirm", target=item, detail=told, turn_of=line.person)
    _move("confirm", item, rules.State.CLOSED, "outcome", "closed_by", "closed_at")
    settle(item.code)
    _tell(item, queries.owners(item), _("督办件%(number)s已确认办结"))
    return item


@action
def send_back(code: str, by: Person, reason: str) -> Item:
    """退回重办: not accepted; the owner has it again, the date stays."""
    item, line = _given("send_back", code, by, reason)
    last = item.reports.filter(final=True).last()
    if last:
        last.answer = reason.strip()[: rules.LONGEST]
        last.save(update_fields=["answer"])
    slips.return_to(line, by, "report", reason, verb="supervision.send_back", target=item, turn_of=line.person)
    for again in _lines(item).filter(stage="confirm", state=LineState.WAITING.value):
        slips.name_handler(again, by, item.giver)  # what the office did once doesn't make the matter the office's
    _move("send_back", item, rules.State.RUNNING)
    _tell(item, queries.owners(item), _("督办件%(number)s未通过办结确认：%(reason)s"), reason=reason.strip())
    return item


@action
def extend(code: str, by: Person, until: date, reason: str) -> Extension:
    """申请延期: before or after its date, with the reason."""
    item, _line = _owned("extend", code, by, reason)
    if no := rules.extension_objection(until, item.due, item.extensions.filter(granted__isnull=True).exists()):
        raise Refused(no)
    row = Extension.objects.create(item=item, asked_by=by, asked_at=clock.now(), until=until, reason=reason.strip()[: rules.LONGEST])
    _tell(item, queries.keepers(item), _("%(owner)s申请把督办件%(number)s延期到%(until)s"), until=until.isoformat())
    record(by, "supervision.extend", item, {"until": until.isoformat(), "reason": row.reason})
    return row


@action
def decide(code: str, by: Person, granted: bool, note: str = "") -> Extension:
    """批复延期: granted, the date moves and the climbing begins anew; or not, with the reason."""
    verb = "grant" if granted else "deny"
    item = _locked(verb, code, by, note)
    _giver(item, by)
    row = item.extensions.filter(granted__isnull=True).first()
    if row is None:
        raise Refused(_("没有等批复的延期申请"))
    row.granted, row.decided_by, row.decided_at, row.note = granted, by, clock.now(), note.strip()[: rules.LONGEST]
    row.save(update_fields=["granted", "decided_by", "decided_at", "note"])
    if granted:
        item.due, item.level, item.reminded_on = row.until, 0, None
        item.save(update_fields=["due", "level", "reminded_on"])
        _lines(item).filter(state=LineState.OPEN.value).update(due=row.until)
    text = _("督办件%(number)s延期到%(until)s，已同意") if granted else _("督办件%(number)s的延期申请未获同意：%(note)s")
    _tell(item, queries.owners(item), text, until=row.until.isoformat(), note=row.note)
    record(by, "supervision.decide", item, {"until": row.until.isoformat(), "granted": granted, "note": row.note})
    return row


@action
def urge(code: str, by: Person, note: str = "") -> int:
    """催办: remind the owner; how many people."""
    item = _locked("urge", code, by)
    _giver(item, by)
    for line in _lines(item).filter(state=LineState.OPEN.value):
        slips.urge(line, by, note)
    count = _tell(item, queries.owners(item), _("催办督办件%(number)s：%(task)s。%(note)s"), note=note.strip())
    record(by, "supervision.urge", item, {"note": note.strip()})
    return count


@action
def cancel(code: str, by: Person, reason: str) -> Item:
    """撤项: the matter is dropped, with the reason."""
    item = _locked("cancel", code, by, reason)
    _giver(item, by)
    item.outcome, item.closed_by, item.closed_at = reason.strip(), by, clock.now()
    slips.stop(_slip(item), by, reason)
    _move("cancel", item, rules.State.CANCELLED, "outcome", "closed_by", "closed_at")
    settle(item.code)
    _tell(item, queries.owners(item), _("督办件%(number)s已撤项：%(reason)s"), reason=item.outcome)
    record(by, "supervision.cancel", item, {"reason": item.outcome})
    return item


def climb() -> int:
    """Remind who is near his date, and tell the next one above of what is late; the worker calls this. How many were moved."""
    today, days, count = clock.today(), clocks.calendar(), 0
    for key in list(Item.objects.filter(state=rules.State.RUNNING.value).order_by("pk").values_list("pk", flat=True)):
        count += _climb(key, today, days)
    return count


@action
def _climb(key: int, today: date, days: Calendar) -> int:
    item = Item.objects.select_for_update(of=("self",)).select_related("organ", "office", "owner", "person", "giver").get(pk=key)
    if item.state != rules.State.RUNNING:
        return 0
    if rules.reminds(item.due, today, days) and item.reminded_on != today:
        item.reminded_on = today
        item.save(update_fields=["reminded_on"])
        _tell(item, queries.owners(item), _("督办件%(number)s“%(task)s”将于%(due)s到期"))
        return 0
    found = rules.climbs(item.due, item.level, today, days)
    if not found:
        return 0
    late = rules.days_late(item.due, today, days)
    for rung in found:
        _tell(item, queries.whom(item, rung.whom), rung.text, days=late)
    item.level = found[-1].level
    item.save(update_fields=["level"])
    record(None, "supervision.climb", item, {"level": item.level, "days": late}, organ=item.organ.code)
    return 1


def _locked(verb: str, code: str, by: Person, reason: str = "") -> Item:
    item = Item.objects.select_for_update(of=("self",)).select_related("organ", "office", "owner", "person", "giver", "slip")
    found = item.filter(code=code).first()
    if found is None or not queries.visible(by).filter(code=code).exists():
        raise Refused(_("没有这个督办件"))
    if no := rules.step_objection(verb, found.state, reason):
        raise Refused(no)
    return found


def _slip(item: Item) -> Slip:
    """The slip that `open_item` pinned to the matter in the same transaction."""
    assert item.slip is not None
    return item.slip


def _lines(item: Item) -> QuerySet[Line]:
    return Line.objects.filter(slip=_slip(item))


def _owned(verb: str, code: str, by: Person, reason: str = "") -> tuple[Item, Line]:
    item = _locked(verb, code, by, reason)
    line = _lines(item).filter(stage="report", state=LineState.OPEN.value).first()
    if line is None or not queries.owns(by, item):
        raise Refused(_("这个督办件不由您承办"))
    return item, line


def _given(verb: str, code: str, by: Person, reason: str = "") -> tuple[Item, Line]:
    item = _locked(verb, code, by, reason)
    _giver(item, by)
    return item, _lines(item).select_related("person").get(stage="confirm", state=LineState.OPEN.value)


def _giver(item: Item, by: Person) -> None:
    if not queries.gives(by, item):
        raise Refused(_("只有交办领导或其办公室可以办这一步"))


def _move(verb: str, item: Item, state: rules.State, *changed: str) -> None:
    item.state = state.value
    item.save(update_fields=["state", *changed])


def _report(item: Item, by: Person, text: str, *, final: bool) -> Report:
    if not text.strip():
        raise Refused(_("请写进展情况"), field="text")
    return Report.objects.create(item=item, by=by, at=clock.now(), text=text.strip(), final=final)


def _last(item: Item) -> str:
    last = item.reports.last()
    return last.text if last else ""


def _in_scope(paper: str, secrecy: str, people: list[Person], nameless: bool) -> None:
    """A matter out of a classified paper goes by name, and only to those within its 知悉范围."""
    if not secrecy:
        return
    if nameless:
        raise Refused(_("涉密文件的督办件须写明承办人"), field="person")
    inside = incoming.scope(paper)
    if any(p.code not in inside or not cleared(documents.clearance(p), secrecy) for p in people):
        raise Refused(_("涉密文件只能交给知悉范围内且具备涉密等级的人员"), field="person")


def _tell(item: Item, people: list[Person], text: str, **more: object) -> int:
    task = _("（涉密事项）") if item.secrecy else item.task
    told = {"number": item.number, "task": task, "owner": item.owner.name, "giver": item.giver.name, "due": item.due.isoformat(), **more}
    return notify(people, text, f"/supervision/{item.code}/", item.code, told)
