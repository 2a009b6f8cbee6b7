"""Who has not signed, and what waits. A receiver sees a document only by dispatch to his organ (design §3b.5)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.clock import queries as clocks
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.orgs.rules import Direction
from zhengtong.foundation.orgs.rules import Kind as OrganKind
from zhengtong.office.documents import queries as documents
from zhengtong.office.documents.queries.cited import Held, named
from zhengtong.office.documents.rules.secrecy import LEVELS, cleared

from . import rules
from .models import Call, Dispatch, Effect, Receipt, Scope
from .rules import replies, standing

WAITING = rules.State.WAITING.value


def organs_of(person: Person, roles: Iterable[str]) -> frozenset[int]:
    """Keys of the organs in which the person holds one of these roles today."""
    held = accounts.roles_by_organ(person)
    return frozenset(key for role in roles for key in held.get(role, ()))


def receiving(person: Person) -> frozenset[int]:
    """Keys of the organs for which the person receives: his own, and the one whose office it is (县政府办 for 县政府)."""
    own = Organ.objects.filter(pk__in=organs_of(person, rules.RECEIVERS)).select_related("parent")
    served = {o.parent_id for o in own if o.parent and documents.office_of(o.parent).pk == o.pk}
    return frozenset({o.pk for o in own} | {key for key in served if key})


def receivers(organ: Organ) -> list[Person]:
    """Who may sign for what comes to this organ."""
    found = [*accounts.people_with("receiver", organ), *accounts.people_with("receiver", documents.office_of(organ))]
    return list(dict.fromkeys(found))


def scope(dispatch: Dispatch) -> list[str]:
    """知悉范围 of a classified dispatch, by codes."""
    return list(dispatch.scope.order_by("pk").values_list("person__code", flat=True))


def known_to(person: Person, prefix: str = "") -> Q:
    """Open documents, and classified ones within whose scope the person is, with clearance (design §3b.2)."""
    open_ = Q(**{f"{prefix}secrecy": ""})
    if not settings.CLASSIFIED:
        return open_
    levels = [level for level in LEVELS if level and cleared(documents.clearance(person), level)]
    named = Exists(Scope.objects.filter(dispatch=OuterRef(f"{prefix}pk" if prefix else "pk"), person=person))
    return open_ | (Q(**{f"{prefix}secrecy__in": levels}) & Q(named))


# -- the sender's side -------------------------------------------------------------------------------------------


def sent(person: Person, words: str = "", only_open: bool = False) -> QuerySet[Dispatch]:
    """What the person's organ sent or gave out, newest first, with how many receivers signed, wait and returned."""
    organs = organs_of(person, rules.SENDERS)
    found = Dispatch.objects.filter(Q(handler__in=organs) | Q(sender__in=organs)).filter(known_to(person))
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(number__icontains=word))
    found = found.select_related("sender", "sent_by").annotate(
        receivers=Count("receipts"),
        signed=Count("receipts", filter=Q(receipts__state="signed")),
        waiting=Count("receipts", filter=Q(receipts__state="waiting")),
        returned=Count("receipts", filter=Q(receipts__state="returned")),
    )
    found = found.order_by("-sent_at", "-id").prefetch_related("affected_by")
    return found.filter(waiting__gt=0) if only_open else found


def receipts(dispatch: Dispatch) -> QuerySet[Receipt]:
    """Every receiver's copy, main receivers first, those that wait before the others."""
    return dispatch.receipts.select_related("organ", "signed_by", "returned_by").order_by("cc", "order", "id")


def receipt_of_sender(person: Person, pk: int) -> Receipt:
    """A receiver's copy as its sender may urge it."""
    return Receipt.objects.select_related("dispatch", "organ").get(pk=pk, dispatch__in=sent(person).values("pk"))


def unsigned(document: str) -> list[Receipt]:
    """Who has not yet signed for the document; for the document's own page."""
    return list(Receipt.objects.filter(dispatch__document=document, state=WAITING).select_related("organ", "dispatch"))


