"""What is pre-filed, what is filed, whether an item is whole, and the balance sheet."""

from collections import defaultdict

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.files.queries import is_whole
from zhengtong.foundation.numbers.models import Series
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.office.documents import queries as documents
from zhengtong.office.documents.rules.secrecy import LEVELS, cleared

from . import rules
from .models import Fonds, Item, Member, Part, Reader


def kept_by(person: Person) -> QuerySet[Organ]:
    """The organs whose records this archivist keeps: his own, and those of the same fonds."""
    own = accounts.roles_by_organ(person).get("archivist", frozenset())
    shared = Member.objects.filter(fonds__members__organ__in=own).values("organ")
    return Organ.objects.filter(Q(pk__in=own) | Q(pk__in=shared))


def visible(person: Person) -> QuerySet[Item]:
    """The items that this archivist keeps; a classified one only within its scope and with clearance (design §3b.2)."""
    known = Q(secrecy="")
    if settings.CLASSIFIED:
        levels = [level for level in LEVELS if level and cleared(documents.clearance(person), level)]
        known |= Q(secrecy__in=levels) & Q(Exists(Reader.objects.filter(item=OuterRef("pk"), person=person)))
    return Item.objects.filter(known, organ__in=kept_by(person)).select_related("organ", "fonds", "klass", "filed_by")


def prefiled(person: Person) -> QuerySet[Item]:
    """What waits for the archivist's confirmation, in the order in which it will be numbered."""
    return visible(person).filter(state=rules.State.PREFILED.value)


def filed(person: Person, words: str = "", year: int | None = None, period: str = "") -> QuerySet[Item]:
    """What is filed, by archival number."""
    found = visible(person).filter(state=rules.State.FILED.value).order_by("archive_number")
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


def faults(item: Item) -> list[str]:
    """What is wrong with an item: parts that are missing or no longer what was pre-filed (DA/T 70-2018 GD-1-1, GD-2-7).

    The sentences are marked for translation where they are shown.
    """
    have = parts(item)
    found = rules.missing_parts(part.role for part in have)
    found += [part.name for part in have if not is_whole(part.file)]
    if rules.digest([(part.role, part.name, part.file.sm3) for part in have]) != item.digest:
        found.append("固化摘要")
    return found


def years(person: Person) -> list[int]:
    """Years of which anything was registered or filed."""
    organs = list(kept_by(person))
    numbered = Series.objects.filter(organ__in=[organ.code for organ in organs]).values_list("year", flat=True)
    return sorted({*numbered, *Item.objects.filter(organ__in=organs).values_list("series_year", flat=True)}, reverse=True)


def balance(person: Person, year: int) -> list[rules.Balance]:
    """Registered against filed for every numbering series of the year. Serials come from the numbers room, so that
    a document which never reached the archive is missed too."""
    return balance_of(kept_by(person), year)


def balance_of(organs: QuerySet[Organ], year: int) -> list[rules.Balance]:
    """The balance of these organs, without title or person, for whoever runs the network."""
    rows = []
    for organ in organs:
        states: dict[str, dict[int, str]] = defaultdict(dict)
        for series, serial, state in Item.objects.filter(organ=organ, series_year=year).values_list("series", "serial", "state"):
            states[series][serial] = state
        numbered = dict(Series.objects.filter(organ=organ.code, year=year).values_list("series", "last"))
        own = {name: last for name, last in numbered.items() if organ.letters and name.startswith(organ.letters)}
        for series in sorted({*own, *states}):
            rows.append(rules.balance(organ.name, series, own.get(series, max(states[series], default=0)), states[series]))
    return rows
