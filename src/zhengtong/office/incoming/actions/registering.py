"""Sign for, register and check what comes in (第二十四条（一）至（三）)."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import BinaryIO

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock import queries as clocks
from zhengtong.foundation.files import actions as files
from zhengtong.foundation.files.models import File
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips import queries as slip_queries
from zhengtong.foundation.slips.rules import StageRow, Template, patterns
from zhengtong.office.circulation import actions as circulation
from zhengtong.office.dispatch import actions as dispatches
from zhengtong.office.dispatch import queries as copies
from zhengtong.office.documents import queries as documents
from zhengtong.office.documents.queries import joint
from zhengtong.office.documents.queries.attachments import going_along
from zhengtong.office.incoming import queries
from zhengtong.office.incoming.models import Incoming, Scope, Sheet, here
from zhengtong.office.incoming.rules import elements as rules
from zhengtong.office.incoming.rules import steps

from .desk import clerk, in_hand, locked, move, row, slip_of

SENDER = Incoming._meta.get_field("sender").max_length or 0  # characters of 来文机关
PREFIX = {"open": "S", "classified": "SM"}  # codes of the two office networks never meet
Upload = tuple[bytes | BinaryIO, str]


@action
def register(
    elements: rules.Elements, by: Person, *, organ: Organ, uploads: Sequence[Upload] = (), readers: Sequence[str] = ()
) -> Incoming:
    """登记 a paper that came on paper (第二十四条（一）（二）): its elements by hand, its scan as files."""
    _may_receive(by, organ)
    paper = _new(elements, organ, rules.Source.PAPER)
    paper.save(force_insert=True)
    _attach(paper, uploads)
    _scope(paper, [*readers, by.code])
    return _enter(paper, by)


@action
def register_copy(copy: int, elements: rules.Elements, by: Person, readers: Sequence[str] = ()) -> Incoming:
    """签收并登记 a copy that came by dispatch: number, title, sender and secrecy are the sender's, the rest is counted here."""
    receipt = copies.received(by).filter(pk=copy).first()
    if receipt is None:
        raise Refused(_("没有这份文件"))
    if Incoming.objects.filter(copy=copy).exists():
        raise Refused(_("这份文件已经登记过了"))
    if receipt.state == "waiting":
        dispatches.sign_for(copy, by)
    elif receipt.state != "signed":
        raise Refused(_("退回或撤回的文件不能登记"))
    sent = receipt.dispatch
    theirs = {
        "title": sent.title,
        "sender": joint.makers_of(sent.document, sent.sender.name, SENDER),
        "their_number": sent.number,
        "urgency": sent.urgency,
    }
    marks = {"secrecy": sent.secrecy, "secrecy_mark": sent.secrecy_mark, "kind": elements.kind or rules.kind_of(sent.title)}
    paper = _new(rules.Elements(**{**asdict(elements), **theirs, **marks}), receipt.organ, rules.Source.DISPATCH)
    paper.copy, paper.document, paper.sender_organ = copy, sent.document, sent.sender
    paper.save(force_insert=True)
    Sheet.objects.create(incoming=paper, order=0, file=sent.pdf, name=f"{sent.number}.pdf")
    for order, one in enumerate(going_along(sent.document), start=1):
        Sheet.objects.create(incoming=paper, order=order, file=File.objects.get(sm3=one.sm3), name=one.name)
    _scope(paper, [*copies.scope(sent), *readers, by.code])
    return _enter(paper, by)


@action
def arrive(elements: rules.Elements, *, organ: Organ, sheets: Sequence[tuple[File, str]], document: str) -> Incoming:
    """收到 a package of the city's exchange: it waits to be signed for."""
    paper = _new(elements, organ, rules.Source.EXCHANGE)
    paper.document = document
    paper.save(force_insert=True)
    for order, (file, name) in enumerate(sheets):
        Sheet.objects.create(incoming=paper, order=order, file=file, name=name)
    told = {"sender": paper.sender, "number": paper.their_number, "title": paper.title}
    notify(
        ("receiver", paper.office), _("市级交换收到%(sender)s%(number)s《%(title)s》，请签收"), f"/incoming/{paper.code}/", paper.code, told
    )
    record(None, "incoming.arrive", paper, {"document": document, "sender": paper.sender}, organ=organ.code)
    return paper


@action
def sign_for(code: str, by: Person, pages: int = 1, copies_: int = 1) -> Incoming:
    """签收登记 what came by exchange."""
    paper = locked(code)
    _may_receive(by, paper.organ)
    if no := steps.step_objection("register", paper.state):
        raise Refused(no)
    paper.pages, paper.copies = pages, copies_
    return _enter(paper, by)


