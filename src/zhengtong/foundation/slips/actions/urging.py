"""催办 by rule: what the machine does by itself, whose numbers it goes by, and the papers that it leaves in peace."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import F
from django.utils.timezone import localtime

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock.queries import calendar
from zhengtong.foundation.notices.actions import notify
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import queries
from zhengtong.foundation.slips.models import Line, Slip, Urge, Urging
from zhengtong.foundation.slips.queries import urging as asked
from zhengtong.foundation.slips.rules import LineState, urging

from .lines import line_name, slip_name


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody is reminded of: how a notice names it, its title, where it lies; `text` and `plain` are a room's own words for it."""

    subject: str
    title: str
    link: str
    since: date
    due: date | None = None
    line: Line | None = None
    text: str = ""
    plain: str = urging.NAMELESS


def urge_due() -> int:
    """Remind of every line that a rule reminds of today; the worker calls this. How many."""
    today, days = clock.today(), calendar()
    if not days.is_working(today):
        return 0
    leaders = asked.county_leaders()
    return sum(_urge(key, rule, today, leaders) for key, rule in list(asked.to_urge(today, days)))


@action
def _urge(key: int, rule: str, today: date, leaders: Collection[int]) -> int:
    slip = Slip.objects.select_for_update().get(lines=key)
    line = slip.lines.select_related("organ", "unit", "person", "post__organ").get(pk=key)
    if line.state != LineState.OPEN or not slip.urging or line.opened_at is None or today in asked.last_days([key]).get(key, {}).values():
        return 0  # somebody was quicker
    holders = queries.handlers(line)
    people = list(dict.fromkeys([*holders, *asked.deputies(holders, line.stage)]))
    matter = Matter(line_name(line), slip.title, slip.link, localtime(line.opened_at).date(), line.due, line)
    urge = remind(matter, rule, people, leaders, line.organ or (line.post.organ if line.post else None))
    if urge is None:
        return 0
    if not urge.spared:
        Line.objects.filter(pk=key).update(urged=F("urged") + 1)
    told = {"stage": line.stage, "rule": rule, "told": urge.told, "spared": urge.spared}
    record(None, "slips.urge", slip_name(slip), told, organ=slip.organ)
    return 1


def remind(matter: Matter, rule: str, people: Sequence[Person], leaders: Collection[int], organ: Organ | None = None) -> Urge | None:
    """The machine reminds these people by a rule, once a day; of a county leader's paper it tells his secretary instead (design §3b.10).

    For rooms whose lists are no slips as well: they call it inside their own act and record it. None when nobody was there to be told.
    """
    told, spared = [p for p in people if p.pk not in leaders], False
    known = urging.rule(rule)
    assert known is not None
    params: dict[str, object] = {
        "title": matter.title,
        "since": matter.since.isoformat(),
        "due": matter.due.isoformat() if matter.due else "",
    }
    text = matter.text or known.text
    if settings.CLASSIFIED:
        text, params = matter.plain, {}
    elif not told and people:
        told, spared, text = _secretaries(people, organ), True, urging.TO_SECRETARY
        params["who"] = _names(people)
    if not told:
        return None
    notify(told, text, link=matter.link, subject=matter.subject, params=params)
    return Urge.objects.create(
        subject=matter.subject, line=matter.line, rule=rule, told=_names(told), spared=spared, at=clock.now(), day=clock.today()
    )


@action
def arrange_urging(organ: Organ, given: urging.Numbers, by: Person) -> dict[str, tuple[int, int]]:
    """The secretary sets the days for the papers of his organ; where they are the county's, the county's hold."""
    if not asked.keeps(by, organ.code):
        raise Refused(_("只有管理本机关文件的秘书可以调整自动催办"))
    if no := urging.numbers_objection(given):
        raise Refused(no)
    Organ.objects.select_for_update().get(pk=organ.pk)  # two hands at the same numbers
    was, wanted, county = asked.numbers_of(organ.code), urging.numbers(given), urging.numbers({})
    if was == wanted:
        return wanted
    for code, (days, urgent) in wanted.items():
        if (days, urgent) == county[code]:
            Urging.objects.filter(organ=organ, rule=code).delete()
        elif (days, urgent) != was[code]:
            to = {"days": days, "urgent": urgent, "changed_by": by, "changed_at": clock.now()}
            Urging.objects.update_or_create(organ=organ, rule=code, defaults=to)
    record(by, "slips.arrange_urging", organ, {"was": was, "now": wanted}, organ=organ.code)
    return wanted


@action
def switch_urging(slip: Slip, by: Person, on: bool) -> Slip:
    """本件不自动催办, or again: the secretary leaves one paper in peace, e.g. while it rests for a good reason."""
    slip = Slip.objects.select_for_update().get(pk=slip.pk)
    if not asked.keeps(by, slip.organ):
        raise Refused(_("只有管理本机关文件的秘书可以调整自动催办"))
    if slip.ended_at:
        raise Refused(_("这份办理单已经办结"))
    if slip.urging == on:
        return slip
    slip.urging = on
    slip.save(update_fields=["urging"])
    record(by, "slips.switch_urging", slip_name(slip), {"on": on}, organ=slip.organ)
    return slip


def _secretaries(people: Sequence[Person], organ: Organ | None) -> list[Person]:
    """Whoever keeps the papers where the line lies, else where the leader sits."""
    at = organ or next((p.organ for p in people if p.organ), None)
    return asked.secretaries(at) if at else []


def _names(people: Sequence[Person]) -> str:
    return urging.names([p.name for p in people])
