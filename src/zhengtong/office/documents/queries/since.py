"""What changed since a person last looked at a paper; for a whole list in the same few queries as for one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from zhengtong.foundation import clock
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.prepared import Prepared
from zhengtong.foundation.slips.models import Line, Look
from zhengtong.foundation.slips.rules import LineState
from zhengtong.office.documents.models import Document, Revision, Step
from zhengtong.office.documents.rules import since as rules
from zhengtong.office.documents.rules import traces


class Settled(NamedTuple):
    """A settled line, as lists tell of it: of which slip, who did what and when."""

    slip: int
    by: int | None
    who: str | None
    at: datetime
    stage: str
    label: str
    decision: str
    state: str


_SETTLED: Prepared[tuple[int, int, str, datetime | None, str, str, str, str]] = Prepared(
    lambda slips: (
        Line.objects.filter(slip__in=slips, done_at__isnull=False)
        .order_by("done_at")
        .values_list("slip", "done_by", "done_by__name", "done_at", "stage", "label", "decision", "state")
    )
)


def settled(slips: Sequence[int]) -> list[Settled]:
    """Everything that was settled on these slips, in its order."""
    return [Settled(slip, by, who, at, *rest) for slip, by, who, at, *rest in _SETTLED(slips) if at]


def looked(person: Person, document: Document) -> Look | None:
    """The person's own last look; a deputy's look is not his principal's."""
    return Look.objects.filter(person=person, slip=document.slip_id).first() if document.slip_id else None


def news(person: Person, seen: Mapping[int, datetime], done: Sequence[Settled], documents: Iterable[Document]) -> dict[int, rules.News]:
    """By slip: what is new to this person since the moment at which he saw it. `done`: the settled lines of these slips."""
    own = [d for d in documents if d.slip_id in seen]
    versions = _versions(own, seen)
    edits = _edits(person, [d for d in own if d.version > versions.get(d.pk, d.version)], versions)
    deeds: dict[int, list[rules.Deed]] = {}
    for line in done:
        at = seen.get(line.slip)
        if at and line.at > at and line.who and line.by != person.pk:
            returned = line.state == LineState.RETURNED.value
            deeds.setdefault(line.slip, []).append(rules.Deed(line.who, line.stage, line.label, line.decision, returned))
    keys = {d.slip_id: d.pk for d in own}
    found = {}
    for slip, at in seen.items():
        key = keys.get(slip, 0)
        found[slip] = rules.News(at, tuple(edits.get(key, {}).items()), tuple(deeds.get(slip, ())), versions.get(key, 0))
    return found


def news_since(person: Person, document: Document, at: datetime) -> rules.News:
    """What is new about one paper since a moment."""
    slip = document.slip_id or 0
    return news(person, {slip: at}, settled([slip]), [document])[slip]


def last_seen(person: Person, document: Document) -> datetime | None:
    """When this person last had the paper before him: his look, else what he last did to it."""
    look = looked(person, document)
    if look:
        return look.at
    done = Line.objects.filter(slip=document.slip_id, done_by=person, done_at__isnull=False)
    return done.order_by("-done_at").values_list("done_at", flat=True).first()


def sitting_since(person: Person, document: Document) -> datetime | None:
    """From when on a person who opens the paper now is shown what changed: since his last look, or since the one before this sitting."""
    before = last_seen(person, document)
    if before is None or news_since(person, document, before):
        return before
    look = looked(person, document)
    return look.since if look and clock.now() - look.at < rules.SITTING else None


def marked_since(document: Document, version: int) -> tuple[list[traces.Step], traces.Draft]:
    """The history, and the draft with exactly what changed after a version marked."""
    history = [traces.Step(row.op, row.hand, row.at, row.version) for row in document.steps.order_by("seq")]
    return history, traces.marked(history, version)


def _versions(documents: Sequence[Document], seen: Mapping[int, datetime]) -> dict[int, int]:
    """The version of each document that stood when it was seen."""
    if not documents:
        return {}
    first = min(seen[d.slip_id] for d in documents if d.slip_id)
    slips = {d.pk: d.slip_id for d in documents}
    found = {d.pk: d.version for d in documents}
    later = Revision.objects.filter(document__in=documents, at__gt=first).order_by("-version")
    for pk, version, at in later.values_list("document", "version", "at"):
        if at > seen[slips[pk] or 0]:
            found[pk] = version - 1
    return found


def _edits(person: Person, documents: Sequence[Document], versions: Mapping[int, int]) -> dict[int, dict[str, int]]:
    """How many places each other hand changed in these documents after the version that was seen."""
    found: dict[int, dict[str, int]] = {}
    if not documents:
        return found
    rows = Step.objects.filter(document__in=documents, version__gt=min(versions[d.pk] for d in documents)).exclude(by=person)
    counted = rows.order_by("document", "version").values("document", "version", "hand").annotate(n=Count("pk"))
    for pk, version, hand, n in counted.values_list("document", "version", "hand", "n"):
        if version > versions[pk]:
            hands = found.setdefault(pk, {})
            hands[hand] = hands.get(hand, 0) + n
    return found
