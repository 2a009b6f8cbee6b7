"""涉密等级: who may know documents of a level at all, and until when (保密法实施条例 涉密人员管理; design §3b.2)."""

from datetime import date, timedelta

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.documents.models import Clearance
from zhengtong.office.documents.rules import secrecy


@action
def clear(person: Person, level: str, until: date, by: Person | None) -> Clearance:
    """Give a person his 涉密等级 for a time; the security administrator's act, or the demo's (None)."""
    _may(by)
    if level not in secrecy.CEILING_YEARS:
        raise Refused(_("密级只有秘密、机密、绝密三级"), field="level")
    if until < clock.today():
        raise Refused(_("有效期至今天或以后的日期"), field="until")
    if by is not None and person.pk == by.pk:
        raise Refused(_("不能给自己登记涉密等级"), field="person")
    given = Clearance.objects.create(person=person, level=level, until=until, given_by=by, given_at=clock.now())
    record(by, "documents.clear", person, {"level": level, "until": until.isoformat()})
    return given


@action
def end_clearance(pk: int, by: Person, reason: str) -> Clearance:
    """取消涉密等级 before its time, with the reason; it ends with the day before."""
    _may(by)
    if not reason.strip():
        raise Refused(_("请写明理由"), field="reason")
    given = Clearance.objects.select_for_update().select_related("person").get(pk=pk)
    if given.until < clock.today():
        raise Refused(_("这项涉密等级已经到期"))
    was, given.until = given.until, clock.today() - timedelta(days=1)
    given.save(update_fields=["until"])
    record(by, "documents.end_clearance", given.person, {"level": given.level, "was": was.isoformat(), "reason": reason.strip()})
    return given


def _may(by: Person | None) -> None:
    if by is not None and not accounts.holds(by, "security_admin"):
        raise Refused(_("涉密等级由安全保密管理员授予"))
