"""What the directory, the register and the work tell the rule book about a document; the text alone does not say it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zhengtong.foundation import clock
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import FormerName, Organ, Person
from zhengtong.foundation.orgs.rules import LEADING, Rank, RelationKind
from zhengtong.office.documents.models import Document, here
from zhengtong.office.documents.rules import kinds, secrecy
from zhengtong.papers.lint.rules.context import Context
from zhengtong.papers.typeset import paper as papers

from . import joint
from .cited import cited
from .groups import members

PUBLICATION = {secrecy.Publication.WITHHELD.value: "none"}


def context(
    page: papers.Paper, kind: str, organ: Organ | None, person: Person | None, text: str, document: Document | None = None
) -> Context:
    """The facts about a page as `person` knows them: what he may not see is not known."""
    names = (*page.recipients, *page.cc)
    known = _named(names, person)
    facts = Context(kind=kind or None, format=page.form.value, state="draft", issuer_kind=standing(organ), channel=here())
    if organ is not None:
        facts = replace(
            facts,
            letters=tuple(dict.fromkeys(kinds.series(organ.letters, each) for each in kinds.KINDS)) if organ.letters else None,
            relations={name: str(orgs.relation(organ, receiver)) for name, receiver in known.items()},
            skipped=_skipped(organ, known, names),
            superiors=_superiors(organ, names),
            organs=(*known, organ.name, organ.short_name, *(one.name for one in page.joint)),
            former=_former((*names, page.signature)),
            issued=_issued(organ),
        )
    if person is not None:
        ended = {(one.number or one.title): one.by for one in cited(person, text, page.number).found if one.ended}
        facts = replace(facts, repealed=ended)
    return _decided(facts, document) if document else facts


def _decided(facts: Context, document: Document) -> Context:
    """What was decided about a document so far."""
    asked = {c.organ.name: "settled" if c.settled_by_id else c.answer for c in document.consultations.select_related("organ")}
    post = document.signed_by.main_post if document.signed_by else None
    return replace(
        facts,
        state=document.state,
        signings=joint.signings(document) or None,
        seals=joint.seals(document) or None,
        consulted=asked or None,
        important=document.important,
        publication=PUBLICATION.get(document.publication, document.publication),
        publication_reason=document.publication_reason,
        signer_rank=("principal" if post.rank == Rank.PRINCIPAL else "deputy") if post else None,
    )


def standing(organ: Organ | None) -> str | None:
    """A department is bound by 第十六条（二）; its government's own office is not."""
    if organ is None or organ.name.endswith(("办公室", "办公厅")):
        return None
    return "government" if organ.kind in LEADING else str(organ.kind)


def _named(names: Sequence[str], person: Person | None) -> dict[str, Organ]:
    """The organ behind each name; a collective name stands as its first organ does."""
    found = {name: next(iter(members(person, name)), None) or orgs.organ_named(name) for name in dict.fromkeys(names)}
    return {name: organ for name, organ in found.items() if organ is not None}


def _as_written(organ: Organ, names: Sequence[str]) -> str:
    """The name under which an organ stands on the page; its full name where it does not."""
    return organ.short_name if organ.short_name in names else organ.name


def _skipped(organ: Organ, known: Mapping[str, Organ], names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each superior that the document goes to, the superiors that are passed over (第十四条)."""
    line = orgs.ancestors(organ)
    return {
        name: tuple(_as_written(passed, names) for passed in line[: line.index(receiver)])
        for name, receiver in known.items()
        if receiver in line
    }


def _superiors(organ: Organ, names: Sequence[str]) -> tuple[str, ...] | None:
    """All organs that lead one which is led twice (第十五条（六）)."""
    also = [r.subject for r in orgs.relations(organ) if r.kind == RelationKind.DUAL and r.object_id == organ.pk]
    every = list(dict.fromkeys([*([organ.parent] if organ.parent else []), *also]))
    return tuple(_as_written(one, names) for one in every) if len(every) > 1 else None


def _former(names: Sequence[str]) -> dict[str, str]:
    """Names on the page that organs no longer bear."""
    rows = FormerName.objects.filter(name__in=names, until__lt=clock.today()).select_related("organ", "successor")
    return {row.name: (row.successor or row.organ).name for row in rows if orgs.organ_named(row.name) is None}


def _issued(organ: Organ) -> tuple[int, int] | None:
    """How many documents the organ issued this year and last year; nothing before it has had a whole year here."""
    year = clock.today().year
    last, this = (Document.objects.filter(organ=organ, number_year=each).count() for each in (year - 1, year))
    return (this, last) if last else None
