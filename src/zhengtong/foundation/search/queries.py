"""Finding among everything that a person may see, in the text too."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import connection, models
from django.db.models import BooleanField, Case, Max, Min, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from zhengtong.foundation.orgs.models import Person

from . import rules
from .models import Row
from .sources import sources

SNIPPET = 110
HOLDING = {
    "sqlite": "SELECT rowid FROM search_tokens WHERE search_tokens MATCH %s",
    "postgresql": "SELECT id FROM search_row WHERE string_to_array(tokens, ' ') @> string_to_array(%s, ' ')",
}


@dataclass(frozen=True)
class Hit:
    """One paper that was found, as it is shown."""

    kind: str
    label: str
    href: str
    title: list[tuple[str, bool]]
    snippet: list[tuple[str, bool]]
    about: str
    on: object


def seen(person: Person) -> QuerySet[Row]:
    """Every row whose paper this person may see: each room decides for its own, inside the query."""
    allowed = [Q(kind=kind, key__in=source.visible(person).order_by().values("pk")) for kind, source in sources().items()]
    return Row.objects.filter(reduce(or_, allowed)) if allowed else Row.objects.none()


def find(person: Person, query: str, kind: str = "", year: int | None = None) -> QuerySet[Row]:
    """The rows that hold every word of the query; those with the words in the title first, then the newest."""
    wanted = rules.words(query)
    if not wanted:
        return Row.objects.none()
    found = seen(person)
    for word in wanted:
        held = (" AND " if connection.vendor == "sqlite" else " ").join(rules.needed(word))
        found = found.filter(pk__in=RawSQL(HOLDING[connection.vendor], [held]))  # noqa: S611  the statement is ours, the value a parameter
        found = found.filter(Q(title__contains=word) | Q(text__contains=word))
    if kind:
        found = found.filter(kind=kind)
    if year:
        found = found.filter(on__year=year)
    titled = Q(*(Q(title__contains=word) for word in wanted))
    in_title = Case(When(titled, then=Value(True)), default=Value(False), output_field=BooleanField())
    return found.annotate(in_title=in_title).order_by("-in_title", "-on", "-id").defer("tokens", "text")


def years(person: Person) -> list[int]:
    """The years of all that this person may see, the newest first."""
    span = seen(person).aggregate(first=Min("on"), last=Max("on"))
    return list(range(span["last"].year, span["first"].year - 1, -1)) if span["last"] else []


def shown(person: Person, rows: Sequence[Row], query: str) -> list[Hit]:
    """The rows of one page with what is read of them; what has become invisible meanwhile is left out."""
    wanted = rules.words(query)
    papers: dict[tuple[str, int], models.Model] = {}
    for kind, source in sources().items():
        keys = [row.key for row in rows if row.kind == kind]
        papers |= {(kind, paper.pk): paper for paper in source.visible(person).filter(pk__in=keys)} if keys else {}
    hits = []
    for row in rows:
        if paper := papers.get((row.kind, row.key)):
            source = sources()[row.kind]
            read = source.read(paper)
            snippet = rules.pieces(" ".join(read.text.split()), wanted, SNIPPET)
            href = source.href(paper, person)
            hits.append(Hit(row.kind, str(source.label), href, rules.pieces(read.title, wanted), snippet, read.about, row.on))
    return hits
