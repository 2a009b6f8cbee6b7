"""The register as an organ's secretary sees it. A paper that its reader may not know has no title here either (design §3b.2)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.foundation.orgs.queries import in_force
from zhengtong.office.dispatch import queries as dispatches
from zhengtong.office.documents import queries as documents
from zhengtong.office.incoming import queries as incoming

from .models import Ending, Print
from .rules import Fate, Thing


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as one person may know it: its title, its number, where it lies and what is printed of it."""

    title: str
    number: str
    page: str
    pdf: str


def _documents(person: Person, codes: Collection[str], pdf: str, printed: bool) -> dict[str, Paper]:
    found = documents.visible(person).filter(code__in=codes)
    found = found.filter(pdf__isnull=False) if printed else found
    return {d.code: Paper(d.title, d.number, reverse("documents:page", args=[d.code]), reverse(pdf, args=[d.code])) for d in found}


def _copies(person: Person, keys: Collection[str]) -> dict[str, Paper]:
    found = dispatches.received(person).filter(pk__in=[key for key in keys if key.isdecimal()])
    return {
        str(r.pk): Paper(
            r.dispatch.title, r.dispatch.number, reverse("dispatch:copy", args=[r.pk]), reverse("dispatch:copy_pdf", args=[r.pk])
        )
        for r in found
    }


def _incoming(person: Person, codes: Collection[str]) -> dict[str, Paper]:
    found = incoming.visible(person).filter(code__in=codes)
    return {
        p.code: Paper(p.title, p.number, reverse("incoming:page", args=[p.code]), reverse("incoming:handling_pdf", args=[p.code]))
        for p in found
    }


_SOURCES: dict[str, Callable[[Person, Collection[str]], dict[str, Paper]]] = {
    Thing.PAGE.value: lambda person, codes: _documents(person, codes, "documents:pdf", True),
    Thing.SHEET.value: lambda person, codes: _documents(person, codes, "documents:sheet_pdf", False),
    Thing.COPY.value: _copies,
    Thing.INCOMING.value: _incoming,
}


def named(person: Person, thing: str, papers: Collection[str]) -> Mapping[str, Paper]:
    """Of these papers those that the person may see."""
    source = _SOURCES.get(thing)
    return source(person, papers) if source and papers else {}


def kept_by(person: Person) -> QuerySet[Print]:
    """What was printed in the organs whose secretary this person is."""
    return Print.objects.filter(organ__in=accounts.roles_by_organ(person).get("secretary", ())).select_related("organ", "by")


def with_left(found: QuerySet[Print]) -> QuerySet[Print]:
    """The same with `ended`, the copies accounted for, and `out`, those still in somebody's hands."""
    ended = Ending.objects.filter(printed=OuterRef("pk")).order_by().values("printed").annotate(n=Sum("copies")).values("n")
    return found.annotate(ended=Coalesce(Subquery(ended), 0), out=F("copies") - Coalesce(Subquery(ended), 0))


def left(printed: Print) -> int:
    """Copies that nobody has accounted for."""
    return printed.copies - (printed.endings.aggregate(n=Sum("copies"))["n"] or 0)


def listed(person: Person, words: str = "", *, out: bool = False) -> QuerySet[Print]:
    """The register, newest first; `words` in receiver, reason or printer; `out`: only what is still in somebody's hands."""
    found = with_left(kept_by(person))
    for word in words.split():
        found = found.filter(Q(receiver__icontains=word) | Q(reason__icontains=word) | Q(by__name__icontains=word))
    return found.filter(out__gt=0) if out else found  # type: ignore[misc]  # annotated above


def titles(person: Person, prints: Iterable[Print]) -> dict[int, Paper]:
    """By print: the paper as this person may know it; one that he may not know is missing."""
    rows = list(prints)
    found: dict[int, Paper] = {}
    for thing in {row.thing for row in rows}:
        known = named(person, thing, {row.paper for row in rows if row.thing == thing})
        found |= {row.pk: known[row.paper] for row in rows if row.thing == thing and row.paper in known}
    return found


def figures(person: Person) -> list[dict[str, object]]:
    """By organ: acts, copies, returned, destroyed and still out."""
    rows = []
    for organ in Organ.objects.filter(pk__in=kept_by(person).order_by().values("organ")).order_by("order", "code"):
        printed = Print.objects.filter(organ=organ)
        copies = printed.aggregate(n=Sum("copies"))["n"] or 0
        ended = dict(Ending.objects.filter(printed__organ=organ).order_by().values_list("fate").annotate(n=Sum("copies")))
        back, gone = ended.get(Fate.RETURNED.value, 0), ended.get(Fate.DESTROYED.value, 0)
        rows.append({"organ": organ, "acts": printed.count(), "copies": copies, "back": back, "gone": gone, "out": copies - back - gone})
    return rows


def witnesses(person: Person, organ: Organ) -> QuerySet[Person]:
    """Who may be there when copies are destroyed: colleagues of the same organ."""
    return (
        Person.objects.filter(in_force("holdings__"), holdings__main=True, holdings__post__organ=organ)
        .exclude(pk=person.pk)
        .distinct()
        .order_by("code")
    )
