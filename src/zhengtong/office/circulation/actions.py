"""The verbs of a circulation. After every one of them a paper stands in exactly the lists of those who are to read it now."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock import queries as clocks
from zhengtong.foundation.clock.rules import Calendar, due
from zhengtong.foundation.files.models import File
from zhengtong.foundation.notices.actions import notify, settle
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import actions as slips
from zhengtong.foundation.slips import queries as slip_queries
from zhengtong.office.documents import queries as documents
from zhengtong.office.documents.rules.secrecy import cleared

from . import queries, rules
from .models import Circulation, Reading, Sheet

URGED, URGED_PLAINLY = _("请尽快阅：《%(title)s》"), _("有一份文件催您尽快阅")


@action
def circulate(
    paper: str, by: Person, readers: Sequence[str], *, organ: Organ, origin: str, title: str, number: str = "",
    sheets: Sequence[tuple[str, str]] = (), urgency: str = "", note: str = "", secrecy: str = "", scope: Sequence[str] = (),
) -> Circulation:  # fmt: skip
    """传阅 (第二十四条（五）): put the paper before these people (by code); more of them later join the same list.

    `sheets` are (SM3, name) of the files to read. A list that was recalled begins anew: who had read before reads again.
    """
    if not queries.keeps(by, organ):
        raise Refused(_("您没有传阅文件的职责"))
    found = Circulation.objects.select_for_update().filter(paper=paper, organ=organ).first()
    if found is None:
        last = due(clock.today(), rules.LIMITS.get(urgency, rules.LIMITS[""]), clocks.calendar())
        found = Circulation.objects.create(
            paper=paper, organ=organ, profile="classified" if settings.CLASSIFIED else "open", origin=origin, title=title, number=number,
            secrecy=secrecy, scope=list(scope), due=last, note=note.strip(), begun_by=by, begun_at=clock.now(),
        )  # fmt: skip
    else:
        last = due(clock.today(), rules.LIMITS.get(urgency, rules.LIMITS[""]), clocks.calendar())
        found.state, found.reason, found.due, found.note, found.scope = rules.State.RUNNING.value, "", last, note.strip(), list(scope)
        found.title, found.number = title, number
        found.save(update_fields=["state", "reason", "due", "note", "scope", "title", "number"])
        found.sheets.all().delete()
    for order, (sm3, name) in enumerate(sheets):
        Sheet.objects.create(circulation=found, order=order, file=File.objects.get(sm3=sm3), name=name)
    _join(found, readers, by)
    record(by, "circulation.circulate", paper, {"readers": list(readers), "organ": organ.code})
    return found


@action
def add(circulation: int, by: Person, readers: Sequence[str]) -> Circulation:
    """Let more people read."""
    found = _locked(circulation, by, "add")
    _join(found, readers, by)
    record(by, "circulation.add", found.paper, {"readers": list(readers), "organ": found.organ.code})
    return found


@action
def remove(reading: int, by: Person, reason: str) -> Reading:
    """Take somebody off the list; what he had read and when stays on record."""
    row = Reading.objects.select_related("person").filter(pk=reading).first()
    if row is None:
        raise Refused(_("没有这份传阅件"))
    found = _locked(row.circulation_id, by, "remove", reason)
    row.refresh_from_db(fields=["removed_at", "read_at"])
    if row.removed_at:
        raise Refused(_("%(who)s已不在传阅名单上"), who=row.person.name)
    _take_off([row], by, reason.strip())
    record(by, "circulation.remove", found.paper, {"reader": row.person.code, "reason": reason.strip()})
    return row


@action
def read(circulation: int, by: Person, remark: str = "") -> Reading:
    """阅毕: the reader himself confirms; nobody can do it for him."""
    found = Circulation.objects.select_for_update().filter(pk=circulation).first()
    row = Reading.objects.filter(circulation=found, person=by, removed_at__isnull=True).first() if found else None
    if found is None or row is None:
        raise Refused(_("没有这份传阅件"))
    if no := rules.step_objection("read", found.state):
        raise Refused(no)
    if row.read_at:
        raise Refused(_("您已确认阅毕"))
    row.read_at, row.remark = clock.now(), remark.strip()[: rules.LONGEST]
    row.save(update_fields=["read_at", "remark"])
    settle(queries.subject(row))
    record(by, "circulation.read", found.paper, {"remark": row.remark})
    return row


@action
def urge(circulation: int, by: Person) -> int:
    """催阅 (第二十四条（六）): remind all who have not read; how many were reminded."""
    found = _locked(circulation, by, "urge")
    late = list(queries.unread(found))
    _remind(found, late)
    record(by, "circulation.urge", found.paper, {"readers": [row.person.code for row in late]})
    return len(late)


@action
def recall(paper: str, by: Person | None, reason: str, organ: Organ | None = None) -> int:
    """收回: the paper was returned, recalled or withdrawn; it leaves every list at once. How many circulations ended.

    Called by the rooms that keep the paper, inside their own act, which has asked who may.
    """
    running = Circulation.objects.select_for_update().filter(paper=paper, state=rules.State.RUNNING.value).order_by("pk")
    rows = list(running.filter(organ=organ) if organ else running)
    for found in rows:
        if no := rules.step_objection("recall", found.state, reason):
            raise Refused(no)
        _take_off(found.readings.filter(removed_at__isnull=True), by, reason.strip())
        found.state, found.reason = rules.State.RECALLED.value, reason.strip()
        found.save(update_fields=["state", "reason"])
        record(by, "circulation.recall", found.paper, {"reason": found.reason, "organ": found.organ.code}, organ=found.organ.code)
    return len(rows)


def urge_overdue() -> int:
    """Remind overdue readers on working days, by the organ's rule for what is overdue; the worker calls this."""
    today, days = clock.today(), clocks.calendar()
    if not days.is_working(today):
        return 0
    leaders = slip_queries.county_leaders()
    running = Circulation.objects.filter(state=rules.State.RUNNING.value, due__lt=today)
    return sum(_urge_overdue(key, today, days, leaders) for key in list(running.order_by("pk").values_list("pk", flat=True)))


