"""Who may know of a filed item though he does not keep it, and what of it can be read."""

from collections.abc import Collection

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.office.archive.models import NUMBERED, Fonds, Item, Member, Part, Reader
from zhengtong.office.archive.rules import State
from zhengtong.office.documents import queries as documents
from zhengtong.office.documents.rules.secrecy import LEVELS, cleared

# What other rooms may take from here; the rows come with it, so that they can name what they are given.
__all__ = ["Fonds", "Item", "Part", "contents", "elsewhere", "held", "keepers", "known", "members", "numbered", "own_fonds", "unclassified"]


def own_fonds(person: Person) -> QuerySet[Fonds]:
    """The fonds of the organs in which this person has a post."""
    return Fonds.objects.filter(members__organ__in=[post.organ_id for post in person.posts]).distinct()


def unclassified(person: Person) -> Q:
    """What this person's clearance and need to know leave open to him (design §3b.2)."""
    known = Q(secrecy="")
    if settings.CLASSIFIED:
        levels = [level for level in LEVELS if level and cleared(documents.clearance(person), level)]
        known |= Q(secrecy__in=levels) & Q(Exists(Reader.objects.filter(item=OuterRef("pk"), person=person)))
    return known


def known(person: Person) -> QuerySet[Item]:
    """The catalogue as this person may see it: his own organs' fonds, what is open to all, and what he is named a reader of."""
    ours = Q(fonds__in=own_fonds(person)) | (Q(secrecy="") & Q(opened_on__isnull=False))
    ours |= ~Q(secrecy="") & Q(Exists(Reader.objects.filter(item=OuterRef("pk"), person=person)))
    found = Item.objects.filter(unclassified(person), ours, state__in=NUMBERED)
    return found.select_related("organ", "fonds", "klass").order_by("archive_number")


def elsewhere(person: Person, number: str) -> Item | None:
    """Another organ's unclassified item, for whoever knows its 档号 or its whole number: that it exists, and where."""
    found = Item.objects.filter(secrecy="", state=State.FILED.value).exclude(fonds__in=own_fonds(person))
    named_so = Q(archive_number=number) | Q(number=number, way="issued") | Q(original=number, way="received")
    return found.filter(named_so).select_related("organ", "fonds", "klass").order_by("archive_number").first()


def numbered(number: str) -> Item | None:
    """The item of this archival number, for rooms that have decided who may see it."""
    return Item.objects.filter(archive_number=number).select_related("organ", "fonds", "klass").first()


def held(numbers: Collection[str]) -> dict[str, Item]:
    """These items, locked until the transaction ends: nobody lends what is being destroyed, nor destroys what is being lent."""
    found = Item.objects.select_for_update(of=("self",)).filter(archive_number__in=numbers).select_related("organ", "fonds", "klass")
    return {item.archive_number or "": item for item in found.order_by("archive_number")}


def contents(item: Item, roles: Collection[str]) -> list[Part]:
    """Its parts of these roles, in the order in which the item is bound."""
    return list(item.parts.filter(role__in=roles).select_related("file"))


def members(fonds: Fonds) -> list[Organ]:
    """The organs of a fonds, the office that does its papers first."""
    organs = [member.organ for member in Member.objects.filter(fonds=fonds).select_related("organ__parent")]
    return sorted(organs, key=lambda organ: (not any(organ.parent_id == other.pk for other in organs), organ.order, organ.code))


def keepers(fonds: Fonds) -> list[Person]:
    """The archivists of a fonds."""
    return list(dict.fromkeys(person for organ in members(fonds) for person in accounts.people_with("archivist", organ)))
