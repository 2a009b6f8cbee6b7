"""The way of a letter: drafted, previewed, signed with the key's PIN, sealed, delivered. Its step takes effect when it goes out."""

from collections.abc import Callable, Mapping
from datetime import date

from zhengtong.business.disclosure import paper, queries
from zhengtong.business.disclosure.handling import count, desk_of, end, finish_all, locked, moment, running, save, take
from zhengtong.business.disclosure.models import Consultation, Letter, Request
from zhengtong.business.disclosure.rules import answers, fees, steps
from zhengtong.business.disclosure.rules import letters as rules
from zhengtong.foundation import clock
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock import actions as clocks
from zhengtong.foundation.clock import queries as clock_queries
from zhengtong.foundation.clock.rules import ANSWERING, Happening
from zhengtong.foundation.files.actions import store
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.numbers.actions import take as take_number
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from .redactions import leak

Given = Mapping[str, object]


@action
def draft(number: str, by: Person, kind: str, given: Given, *, version: int | None = None) -> Letter:
    """拟写: the letter of a step, to be looked at before it goes. One at a time for each request."""
    request = locked(number, by, version=version)
    take(kind, request)
    _judge(request, kind, given)
    letter = Letter.objects.create(
        request=request, kind=kind, addressee=_addressee(request, kind, given), given=_kept(given), drafted_by=by
    )
    record(by, "disclosure.draft", request, {"letter": kind}, organ=request.organ.code)
    return letter


def _judge(request: Request, kind: str, given: Given) -> None:
    no = rules.objection(kind, given, clock.today())
    if no is None and kind == "answer":
        going = request.attachments.filter(kind="given").count()
        no = answers.answer_objection(str(given.get("answer")), given, request.completions, queries.unsettled(request), going)
    if no:
        raise Refused(no)


def _kept(given: Given) -> dict[str, object]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in given.items()}


def _addressee(request: Request, kind: str, given: Given) -> str:
    return str(given["addressee"]).strip() if rules.KINDS[kind].other else request.name


def _open(pk: int, by: Person, role: str) -> Letter:
    letter = Letter.objects.select_related("request").filter(pk=pk).first()
    if letter is None:
        raise Refused(_("没有这份文书"))
    request = locked(letter.request.number, by, role)  # the paper is locked before its letter
    letter = Letter.objects.select_for_update(of=("self",)).select_related("drafted_by").get(pk=pk)
    letter.request = request
    if letter.state == Letter.ISSUED:
        raise Refused(_("文书已经发出，不能再改"))
    return letter


@action
def discard(pk: int, by: Person) -> None:
    """作废 a draft that has not gone out."""
    letter = _open(pk, by, steps.CLERK)
    record(by, "disclosure.discard", letter.request, {"letter": letter.kind}, organ=letter.request.organ.code)
    letter.delete()


@action
def send_up(pk: int, by: Person) -> Letter:
    """送签: the head signs an answer and an extension (第三十三条第二款)."""
    letter = _open(pk, by, steps.CLERK)
    if letter.state != Letter.DRAFT or steps.signer(letter.kind) != steps.HEAD:
        raise Refused(_("这份文书不需要送签，或者已经送签"))
    letter.state, letter.returned = Letter.WAITING, ""
    letter.save(update_fields=["state", "returned"])
    number = letter.request.number
    notify(
        (steps.HEAD, letter.request.organ.code), _("待签发的信息公开文书：%(number)s"), f"/disclosure/{number}/", params={"number": number}
    )
    record(by, "disclosure.send_up", letter.request, {"letter": letter.kind}, organ=letter.request.organ.code)
    return letter


@action
def send_back(pk: int, by: Person, reason: str) -> Letter:
    """退回: the head wants it written otherwise."""
    letter = _open(pk, by, steps.HEAD)
    if letter.state != Letter.WAITING:
        raise Refused(_("这份文书没有送签"))
    if not reason.strip():
        raise Refused(_("请写明退回意见"), field="reason")
    letter.state, letter.returned = Letter.DRAFT, reason.strip()
    letter.save(update_fields=["state", "returned"])
    number = letter.request.number
    notify(letter.drafted_by, _("文书被退回修改：%(number)s"), f"/disclosure/{number}/", params={"number": number})
    record(by, "disclosure.send_back", letter.request, {"letter": letter.kind, "reason": reason.strip()}, organ=letter.request.organ.code)
    return letter


@action
def issue(pk: int, account: Account, pin: str) -> Letter:
    """发出: an official act, confirmed with the PIN. The letter is numbered, set, sealed and kept, and its step takes effect."""
    by = account.person
    if by is None:
        raise Refused(_("这份文书不由您发出"))
    role = next((steps.signer(found.kind) for found in Letter.objects.filter(pk=pk)), steps.HEAD)
    letter = _open(pk, by, role)
    if role == steps.HEAD and letter.state != Letter.WAITING:
        raise Refused(_("这份文书还没有送签"))
    request, desk = letter.request, desk_of(letter.request.organ)
    standing = steps.objection(letter.kind, request.state, _without_letter(request))
    if standing:
        raise Refused(standing)
    _judge(request, letter.kind, letter.given)
    if letter.kind == "answer" and (
        where := leak(request, "\n".join(rules.body("answer", queries.letter_facts(request, desk), letter.given)))
    ):
        raise Refused(_("“%(name)s”里还能找到已遮盖的文字，不能发出"), name=where)
    accounts.confirm(account, pin)
    year = clock.today().year
    short = request.organ.letters or request.organ.code
    letter.number = f"{short}公开〔{year}〕{take_number('信息公开文书', request.organ.code, year)}号"
    sealed = paper.sealed(letter, request, desk)
    letter.file = store(sealed, "letter.pdf")
    letter.state, letter.issued_by, letter.issued_at = Letter.ISSUED, by, clock.now()
    letter.save()
    told = {"letter": letter.kind, "number": letter.number, "sm3": letter.file.sm3}
    record(by, "disclosure.issue", request, told, organ=request.organ.code)
    EFFECTS[letter.kind](letter, request)
    if request.receipt and not rules.KINDS[letter.kind].other:
        _delivered(letter, request, "web", clock.today())
    return letter