@action
def _urge_overdue(key: int, today: date, days: Calendar, leaders: Collection[int]) -> int:
    """Each reader once a day; of a county leader his secretary is told instead (design §3b.10)."""
    found = Circulation.objects.select_for_update(of=("self",)).select_related("organ").get(pk=key)
    if found.state != rules.State.RUNNING:
        return 0
    every, _urgent = slip_queries.numbers_of(found.organ.code)["overdue"]
    told: list[str] = []
    spared: list[str] = []
    for row in queries.unread(found):
        by_hand = row.urged_at.astimezone(clock.ZONE).date() if row.urged_at else None
        last = max((day for day in (slip_queries.last_day(queries.subject(row), "overdue"), by_hand) if day), default=None)
        if not rules.to_be_urged(found.due, row.read_at, last, every, today, days):
            continue
        since = row.added_at.astimezone(clock.ZONE).date()
        matter = slips.Matter(
            queries.subject(row), found.title, f"/circulation/{found.pk}/", since, found.due, text=URGED, plain=URGED_PLAINLY
        )
        urge = slips.remind(matter, "overdue", [row.person], leaders, found.organ)
        if urge is None:
            continue
        if not urge.spared:
            row.urges, row.urged_at = row.urges + 1, clock.now()
            row.save(update_fields=["urges", "urged_at"])
        (spared if urge.spared else told).append(row.person.code)
    if told or spared:
        record(None, "circulation.urge", found.paper, {"readers": told, "spared": spared}, organ=found.organ.code)
    return len(told) + len(spared)


def _locked(key: int, by: Person, verb: str, reason: str = "") -> Circulation:
    found = Circulation.objects.select_for_update().filter(pk=key).first()
    if found is None or not queries.kept(by).filter(pk=key).exists():
        raise Refused(_("没有这份传阅件"))
    if no := rules.step_objection(verb, found.state, reason):
        raise Refused(no)
    return found


def _join(found: Circulation, readers: Sequence[str], by: Person) -> None:
    people = [orgs.person(code) for code in dict.fromkeys(readers)]
    uncleared = [p.code for p in people if found.secrecy and not cleared(documents.clearance(p), found.secrecy)]
    if no := rules.readers_objection([p.code for p in people], found.secrecy, found.scope, uncleared):
        raise Refused(no)
    there = set(Reading.objects.filter(circulation=found, removed_at__isnull=True).values_list("person", flat=True))
    for person in people:
        if person.pk not in there:
            row = Reading.objects.create(circulation=found, person=person, added_by=by, added_at=clock.now())
            _tell(found, row, _("请阅：《%(title)s》"), _("有一份文件请您阅"))


def _take_off(rows: Iterable[Reading], by: Person | None, why: str) -> None:
    for row in rows:
        row.removed_at, row.removed_by, row.why = clock.now(), by, why
        row.save(update_fields=["removed_at", "removed_by", "why"])
        settle(queries.subject(row))


def _remind(found: Circulation, rows: Sequence[Reading]) -> None:
    for row in rows:
        row.urges, row.urged_at = row.urges + 1, clock.now()
        row.save(update_fields=["urges", "urged_at"])
        _tell(found, row, URGED, URGED_PLAINLY)


def _tell(found: Circulation, row: Reading, text: str, plain: str) -> None:
    """Of a classified paper not even the title stands in a notice (保守国家秘密法)."""
    told = {} if found.secrecy else {"title": found.title}
    notify(row.person, plain if found.secrecy else text, f"/circulation/{found.pk}/", queries.subject(row), told)
