"""What is pre-filed, what is filed, who sees it, whether an item is whole, and what is proposed for it."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.files.queries import is_whole
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.office.archive import rules
from zhengtong.office.archive.models import NUMBERED, Fonds, Item, Member, Part, Plan
from zhengtong.office.archive.rules import retention

from .reading import unclassified


def kept_by(person: Person) -> QuerySet[Organ]:
    """The organs whose records this archivist keeps: his own, and those of the same fonds."""
    own = accounts.roles_by_organ(person).get("archivist", frozenset())
    shared = Member.objects.filter(fonds__members__organ__in=own).values("organ")
    return Organ.objects.filter(Q(pk__in=own) | Q(pk__in=shared))


def visible(person: Person) -> QuerySet[Item]:
    """The items that this archivist keeps; a classified one only within its scope and with clearance (design §3b.2)."""
    kept = kept_by(person)
    ours = Q(organ__in=kept) | Q(fonds__in=Member.objects.filter(organ__in=kept).values("fonds"))
    return Item.objects.filter(unclassified(person), ours).select_related("organ", "fonds", "klass", "filed_by")


def prefiled(person: Person) -> QuerySet[Item]:
    """What waits for the archivist's confirmation, in the order in which it will be numbered."""
    return visible(person).filter(state=rules.State.PREFILED.value)


def filed(person: Person, words: str = "", year: int | None = None, period: str = "") -> QuerySet[Item]:
    """What is filed, by archival number; the entries of what was destroyed stay."""
    found = visible(person).filter(state__in=NUMBERED).order_by("archive_number")
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(number__icontains=word) | Q(archive_number__icontains=word))
    if year:
        found = found.filter(year=year)
    return found.filter(period=period) if period else found


def fonds_of(organ: Organ) -> Fonds | None:
    return Fonds.objects.filter(members__organ=organ).prefetch_related("classes").first()


def fonds_kept(person: Person) -> QuerySet[Fonds]:
    return Fonds.objects.filter(members__organ__in=kept_by(person)).prefetch_related("classes", "members__organ").distinct()


def without_fonds(person: Person) -> QuerySet[Organ]:
    """Organs that this archivist keeps and that have no fonds number yet."""
    return kept_by(person).exclude(pk__in=Member.objects.values("organ"))


def of_document(document: str) -> Item | None:
    """The item of a document, for the document's own page."""
    return Item.objects.filter(document=document).first()


def parts(item: Item) -> list[Part]:
    return list(item.parts.select_related("file"))


def parts_of(items: Iterable[Item]) -> dict[int, list[Part]]:
    """The parts of many items in one reading."""
    found: dict[int, list[Part]] = {item.pk: [] for item in items}
    for part in Part.objects.filter(item__in=found).select_related("file").order_by("item", "order", "id"):
        found[part.item_id].append(part)
    return found


def faults(item: Item, have: Sequence[Part] | None = None) -> list[str]:
    """What is wrong with an item: parts that are missing or no longer what was kept (DA/T 70-2018 GD-1-1, GD-2-7).

    The sentences are marked for translation where they are shown.
    """
    have = parts(item) if have is None else have
    found = rules.missing_parts((part.role for part in have), item.way)
    found += [part.name for part in have if not is_whole(part.file)]
    if rules.digest([(part.role, part.name, part.file.sm3) for part in have]) != item.digest:
        found.append("固化摘要")
    return found


def plans(fonds: Iterable[int]) -> dict[int, list[retention.ClassRule]]:
    """The plan of each of these fonds (分类方案)."""
    found: dict[int, list[retention.ClassRule]] = {}
    for row in Plan.objects.filter(klass__fonds__in=fonds).select_related("klass"):
        found.setdefault(row.klass.fonds_id, []).append(retention.ClassRule(row.by, row.value, row.klass.code, row.source))
    return found


def plan_rows(fonds: Fonds) -> list[Plan]:
    """The rows of one fonds' plan, as they are asked."""
    return list(Plan.objects.filter(klass__fonds=fonds).select_related("klass"))


def traits(item: Item) -> retention.Traits:
    """What of an item the plan looks at."""
    return retention.Traits(item.unit, item.maker, item.kind_name, item.title, rules.WAYS[rules.Way(item.way)])


def proposed_classes(items: Iterable[Item]) -> dict[int, retention.ClassRule]:
    """By which row of its fonds' plan each item's class is proposed; what no row fits is left to the archivist."""
    items = list(items)
    homes = {item.organ_id: item.fonds_id for item in items if item.fonds_id}
    homes |= dict(Member.objects.filter(organ__in={i.organ_id for i in items if not i.fonds_id}).values_list("organ", "fonds"))
    plan = plans({home for home in homes.values() if home})
    found = {item.pk: retention.klass(plan.get(homes.get(item.organ_id) or 0, ()), traits(item)) for item in items}
    return {pk: row for pk, row in found.items() if row}
