"""What a person may do to a paper on its way, and his work lists; counts are the same queries counted."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.models import Line
from zhengtong.foundation.slips.rules import LineState
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import secrecy, steps, way

from .sight import clearance, cleared_people, in_hand, known, oversees, visible

OPEN, DONE = LineState.OPEN.value, LineState.DONE.value


def watches(person: Person, document: Document) -> bool:
    """Who may urge: the drafter, whoever handled it before, the secretary."""
    done = Line.objects.filter(slip=document.slip, done_by=person).exists()
    return document.drafter_id == person.pk or done or oversees(person, document)


def ways(person: Person, document: Document) -> list[str]:
    """The verbs of the table that are this person's now; no button promises what the action refuses."""
    if document.slip is None:
        return []
    line, adviser = in_hand(person, document), slips.todo(person).filter(slip=document.slip, stage=way.ADVISE).exists()
    taken = slips.taken_back(person, document.slip) if way.way("take_back", document.state) else None
    can = {
        "advise": adviser,
        "add_signer": line is not None,
        "forward": line is not None and bool(line.role),
        "send_back": line is not None and bool(stages_back(document)),
        "take_back": taken is not None and taken.stage in way.TAKEN_BACK,
        "urge": line is None and not adviser and watches(person, document),
        "supervise": oversees(person, document),
    }
    found = [w.verb for w in way.WAYS if document.state in w.states and can[w.verb]]
    if document.state != steps.State.ISSUED:
        found.append("unfollow" if slips.followed(person).filter(pk=document.slip.pk).exists() else "follow")
    return found


def stages_back(document: Document) -> list[tuple[str, str]]:
    """The earlier stages that were done and may be returned to, with their words."""
    if document.slip is None:
        return []
    done = dict(document.slip.lines.filter(state=DONE).values_list("stage", "label"))
    return [(stage, done[stage]) for stage in way.BACK.get(steps.State(document.state), ()) if stage in done]


def colleagues(person: Person, document: Document | None = None) -> list[Person]:
    """Who may be asked or handed a paper: people of the same organ, its office and its head organ; of a secret one only the cleared."""
    if document and document.secrecy:
        known = set(document.readers.values_list("person_id", flat=True))
        return [p for p in cleared_people() if p.pk in known and secrecy.cleared(clearance(p), document.secrecy)]
    organs = {person.organ.pk} if person.organ else set()
    if document:
        organs |= {document.organ.pk, *Organ.objects.filter(parent=document.organ, letters__endswith="办").values_list("pk", flat=True)}
    today = clock.today()
    people = Person.objects.filter(holdings__post__organ__in=organs).exclude(holdings__until__lt=today)
    return list(people.exclude(pk=person.pk).distinct().order_by("code"))


def handlers_for(document: Document, person: Person) -> list[Person]:
    """Who may be handed the line in hand (转办)."""
    line = in_hand(person, document)
    if line is None:
        return []
    roles = [line.role, "deputy_head"] if line.stage == "sign" and not document.important else [line.role]
    held = [p for role in roles for p in accounts.people_with(role, line.organ)]
    return [p for p in dict.fromkeys(held) if p.pk != person.pk]


@dataclass(frozen=True, slots=True)
class WorkList:
    """One list: its word, and the papers that it shows to a person."""

    name: str
    label: str
    find: Callable[[Person], QuerySet[Document]]


# What I draft, have done or have before me concerns me already: asking that again for a million documents takes a second.


def _running(person: Person) -> QuerySet[Document]:
    return known(person).filter(drafter=person).exclude(state=steps.State.ISSUED.value)


def _done(person: Person) -> QuerySet[Document]:
    done = Line.objects.filter(done_by=person, state__in=[DONE, LineState.RETURNED.value])
    return known(person).filter(slip__in=done.values("slip"))


def _followed(person: Person) -> QuerySet[Document]:
    return visible(person).filter(slip__in=slips.followed(person))


def _overdue(person: Person) -> QuerySet[Document]:
    late = Line.objects.filter(state=OPEN, due__lt=clock.today())
    return visible(person).filter(slip__in=late.values("slip"))


def _todo(person: Person) -> QuerySet[Document]:
    return known(person).filter(slip__in=slips.todo(person).values("slip").order_by())


LISTS = (
    WorkList("todo", _("等我办理"), _todo),
    WorkList("running", _("在办"), _running),
    WorkList("done", _("已办"), _done),
    WorkList("followed", _("关注"), _followed),
    WorkList("overdue", _("超期"), _overdue),
)


def work(person: Person, name: str) -> QuerySet[Document]:
    """The papers of one of the lists, the last changed first."""
    return next(each for each in LISTS if each.name == name).find(person).order_by("-changed_at", "-pk")


def counts(person: Person) -> list[tuple[WorkList, int]]:
    """How many stand on each list at this moment."""
    return [(each, each.find(person).count()) for each in LISTS]


def held_by(person: Person) -> QuerySet[Line]:
    """What waits for somebody by name, to be handed over when he leaves."""
    return Line.objects.filter(person=person, state__in=[OPEN, LineState.WAITING.value]).select_related("slip")
