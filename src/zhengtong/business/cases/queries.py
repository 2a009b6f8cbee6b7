"""Cases as their handlers see them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from zhengtong.foundation.accounts.queries import holds
from zhengtong.foundation.clock import today
from zhengtong.foundation.clock.models import ClockEvent
from zhengtong.foundation.clock.queries import calendar, reading_of
from zhengtong.foundation.clock.rules import Reading
from zhengtong.foundation.forms.rules import materials_of
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.slips.queries import todo

from . import rules
from .models import Attachment, Case


def visible(person: Person) -> QuerySet[Case]:
    """What this person's posts let him see: as window, as one of the item's departments, or as approver."""
    organs = {post.organ_id: post.organ for post in person.posts}
    seen = Q(pk__in=[])
    for organ in organs.values():
        if holds(person, "window_clerk", organ):
            seen |= Q(item__window=organ)
        if holds(person, "examiner", organ):
            seen |= Q(item__examiner__organ=organ) & Q(accepted_at__isnull=False)
        if holds(person, "approver", organ):
            seen |= Q(organ=organ) & Q(accepted_at__isnull=False)
    return Case.objects.filter(seen).select_related("item", "organ").distinct()


def waiting(person: Person) -> QuerySet[Case]:
    """Cases on which something waits for this person."""
    return visible(person).filter(number__in=todo(person).values("slip__paper"))


def clock_limit(case: Case) -> str:
    """Which clock counts now."""
    return "licence.decision" if case.accepted_at else "licence.acceptance"


def readings(cases: Iterable[Case]) -> dict[str, Reading]:
    """What each case's present clock shows today, by number; one query for all."""
    wanted = {case.number: clock_limit(case) for case in cases}
    events: dict[str, list[ClockEvent]] = {}
    for event in ClockEvent.objects.filter(subject__in=wanted):
        if event.limit == wanted[event.subject]:
            events.setdefault(event.subject, []).append(event)
    days, on = calendar(), today()
    return {number: shown for number, found in events.items() if (shown := reading_of(found, on, days))}


def filtered(cases: QuerySet[Case], words: str = "", state: str = "") -> QuerySet[Case]:
    """A list narrowed by number, item or applicant, and by state."""
    if words:
        cases = cases.filter(Q(number__icontains=words) | Q(item__name__icontains=words) | Q(applicant=words) | Q(receipt=words))
    if state in set(rules.State):
        cases = cases.filter(state=state)
    return cases


def papers(case: Case) -> list[tuple[Attachment, str]]:
    """What was handed in, each with the name of the material that it is."""
    labels = {material.key: material.label for material in materials_of(case.item.materials)}
    return [(paper, labels.get(paper.material, paper.material)) for paper in case.attachments.select_related("file")]
