"""What waits for whom."""

from collections import Counter

from django.db.models import Q, QuerySet

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Objection

from . import rules
from .models import Line, Slip

OPEN = rules.LineState.OPEN.value


def mine(person: Person) -> Q:
    """Lines that this person may handle: named to him, or to a role he holds in that organ (and unit)."""
    ours = Q(person=person)
    units = [post.unit_id for post in person.posts if post.unit_id]
    for role, organs in accounts.roles_by_organ(person).items():
        ours |= Q(person__isnull=True, role=role, organ__in=organs) & (Q(unit__isnull=True) | Q(unit__in=units))
    return ours


def may_handle(line: Line, person: Person) -> bool:
    return Line.objects.filter(mine(person), pk=line.pk).exists()


def todo(person: Person) -> QuerySet[Line]:
    """Open lines that wait for this person, the longest waiting first."""
    return Line.objects.filter(mine(person), state=OPEN).select_related("slip", "organ", "unit", "person").order_by("opened_at", "id")


def todo_count(person: Person) -> int:
    return Line.objects.filter(mine(person), state=OPEN).count()


def line_for(person: Person, paper: str, stage: str = "") -> Line | None:
    """The open line on this paper that waits for this person."""
    found = todo(person).filter(slip__paper=paper)
    return (found.filter(stage=stage) if stage else found).first()


def open_lines(paper: str, template: str = "") -> list[Line]:
    """Where the paper is now."""
    found = Line.objects.filter(slip__paper=paper, state=OPEN).select_related("slip", "organ", "unit", "person")
    return list(found.filter(slip__template=template) if template else found)


def slip_of(paper: str, template: str) -> Slip | None:
    return Slip.objects.filter(paper=paper, template=template).first()


def slips_of(paper: str) -> QuerySet[Slip]:
    """The slips of a paper with their lines, for drawing."""
    return Slip.objects.filter(paper=paper).prefetch_related("lines__organ", "lines__unit", "lines__person", "lines__done_by")


def handled(person: Person) -> QuerySet[Line]:
    """What this person has handled, newest first."""
    return Line.objects.filter(done_by=person).select_related("slip").order_by("-done_at")


def concerned(person: Person) -> QuerySet[Line]:
    """Lines that have come to this person: handled by him, or open for him now."""
    return Line.objects.filter(Q(done_by=person) | (mine(person) & Q(state=OPEN)))


def waiting(organ: str = "") -> Counter[str]:
    """How many open lines each stage has, for the secretary's overview."""
    lines = Line.objects.filter(state=OPEN)
    return Counter((lines.filter(slip__organ=organ) if organ else lines).values_list("stage", flat=True))


def unwithdrawable(line: Line) -> Objection | None:
    """Why a completed line can't be taken back any more, or None."""
    rows = [each.row() for each in line.slip.lines.all()]
    return rules.objection("withdraw", rows, line.pk)
