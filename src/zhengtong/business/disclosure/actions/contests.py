"""Reviews and lawsuits over an answer, each with the clock of the organ's own reply."""

from datetime import date

from zhengtong.business.disclosure.handling import locked, moment, running, save
from zhengtong.business.disclosure.models import Contest
from zhengtong.business.disclosure.rules import contests as rules
from zhengtong.business.disclosure.rules import steps
from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock import actions as clocks
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _


@action
def contest(number: str, by: Person, path: str, body: str, docket: str, on: date) -> Contest:
    """登记复议或诉讼: from the day on which the organ received the papers its own reply is due."""
    request = locked(number, by)
    if path not in set(rules.Path):
        raise Refused(_("请选择途径"), field="path")
    if not body.strip() or not docket.strip():
        raise Refused(_("请写明受理机关和案号"), field="body" if not body.strip() else "docket")
    if not request.received_on <= on <= clock.today():
        raise Refused(_("日期应在收到申请之日与今天之间"), field="on")
    made = Contest.objects.create(
        request=request,
        number=f"{number}-S{request.contests.count() + 1}",
        path=path,
        body=body.strip(),
        docket=docket.strip(),
        notified_on=on,
    )
    way = rules.PATHS[rules.Path(path)]
    clocks.start(made.number, way.limit, title="信息公开复议诉讼", organ=request.organ.code, at=moment(on))
    record(by, "disclosure.contest", request, {"contest": made.number, "path": path}, organ=request.organ.code)
    return made


def _locked(number: str, by: Person) -> Contest:
    found = Contest.objects.select_related("request").filter(number=number).first()
    if found is None:
        raise Refused(_("没有这件复议或诉讼"))
    request = locked(found.request.number, by)
    found = Contest.objects.select_for_update(of=("self",)).get(pk=found.pk)
    found.request = request
    return found


@action
def reply(number: str, by: Person, on: date) -> Contest:
    """提交答复、答辩: the organ's clock ends."""
    found = _locked(number, by)
    if found.replied_on or found.decided_on:
        raise Refused(_("已经登记提交答复"))
    if not found.notified_on <= on <= clock.today():
        raise Refused(_("日期应在收到通知之日与今天之间"), field="on")
    found.replied_on = on
    found.save(update_fields=["replied_on"])
    clocks.finish(number, rules.PATHS[rules.Path(found.path)].limit, "已提交答复", at=moment(on))
    record(by, "disclosure.reply", found.request, {"contest": number, "on": on.isoformat()}, organ=found.request.organ.code)
    return found


@action
def conclude(number: str, by: Person, result: str, on: date, note: str, again: bool) -> Contest:
    """登记结果. `again`: the organ is ordered to answer anew, within twenty working days of the judgment."""
    found = _locked(number, by)
    request = found.request
    if found.result != "pending":
        raise Refused(_("已经登记结果"))
    if result not in rules.RESULTS or result == "pending":
        raise Refused(_("请选择结果"), field="result")
    if not found.notified_on <= on <= clock.today():
        raise Refused(_("日期应在收到通知之日与今天之间"), field="on")
    if again and (result != "corrected" or request.state != steps.State.CLOSED):
        raise Refused(_("只有结果纠正且原申请已办结的，才能重新答复"), field="again")
    found.result, found.decided_on, found.note = result, on, note.strip()
    found.save(update_fields=["result", "decided_on", "note"])
    limit = rules.PATHS[rules.Path(found.path)].limit
    if running(number, limit):
        clocks.finish(number, limit, "审结", at=moment(on))
    if again:
        request.state, request.reopened_on = steps.State.HANDLING.value, on
        request.answer, request.ground, request.answered_on, request.closed_on = "", "", None, None
        clocks.start(request.number, rules.AGAIN, title="政府信息公开申请（重新答复）", organ=request.organ.code, at=moment(on))
        save(request, "state", "reopened_on", "answer", "ground", "answered_on", "closed_on")
    record(by, "disclosure.conclude", request, {"contest": number, "result": result, "again": again}, organ=request.organ.code)
    return found
