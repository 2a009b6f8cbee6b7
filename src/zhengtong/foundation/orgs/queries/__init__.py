"""Lists of the directory: who exists, who stands above whom, who holds which post."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import actor_of
from zhengtong.foundation.orgs import rules
from zhengtong.foundation.orgs.models import Change, FormerName, Holding, Organ, Person, Post, Relation, Unit
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from .days import in_force, standing
from .whole import public_directory, snapshot

__all__ = ["in_force", "public_directory", "snapshot", "standing"]  # named here for other rooms


def organs() -> QuerySet[Organ]:
    """Every organ that exists today."""
    return Organ.objects.filter(in_force()).select_related("parent")


def organ(code: str) -> Organ:
    """The organ with this permanent code."""
    found = Organ.objects.select_related("parent").filter(code=code).first()
    if not found:
        raise Refused(_("没有机构代码%(code)s"), code=code)
    return found


def organ_named(name: str) -> Organ | None:
    """The organ of this full or short name, None when there is none or more than one."""
    found = list(organs().filter(Q(name=name) | Q(short_name=name))[:2])
    return found[0] if len(found) == 1 else None


def former_names() -> dict[str, str]:
    """Each name that an organ bore → the name of that organ, or of who took its duties over, today."""
    rows = FormerName.objects.filter(until__lt=clock.today()).select_related("organ", "successor")
    found = {row.name: (row.successor or row.organ).name for row in rows}
    return {old: new for old, new in found.items() if old != new and not new.startswith(old)}


def person(code: str) -> Person:
    """The person with this permanent code."""
    found = Person.objects.filter(code=code).first()
    if not found:
        raise Refused(_("没有人员代码%(code)s"), code=code)
    return found


def of_kind(kind: rules.Kind) -> QuerySet[Organ]:
    return organs().filter(kind=kind.value)


def leading() -> QuerySet[Organ]:
    """The leading organs of the county (县委、人大、政府、政协、法院、检察院)."""
    return organs().filter(kind__in=[k.value for k in rules.LEADING], level=rules.Level.COUNTY.value)


def departments() -> QuerySet[Organ]:
    return of_kind(rules.Kind.DEPARTMENT)


def townships() -> QuerySet[Organ]:
    return of_kind(rules.Kind.TOWNSHIP)


def points() -> QuerySet[Organ]:
    return of_kind(rules.Kind.POINT)


def subordinates(above: Organ) -> QuerySet[Organ]:
    """Organs directly below, by subordination."""
    return organs().filter(Q(parent=above) | Q(relations_up__in=_down(above, rules.RelationKind.SUBORDINATION))).distinct()


def _down(above: Organ, *kinds: rules.RelationKind) -> QuerySet[Relation]:
    return Relation.objects.filter(in_force(), subject=above, kind__in=[k.value for k in kinds])


def guided(above: Organ) -> QuerySet[Organ]:
    """Organs that this one guides in its field, without commanding them."""
    return organs().filter(relations_up__in=_down(above, rules.RelationKind.GUIDANCE)).distinct()


def ancestors(below: Organ) -> list[Organ]:
    """The line of superiors, nearest first."""
    line: list[Organ] = []
    above = below.parent
    while above and above not in line:
        line.append(above)
        above = above.parent
    return line


def system(member: Organ) -> Organ:
    """The leading organ whose system (tenant) the organ belongs to (design §3b.5); the topmost one otherwise."""
    line = [member, *ancestors(member)]
    return next((o for o in line if o.kind in rules.LEADING), line[-1])


def relation(a: Organ, b: Organ) -> rules.Direction:
    """How `b` stands to `a`: UP when `b` is a superior of `a`, DOWN when a subordinate, PEER on the same level."""
    if a.pk == b.pk:
        return rules.Direction.NONE
    if b in ancestors(a):
        return rules.Direction.UP
    if a in ancestors(b):
        return rules.Direction.DOWN
    between = Relation.objects.filter(in_force()).filter(Q(subject=a, object=b) | Q(subject=b, object=a))
    kinds = {(row.kind, row.subject_id == b.pk) for row in between}
    for kind in (rules.RelationKind.SUBORDINATION, rules.RelationKind.DUAL):
        if (kind.value, True) in kinds:
            return rules.Direction.UP
        if (kind.value, False) in kinds:
            return rules.Direction.DOWN
    found = {kind for kind, _above in kinds}
    if rules.RelationKind.VERTICAL.value in found:
        return rules.Direction.VERTICAL
    if rules.RelationKind.GUIDANCE.value in found:
        return rules.Direction.GUIDANCE
    return rules.Direction.PEER if rules.rung(a.kind, a.level) == rules.rung(b.kind, b.level) else rules.Direction.NONE


def current(posts: Iterable[Post] | QuerySet[Post]) -> QuerySet[Holding]:
    """Who holds these posts today."""
    return (
        Holding.objects.filter(in_force(), post__in=posts)
        .select_related("person", "post__organ", "post__unit")
        .order_by("post__order", "id")
    )


def holders(post: Post) -> list[Person]:
    return [held.person for held in current([post])]


def members(of: Organ) -> QuerySet[Person]:
    """Everybody who holds a post in the organ today."""
    held = Holding.objects.filter(in_force(), post__organ=of).values("person")
    return Person.objects.filter(pk__in=held).prefetch_related("holdings__post__organ", "holdings__post__unit")


def leaders(of: Organ) -> list[Holding]:
    """The principal and deputy heads, the principal first."""
    return list(current(Post.objects.filter(organ=of, rank__in=[r.value for r in rules.PUBLIC_RANKS])))


def principal(of: Organ) -> Person | None:
    """The principal head of the organ."""
    first = current(Post.objects.filter(organ=of, rank=rules.Rank.PRINCIPAL.value)).first()
    return first.person if first else None


def office(of: Organ) -> Unit | None:
    """The organ's own office (办公室), which reviews and registers papers."""
    return Unit.objects.filter(standing(), organ=of, is_office=True).first()


