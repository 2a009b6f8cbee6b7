"""What waits for whom."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.orgs.queries import in_force
from zhengtong.foundation.prepared import Prepared
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.slips import rules
from zhengtong.foundation.slips.models import Absence, Line, Look, Slip
from zhengtong.foundation.slips.rules import diagram as drawing

from .turns import Reach, may_handle, mine, reach, stands_in_for
from .urging import with_urges

OPEN = rules.LineState.OPEN.value
LINES = Prepared(lambda slip: Line.objects.filter(slip=slip).order_by("order", "id"))
ROWS: Prepared[tuple[int, int, str, str, datetime | None]] = Prepared(
    lambda slip: Line.objects.filter(slip=slip).order_by("order", "id").values_list("pk", "order", "stage", "state", "seen_at")
)
OPEN_AT = Prepared(lambda slip, stage: Line.objects.filter(slip=slip, stage=stage, state=OPEN).order_by("opened_at", "id"))

WAITS = Prepared(
    lambda person, posts, units, *held: (
        Line.objects.filter(Reach(person, posts, units, dict(zip(held[::2], held[1::2], strict=True))).lines(), state=OPEN)
        .select_related("slip")
        .order_by("opened_at", "id")
    )
)
LOOKS: Prepared[tuple[int, datetime]] = Prepared(
    lambda person, slips: Look.objects.filter(person=person, slip__in=slips).values_list("slip", "at")
)


def absences(person: Person) -> QuerySet[Absence]:
    """What this person has entrusted and been entrusted with, from today on."""
    current = Absence.objects.filter(until__gte=clock.today(), ended_at__isnull=True)
    return current.filter(Q(person=person) | Q(deputy=person)).select_related("person", "deputy")


def handlers(line: Line) -> list[Person]:
    """Who may take this line: the one it names, who holds its post, or all who hold its role there."""
    if line.person:
        return [line.person]
    if line.post_id:
        return list(Person.objects.filter(in_force("holdings__"), holdings__post=line.post_id).distinct())
    held = accounts.people_with(line.role, line.organ)
    return [p for p in held if any(post.unit_id == line.unit_id for post in p.posts)] if line.unit_id else held


def followed(person: Person) -> QuerySet[Slip]:
    """Slips that this person follows."""
    return Slip.objects.filter(followers__person=person)


def looks(person: Person, slips: Iterable[int]) -> dict[int, datetime]:
    """When this person last looked at each of these slips."""
    return dict(LOOKS(person.pk, list(slips)))


def taken_back(person: Person, slip: Slip) -> Line | None:
    """The last line that this person did and may still take back."""
    line = slip.lines.filter(done_by=person, state=rules.LineState.DONE.value).order_by("-order", "-pk").first()
    return line if line and unwithdrawable(line) is None else None


def todo(person: Person) -> QuerySet[Line]:
    """Open lines that wait for this person, the longest waiting first."""
    return (
        Line.objects.filter(mine(person), state=OPEN).select_related("slip", "organ", "unit", "post", "person").order_by("opened_at", "id")
    )


def todo_list(person: Person) -> list[Line]:
    """The same as a list with no more than their slips, for the page that everybody opens: compiled once for as many roles as he has."""
    if stands_in_for(person):
        return list(todo(person))
    his = reach(person)
    return WAITS(his.person, his.posts, his.units, *(part for held in sorted(his.roles.items()) for part in held))


def todo_count(person: Person) -> int:
    return Line.objects.filter(mine(person), state=OPEN).count()


def line_for(person: Person, paper: str, stage: str = "") -> Line | None:
    """The open line on this paper that waits for this person."""
    found = todo(person).filter(slip__paper=paper)
    return (found.filter(stage=stage) if stage else found).first()


def lines_of(slip: Slip) -> list[Line]:
    """The lines of a slip from top to bottom, as they are now."""
    lines = LINES(slip.pk)
    for line in lines:
        line.slip = slip
    return lines


def rows_of(slip: Slip) -> rules.Rows:
    """The same as planning sees them."""
    return tuple(rules.Row(pk, order, stage, rules.LineState(state), seen is not None) for pk, order, stage, state, seen in ROWS(slip.pk))


def at_hand(person: Person, slip: Slip | None, stage: str) -> Line | None:
    """The open line at this stage of a slip that waits for this person, for a verb that has locked the paper."""
    there = OPEN_AT(slip.pk, stage) if slip else []
    return next((line for line in there if may_handle(line, person)), None)


def open_lines(paper: str, template: str = "") -> list[Line]:
    """Where the paper is now."""
    found = Line.objects.filter(slip__paper=paper, state=OPEN).select_related("slip", "organ", "unit", "post", "person")
    return list(found.filter(slip__template=template) if template else found)


def slip_of(paper: str, template: str) -> Slip | None:
    return Slip.objects.filter(paper=paper, template=template).first()


def slips_of(paper: str) -> QuerySet[Slip]:
    """The slips of a paper with their lines, for drawing."""
    return Slip.objects.filter(paper=paper).prefetch_related(
        "lines__organ", "lines__unit", "lines__post", "lines__person", "lines__done_by", "lines__done_for", with_urges()
    )


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


def diagram(lines: Iterable[Line]) -> drawing.Diagram:
    """The lines as a picture, in the reader's words: who had it and when, who has it, whose turn comes."""
    return drawing.draw([drawing.Box(line.order, gettext(line.label), _who(line), line.state, _word(line)) for line in lines])


def _who(line: Line) -> str:
    if line.done_by:
        stands_for = gettext("（代%(who)s）") % {"who": line.done_for.name} if line.done_for else ""
        return line.done_by.name + stands_for
    if line.person or line.post:
        return line.person.name if line.person else str(line.post)
    return str(line.unit or line.organ or "")


def _word(line: Line) -> str:
    """The state as a word, with its day: done on, or due by."""
    word = gettext(rules.STATE_LABELS[rules.LineState(line.state)])
    if line.done_at:
        return f"{word} {localtime(line.done_at):%m-%d %H:%M}"
    if line.due and line.state in (OPEN, rules.LineState.WAITING.value):
        return gettext("%(state)s，限%(day)s") % {"state": word, "day": line.due.strftime("%m-%d")}
    return word