def _without_letter(request: Request) -> steps.Facts:
    known = queries.facts(request)
    return steps.Facts(**{name: getattr(known, name) for name in steps.Facts.__dataclass_fields__} | {"letter_open": False})


def _completion(letter: Letter, request: Request) -> None:
    request.state, request.completions = steps.State.COMPLETING.value, request.completions + 1
    request.complete_until = date.fromisoformat(str(letter.given["until"]))
    finish_all(request, "通知补正")
    save(request, "state", "completions", "complete_until")


def _consult(letter: Letter, request: Request) -> None:
    turn = queries.consultations(request).count() + 1
    Consultation.objects.create(letter=letter, number=f"{request.number}-Y{turn}")
    if request.state == steps.State.HANDLING and request.answering in ANSWERING:
        clocks.stop(request.number, request.answering, letter.kind)
    request.state = steps.State.CONSULTING.value
    save(request, "state")


def _extension(letter: Letter, request: Request) -> None:
    """The longer clock starts on the same day and knows the same pauses, so that no day is lost or won by the change."""
    number, days = request.number, int(str(letter.given["days"]))
    before = [e for e in clock_queries.events(number) if e.limit == "disclosure.answer"]
    begun = max(n for n, e in enumerate(before) if e.kind == Happening.START)
    clocks.finish(number, "disclosure.answer", "延长答复期限")
    total = 20 + days
    clocks.start(number, "disclosure.extended", promised=total, title="政府信息公开申请", organ=request.organ.code, at=before[begun].at)
    for event in before[begun + 1 :]:
        if event.kind == Happening.STOP:
            clocks.stop(number, "disclosure.extended", event.reason, at=event.at)
        elif event.kind == Happening.RESUME:
            clocks.resume(number, "disclosure.extended", at=event.at)
    request.extended = days
    save(request, "extended")


def _reasons(letter: Letter, request: Request) -> None:
    save(request)


def _fee(letter: Letter, request: Request) -> None:
    request.state = steps.State.PAYING.value
    request.fee = fees.fee(str(letter.given["measure"]), int(str(letter.given["count"])))
    if request.answering in ANSWERING:
        clocks.stop(request.number, request.answering, "fee")
    save(request, "state", "fee")


def _answer(letter: Letter, request: Request) -> None:
    request.state, request.answered_on = steps.State.ANSWERED.value, clock.today()
    request.answer, request.ground = str(letter.given["answer"]), str(letter.given.get("ground") or "")
    count(request)
    finish_all(request, "答复")
    save(request, "state", "answered_on", "answer", "ground", "counted_on", "counted_as")


EFFECTS: Mapping[str, Callable[[Letter, Request], None]] = {
    "completion": _completion,
    "third_party": _consult,
    "co_producer": _consult,
    "extension": _extension,
    "reasons": _reasons,
    "fee": _fee,
    "answer": _answer,
}


@action
def deliver(pk: int, by: Person, way: str, on: date) -> Letter:
    """送达: the day on which the addressee received it; limits that run from receipt begin, a delivered answer closes the request."""
    found = Letter.objects.select_related("request").filter(pk=pk).first()
    if found is None:
        raise Refused(_("没有这份文书"))
    request = locked(found.request.number, by)
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=pk)
    if letter.state != Letter.ISSUED or letter.delivered_on:
        raise Refused(_("文书还没有发出，或者已经登记送达"))
    if way not in rules.DELIVERIES:
        raise Refused(_("请选择送达方式"), field="way")
    issued = letter.issued_at.astimezone(clock.ZONE).date() if letter.issued_at else clock.today()
    if not issued <= on <= clock.today():
        raise Refused(_("送达日期应在发出之日与今天之间"), field="on")
    _delivered(letter, request, way, on)
    record(by, "disclosure.deliver", request, {"letter": letter.number, "way": way, "on": on.isoformat()}, organ=request.organ.code)
    return letter


def _delivered(letter: Letter, request: Request, way: str, on: date) -> None:
    letter.delivery, letter.delivered_on = way, on
    letter.save(update_fields=["delivery", "delivered_on"])
    if letter.kind in ("third_party", "co_producer") and not letter.consultation.opinion:
        subject = letter.consultation.number
        clocks.start(subject, "disclosure.opinion", title="征求意见", organ=request.organ.code, at=moment(on))
    elif letter.kind == "fee" and request.state == steps.State.PAYING and not running(request.number, "disclosure.payment"):
        clocks.start(request.number, "disclosure.payment", title="等待缴费", organ=request.organ.code, at=moment(on))
    elif letter.kind == "answer" and request.state == steps.State.ANSWERED:
        end(request, request.answer, "送达")