def of_document(document: str) -> Dispatch | None:
    """How the document was given out, or None when it was not."""
    return Dispatch.objects.filter(document=document).select_related("sender", "sent_by").first()


# -- the receiver's side -----------------------------------------------------------------------------------------


def received(person: Person, words: str = "", state: str = "") -> QuerySet[Receipt]:
    """The copies of the organs for which the person receives, those that wait first, then the newest."""
    found = Receipt.objects.filter(organ__in=receiving(person)).filter(known_to(person, "dispatch__"))
    for word in words.split():
        found = found.filter(Q(dispatch__title__icontains=word) | Q(dispatch__number__icontains=word))
    if state:
        found = found.filter(state=state)
    return (
        found.select_related("dispatch__sender", "dispatch__pdf", "organ", "signed_by")
        .prefetch_related("dispatch__affected_by")
        .order_by("-dispatch__sent_at", "-id")
    )


def waiting(person: Person) -> QuerySet[Receipt]:
    """What waits to be signed for, the oldest first."""
    return received(person, state=WAITING).order_by("dispatch__sent_at", "id")


def waiting_count(person: Person) -> int:
    return received(person, state=WAITING).count()


# -- late ones, figures, replies, standing -----------------------------------------------------------------------


def sends(person: Person, dispatch: int) -> bool:
    """Whether the person gives out documents for the organ that sent this one."""
    organs = organs_of(person, rules.DISPATCHERS)
    return Dispatch.objects.filter(Q(handler__in=organs) | Q(sender__in=organs), pk=dispatch).filter(known_to(person)).exists()


def within(dispatch: Dispatch, people: Iterable[Person]) -> list[Person]:
    """Those of the people who may know a classified dispatch; all of them for an open one."""
    if not dispatch.secrecy:
        return list(people)
    inside = set(dispatch.scope.values_list("person", flat=True))
    return [person for person in people if person.pk in inside]


def sent_copies(person: Person) -> QuerySet[Receipt]:
    """All copies of what the person's organs sent."""
    return Receipt.objects.filter(dispatch__in=sent(person).values("pk"))


def late(person: Person) -> QuerySet[Receipt]:
    """Copies of what the person's organs sent that wait past the limit for signing."""
    last = rules.late_until(clock.today(), clocks.calendar())
    found = Receipt.objects.filter(dispatch__in=sent(person).values("pk"), state=WAITING, dispatch__sent_at__date__lte=last)
    return found.select_related("dispatch__sender", "organ").order_by("pk")


def figures(person: Person, since: date | None = None, until: date | None = None) -> list[rules.Figures]:
    """Each receiver's figures over what the person's organs sent in the period."""
    found = Receipt.objects.filter(dispatch__in=sent(person).values("pk")).select_related("organ", "dispatch")
    if since:
        found = found.filter(dispatch__sent_at__date__gte=since)
    if until:
        found = found.filter(dispatch__sent_at__date__lte=until)
    local = clock.ZONE
    rows = [
        rules.Taken(
            r.organ.code,
            r.organ.name,
            r.dispatch.sent_at.astimezone(local),
            r.signed_at.astimezone(local) if r.signed_at else None,
            r.state,
        )
        for r in found
    ]
    return rules.figures(rows, clock.today(), clocks.calendar())


def asked(call: Call) -> frozenset[int]:
    """Keys of the organs that are asked: the main receivers that still have the document."""
    rows = call.dispatch.receipts.filter(cc=False, state__in=["waiting", "signed"])
    return frozenset(rows.values_list("organ", flat=True))


def missing(call: Call) -> list[Organ]:
    """Who was asked and has not answered."""
    given = call.replies.values_list("organ", flat=True)
    return list(Organ.objects.filter(pk__in=asked(call)).exclude(pk__in=given))


def call_of(person: Person, pk: int) -> Call | None:
    """A call as its sender or one of those asked may open it."""
    found = Call.objects.select_related("dispatch__sender", "opened_by").filter(pk=pk).first()
    if found is None:
        return None
    mine = sent(person).filter(pk=found.dispatch_id).exists()
    return found if mine or received(person).filter(dispatch=found.dispatch_id, organ__in=asked(found)).exists() else None