@action
def check(code: str, by: Person, nature: str, due: object = None, note: str = "") -> Incoming:
    """初审通过 (第二十四条（三）): to be read or to be acted on, and by when."""
    paper, line = in_hand("check", code, by)
    today = clock.today()
    limited = nature == rules.Nature.ACTION or paper.urgency
    wanted = due or (rules.limit(paper.urgency, today, clocks.calendar()) if limited else None)
    if no := rules.due_objection(nature, paper.urgency, wanted, today):  # type: ignore[arg-type]
        raise Refused(no)
    paper.nature, paper.due = nature, wanted  # type: ignore[assignment]
    told = {"nature": nature, "due": wanted.isoformat() if wanted else ""}  # type: ignore[attr-defined]
    slips.complete(line, by, "done", note, verb="incoming.check", target=paper, detail=told)
    move("check", paper, "nature", "due")
    return paper


@action
def send_back(code: str, by: Person, ground: str, reason: str) -> Incoming:
    """退文 (第二十四条（三）): the first check failed; the sender is told which ground and why."""
    paper, _line = in_hand("send_back", code, by)
    if ground not in rules.GROUNDS:
        raise Refused(_("请选择退文依据"), field="ground")
    if not reason.strip():
        raise Refused(_("退回须写明理由"), field="reason")
    paper.state, paper.ground, paper.reason = steps.State.RETURNED.value, ground, reason.strip()[: rules.LONGEST]
    paper.save(update_fields=["state", "ground", "reason"])
    slips.stop(slip_of(paper), by, paper.reason)
    circulation.recall(paper.code, by, paper.reason)
    if paper.copy:
        dispatches.send_back(paper.copy, by, f"{rules.GROUNDS[ground].label}：{paper.reason}"[:200])
    record(by, "incoming.send_back", paper, {"ground": ground, "reason": paper.reason}, organ=paper.organ.code)
    return paper


def _may_receive(by: Person, organ: Organ) -> None:
    if organ.pk not in queries.receiving(by):
        raise Refused(_("您不是本机关的收文员"))


def _new(elements: rules.Elements, organ: Organ, source: rules.Source) -> Incoming:
    """The unsaved row, its elements checked, its code taken."""
    today = clock.today()
    if no := rules.elements_objection(elements, today, settings.CLASSIFIED):
        raise Refused(no)
    given = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(elements).items()}
    twin = Incoming.objects.filter(organ=organ, sender=given["sender"], their_number=given["their_number"])
    known = twin.exclude(their_number="").exclude(state__in=["returned", "recalled"]).first()
    if known:
        raise Refused(
            Objection(_("%(sender)s的这一文号已登记为%(number)s"), {"sender": known.sender, "number": str(known)}, "their_number")
        )
    return Incoming(
        code=f"{PREFIX[here()]}{today.year}-{take('incoming-paper', '', today.year):06d}", profile=here(), organ=organ,
        office=documents.office_of(organ), source=source.value, received_at=clock.now(), created_at=clock.now(),
        state=steps.State.ARRIVED.value, sender_organ=orgs.organ_named(str(given["sender"])), **given,
    )  # fmt: skip


def _attach(paper: Incoming, uploads: Sequence[Upload]) -> None:
    for order, (content, name) in enumerate(uploads):
        file = files.store(content, name, allowed=rules.SUFFIXES)
        Sheet.objects.create(incoming=paper, order=order, file=file, name=name)


def _scope(paper: Incoming, readers: Sequence[str]) -> None:
    if paper.secrecy:
        Scope.objects.bulk_create(Scope(incoming=paper, person=orgs.person(code)) for code in dict.fromkeys(readers))


def _enter(paper: Incoming, by: Person) -> Incoming:
    """Give it its number and its slip; registration is the first thing that stands on it."""
    year = clock.today().year
    paper.serial = take("incoming", paper.organ.code, year)
    paper.year, paper.number = year, rules.number(paper.organ.letters, year, paper.serial)
    paper.received_by, paper.received_at, paper.state = by, clock.now(), steps.State.CHECK.value
    secretary = clerk(paper, "secretary")  # a small organ's receiver does the secretary's part too
    own = {} if secretary == "secretary" else {stage: patterns.Own(role=secretary) for stage in ("propose", "close")}
    plan = slip_queries.plan("incoming", paper.organ, {"office": paper.office.code}, own)
    if paper.secrecy:
        named = [StageRow("register", plan.rows[0].label, plan.rows[0].role, paper.office.code, person=by.code)]
        named += [row(paper, r.stage, r.label, r.role, r.organ) for r in plan.rows[1:]]
        plan = Template(plan.name, plan.version, tuple(named), plan.kind)
    link = f"/incoming/{paper.code}/"
    paper.slip = slips.begin(plan, paper.code, paper.title, by, organ=paper.organ.code, link=link, urgency=paper.urgency)
    paper.save()
    first = paper.slip.lines.get(stage="register")
    told = {"number": paper.number, "sender": paper.sender, "their_number": paper.their_number, "source": paper.source}
    slips.complete(first, by, "done", verb="incoming.register", target=paper, detail=told)
    return paper
