"""Requests as the handling organ sees them; nobody else sees one."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Case, Count, Q, QuerySet, When

from zhengtong.foundation.accounts.queries import holds, roles_by_organ
from zhengtong.foundation.clock import today
from zhengtong.foundation.clock.models import ClockEvent
from zhengtong.foundation.clock.queries import calendar, reading, reading_of
from zhengtong.foundation.clock.rules import Reading, State
from zhengtong.foundation.orgs.models import Organ, Person

from .models import AnnualReport, Consultation, Desk, Entry, Letter, Request
from .rules import letters as letter_rules
from .rules import proactive, receipt, redaction, steps

ROLES = (steps.CLERK, steps.HEAD)


def organs_of(person: Person) -> set[int]:
    """Keys of the organs for which this person handles disclosure."""
    held = roles_by_organ(person)
    return set().union(*(held.get(role, frozenset()) for role in ROLES))


def desks(person: Person) -> QuerySet[Desk]:
    """The desks that this person sits at."""
    return Desk.objects.filter(organ__in=organs_of(person)).select_related("organ")


def open_organs() -> QuerySet[Organ]:
    """The organs that take requests for information."""
    return Organ.objects.filter(pk__in=Desk.objects.values("organ"))


def visible(person: Person) -> QuerySet[Request]:
    """The requests of this person's own organs; the portal's code opens the applicant's own, nothing else does."""
    return Request.objects.filter(organ__in=organs_of(person)).select_related("organ", "merged_into")


def may(person: Person | None, role: str, organ: Organ) -> bool:
    """Whether a post in that organ gives the role."""
    return holds(person, role, organ)


def roles_in(person: Person, organ: Organ) -> frozenset[str]:
    """The disclosure roles that the person has in that organ."""
    return frozenset(role for role in ROLES if holds(person, role, organ))


TABS = ("todo", "open", "closed", "all")


def waiting(person: Person) -> QuerySet[Request]:
    """What waits for this person: letters for a head to sign, everything else that is not closed and not out for a clerk."""
    heads = [pk for pk in organs_of(person) if holds(person, steps.HEAD, Organ.objects.get(pk=pk))]
    clerks = [pk for pk in organs_of(person) if holds(person, steps.CLERK, Organ.objects.get(pk=pk))]
    to_sign = Q(organ__in=heads, letters__state=Letter.WAITING)
    to_do = Q(organ__in=clerks, state__in=["received", "handling", "answered"]) & ~Q(letters__state=Letter.WAITING)
    return visible(person).filter(to_sign | to_do).distinct()


def filtered(found: QuerySet[Request], words: str = "", state: str = "", channel: str = "") -> QuerySet[Request]:
    """A list narrowed by number, applicant or the words of the request, by state and channel."""
    if words:
        found = found.filter(Q(number__icontains=words) | Q(name__icontains=words) | Q(description__icontains=words) | Q(receipt=words))
    if state in set(steps.State):
        found = found.filter(state=state)
    if channel in set(receipt.Channel):
        found = found.filter(channel=channel)
    return found


def clocks(found: Iterable[Request]) -> dict[str, Reading]:
    """What the present clock of each request shows today, by number; one query for all. Closed ones show none."""
    wanted = {r.number: clock_of(r) for r in found if r.state != steps.State.CLOSED}
    events: dict[str, list[ClockEvent]] = {}
    for event in ClockEvent.objects.filter(subject__in=wanted):
        if event.limit == wanted[event.subject]:
            events.setdefault(event.subject, []).append(event)
    days, on = calendar(), today()
    read = {number: reading_of(group, on, days) for number, group in events.items()}
    return {number: shown for number, shown in read.items() if shown and shown.state is not State.FINISHED}


def clock_of(request: Request) -> str:
    """Which clock counts now: the seven days of a completion notice, the payment, else the answer."""
    return {"received": "disclosure.completion" if not request.completions else request.answering, "paying": "disclosure.payment"}.get(
        request.state, request.answering
    )


