"""Seals as their maker, their keepers and their organs see them."""

from django.db.models import Count, Q, QuerySet

from zhengtong.foundation import seals
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.office.documents.queries import office_of

from . import rules
from .models import Stamp, Use


def organs_of(person: Person, role: str) -> set[int]:
    """Keys of the organs for which this person has the role: his own, and the one whose office his organ is (云政办 for 云政)."""
    own = Organ.objects.filter(pk__in=accounts.roles_by_organ(person).get(role, ())).select_related("parent")
    served = [organ.parent for organ in own if organ.parent and office_of(organ.parent).pk == organ.pk]
    return {organ.pk for organ in (*own, *served)}


def may(person: Person, role: str, organ: Organ) -> bool:
    """Whether the step is this person's: the maker's for every seal, the others' for their organs."""
    return accounts.holds(person, role) if role == "seal_maker" else organ.pk in organs_of(person, role)


def keepers_of(organ: Organ) -> list[Person]:
    """Who may keep the seals of this organ."""
    return list(dict.fromkeys([*accounts.people_with("seal_keeper", organ), *accounts.people_with("seal_keeper", office_of(organ))]))


def visible(person: Person) -> QuerySet[Stamp]:
    """The maker sees all; a secretary and a keeper those of their own organs."""
    found = Stamp.objects.select_related("organ", "keeper").annotate(used=Count("uses"))
    if accounts.holds(person, "seal_maker"):
        return found
    return found.filter(organ__in=organs_of(person, "secretary") | organs_of(person, "seal_keeper"))


def filtered(found: QuerySet[Stamp], words: str = "", state: str = "") -> QuerySet[Stamp]:
    if words:
        found = found.filter(Q(name__icontains=words) | Q(code__icontains=words) | Q(organ__name__icontains=words))
    return found.filter(state=state) if state else found


def waiting(person: Person) -> int:
    """How many seals wait for a step of this person's."""
    making = Stamp.objects.filter(state__in=[rules.State.APPLIED, rules.State.MADE]) if accounts.holds(person, "seal_maker") else None
    taking = Stamp.objects.filter(state=rules.State.FILED, organ__in=organs_of(person, "seal_keeper"))
    return taking.count() + (making.count() if making is not None else 0)


def receivers(stamp: Stamp) -> list[Person]:
    """To whom the seal may be handed."""
    return [person for person in keepers_of(stamp.organ) if person.pk != stamp.keeper_id]


def uses_of(paper: str) -> list[Use]:
    """Which seals stand on a paper."""
    return list(Use.objects.filter(paper=paper).select_related("stamp__organ", "by"))


def holds(used: Use, pdf: bytes) -> bool:
    """Whether this is exactly the page that was sealed."""
    return seals.verify(bytes.fromhex(used.stamp.public), pdf, bytes.fromhex(used.signature))
