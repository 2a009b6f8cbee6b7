"""The verbs of a request that need no letter."""

import hmac
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from zhengtong.business.disclosure import status
from zhengtong.business.disclosure.handling import applicant, desk_of, end, locked, mapping, moment, require, running, save, take
from zhengtong.business.disclosure.models import Attachment, Desk, Redaction, Request
from zhengtong.business.disclosure.rules import receipt, steps
from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock import actions as clocks
from zhengtong.foundation.files.actions import safe_name, store
from zhengtong.foundation.forms.rules import check, fields_of, materials_of, missing_materials
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.numbers.actions import take as take_number
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

DETAILS = ("name", "identity", "phone", "address", "email", "description", "form", "way")


@action
def receive(payload: Mapping[str, object], files: Mapping[str, Path]) -> Request:
    """收件: a request that came by ferry. The day on which it was handed in is the day of receipt (第三十一条第（三）项)."""
    desk = Desk.objects.select_related("organ").filter(organ__code=str(payload["item"]).removeprefix(receipt.PREFIX)).first()
    if desk is None:
        raise Refused(_("没有编码为%(code)s的公开工作机构"), code=str(payload["item"])[:40])
    number = str(payload["receipt"])
    if Request.objects.filter(receipt=number).exists():
        raise Refused(_("回执号%(number)s已经收件"), number=number[:40])
    given = {key: str(value) for key, value in mapping(payload.get("answers")).items()}
    answers, objections = check(fields_of(receipt.FIELDS), given, clock.today())
    attachments = mapping(payload.get("attachments"))
    objections += missing_materials(materials_of(receipt.MATERIALS), list(attachments))
    if objections:
        raise Refused(objections[0])
    at = _handed_in(payload)
    made = _enter(desk, receipt.Channel.WEB, at.date(), None, answers, receipt=number, status_key=str(payload["status_key"]))
    _attach(made, attachments, files, Attachment.HANDED_IN)
    record(applicant(made), "disclosure.receive", made, {"receipt": number}, organ=desk.organ.code)
    status.tell(made)
    return made


@action
def register(
    by: Person, desk: Desk, channel: str, came: date, confirmed: date | None, answers: Mapping[str, str], papers: Mapping[str, BinaryIO]
) -> Request:
    """登记: a request that came by window, post, fax or e-mail, noted by the clerk with its day of receipt."""
    require(by, steps.CLERK, desk.organ)
    if channel not in set(receipt.Channel) - {receipt.Channel.WEB}:
        raise Refused(_("请选择提交方式"), field="channel")
    way = receipt.Channel(channel)
    if no := receipt.receipt_objection(way, came, confirmed, clock.today()):
        raise Refused(no)
    checked, objections = check(fields_of(receipt.FIELDS), answers, clock.today())
    if objections:
        raise Refused(objections[0])
    made = _enter(desk, way, came, confirmed, checked)
    for name, content in papers.items():
        stored = store(content, safe_name(name), limit_mb=25)
        Attachment.objects.create(request=made, kind=Attachment.HANDED_IN, name=safe_name(name), file=stored)
    record(by, "disclosure.register", made, {"channel": channel, "received_on": made.received_on.isoformat()}, organ=desk.organ.code)
    return made


@action
def take_over(
    by: Person, organ: Organ, channel: str, came: date, answers: Mapping[str, str], *, number: str = "", status_key: str = ""
) -> Request:
    """接收转办: a letter that turned out to be a request; the day on which it was received stays its day of receipt."""
    desk = desk_of(organ)
    checked, objections = check(fields_of(receipt.FIELDS), answers, clock.today())
    if objections:
        raise Refused(objections[0])
    made = _enter(desk, receipt.Channel(channel), came, None, checked, receipt=number, status_key=status_key)
    record(by, "disclosure.take_over", made, {"received_on": made.received_on.isoformat()}, organ=desk.organ.code)
    status.tell(made)
    return made


