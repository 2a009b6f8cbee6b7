"""Who sees which incoming paper, the lists, and what a person may do (an organ sees only its own, design §3b.5)."""

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person, Unit
from zhengtong.foundation.orgs.rules import Kind as OrganKind
from zhengtong.foundation.refusal import Objection, Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.models import Line, Look
from zhengtong.foundation.slips.rules import LineState
from zhengtong.office.circulation import queries as circulation
from zhengtong.office.dispatch import queries as copies
from zhengtong.office.documents import queries as documents
from zhengtong.office.documents.queries.cited import Held, named
from zhengtong.office.documents.rules import kinds
from zhengtong.office.documents.rules.secrecy import LEVELS, cleared
from zhengtong.office.documents.rules.since import SITTING, Deed, News

from .models import Incoming, Instruction, Parcel, Scope
from .rules import elements, steps

KEEPERS = ("receiver", "secretary")


def _organs(person: Person, roles: tuple[str, ...]) -> frozenset[int]:
    """Organs for which the person acts: his own, and the one whose office it is."""
    held = accounts.roles_by_organ(person)
    own = Organ.objects.filter(pk__in={key for role in roles for key in held.get(role, ())}).select_related("parent")
    served = {o.parent_id for o in own if o.parent and documents.office_of(o.parent).pk == o.pk}
    return frozenset({o.pk for o in own} | {key for key in served if key})


def receiving(person: Person) -> frozenset[int]:
    return _organs(person, ("receiver",))


def receiving_organs(person: Person) -> list[Organ]:
    """The organs in whose name the person may register, the one whose office he sits in last."""
    return sorted(Organ.objects.filter(pk__in=receiving(person)), key=lambda o: o.pk != (person.organ.pk if person.organ else 0))


def visible(person: Person) -> QuerySet[Incoming]:
    """Papers of my organ as its receiver or secretary, those that came to me on their slip, and those I am asked to read.

    A classified one only within its 知悉范围 and with clearance, not even its title (design §3b.2).
    """
    touched = slips.concerned(person).values("slip__paper")
    reading = circulation.papers_of(person).values("paper")
    mine = Q(organ__in=_organs(person, KEEPERS)) | Q(code__in=touched) | Q(code__in=reading)
    found = Incoming.objects.filter(mine)
    if settings.CLASSIFIED:
        held = documents.clearance(person)
        known = [level for level in LEVELS if level and cleared(held, level)]
        named = Exists(Scope.objects.filter(incoming=OuterRef("pk"), person=person))
        found = found.filter(Q(secrecy="") | (Q(secrecy__in=known) & Q(named)))
    return found.select_related("organ", "office", "received_by", "sender_organ")


def for_person(person: Person, code: str) -> Incoming:
    """The paper, if it concerns this person; otherwise it does not exist for him."""
    return visible(person).select_related("slip").get(code=code)


def search(person: Person, words: str = "", state: str = "", source: str = "") -> QuerySet[Incoming]:
    """My papers that match all given filters, the last registered first; `state` may be "running" or "late"."""
    found = visible(person)
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word) | Q(number__icontains=word) | Q(their_number__icontains=word) | Q(sender__icontains=word)
        )
    ended = [s.value for s in steps.ENDED]
    if state == "running":
        found = found.exclude(state__in=ended)
    elif state == "late":
        found = found.exclude(state__in=ended).filter(due__lt=clock.today())
    elif state:
        found = found.filter(state=state)
    return found.filter(source=source) if source else found


def unregistered(person: Person) -> list[object]:
    """Copies that came by dispatch and are not registered yet: to be signed for, or signed for already."""
    found = copies.received(person).filter(state__in=["waiting", "signed"])
    known = Incoming.objects.filter(copy__in=found.values("pk")).values("copy")
    return list(found.exclude(pk__in=known)[:30])


def arrived(person: Person) -> QuerySet[Incoming]:
    """What came by exchange and waits to be signed for."""
    return visible(person).filter(state=steps.State.ARRIVED.value)


def scope(code: str) -> set[str]:
    """知悉范围 of a classified paper, by codes."""
    return set(Scope.objects.filter(incoming__code=code).values_list("person__code", flat=True))


def parcels(person: Person) -> QuerySet[Parcel]:
    """The exchange's packages that concern the person's papers, and for the county's own office those that were refused."""
    own = Q(incoming__in=visible(person).values("pk")) | Q(receipt__in=copies.sent_copies(person))
    return Parcel.objects.filter(own | ~Q(refused="")).select_related("incoming")


def of_copy(copy: int) -> Incoming | None:
    """The registered paper of a dispatched copy."""
    return Incoming.objects.filter(copy=copy).first()


def place(code: str) -> tuple[Organ, Unit | None]:
    """The department (by its code) or own unit (by its code) that is to handle a paper."""
    unit = Unit.objects.select_related("organ").filter(code=code).first()
    return (unit.organ, unit) if unit else (orgs.organ(code), None)


