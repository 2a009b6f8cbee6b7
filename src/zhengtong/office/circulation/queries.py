"""传阅给我的, what an organ has in circulation, and who has read it."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.office.documents import queries as documents
from zhengtong.office.documents.rules.secrecy import LEVELS, cleared

from . import rules
from .models import Circulation, Reading

RUNNING = rules.State.RUNNING.value
LIVE = Q(removed_at__isnull=True, circulation__state=RUNNING)


def _levels(person: Person) -> list[str]:
    """The secrecy levels that the person may know today; "" is the open paper."""
    if not settings.CLASSIFIED:
        return [""]
    held = documents.clearance(person)
    return [level for level in LEVELS if not level or cleared(held, level)]


# -- the reader's side -------------------------------------------------------------------------------------------


def mine(person: Person, which: str = "unread") -> QuerySet[Reading]:
    """传阅给我的: to read, the longest waiting first; or `which="read"`: what I confirmed, the last first."""
    found = Reading.objects.filter(LIVE, person=person, circulation__secrecy__in=_levels(person))
    found = found.select_related("circulation__organ", "circulation__begun_by", "added_by")
    if which == "read":
        return found.filter(read_at__isnull=False).order_by("-read_at", "-id")
    return found.filter(read_at__isnull=True).order_by("circulation__due", "added_at", "id")


def mine_count(person: Person) -> int:
    return mine(person).count()


def papers_of(person: Person) -> QuerySet[Circulation]:
    """Circulations on whose list the person stands now."""
    live = Reading.objects.filter(LIVE, person=person).values("circulation")
    return Circulation.objects.filter(pk__in=live, secrecy__in=_levels(person))


# -- the keeper's side -------------------------------------------------------------------------------------------


def keeping(person: Person) -> frozenset[int]:
    """Keys of the organs for which the person keeps papers in circulation: his own, and the one whose office it is."""
    held = accounts.roles_by_organ(person)
    own = Organ.objects.filter(pk__in={key for role in rules.KEEPERS for key in held.get(role, ())}).select_related("parent")
    served = {o.parent_id for o in own if o.parent and documents.office_of(o.parent).pk == o.pk}
    return frozenset({o.pk for o in own} | {key for key in served if key})


def keeps(person: Person, organ: Organ) -> bool:
    return organ.pk in keeping(person)


def kept(person: Person, words: str = "") -> QuerySet[Circulation]:
    """What the person's organs have in circulation, with how many are to read and how many have read."""
    found = Circulation.objects.filter(organ__in=keeping(person), secrecy__in=_levels(person))
    if settings.CLASSIFIED:
        inside = [c.pk for c in found.exclude(secrecy="") if person.code in c.scope]
        found = found.filter(Q(secrecy="") | Q(pk__in=inside))
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(number__icontains=word))
    live = Q(readings__removed_at__isnull=True)
    return (
        found.select_related("organ", "begun_by")
        .annotate(readers=Count("readings", filter=live), read=Count("readings", filter=live & Q(readings__read_at__isnull=False)))
        .order_by("-begun_at", "-id")
    )


def visible(person: Person) -> QuerySet[Circulation]:
    """What the person may open: as a reader or as a keeper."""
    return Circulation.objects.filter(Q(pk__in=papers_of(person).values("pk")) | Q(pk__in=kept(person).values("pk"))).select_related(
        "organ", "begun_by"
    )


def subject(row: Reading) -> str:
    """How a notice names one reader's turn."""
    return f"reading:{row.pk}"


def readings(circulation: Circulation) -> QuerySet[Reading]:
    """Everybody who was asked, those who were taken off again included."""
    return circulation.readings.select_related("person", "added_by", "removed_by")


def unread(circulation: Circulation) -> QuerySet[Reading]:
    return readings(circulation).filter(removed_at__isnull=True, read_at__isnull=True)


def of_paper(paper: str, organ: Organ | None = None) -> list[Circulation]:
    """The circulations of a paper, for its own page."""
    found = Circulation.objects.filter(paper=paper)
    return list((found.filter(organ=organ) if organ else found).select_related("organ").prefetch_related("readings__person"))


def overdue(person: Person) -> QuerySet[Circulation]:
    """Circulations that the person keeps and whose readers are late."""
    late = Reading.objects.filter(LIVE, read_at__isnull=True, circulation__due__lt=clock.today()).values("circulation")
    return kept(person).filter(pk__in=late)


def candidates(organ: Organ) -> list[Person]:
    """Whom a form offers to tick: the heads of the organ and of its office."""
    of = [organ, documents.office_of(organ)]
    return list(dict.fromkeys(held.person for one in dict.fromkeys(of) for held in orgs.leaders(one)))


def named(text: str, organ: Organ, field: str = "others") -> list[str]:
    """Codes of the people whose names are written down; they work in the organ, in its office or below it."""
    names = [name for name in re.split(r"[、，,；;\s]+", text) if name]
    circles = [Q(holdings__post__organ__in=[organ, documents.office_of(organ)]), Q(holdings__post__organ__parent=organ)]
    return [_one(name, circles, field) for name in names]


def _one(name: str, circles: Iterable[Q], field: str) -> str:
    """The one person of that name (or code) in the nearest circle where there is one."""
    for circle in circles:
        people = list(Person.objects.filter(circle, Q(name=name) | Q(code=name)).distinct()[:2])
        if len(people) == 1:
            return people[0].code
        if people:
            raise Refused(_("有不止一位“%(name)s”，请写人员代码"), field=field, name=name)
    raise Refused(_("本机关没有“%(name)s”"), field=field, name=name)
