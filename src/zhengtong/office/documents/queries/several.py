"""Which papers of a to-do list may be signed together, and why the others not; for the whole list in the same four queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.slips.models import Line, Look
from zhengtong.office.documents.models import Consultation, Document, Reservation
from zhengtong.office.documents.rules import kinds, several, way


@dataclass(frozen=True, slots=True)
class Box:
    """The box beside a paper that waits for a signature; with a bar it can't be ticked."""

    bar: several.Bar | None


def boxes(person: Person, waiting: Sequence[tuple[Line, Document]]) -> dict[int, Box]:
    """By line: the box of each paper that waits for this person's signature."""
    rows = [(line, document) for line, document in waiting if line.stage == "sign"]
    if not rows:
        return {}
    slips = [line.slip_id for line, _document in rows]
    looked = dict(Look.objects.filter(person=person, slip__in=slips).values_list("slip", "digest"))
    open_ = Q(answer="disagree", settled_by__isnull=True)
    against = set(Consultation.objects.filter(open_, document__in=[d for _line, d in rows]).values_list("document__slip", flat=True))
    against |= set(Line.objects.filter(slip__in=slips, stage=way.ADVISE, decision="disagree").values_list("slip", flat=True))
    kept = set(Reservation.objects.filter(document__in=[d for _line, d in rows]).values_list("document", flat=True))
    return {
        line.pk: Box(several.bar(_standing(document, line.slip_id in against, document.pk in kept, looked.get(line.slip_id, ""))))
        for line, document in rows
    }


def _standing(document: Document, disagreement: bool, reserved: bool, seen: str) -> several.Standing:
    return several.Standing(
        secret=bool(document.secrecy),
        upward=kinds.upward(document.kind),
        important=document.important,
        disagreement=disagreement,
        reserved=reserved,
        seen=seen,
        digest=document.content_digest,
    )