def calls_to(person: Person) -> QuerySet[Call]:
    """Calls that wait for an answer of an organ for which the person receives."""
    organs = receiving(person)
    mine = received(person).filter(cc=False, state__in=["waiting", "signed"])
    open_ = Call.objects.filter(closed_at__isnull=True, dispatch__in=mine.values("dispatch"))
    return open_.exclude(replies__organ__in=organs).select_related("dispatch__sender").order_by("due", "pk")


def answering(person: Person, call: Call) -> list[Organ]:
    """The organs for which the person answers this call."""
    return list(Organ.objects.filter(pk__in=receiving(person) & asked(call)))


def merged(call: Call, words: Sequence[str]) -> list[list[replies.Cell]]:
    """All answers as one table, in the order in which the document names the receivers."""
    order = {r.organ_id: r.order for r in call.dispatch.receipts.all()}
    rows = sorted(call.replies.select_related("organ", "by"), key=lambda r: order.get(r.organ_id, 0))
    told = [(r.organ.name, r.values, r.by.name, f"{r.at.astimezone(clock.ZONE):%Y-%m-%d %H:%M}") for r in rows]
    return replies.merged(replies.of_rows(call.columns), told, words)


def reaches(new: Dispatch, old: Dispatch) -> bool:
    """Whether the issuer of the new document may know of the old one: the same system, or its superior."""
    return orgs.system(new.sender) == orgs.system(old.sender) or orgs.relation(old.sender, new.sender) == Direction.UP


def effects(dispatch: Dispatch) -> list[Effect]:
    """What later documents did to this one."""
    return list(dispatch.affected_by.select_related("later__sender"))


def standing_of(document: str) -> Dispatch | None:
    """The dispatch of a document with what later ones did to it; for other rooms' pages. None when it was not dispatched."""
    return Dispatch.objects.filter(document=document).prefetch_related("affected_by__later").first()


def cited(person: Person, numbers: Collection[str], titles: Collection[str]) -> list[Held]:
    """Dispatched documents of these numbers or titles that the person may see, with what later ones did to them."""
    rows = Dispatch.objects.filter(named(numbers, titles)).filter(known_to(person))
    rows = rows.prefetch_related("affected_by__later")
    if not (found := list(rows)):
        return []
    copies = dict(received(person).filter(dispatch__in=found).values_list("dispatch", "pk"))
    mine = set(documents.visible(person).filter(code__in=[d.document for d in found]).values_list("code", flat=True))
    given = set(sent(person).filter(pk__in=[d.pk for d in found]).values_list("pk", flat=True))
    return [
        _held(dispatch, link)
        for dispatch in found
        if (link := _link(dispatch, dispatch.document in mine, copies.get(dispatch.pk), dispatch.pk in given))
    ]


def _link(dispatch: Dispatch, mine: bool, copy: int | None, given: bool) -> str:
    if mine:
        return reverse("documents:page", args=[dispatch.document])
    if copy:
        return reverse("dispatch:copy", args=[copy])
    return reverse("dispatch:page", args=[dispatch.pk]) if given else ""


def _held(dispatch: Dispatch, link: str) -> Held:
    """The last word on a document that is not in force as it was issued."""
    held = dispatch.standing
    effects = [e for e in dispatch.affected_by.all() if standing.EFFECTS[standing.Kind(e.kind)].standing.value == held]
    last = effects[-1] if effects and held != standing.Standing.IN_FORCE.value else None
    ended = held in (standing.Standing.REPEALED.value, standing.Standing.VOID.value)
    return Held(dispatch.number, dispatch.title, link, last.sentence if last else "", ended, last.later.number if last else "")


def outside() -> QuerySet[Receipt]:
    """Copies for organs of the city: they go out by exchange package."""
    found = Receipt.objects.filter(state=WAITING, organ__kind=OrganKind.SUPERIOR.value, dispatch__secrecy="")
    return found.select_related("dispatch__sender", "dispatch__pdf", "organ").order_by("pk")
