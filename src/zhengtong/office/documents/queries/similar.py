"""Earlier documents like the one being written: by the two-character pieces that their titles share. A hint, no judgement."""

from dataclasses import dataclass

from django.db.models import Prefetch

from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.office.documents.models import Document, Recipient
from zhengtong.office.documents.rules import desk

from .sight import visible

LOOKED_AT = 600  # newest documents of the organ
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Like:
    """An earlier document, to whom it went, and whether it may be the same matter once more."""

    document: Document
    recipients: str
    cc: str
    double: bool


def similar(person: Person, organ: Organ, title: str, but: str = "") -> list[Like]:
    """The earlier documents of the organ that this person may see, most alike first."""
    wanted = desk.pieces(title, organ.name)
    if not wanted:
        return []
    rows = visible(person).filter(organ=organ).exclude(code=but).order_by("-changed_at")
    scored = []
    for code, other, number in rows.values_list("code", "title", "number")[:LOOKED_AT]:
        score = desk.likeness(wanted, desk.pieces(other, organ.name))
        if score >= desk.ALIKE:
            scored.append((score, code, bool(number) and score >= desk.DOUBLE))
    best = {code: double for _score, code, double in sorted(scored, reverse=True)[:SHOWN]}
    found = Document.objects.filter(code__in=best).prefetch_related(Prefetch("recipients", Recipient.objects.order_by("cc", "order")))
    by_code = {document.code: document for document in found}
    return [_like(by_code[code], double) for code, double in best.items()]


def _like(document: Document, double: bool) -> Like:
    to = list(document.recipients.all())
    mains, copied = ("、".join(dict.fromkeys(r.name for r in to if r.cc is cc)) for cc in (False, True))
    return Like(document, mains, copied, double)