def due(request: Request, limit: str) -> date | None:
    """The last lawful day of a running clock of a request."""
    shown = reading(request.number, limit)
    return shown.due if shown and shown.state is not State.FINISHED else None


def facts(request: Request) -> steps.Facts:
    """What the rules must know of a request."""
    return steps.Facts(
        today=today(),
        completions=request.completions,
        completion_due=due(request, "disclosure.completion"),
        complete_until=request.complete_until,
        extended=request.extended,
        answer_due=due(request, request.answering),
        payment_due=due(request, "disclosure.payment"),
        fee_noticed=request.letters.filter(kind="fee", state=Letter.ISSUED).exists(),
        reopened=request.reopened_on is not None,
        letter_open=request.letters.exclude(state=Letter.ISSUED).exists(),
    )


def consultations(request: Request) -> QuerySet[Consultation]:
    return Consultation.objects.filter(letter__request=request).select_related("letter")


def unsettled(request: Request) -> bool:
    """Whether a third party refused or kept silent: then opening needs a written reason (第三十二条)."""
    asked = consultations(request).filter(letter__kind="third_party")
    return asked.filter(opinion__in=[Consultation.AGAINST, Consultation.SILENT]).exists()


def letter_facts(request: Request, desk: Desk) -> letter_rules.Facts:
    """What the letters of a request are written from."""
    return letter_rules.Facts(
        organ=desk.organ.name,
        unit=desk.unit,
        phone=desk.phone,
        address=desk.address,
        review=desk.review,
        court=desk.court,
        applicant=request.name,
        number=request.number,
        received=request.received_on,
        channel=receipt.CHANNELS[receipt.Channel(request.channel)].label,
        description=request.description,
        merged=tuple(request.merged.values_list("number", flat=True)),
        files=tuple(request.attachments.filter(kind="given").values_list("name", flat=True)),
        covered=tuple(redaction.summary(one.result.name, one.marks) for one in request.redactions.filter(state="done") if one.result),
    )


def others(request: Request) -> QuerySet[Request]:
    """The same applicant's other requests to this organ: repeated ones are merged or told so (第三十五条、第三十六条第（六）项)."""
    return Request.objects.filter(organ=request.organ, identity=request.identity).exclude(pk=request.pk).exclude(identity="")


def events(subjects: Sequence[str]) -> list[ClockEvent]:
    """All that happened to the clocks of these subjects, oldest first."""
    return list(ClockEvent.objects.filter(subject__in=subjects).order_by("at", "id"))


def desk_of(organ: Organ) -> Desk | None:
    return Desk.objects.select_related("organ").filter(organ=organ).first()


def entries(person: Person) -> QuerySet[Entry]:
    """The catalogue of this person's organs; what is still to be published first, the oldest first."""
    return (
        Entry.objects.filter(organ__in=organs_of(person))
        .select_related("organ")
        .order_by(Case(When(state="pending", then=0), default=1), Case(When(state="pending", then="arisen_on")), "-arisen_on", "-id")
    )


def entry_clocks(found: Iterable[Entry]) -> dict[str, Reading]:
    """What the clock of each entry shows today, by number."""
    numbers = [entry.number for entry in found]
    events: dict[str, list[ClockEvent]] = {}
    for event in ClockEvent.objects.filter(subject__in=numbers):
        events.setdefault(event.subject, []).append(event)
    days, on = calendar(), today()
    return {number: shown for number, group in events.items() if (shown := reading_of(group, on, days))}


def coverage(person: Person) -> list[tuple[str, int]]:
    """Each matter of the fixed lists that binds the person's own organ, with how many entries stand in it."""
    organ = person.organ
    if organ is None:
        return []
    counted = dict(Entry.objects.filter(organ=organ).order_by().values_list("matter").annotate(Count("pk")))
    return [(row.label, counted.get(key, 0)) for key, row in proactive.of(organ.kind).items()]


def reports(person: Person) -> QuerySet[AnnualReport]:
    """The annual reports of this person's organs."""
    return AnnualReport.objects.filter(organ__in=organs_of(person)).select_related("organ", "drafted_by", "approved_by")