def _enter(desk: Desk, channel: receipt.Channel, came: date, confirmed: date | None, answers: Mapping[str, str], **values: str) -> Request:
    year = clock.today().year
    day = receipt.day_of_receipt(channel, came, confirmed)
    made = Request.objects.create(
        number=f"GK-{desk.organ.code}-{year}-{take_number('信息公开申请', desk.organ.code, year):05d}",
        organ=desk.organ,
        channel=channel.value,
        came_on=came,
        received_on=day,
        entered_at=clock.now(),
        kind=receipt.applicant_of(answers["applicant"]).value,
        **{key: answers.get(key, "") for key in DETAILS},
        **values,
    )
    for limit in ("disclosure.completion", "disclosure.answer"):
        clocks.start(made.number, limit, title="政府信息公开申请", organ=desk.organ.code, at=moment(day))
    notify((steps.CLERK, desk.organ.code), _("新的信息公开申请：%(number)s"), f"/disclosure/{made.number}/", params={"number": made.number})
    return made


def _handed_in(payload: Mapping[str, object]) -> datetime:
    """When it was handed in, as the portal says; never later than now."""
    try:
        at = datetime.fromisoformat(str(payload["handed_in_at"]))
    except ValueError as error:
        raise Refused(_("提交时间无法读取")) from error
    return min(at if at.tzinfo else at.replace(tzinfo=clock.ZONE), clock.now()).astimezone(clock.ZONE)


def _attach(request: Request, attachments: Mapping[str, object], files: Mapping[str, Path], kind: str) -> None:
    known = {m.key: m for m in materials_of(receipt.MATERIALS)}
    for key, name in attachments.items():
        if key not in known or key not in files:
            raise Refused(_("没有名为%(key)s的材料"), key=key[:40])
        with files[key].open("rb") as content:
            stored = store(content, safe_name(str(name)), limit_mb=known[key].limit_mb, allowed=known[key].kinds)
        Attachment.objects.create(request=request, kind=kind, name=safe_name(str(name)), file=stored)


@action
def take_up(number: str, by: Person, *, version: int | None = None) -> Request:
    """开始办理: what is asked for is clear, so no completion is needed and that clock ends."""
    request = locked(number, by, version=version)
    request.state = take("take_up", request).target.value
    if running(number, "disclosure.completion"):
        clocks.finish(number, "disclosure.completion", "内容明确")
    save(request, "state")
    record(by, "disclosure.take_up", request, organ=request.organ.code)
    return request


@action
def complete(
    number: str,
    by: Person | None,
    words: str,
    on: date,
    payload: Mapping[str, object] | None = None,
    files: Mapping[str, Path] | None = None,
) -> Request:
    """补正: by the applicant with his query code (`by` None), or noted by the clerk. The answer's 20 days start anew (第三十条)."""
    request = locked(number, by)
    if by is None and not hmac.compare_digest(request.status_key, str((payload or {}).get("status_key"))):
        raise Refused(_("补正材料不是凭查询码提交的"))
    request.state = take("complete", request, words).target.value
    if on > clock.today():
        raise Refused(_("日期不能晚于今天"), field="on")
    request.supplement = words.strip()
    if payload is not None:
        _attach(request, mapping(payload.get("attachments")), files or {}, Attachment.COMPLETION)
    clocks.start(number, "disclosure.answer", title="政府信息公开申请", organ=request.organ.code, at=moment(on))
    save(request, "state", "supplement")
    record(by or applicant(request), "disclosure.complete", request, {"on": on.isoformat()}, organ=request.organ.code)
    notify((steps.CLERK, request.organ.code), _("申请人已补正：%(number)s"), f"/disclosure/{number}/", params={"number": number})
    return request


@action
def give_up(number: str, by: Person, *, version: int | None = None) -> Request:
    """逾期不补正: the reasonable period of the notice has passed without good reason (第三十条)."""
    request = locked(number, by, version=version)
    take("give_up", request)
    end(request, "no_completion", "视为放弃申请")
    record(by, "disclosure.give_up", request, organ=request.organ.code)
    return request


