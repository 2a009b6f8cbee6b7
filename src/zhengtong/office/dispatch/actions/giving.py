"""The verbs between sender and receiver: dispatch, sign for, send back, urge, recall; one transaction each."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.files.models import File
from zhengtong.foundation.notices.actions import notify, settle
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.dispatch import queries, rules
from zhengtong.office.dispatch.models import Dispatch, Receipt, Scope
from zhengtong.office.documents import queries as documents

_listeners: list[Callable[[int, Person | None, str], object]] = []


def on_recall(listener: Callable[[int, Person | None, str], object]) -> None:
    """Let `listener` (copy, by, reason) take part in a recall, in its transaction; the receivers' register ends its work so."""
    _listeners.append(listener)


@action
def dispatch(
    document: str,
    *,
    number: str,
    title: str,
    sender: str,
    pdf: str,
    recipients: Sequence[str],
    by: Person,
    ofd: str = "",
    cc: Sequence[str] = (),
    urgency: str = "",
    secrecy: str = "",
    secrecy_mark: str = "",
    readers: Sequence[str] = (),
) -> Dispatch:
    """核发 (第二十五条（四）): give the printed document out to its receivers.

    Plain values: the document's permanent code, organs by code, the page and its sealed OFD by their SM3, `readers` (知悉范围) by
    person code. A classified document goes only where a receiver with clearance stands within its scope.
    """
    if not accounts.holds(by, "dispatcher"):
        raise Refused(_("您没有核发的职责"))
    issuer = orgs.organ(sender)
    handler = by.organ or issuer
    if orgs.system(handler) != orgs.system(issuer):
        raise Refused(_("不能核发其他机关的文件"))
    everyone = [*recipients, *cc]
    if no := rules.recipients_objection(everyone, sender):
        raise Refused(no)
    to = [orgs.organ(code) for code in everyone]
    scope = [orgs.person(code) for code in readers] if secrecy else []
    if no := rules.secrecy_objection(secrecy, settings.CLASSIFIED, _clearances(to, scope) if secrecy and settings.CLASSIFIED else {}):
        raise Refused(no)
    page = File.objects.filter(sm3=pdf).first()
    sealed = File.objects.get(sm3=ofd) if ofd else None
    if page is None or not number:
        raise Refused(_("文件还没有编号或印制，不能分发"))
    if Dispatch.objects.filter(document=document).exists():
        raise Refused(_("这份文件已经分发过了"))
    sent = Dispatch.objects.create(
        document=document, profile=_profile(), number=number, title=title, urgency=urgency, secrecy=secrecy, secrecy_mark=secrecy_mark,
        sender=issuer, handler=handler, sent_by=by, sent_at=clock.now(), pdf=page, ofd=sealed,
    )  # fmt: skip
    Scope.objects.bulk_create(Scope(dispatch=sent, person=person) for person in scope)
    copies = Receipt.objects.bulk_create(
        Receipt(dispatch=sent, organ=organ, cc=place >= len(recipients), order=place) for place, organ in enumerate(to)
    )
    for copy in copies:
        # of a classified document not even the title (design §3b.2)
        _tell(copy, _("收到%(sender)s来文，请签收") if secrecy else _("收到%(sender)s%(number)s《%(title)s》，请签收"))
    record(by, "dispatch.dispatch", sent, {"document": document, "receivers": [o.code for o in to], "pdf": pdf, "ofd": ofd})
    return sent


@action
def sign_for(receipt: int, by: Person) -> Receipt:
    """签收 (第二十四条（一）): the receiver has checked the document and notes who took it and when."""
    copy = _locked(receipt)
    _receiver(copy, by)
    if no := rules.step_objection("sign_for", copy.state):
        raise Refused(no)
    copy.state, copy.signed_by, copy.signed_at = rules.State.SIGNED.value, by, clock.now()
    copy.save(update_fields=["state", "signed_by", "signed_at"])
    settle(_subject(copy))
    record(by, "dispatch.sign_for", copy.dispatch, {"organ": copy.organ.code})
    return copy


