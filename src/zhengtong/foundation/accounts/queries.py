"""Who has which role today, and which accounts wait for whom."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhengtong.foundation import clock
from zhengtong.foundation.once import once
from zhengtong.foundation.orgs.models import Organ, Person, Post
from zhengtong.foundation.orgs.queries import in_force
from zhengtong.foundation.prepared import Prepared

from . import rules
from .models import Account, Grant, Motion, PersonalKey


def grants() -> QuerySet[Grant]:
    """Grants that hold now, of roles that this network knows."""
    return _grants(clock.now(), _known())


def _grants(now: datetime, known: Iterable[str]) -> QuerySet[Grant]:
    return Grant.objects.filter(Q(until__isnull=True) | Q(until__gt=now), role__in=known)


def _known() -> list[str]:
    return [code for code, role in rules.ROLES.items() if settings.NETWORK in role.networks]


ROLES_OF: Prepared[tuple[int, str, int]] = Prepared(
    lambda people, now, today, known: (
        _grants(now, known)
        .filter(in_force("post__holdings__", today), post__holdings__person__in=people)
        .values_list("post__holdings__person", "role", "post__organ")
        .order_by()
    )
)


def _rows(people: Iterable[Person]) -> dict[int, dict[str, set[int]]]:
    """Person → role → organs in which a post gives it, whether or not the roles may go together."""
    found: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for key, role, organ in ROLES_OF([person.pk for person in people], clock.now(), clock.today(), _known()):
        found[key][role].add(organ)
    return found


def _held(people: Iterable[Person]) -> dict[int, dict[str, set[int]]]:
    """The same without roles that exclude each other."""
    return {key: {role: held[role] for role in rules.effective(held)} for key, held in _rows(people).items()}


def _held_by(person: Person) -> dict[str, set[int]]:
    """The same for one person, asked once in an action."""
    return once(("roles", person.pk), lambda: _held([person]).get(person.pk, {}))


def granted(person: Person) -> frozenset[str]:
    """All roles that the person's posts were given, also those that lapse because they exclude each other."""
    return frozenset(_rows([person]).get(person.pk, ()))


def granted_to(post: Post) -> frozenset[str]:
    """The roles that a post was given."""
    return frozenset(grants().filter(post=post).values_list("role", flat=True).order_by())


def roles(person: Person | None) -> frozenset[str]:
    """The roles that the person's present posts give him."""
    return frozenset(_held_by(person)) if person else frozenset()


def roles_by_organ(person: Person) -> dict[str, frozenset[int]]:
    """Role → keys of the organs in which he has it; one query for whoever asks about many."""
    return {role: frozenset(organs) for role, organs in _held_by(person).items()}


def holds(person: Person | None, role: str, organ: Organ | str | None = None) -> bool:
    """Whether a present post gives the person this role, in this organ when one is named."""
    if not person:
        return False
    organs = _held_by(person).get(role, set())
    if isinstance(organ, str):
        return Organ.objects.filter(pk__in=organs, code=organ).exists()
    return bool(organs) if organ is None else organ.pk in organs


def people_with(role: str, organ: Organ | str | None = None) -> list[Person]:
    """Everybody who has this role today, in the order of the posts."""
    found = grants().filter(in_force("post__holdings__"), role=role)
    if organ is not None:
        found = found.filter(post__organ__code=organ) if isinstance(organ, str) else found.filter(post__organ=organ)
    keys = list(dict.fromkeys(found.order_by("post__order", "post__code").values_list("post__holdings__person", flat=True)))
    people = Person.objects.in_bulk(keys)
    held = _held(people.values())
    return [people[key] for key in keys if role in held.get(key, {})]


def account_of(person: Person) -> Account | None:
    return Account.objects.filter(person=person).first()


def key_of(account: Account) -> PersonalKey | None:
    """The account's valid personal key."""
    return PersonalKey.objects.filter(account=account, state=PersonalKey.ACTIVE).first()


def device_of(account: Account) -> TOTPDevice | None:
    """The code generator that the account has bound."""
    return TOTPDevice.objects.filter(user=account, confirmed=True).first()


def accounts(words: str = "", state: str = "") -> QuerySet[Account]:
    """The account list of the administrators."""
    found = Account.objects.select_related("person")
    if words:
        found = found.filter(Q(username__icontains=words) | Q(person__name__icontains=words) | Q(person__code=words))
    match state:
        case "pending":
            return found.filter(is_active=False, disabled_at__isnull=True)
        case "active":
            return found.filter(is_active=True)
        case "disabled":
            return found.filter(disabled_at__isnull=False)
    return found


def pending() -> QuerySet[Account]:
    """Accounts that wait for the security administrator."""
    return accounts(state="pending").order_by("created_at")


def motions() -> QuerySet[Motion]:
    """What waits for a second administrator's consent."""
    return Motion.objects.filter(state=Motion.OPEN).select_related("account__person", "grant__post__organ", "asked_by")


def without_account(words: str) -> QuerySet[Person]:
    """People for whom the system administrator can still make an account."""
    return Person.objects.filter(Q(name__icontains=words) | Q(code=words), account__isnull=True).order_by("code")


def posts_with_roles(person: Person) -> list[tuple[Post, list[rules.Role]]]:
    """The person's present posts and what each gives."""
    posts = person.posts
    given: dict[int, list[rules.Role]] = defaultdict(list)
    for post, role in grants().filter(post__in=posts).values_list("post", "role").order_by():
        given[post].append(rules.ROLES[role])
    return [(post, given[post.pk]) for post in posts]


def posts_of(organ: Organ) -> QuerySet[Post]:
    """The organ's posts with those who hold them."""
    return organ.posts.filter(until__isnull=True).select_related("unit").prefetch_related("holdings__person")


def grant_list(words: str = "") -> QuerySet[Grant]:
    """Which post has which role, for the security administrator."""
    found = grants().select_related("post__organ").order_by("post__organ__order", "post__order", "role")
    if words:
        by_word = Q(post__title__icontains=words) | Q(post__code=words) | Q(post__organ__name__icontains=words) | Q(role=words)
        found = found.filter(by_word | Q(post__holdings__person__name=words)).distinct()
    return found