@action
def pay(number: str, by: Person, on: date, *, version: int | None = None) -> Request:
    """缴费: the answer's clock runs on from the next day."""
    request = locked(number, by, version=version)
    request.state = take("pay", request).target.value
    if on > clock.today():
        raise Refused(_("日期不能晚于今天"), field="on")
    request.paid_on = on
    if running(number, "disclosure.payment"):
        clocks.finish(number, "disclosure.payment", "已缴费", at=moment(on))
    if running(number, request.answering) and request.answering != "disclosure.again":
        clocks.resume(number, request.answering, at=moment(on))
    save(request, "state", "paid_on")
    record(by, "disclosure.pay", request, {"yuan": request.fee, "on": on.isoformat()}, organ=request.organ.code)
    return request


@action
def forfeit(number: str, by: Person, *, version: int | None = None) -> Request:
    """逾期未缴费: twenty working days have passed since the notice was received."""
    request = locked(number, by, version=version)
    take("forfeit", request)
    end(request, "no_payment", "视为放弃申请")
    record(by, "disclosure.forfeit", request, organ=request.organ.code)
    return request


@action
def merge(number: str, into: str, by: Person, reason: str, *, version: int | None = None) -> Request:
    """并案: a repeated request of the same applicant is answered together with the other one."""
    request = locked(number, by, version=version)
    take("merge", request, reason)
    other = Request.objects.select_for_update().filter(number=into, organ=request.organ).exclude(pk=request.pk).first()
    if other is None or other.state not in (steps.State.RECEIVED, steps.State.HANDLING):
        raise Refused(_("只能并入本机关正在办理的另一件申请"), field="into")
    if not receipt.same(request.identity, [other.identity]):
        raise Refused(_("只能合并同一申请人的申请"), field="into")
    request.merged_into, request.reason = other, reason.strip()
    end(request, "merged", "合并办理", "merged_into", "reason")
    record(by, "disclosure.merge", request, {"into": into}, organ=request.organ.code)
    return request


@action
def withdraw(number: str, by: Person, reason: str, *, version: int | None = None) -> Request:
    """撤回: the applicant wants it no more; how he said so is noted."""
    request = locked(number, by, version=version)
    take("withdraw", request, reason)
    request.reason = reason.strip()
    end(request, "withdrawn", "申请人撤回", "reason")
    record(by, "disclosure.withdraw", request, organ=request.organ.code)
    return request


@action
def give_paper(number: str, by: Person, name: str, content: bytes | BinaryIO) -> Attachment:
    """Put a paper into the folder that goes to the applicant with the answer."""
    request = locked(number, by)
    if request.state not in steps.WORKING:
        raise Refused(_("现在不能放入要提供的文件"))
    stored = store(content, safe_name(name), limit_mb=25)
    paper = Attachment.objects.create(request=request, kind=Attachment.GIVEN, name=safe_name(name), file=stored)
    record(by, "disclosure.give_paper", request, {"name": paper.name, "sm3": stored.sm3}, organ=request.organ.code)
    return paper


@action
def take_away(number: str, by: Person, paper: int) -> None:
    """Take a paper out of the answer again, before it is drafted."""
    request = locked(number, by)
    found = request.attachments.filter(pk=paper, kind=Attachment.GIVEN).first()
    if found is None or request.state not in steps.WORKING:
        raise Refused(_("现在不能取出这份文件"))
    Redaction.objects.filter(result=found).update(result=None, state=Redaction.DRAFT, proof={})  # its marks can be changed again
    record(by, "disclosure.take_away", request, {"name": found.name}, organ=request.organ.code)
    found.delete()


def receive_completion(payload: Mapping[str, object], files: Mapping[str, Path]) -> Request:
    """补正 that came by ferry, for the request with that receipt number."""
    found = Request.objects.filter(receipt=str(payload["receipt"])).values_list("number", flat=True).first()
    if found is None:
        raise Refused(_("没有回执号为%(number)s的办件"), number=str(payload["receipt"])[:40])
    words = str(mapping(payload.get("answers")).get("supplement") or "")
    return complete(found, None, words or "见补正材料", clock.today(), payload, files)