@action
def send_back(receipt: int, by: Person, reason: str) -> Receipt:
    """退回 (第二十四条（三）): the first check found that the document is not for us or breaks a rule; the sender is told why."""
    copy = _locked(receipt)
    _receiver(copy, by)
    if no := rules.step_objection("send_back", copy.state, reason):
        raise Refused(no)
    copy.state, copy.returned_by, copy.returned_at, copy.reason = rules.State.RETURNED.value, by, clock.now(), reason.strip()
    copy.save(update_fields=["state", "returned_by", "returned_at", "reason"])
    settle(_subject(copy))
    told = {"organ": copy.organ.name, "number": copy.dispatch.number, "reason": copy.reason}
    notify(copy.dispatch.sent_by, _("%(organ)s退回%(number)s：%(reason)s"), f"/dispatch/{copy.dispatch.pk}/", copy.dispatch.document, told)
    record(by, "dispatch.send_back", copy.dispatch, {"organ": copy.organ.code, "reason": copy.reason})
    return copy


@action
def urge(receipt: int, by: Person, note: str = "") -> Receipt:
    """催办 (第二十四条（六）): remind a receiver that has not signed."""
    copy = _locked(receipt)
    ours = {copy.dispatch.sender_id, copy.dispatch.handler_id}
    if not any(ours & held for role, held in accounts.roles_by_organ(by).items() if role in rules.SENDERS):
        raise Refused(_("只有发文机关的核发、登记人员和秘书可以催办"))
    now = clock.now()
    if no := rules.step_objection("urge", copy.state, note) or rules.urge_objection(copy.urged_at, now):
        raise Refused(no)
    copy.urges, copy.urged_at, copy.urge_note = copy.urges + 1, now, note.strip()
    copy.save(update_fields=["urges", "urged_at", "urge_note"])
    _tell(copy, _("%(sender)s催办签收%(number)s。%(note)s"), note=copy.urge_note)
    record(by, "dispatch.urge", copy.dispatch, {"organ": copy.organ.code, "urges": copy.urges, "note": copy.urge_note})
    return copy


@action
def urge_late(by: Person) -> int:
    """一次催办所有逾期未签收的: every late copy of all that the person's organs sent, save those just reminded; how many."""
    count, now = 0, clock.now()
    for copy in queries.late(by):
        locked = _locked(copy.pk)
        if locked.state == rules.State.WAITING and rules.urge_objection(locked.urged_at, now) is None:
            locked.urges, locked.urged_at, locked.urge_note = locked.urges + 1, now, ""
            locked.save(update_fields=["urges", "urged_at", "urge_note"])
            _tell(locked, _("%(sender)s催办签收%(number)s。%(note)s"), note="")
            record(by, "dispatch.urge", locked.dispatch, {"organ": locked.organ.code, "urges": locked.urges, "late": True})
            count += 1
    return count


@action
def recall(dispatch: int, by: Person, reason: str) -> int:
    """撤回: the sender takes the document back from every receiver that has it; who had begun to handle it stops. How many copies."""
    sent = _sent(dispatch, by)
    copies = [r for r in _copies(sent) if r.state in (rules.State.WAITING, rules.State.SIGNED)]
    if not copies:
        raise Refused(_("没有可以撤回的文件：各机关均已退回或已撤回"))
    for copy in copies:
        if no := rules.step_objection("recall", copy.state, reason):
            raise Refused(no)
        copy.state, copy.recalled_by, copy.recalled_at, copy.reason = rules.State.RECALLED.value, by, clock.now(), reason.strip()
        copy.save(update_fields=["state", "recalled_by", "recalled_at", "reason"])
        settle(_subject(copy))
        _tell(copy, _("%(sender)s撤回%(number)s：%(reason)s"), reason=copy.reason)
        for listener in _listeners:
            listener(copy.pk, by, copy.reason)
    record(by, "dispatch.recall", sent, {"organs": [c.organ.code for c in copies], "reason": reason.strip()})
    return len(copies)


@action
def send_again(receipt: int, by: Person) -> Receipt:
    """重新分发 a returned or recalled copy: it waits to be signed for anew; what happened before stays in the log."""
    copy = _locked(receipt)
    sent = _sent(copy.dispatch_id, by)
    if no := rules.step_objection("send_again", copy.state):
        raise Refused(no)
    before = {"state": copy.state, "reason": copy.reason}
    copy.state, copy.reason, copy.outside = rules.State.WAITING.value, "", ""
    copy.signed_by = copy.signed_at = copy.returned_by = copy.returned_at = copy.recalled_by = copy.recalled_at = None
    copy.save()
    _tell(copy, _("收到%(sender)s来文，请签收") if sent.secrecy else _("收到%(sender)s%(number)s《%(title)s》，请签收"))
    record(by, "dispatch.send_again", sent, {"organ": copy.organ.code, "before": before})
    return copy