def by_letters(letters: str) -> Organ | None:
    """The organ that writes under these letters (机关代字)."""
    return organs().filter(letters=letters).first() if letters else None


def group(name: str) -> list[Organ]:
    """The organs that a collective name means (各乡镇人民政府 …); empty when it is no such name."""
    found = rules.group(name)
    if not found:
        return []
    rows = organs().filter(kind=found.kind.value, name__endswith=found.suffix)
    if found.superior:
        rows = rows.filter(parent__kind=found.superior.value, parent__level=rules.Level.COUNTY.value)
    return list(rows)


def groups() -> list[str]:
    """The collective names that recipients may be written by."""
    return [row.name for row in rules.GROUPS]


def changes() -> QuerySet[Change]:
    """Changes of posts that wait for the security administrator."""
    return Change.objects.filter(state=Change.WAITING).select_related("person", "post__organ").order_by("post__organ__order", "id")


def acting_code(by: object) -> str:
    """The code by which the acting party is written down."""
    return actor_of(by).code


def search(words: str = "", kind: str = "", above: str = "") -> QuerySet[Organ]:
    """The organ list of the directory page."""
    found = Organ.objects.select_related("parent")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code=words.upper()) | Q(letters=words))
    if kind:
        found = found.filter(kind=kind)
    return found.filter(parent__code=above) if above else found


def search_people(words: str) -> QuerySet[Holding]:
    """Who holds what, found by name or code; every holding is a row, the main one first."""
    found = Holding.objects.filter(in_force()).select_related("person", "post__organ", "post__unit")
    if words:
        found = found.filter(Q(person__name__icontains=words) | Q(person__code=words.upper()))
    return found.order_by("person__code", "-main", "id")


def head_count(of: Iterable[Organ]) -> dict[int, int]:
    """How many people hold a main post in each of these organs."""
    rows = Holding.objects.filter(in_force(), post__organ__in=list(of), main=True).values_list("post__organ").annotate(n=Count("person"))
    return dict(rows.order_by())


def units(of: Organ) -> QuerySet[Unit]:
    """The internal units that exist today."""
    return Unit.objects.filter(standing(), organ=of)


def holdings(of: Organ, words: str = "") -> QuerySet[Holding]:
    """Who holds which post in the organ, in the order of the posts."""
    found = current(Post.objects.filter(organ=of))
    return found.filter(Q(person__name__icontains=words) | Q(post__title__icontains=words)) if words else found


def relations(of: Organ) -> QuerySet[Relation]:
    """Relations besides subordination that the organ stands in today."""
    return Relation.objects.filter(in_force()).filter(Q(subject=of) | Q(object=of)).select_related("subject", "object")


def count_changes() -> int:
    return Change.objects.filter(state=Change.WAITING).count()
