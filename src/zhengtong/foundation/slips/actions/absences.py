"""委托代办 and 移交: who takes a person's turns while he is away, and after he has left."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db.models import F

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.notices import actions as notices
from zhengtong.foundation.once import forget
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import rules
from zhengtong.foundation.slips.models import Absence, Line, Slip

from .lines import OPEN, line_name


@action
def entrust(person: Person, deputy: Person, since: date, until: date, reason: str, by: Person) -> Absence:
    """委托代办: the deputy takes this person's turns on these days. By the person, or his organ's secretary."""
    if settings.CLASSIFIED:
        raise Refused(_("涉密网络不设代办：知悉范围以本人为准"))
    secretary_of(person, by)
    if no := rules.absence_objection(person.code, deputy.code, since, until, clock.today()):
        raise Refused(no)
    if not deputy.organ or not reason.strip():
        raise Refused(_("请写明事由"), field="reason")
    overlapping = Absence.objects.filter(person=person, ended_at__isnull=True, since__lte=until, until__gte=since)
    if overlapping.exists():
        raise Refused(_("这段时间已有委托，请先结束原来的委托"), field="since")
    made = Absence.objects.create(person=person, deputy=deputy, since=since, until=until, reason=reason.strip(), given_at=clock.now())
    forget()
    told = {"deputy": deputy.code, "since": since.isoformat(), "until": until.isoformat(), "reason": made.reason}
    record(by, "slips.entrust", person, told, organ=person.organ.code if person.organ else "")
    notices.notify(
        deputy, _("%(who)s委托您在%(since)s至%(until)s期间代办"), link="/absences/",
        params={"who": person.name, "since": since.isoformat(), "until": until.isoformat()},
    )  # fmt: skip
    return made


@action
def end_absence(absence: int, by: Person) -> Absence:
    """The person is back: his deputy takes no more turns for him."""
    found = Absence.objects.select_for_update(of=("self",)).select_related("person", "deputy").get(pk=absence)
    secretary_of(found.person, by)
    if found.ended_at:
        raise Refused(_("这项委托已经结束"))
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    forget()
    record(by, "slips.end_absence", found.person, {"deputy": found.deputy.code})
    notices.notify(found.deputy, _("%(who)s已结束委托代办"), link="/absences/", params={"who": found.person.name})
    return found


def secretary_of(person: Person, by: Person) -> None:
    """Only the person himself or the secretary of his organ arranges who takes his turns."""
    if by.pk != person.pk and not (person.organ and accounts.holds(by, "secretary", person.organ)):
        raise Refused(_("只有本人或本机关秘书可以安排代办"))


@action
def hand_over(person: Person, to: Person, by: Person, reason: str, lines: Sequence[int]) -> int:
    """移交: all open and coming lines named to somebody who leaves go to his successor, in one act."""
    if not reason.strip():
        raise Refused(_("请写明移交原因"), field="reason")
    if person.pk == to.pk:
        raise Refused(_("不能移交给本人"), field="to")
    unsettled = [OPEN.value, rules.LineState.WAITING.value]
    slips = Slip.objects.select_for_update().filter(lines__in=lines).order_by("pk")
    held = list(
        Line.objects.filter(pk__in=lines, slip__in=[s.pk for s in slips], person=person, state__in=unsettled).select_related("slip")
    )
    if not held:
        raise Refused(_("没有需要移交的文件"))
    Line.objects.filter(pk__in=[line.pk for line in held]).update(person=to, seen_at=None, key=F("key") + 1)
    for line in held:
        notices.settle(line_name(line))
    told = {"to": to.code, "reason": reason.strip(), "lines": [f"{line.slip.paper}/{line.stage}" for line in held]}
    record(by, "slips.hand_over", person, told, organ=person.organ.code if person.organ else "")
    notices.notify(to, _("%(who)s的%(n)s项待办已移交给您"), link="/", params={"who": person.name, "n": len(held)})
    return len(held)
