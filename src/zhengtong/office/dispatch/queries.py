"""Who has not signed, and what waits. A receiver sees a document only by dispatch to his organ (design §3b.5)."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.office.documents import queries as documents
from zhengtong.office.documents.rules.secrecy import LEVELS, cleared

from . import rules
from .models import Dispatch, Receipt, Scope

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
    found = found.order_by("-sent_at", "-id")
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
    return found.select_related("dispatch__sender", "dispatch__pdf", "organ", "signed_by").order_by("-dispatch__sent_at", "-id")


def waiting(person: Person) -> QuerySet[Receipt]:
    """What waits to be signed for, the oldest first."""
    return received(person, state=WAITING).order_by("dispatch__sent_at", "id")


def waiting_count(person: Person) -> int:
    return received(person, state=WAITING).count()
