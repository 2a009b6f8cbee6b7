"""Which lines the machine reminds of today, by whose numbers, whom it spares, and who keeps the papers of an organ."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, F, Max, OuterRef, Prefetch

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.clock.rules import Calendar
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.slips.models import Absence, Line, Urge, Urging
from zhengtong.foundation.slips.rules import PERSONAL, LineState, patterns, urging

from .patterns import organs_kept

OPEN = LineState.OPEN.value
TOGETHER = 500  # lines that are looked at together


def numbers_of(organ: str) -> dict[str, tuple[int, int]]:
    """The days of every rule for the papers of an organ."""
    own = {row.rule: (row.days, row.urgent) for row in Urging.objects.filter(organ__code=organ)}
    return urging.numbers(own)


def arranged(organ: Organ) -> list[Urging]:
    """What the organ has set itself."""
    return list(Urging.objects.filter(organ=organ).select_related("changed_by"))


def keeps(person: Person, organ: str) -> bool:
    """Whether this person is the secretary who keeps that organ's papers."""
    return any(kept.code == organ for kept in organs_kept(person))


def county_leaders() -> frozenset[int]:
    """Keys of the people whom the machine never reminds (design §3b.10)."""
    at = accounts.grants().filter(post__organ__in=orgs.leading(), role__in=urging.SPARED)
    return frozenset(Person.objects.filter(orgs.in_force("holdings__"), holdings__post__in=at.values("post")).values_list("pk", flat=True))


def secretaries(organ: Organ) -> list[Person]:
    """Whoever keeps an organ's papers: the secretaries of its office, else its own."""
    office = Organ.objects.filter(parent=organ, letters=f"{organ.letters}办").first() if organ.letters else None
    return (accounts.people_with("secretary", office) if office else []) or accounts.people_with("secretary", organ)


def deputies(people: Iterable[Person], stage: str) -> list[Person]:
    """Who takes the turns of these people today; nobody takes what is personal (第二十二条)."""
    if stage in PERSONAL:
        return []
    today = clock.today()
    away = Absence.objects.filter(person__in=people, since__lte=today, until__gte=today, ended_at__isnull=True)
    return [absence.deputy for absence in away.select_related("deputy")]


def to_urge(today: date, calendar: Calendar) -> Iterator[tuple[int, str]]:
    """The open lines that a rule reminds of today, each with its rule.

    Only papers that go by templates: other matters have climbs and clocks of their own. What has not been sent to anybody yet waits for
    nobody but its writer, so it is left in peace.
    """
    own: dict[str, dict[str, tuple[int, int]]] = {}
    for row in Urging.objects.select_related("organ"):
        own.setdefault(row.organ.code, {})[row.rule] = (row.days, row.urgent)
    sent = Exists(Line.objects.filter(slip=OuterRef("slip"), done_at__isnull=False))
    lines = Line.objects.filter(sent, state=OPEN, slip__kind__in=list(patterns.KINDS), slip__urging=True).order_by("pk")
    rows = list(lines.values_list("pk", "opened_at", "due", "slip__organ", "slip__urgency"))
    for start in range(0, len(rows), TOGETHER):
        part = rows[start : start + TOGETHER]
        last = last_days([pk for pk, *_rest in part])
        for pk, opened, due, organ, urgency in part:
            assert opened is not None  # an open line was delivered: the table's own constraint
            days, came = days_for(own.get(organ, {}), urgency), opened.astimezone(clock.ZONE).date()
            if rule := urging.pressing(days, came, due, last.get(pk, {}), today, calendar):
                yield pk, rule


def days_for(own: urging.Numbers, urgency: str) -> dict[str, int]:
    """The days of every rule for one paper."""
    return {code: urgent if urgency else days for code, (days, urgent) in urging.numbers(own).items()}


def last_days(lines: Iterable[int]) -> dict[int, dict[str, date]]:
    """For each line, when each rule last reminded of it since it was opened; "" stands for the last time that a person did."""
    found: dict[int, dict[str, date]] = {}
    rows = Urge.objects.filter(line__in=lines, at__gte=F("line__opened_at"))
    for line, rule, day in rows.order_by().values("line", "rule").annotate(last=Max("day")).values_list("line", "rule", "last"):
        found.setdefault(line, {})[rule] = day
    return found


def last_day(subject: str, rule: str) -> date | None:
    """When a rule last reminded of this."""
    return Urge.objects.filter(subject=subject, rule=rule).order_by("-day").values_list("day", flat=True).first()


def urges_of(subjects: Iterable[str]) -> dict[str, list[Urge]]:
    """Who was urged about these, when and by what."""
    found: dict[str, list[Urge]] = {}
    for urge in Urge.objects.filter(subject__in=list(subjects)).select_related("by"):
        found.setdefault(urge.subject, []).append(urge)
    return found


def with_urges() -> "Prefetch[str]":
    """For slips that are drawn: who was urged when and by what, below each line."""
    return Prefetch("lines__urges", queryset=Urge.objects.select_related("by"), to_attr="urgings")