@action
def acknowledge(receipt: int, who: str, at: datetime) -> Receipt:
    """签收 by the city's own system: its receipt came back as a package."""
    copy = _locked(receipt)
    if no := rules.step_objection("acknowledge", copy.state):
        raise Refused(no)
    copy.state, copy.outside, copy.signed_at = rules.State.SIGNED.value, who[:60] or copy.organ.name, at
    copy.save(update_fields=["state", "outside", "signed_at"])
    record(None, "dispatch.acknowledge", copy.dispatch, {"organ": copy.organ.code, "who": who}, organ=copy.dispatch.sender.code)
    return copy


@action
def refuse(receipt: int, who: str, at: datetime, reason: str) -> Receipt:
    """退回 by the city's own system."""
    copy = _locked(receipt)
    if no := rules.step_objection("refuse", copy.state, reason):
        raise Refused(no)
    copy.state, copy.returned_at, copy.reason = rules.State.RETURNED.value, at, reason.strip()[: rules.LONGEST]
    copy.outside = who[:60] or copy.organ.name
    copy.save(update_fields=["state", "outside", "returned_at", "reason"])
    told = {"organ": copy.organ.name, "number": copy.dispatch.number, "reason": copy.reason}
    notify(copy.dispatch.sent_by, _("%(organ)s退回%(number)s：%(reason)s"), f"/dispatch/{copy.dispatch.pk}/", copy.dispatch.document, told)
    record(None, "dispatch.refuse", copy.dispatch, {"organ": copy.organ.code, "reason": copy.reason}, organ=copy.dispatch.sender.code)
    return copy


def _sent(dispatch: int, by: Person) -> Dispatch:
    """The dispatch, locked, when it is this person's organ that sent it."""
    if not queries.sends(by, dispatch):
        raise Refused(_("没有这份文件"))
    return Dispatch.objects.select_for_update(of=("self",)).select_related("sender", "handler").get(pk=dispatch)


def _copies(sent: Dispatch) -> list[Receipt]:
    return list(sent.receipts.select_for_update(of=("self",)).select_related("dispatch__sender", "organ").order_by("pk"))


def _profile() -> str:
    return "classified" if settings.CLASSIFIED else "open"


def _locked(receipt: int) -> Receipt:
    found = Receipt.objects.select_for_update(of=("self",)).select_related("dispatch__sender", "organ").filter(pk=receipt).first()
    if found is None:
        raise Refused(_("没有这份文件"))
    return found


def _receiver(copy: Receipt, by: Person) -> None:
    """Only a receiver of that very organ may act on its copy, and of a classified one only within its scope."""
    if copy.organ_id not in queries.receiving(by) or (
        copy.dispatch.secrecy and not Scope.objects.filter(dispatch=copy.dispatch, person=by).exists()
    ):
        raise Refused(_("没有这份文件"))


def _clearances(organs: Sequence[Organ], scope: Sequence[Person]) -> dict[str, list[str]]:
    """Each organ's name with the clearances of its receivers who stand within the scope."""
    within = {person.pk for person in scope}
    return {organ.name: [documents.clearance(person) for person in queries.receivers(organ) if person.pk in within] for organ in organs}


def _subject(copy: Receipt) -> str:
    return f"receipt:{copy.pk}"


def _tell(copy: Receipt, text: str, **more: str) -> None:
    """A notice to every receiver of the organ; of a classified document only to those within its scope."""
    people = queries.receivers(copy.organ)
    sent = copy.dispatch
    if sent.secrecy:
        within = set(Scope.objects.filter(dispatch=sent).values_list("person", flat=True))
        people = [person for person in people if person.pk in within]
    told = {"sender": sent.sender.name, **more}
    told |= {"number": sent.number, "title": "" if sent.secrecy else sent.title}
    notify(people, text, f"/received/{copy.pk}/", _subject(copy), told)
