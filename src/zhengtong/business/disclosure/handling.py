"""What every verb of a request does alike: lock, ask who may, ask the rules, save, tell the applicant."""

from collections.abc import Mapping
from datetime import date, datetime, time

from zhengtong.foundation import clock
from zhengtong.foundation.audit.rules import Actor, ActorKind
from zhengtong.foundation.clock import actions as clocks
from zhengtong.foundation.clock.models import Running
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from . import queries, status
from .models import Desk, Request
from .rules import steps


def moment(day: date) -> datetime:
    """The moment by which a clock counts a day: now for today, else that day's end."""
    return clock.now() if day == clock.today() else datetime.combine(day, time(23, 59), clock.ZONE)


def locked(number: str, by: Person | None, role: str = steps.CLERK, version: int | None = None) -> Request:
    """The request under lock; refuses who does not handle it in its organ, and a page that has gone stale."""
    request = Request.objects.select_for_update(of=("self",)).select_related("organ").filter(number=number).first()
    if request is None:
        raise Refused(_("没有编号为%(number)s的申请"), number=number[:40])
    if by is not None:
        require(by, role, request.organ)
    if version is not None and version != request.version:
        raise Refused(_("别人刚刚办理了这件申请，请看过最新情况再办；您写的内容还在"))
    return request


def require(by: Person, role: str, organ: Organ) -> None:
    """Refuse who does not hold the role in that organ."""
    if not queries.may(by, role, organ):
        raise Refused(
            _("须由本机关信息公开机构负责人办理") if role == steps.HEAD else _("须由本机关信息公开经办人办理"),
        )


def take(verb: str, request: Request, reason: str = "x") -> steps.Step:
    """The step, or the rules' refusal."""
    if no := steps.objection(verb, request.state, queries.facts(request), reason):
        raise Refused(no)
    found = steps.step(verb, request.state)
    assert found
    return found


def save(request: Request, *fields: str) -> None:
    """Write the fields, and tell the applicant who handed in on the portal."""
    request.version += 1
    request.save(update_fields=[*fields, "version"])
    status.tell(request)


def desk_of(organ: Organ) -> Desk:
    """The organ's desk; refuses an organ that has none."""
    found = Desk.objects.select_related("organ").filter(organ=organ).first()
    if found is None:
        raise Refused(_("%(organ)s还没有填写公开工作机构"), organ=organ.name)
    return found


def end(request: Request, answer: str, why: str, *more: str) -> None:
    """办结 without an answer, or an answer that has been delivered: no clock of it runs on."""
    request.state, request.closed_on = steps.State.CLOSED.value, clock.today()
    if not request.answer:
        request.answer = answer
    count(request)
    finish_all(request, why)
    save(request, "state", "closed_on", "answer", "counted_on", "counted_as", *more)


def count(request: Request) -> None:
    """Into the annual report, once: a later order to answer again changes no year's figures."""
    if request.counted_on is None:
        request.counted_on, request.counted_as = clock.today(), request.answer


def finish_all(request: Request, why: str) -> None:
    """Finish whatever clock of this request still runs."""
    for limit in Running.objects.filter(subject=request.number, limit__startswith="disclosure.").values_list("limit", flat=True):
        clocks.finish(request.number, limit, why)


def running(subject: str, limit: str) -> bool:
    """Whether that clock runs."""
    return Running.objects.filter(subject=subject, limit=limit).exists()


def applicant(request: Request) -> Actor:
    """The applicant by receipt number only: no name and no identity number in the log."""
    return Actor(ActorKind.RESIDENT, request.receipt or request.number, "申请人")


def mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
