"""Collective names for receivers: those of the directory, and those that one's own organ keeps."""

from django.db.models import Prefetch

from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.office.documents.models import Group


def own(person: Person) -> list[Group]:
    """The groups of the person's own organ, their members in the order of the directory."""
    if person.organ is None:
        return []
    return list(Group.objects.filter(organ=person.organ).prefetch_related(Prefetch("members", orgs.organs())))


def names(person: Person) -> list[str]:
    """The collective names that the person may write receivers by."""
    return [*orgs.groups(), *(group.name for group in own(person))]


def members(person: Person | None, name: str) -> list[Organ]:
    """The organs that a collective name means to this person; none when it is no such name."""
    if name in orgs.groups():
        return orgs.group(name)
    kept = Group.objects.filter(organ=person.organ, name=name).first() if person and person.organ else None
    return list(orgs.organs().filter(pk__in=kept.members.values("pk"))) if kept else []
