"""What those say who were asked; silence has its own meaning (第三十二条、第三十四条)."""

from datetime import date

from zhengtong.business.disclosure import queries
from zhengtong.business.disclosure.handling import locked, moment, running, save
from zhengtong.business.disclosure.models import Consultation, Request
from zhengtong.business.disclosure.rules import steps
from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock import actions as clocks
from zhengtong.foundation.clock import queries as clock_queries
from zhengtong.foundation.clock.rules import ANSWERING
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _


@action
def note_opinion(number: str, by: Person, opinion: str, reason: str, on: date) -> Consultation:
    """登记意见: agrees, or not and why. With the last opinion the answer's clock runs on."""
    found = _of(number)
    request = locked(found.letter.request.number, by)
    if opinion not in (Consultation.AGREES, Consultation.AGAINST):
        raise Refused(_("请选择意见"), field="opinion")
    if opinion == Consultation.AGAINST and not reason.strip():
        raise Refused(_("不同意公开的，请写明对方的理由"), field="reason")
    issued = found.letter.issued_at.astimezone(clock.ZONE).date() if found.letter.issued_at else clock.today()
    if not issued <= on <= clock.today():
        raise Refused(_("答复日期应在发出之日与今天之间"), field="on")
    _settle(found, request, opinion, reason, on)
    record(by, "disclosure.note_opinion", request, {"consultation": number, "opinion": opinion}, organ=request.organ.code)
    return found


def _of(number: str) -> Consultation:
    found = Consultation.objects.select_related("letter__request").filter(number=number).first()
    if found is None or found.opinion:
        raise Refused(_("没有这项征求意见，或者已经登记意见"))
    return found


def _settle(found: Consultation, request: Request, opinion: str, reason: str, on: date) -> None:
    found.opinion, found.reason, found.answered_on = opinion, reason.strip(), on
    found.save(update_fields=["opinion", "reason", "answered_on"])
    if running(found.number, "disclosure.opinion"):
        clocks.finish(found.number, "disclosure.opinion", "已有意见" if opinion != Consultation.SILENT else "逾期未答复", at=moment(on))
    asked = list(queries.consultations(request))
    if request.state != steps.State.CONSULTING or not all(one.opinion for one in asked):
        return
    last = max(one.answered_on for one in asked if one.answered_on)
    if request.answering in ANSWERING and running(request.number, request.answering):
        clocks.resume(request.number, request.answering, at=moment(last))
    request.state = steps.State.HANDLING.value
    save(request, "state")
    told = {"number": request.number}
    notify((steps.CLERK, request.organ.code), _("征求意见已齐，请继续办理：%(number)s"), f"/disclosure/{request.number}/", params=told)


def lapse_consultations() -> int:
    """Silence at the end of fifteen working days: how many ended. The answer's clock runs on from the last day. Safe to repeat."""
    waiting = Consultation.objects.filter(opinion="", letter__delivered_on__isnull=False).values_list("number", flat=True)
    return sum(_lapse(number) for number in list(waiting))


@action
def _lapse(number: str) -> bool:
    shown = clock_queries.reading(number, "disclosure.opinion")
    if shown is None or clock.today() <= shown.due:
        return False
    found = Consultation.objects.select_related("letter__request").get(number=number)
    request = locked(found.letter.request.number, None)
    found.refresh_from_db()
    if found.opinion:
        return False
    _settle(found, request, Consultation.SILENT, "", shown.due)
    record(None, "disclosure.lapse", request, {"consultation": number}, organ=request.organ.code)
    return True
