"""The board, my matters, and who may do what (design §3b.5: a system sees only its own)."""

from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.clock import queries as clocks
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.office.documents import queries as documents
from zhengtong.office.documents.rules.secrecy import LEVELS, cleared

from . import rules
from .models import Extension, Item

KEEPERS = ("secretary",)
LEADERS = ("principal_head", "deputy_head", "organ_head")
OWNERS = ("receiver", "office_reviewer", "principal_head", "deputy_head", "organ_head", "secretary")
HEADS = ("principal_head", "organ_head", "deputy_head")


def _organs(person: Person, roles: tuple[str, ...]) -> frozenset[int]:
    held = accounts.roles_by_organ(person)
    return frozenset(key for role in roles for key in held.get(role, ()))


def keeping(person: Person) -> frozenset[int]:
    """Organs whose matters the person's office follows: its own, and the one whose office it is."""
    own = Organ.objects.filter(pk__in=_organs(person, KEEPERS)).select_related("parent")
    served = {o.parent_id for o in own if o.parent and documents.office_of(o.parent).pk == o.pk}
    return frozenset({o.pk for o in own} | {key for key in served if key})


def leading(person: Person) -> frozenset[int]:
    """Organs that the person heads."""
    return _organs(person, LEADERS)


def keeps(person: Person, organ: Organ) -> bool:
    return organ.pk in keeping(person)


def leaders(organ: Organ) -> list[Person]:
    """Who may give a matter: the heads of the organ and of its office."""
    of = dict.fromkeys([organ, documents.office_of(organ)])
    return list(dict.fromkeys(p for one in of for role in LEADERS for p in accounts.people_with(role, one)))


def visible(person: Person) -> QuerySet[Item]:
    """Matters that the person gave, keeps or owns. A classified one by name alone, and with clearance."""
    owned = Q(owner__in=_organs(person, OWNERS)) | Q(person=person)
    found = Item.objects.filter(Q(organ__in=keeping(person)) | Q(giver=person) | owned)
    if settings.CLASSIFIED:
        held = documents.clearance(person)
        known = [level for level in LEVELS if level and cleared(held, level)]
        named = Q(giver=person) | Q(person=person) | Q(opened_by=person)
        found = found.filter(Q(secrecy="") | (Q(secrecy__in=known) & named))
    return found.select_related("organ", "office", "owner", "person", "giver")


def owns(person: Person, item: Item) -> bool:
    """Whether the person may report for the owner: the named one, or without a name the owner's office and heads."""
    if item.person_id:
        return item.person_id == person.pk
    return item.owner_id in _organs(person, OWNERS)


def gives(person: Person, item: Item) -> bool:
    """Whether the person decides on the matter: who gave it, or his office."""
    return item.giver_id == person.pk or (item.organ_id in keeping(person) and not item.secrecy) or item.opened_by_id == person.pk


def owners(item: Item) -> list[Person]:
    """Whom a word to the owner reaches."""
    return [item.person] if item.person else accounts.people_with("receiver", item.owner)


def keepers(item: Item) -> list[Person]:
    """Whom a word to the giver's office reaches; a leader is told, never urged (design §3b.10)."""
    if item.secrecy:
        return list(dict.fromkeys([item.giver, item.opened_by]))
    return accounts.people_with("secretary", item.office) or [item.opened_by]


def whom(item: Item, rung: str) -> list[Person]:
    """Who is told on a rung of the climb. Of a classified matter nobody but those it was given to and by."""
    if rung == "owner_head":
        heads = [p for role in HEADS for p in accounts.people_with(role, item.owner)]
        return owners(item) if item.secrecy or not heads else list(dict.fromkeys(heads))
    if rung == "keeper":
        return keepers(item)
    return [item.giver] if rung == "giver" else owners(item)


def search(person: Person, words: str = "", state: str = "", side: str = "") -> QuerySet[Item]:
    """My matters that match all filters, the first due on top. `state` may be "open" or "late"; `side` "owner" or "keeper"."""
    found = visible(person)
    for word in words.split():
        found = found.filter(Q(task__icontains=word) | Q(number__icontains=word) | Q(owner__name__icontains=word))
    open_ = [s.value for s in rules.OPEN]
    if state == "open":
        found = found.filter(state__in=open_)
    elif state == "late":
        found = found.filter(state__in=open_, due__lt=clock.today())
    elif state:
        found = found.filter(state=state)
    if side == "owner":
        found = found.filter(Q(owner__in=_organs(person, OWNERS)) | Q(person=person))
    elif side == "keeper":
        found = found.filter(Q(organ__in=keeping(person)) | Q(giver=person))
    return found.order_by("due", "id")


def open_count(person: Person) -> int:
    """How many matters wait for this person: to report as the owner, or to confirm."""
    mine = visible(person)
    reported = mine.filter(state=rules.State.REPORTED.value).filter(Q(giver=person) | Q(organ__in=keeping(person)))
    running = mine.filter(state=rules.State.RUNNING.value).filter(
        Q(person=person) | Q(person__isnull=True, owner__in=_organs(person, OWNERS))
    )
    return reported.count() + running.count()


def board(person: Person, since: date | None = None) -> list[rules.Count]:
    """All matters that I may see, counted by owner."""
    today = clock.today()
    found = visible(person).exclude(state=rules.State.CANCELLED.value)
    if since:
        found = found.filter(opened_at__date__gte=since)
    rows = [(item.owner.name, item.state, item.state in rules.OPEN and item.due < today, _in_time(item)) for item in found]
    return rules.board(rows)


def _in_time(item: Item) -> bool:
    return item.closed_at is not None and item.closed_at.astimezone(clock.ZONE).date() <= item.due


def of_paper(person: Person, paper: str) -> QuerySet[Item]:
    """The matters that came out of a paper."""
    return visible(person).filter(paper=paper)


def waiting_extension(item: Item) -> Extension | None:
    return item.extensions.filter(granted__isnull=True).select_related("asked_by").first()


def late_days(item: Item) -> int:
    return rules.days_late(item.due, clock.today(), clocks.calendar()) if item.state in rules.OPEN else 0


def verbs(person: Person, item: Item) -> list[str]:
    """What this person may do now; the same table that the actions ask."""
    mine = {"owner": owns(person, item), "giver": gives(person, item), "keeper": gives(person, item)}
    waiting = waiting_extension(item) is not None
    found = [s.verb for s in rules.STEPS if s.source == item.state and mine[s.who]]
    if not waiting:
        found = [verb for verb in found if verb not in ("grant", "deny")]
    else:
        found = [verb for verb in found if verb not in ("extend", "finish")]
    return found
