"""Whose turn it is: the same answer for a whole list, asked inside the query, and for one line that is at hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.once import once
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.prepared import Prepared
from zhengtong.foundation.slips import rules
from zhengtong.foundation.slips.models import Absence, Line


@dataclass(frozen=True, slots=True)
class Reach:
    """Which lines are a person's: named to him, to a post of his, or to a role he holds in that organ (and unit)."""

    person: int
    posts: frozenset[int]
    units: frozenset[int]
    roles: Mapping[str, frozenset[int]]

    def lines(self) -> Q:
        """His lines, for a query."""
        ours = Q(person=self.person) | Q(person__isnull=True, post__in=self.posts)
        for role, organs in self.roles.items():
            held = Q(person__isnull=True, post__isnull=True, role=role, organ__in=organs)
            ours |= held & (Q(unit__isnull=True) | Q(unit__in=self.units))
        return ours

    def has(self, line: Line) -> bool:
        """Whether this line is his."""
        if line.person_id is not None:
            return line.person_id == self.person
        if line.post_id is not None:
            return line.post_id in self.posts
        return line.organ_id in self.roles.get(line.role, ()) and (line.unit_id is None or line.unit_id in self.units)


ABSENT = Prepared(
    lambda deputy, today: Absence.objects.filter(deputy=deputy, since__lte=today, until__gte=today, ended_at__isnull=True).select_related(
        "person"
    )
)


def reach(person: Person) -> Reach:
    return once(("reach", person.pk), lambda: _reach(person))


def _reach(person: Person) -> Reach:
    posts = person.posts
    units = frozenset(post.unit_id for post in posts if post.unit_id)
    return Reach(person.pk, frozenset(post.pk for post in posts), units, accounts.roles_by_organ(person))


def stands_in_for(person: Person) -> list[Person]:
    """Who has named this person his deputy for today."""
    today = clock.today()
    return once(("absent", person.pk, today), lambda: [absence.person for absence in ABSENT(person.pk, today)])


def mine(person: Person) -> Q:
    """Lines that this person may handle: his own, and those of whom he stands in for today, save what is personal."""
    ours = reach(person).lines()
    for absent in stands_in_for(person):
        ours |= reach(absent).lines() & ~Q(stage__in=rules.PERSONAL)
    return ours


def may_handle(line: Line, person: Person) -> bool:
    """Whether this line is among those."""
    if reach(person).has(line):
        return True
    return line.stage not in rules.PERSONAL and any(reach(absent).has(line) for absent in stands_in_for(person))


def principal(line: Line, person: Person) -> Person | None:
    """Whose turn it is when this person takes it as deputy; None when it is his own."""
    if reach(person).has(line):
        return None
    return next((absent for absent in stands_in_for(person) if reach(absent).has(line)), None)