def place_named(name: str, paper: Incoming) -> str:
    """The code of the own unit or the organ of this name."""
    unit = Unit.objects.filter(organ__in=[paper.office, paper.organ], name=name).first()
    if unit:
        return unit.code
    organ = orgs.organ_named(name)
    if organ is None:
        raise Refused(_("机构名录中没有“%(name)s”，请写全称或规范化简称"), field="lead", name=name)
    return organ.code


def place_name(code: str) -> str:
    organ, unit = place(code)
    return unit.name if unit else organ.name


def leaders(paper: Incoming) -> list[Person]:
    """Who may instruct: the heads of the organ and of its office."""
    found = [p for organ in (paper.organ, paper.office) for role in steps.LEADERS for p in accounts.people_with(role, organ)]
    return list(dict.fromkeys(found))


def hints(paper: Incoming) -> list[Objection]:
    """What the machine finds for the first check."""
    given = elements.Elements(
        paper.title, paper.sender, paper.their_number, paper.kind, secrecy=paper.secrecy, secrecy_mark=paper.secrecy_mark
    )
    routing = None
    sender = paper.sender_organ
    if sender and paper.kind:
        from_, to = sender.kind, kinds.Recipient(paper.organ.name, orgs.relation(sender, paper.organ), OrganKind(paper.organ.kind))
        routing = kinds.recipients_objection(paper.kind, [to], OrganKind(from_))
    return list(elements.hints(given, routing))


def verbs(person: Person, paper: Incoming) -> list[str]:
    """What this person may do now; the same table that the actions ask, so no button promises what they refuse."""
    lines = list(slips.todo(person).filter(slip=paper.slip)) if paper.slip_id else []
    stages = {line.stage for line in lines}
    keeper = paper.organ_id in _organs(person, KEEPERS)
    found: list[str] = []
    for step in steps.STEPS:
        if step.source != paper.state or step.verb in found or step.verb in ("recall",):
            continue
        stage = steps.STAGE_OF_VERB.get(step.verb, "")
        if step.verb == "return_":
            mine = steps.BACK.get(steps.State(paper.state)) is not None and bool(stages & {"propose", "instruct"})
        elif step.verb == "transcribe":
            mine = keeper and "instruct" not in stages
        elif step.verb == "withdraw":
            mine = _withdrawable(person, paper) is not None
        else:
            mine = (stage in stages) if stage else keeper
        if mine:
            found.append(step.verb)
    return found


def _withdrawable(person: Person, paper: Incoming) -> Line | None:
    line = slips.handled(person).filter(slip=paper.slip, state=LineState.DONE.value, stage__in=["check", "propose"]).first()
    return line if line and slips.unwithdrawable(line) is None else None


def last_instruction(paper: Incoming) -> Instruction | None:
    """What the last leader wrote."""
    return paper.instructions.select_related("leader").last()


def waiting_leader(paper: Incoming) -> Person | None:
    """The leader who is to instruct now."""
    line = slips.open_lines(paper.code, "incoming")
    return next((each.person for each in line if each.stage == "instruct"), None)


def is_late(paper: Incoming, today: date | None = None) -> bool:
    return steps.late(paper.due, paper.state, today or clock.today())


def numbered(organ: Organ, year: int) -> dict[int, Incoming]:
    """The papers that an organ registered in a year, by serial, for those who must account for every number."""
    return {one.serial: one for one in Incoming.objects.filter(organ=organ, year=year).exclude(number="") if one.serial}


def cited(person: Person, numbers: Collection[str], titles: Collection[str]) -> list[Held]:
    """Papers that came in with these numbers or titles and concern the person."""
    rows = visible(person).filter(named(numbers, titles, "their_number")).values_list("their_number", "title", "code")
    return [Held(number, title, reverse("incoming:page", args=[code])) for number, title, code in rows]


def _done_since(person: Person, paper: Incoming, at: datetime) -> News:
    """What others did on the paper's slip after a moment."""
    done = (
        paper.slip.lines.filter(done_at__gt=at).exclude(done_by=person).select_related("done_by").order_by("done_at") if paper.slip else ()
    )
    returned = LineState.RETURNED.value
    deeds = (Deed(line.done_by.name, line.stage, line.label, line.decision, line.state == returned) for line in done if line.done_by)
    return News(at, deeds=tuple(deeds))


def sitting_since(person: Person, paper: Incoming) -> datetime | None:
    """From when on a person who opens the paper now is told what was done: since his last look, or since the one before this sitting."""
    look = Look.objects.filter(person=person, slip=paper.slip_id).first()
    if look is None or _done_since(person, paper, look.at):
        return look.at if look else None
    return look.since if clock.now() - look.at < SITTING else None


def news(person: Person, paper: Incoming) -> News | None:
    """What is new in this sitting; None when nothing is."""
    look = Look.objects.filter(person=person, slip=paper.slip_id, since__isnull=False).first()
    found = _done_since(person, paper, look.since) if look and look.since else None
    return found or None
