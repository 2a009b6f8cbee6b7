"""A document that asks its receivers for an answer by a day: ask, answer, urge who is missing, close."""

from collections.abc import Sequence
from datetime import date

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.notices.actions import notify, settle
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.dispatch import queries
from zhengtong.office.dispatch.models import Call, Reply
from zhengtong.office.dispatch.rules import replies

from .giving import _sent


@action
def ask(dispatch: int, by: Person, columns: str, due: date, note: str = "") -> Call:
    """征集回复: every main receiver fills in the same columns by that day."""
    sent = _sent(dispatch, by)
    asked = replies.columns(columns)
    if no := replies.call_objection(asked, due, clock.today()):
        raise Refused(no)
    if Call.objects.filter(dispatch=sent).exists():
        raise Refused(_("这份文件已在征集回复"))
    call = Call.objects.create(
        dispatch=sent, due=due, columns=[c.row() for c in asked], note=note.strip(), opened_by=by, opened_at=clock.now()
    )
    _ask(call, queries.missing(call), _("请于%(due)s前回复%(number)s"))
    record(by, "dispatch.ask", sent, {"due": due.isoformat(), "columns": [c.name for c in asked]})
    return call


@action
def answer(call: int, organ: Organ, by: Person, values: Sequence[str]) -> Reply:
    """填报: the receiver's answer; until the call is closed it may be corrected."""
    found = Call.objects.select_for_update(of=("self",)).select_related("dispatch__sender").filter(pk=call).first()
    if found is None or organ.pk not in queries.receiving(by) or organ.pk not in queries.asked(found):
        raise Refused(_("没有这份文件"))
    if found.closed_at:
        raise Refused(_("已截止收集，不能再填报"))
    if no := replies.answer_objection(replies.of_rows(found.columns), values):
        raise Refused(no)
    given = [value.strip() for value in values]
    reply, new = Reply.objects.update_or_create(call=found, organ=organ, defaults={"values": given, "by": by, "at": clock.now()})
    settle(f"call:{found.pk}:{organ.code}")
    record(by, "dispatch.answer", found.dispatch, {"organ": organ.code, "values": given, "corrected": not new})
    return reply


@action
def urge_missing(call: int, by: Person) -> int:
    """催报: remind every organ that has not answered; how many."""
    found = _call(call, by)
    late = queries.missing(found)
    _ask(found, late, _("催报：请尽快回复%(number)s（%(due)s前）"))
    record(by, "dispatch.urge_missing", found.dispatch, {"organs": [organ.code for organ in late]})
    return len(late)


@action
def close_call(call: int, by: Person) -> Call:
    """截止收集: nothing more is taken, the table is final."""
    found = _call(call, by)
    found.closed_at = clock.now()
    found.save(update_fields=["closed_at"])
    for organ in queries.missing(found):
        settle(f"call:{found.pk}:{organ.code}")
    record(by, "dispatch.close_call", found.dispatch, {"missing": [organ.code for organ in queries.missing(found)]})
    return found


def _call(call: int, by: Person) -> Call:
    found = Call.objects.select_for_update(of=("self",)).select_related("dispatch__sender").filter(pk=call).first()
    if found is None or not queries.sends(by, found.dispatch_id):
        raise Refused(_("没有这份文件"))
    if found.closed_at:
        raise Refused(_("已截止收集"))
    return found


def _ask(call: Call, organs: Sequence[Organ], text: str) -> None:
    told = {"number": call.dispatch.number, "due": call.due.isoformat()}
    for organ in organs:
        people = queries.within(call.dispatch, queries.receivers(organ))
        notify(people, text, f"/replies/{call.pk}/", f"call:{call.pk}:{organ.code}", told)
