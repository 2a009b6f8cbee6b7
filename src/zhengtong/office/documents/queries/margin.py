"""What the rule book finds in a document, for the margin beside it and for those who review it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.orgs.rules import LEADING
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import body
from zhengtong.papers.lint.check import Finding, lint
from zhengtong.papers.lint.composed import OWN, elements
from zhengtong.papers.lint.rules.context import Context
from zhengtong.papers.typeset import paper as papers

from .page import FORMS, MARKS, paper

FIELDS = {
    "title": "title", "recipients": "recipients", "heading": "text", "para": "text", "table": "text", "attachment_note": "text",
    "cc": "cc", "urgency": "urgency", "secrecy": "secrecy_period", "note": "publication",
}  # fmt: skip
TONES = {"error": "red", "warning": "amber", "info": "plain"}


@dataclass(frozen=True, slots=True)
class Note:
    """One finding as the margin shows it, in the reader's language, at its field."""

    rule: str
    severity: str
    field: str
    message: str
    article: str
    text: str
    fix: str | None

    @property
    def tone(self) -> str:
        return TONES[self.severity]


def notes(document: Document) -> list[Note]:
    """The findings on a document as it is stored."""
    asked = {c.organ.name: "settled" if c.settled_by_id else c.answer for c in document.consultations.select_related("organ")}
    return findings(paper(document), document.kind, document.organ, document.state, asked)


def unsaved(organ: Organ | None, kind: str, title: str, text: str, recipients: Sequence[str], cc: Sequence[str]) -> list[Note]:
    """The findings on a form as it now stands; nothing is stored."""
    form = FORMS.get(kind, papers.Form.GENERAL)
    name = organ.name if organ else ""
    page = papers.Paper(
        form=form, issuer_mark=f"{name}{MARKS[form]}", title=title, body=body.printed(text), recipients=tuple(recipients), cc=tuple(cc),
        signature=name,
    )  # fmt: skip
    return findings(page, kind, organ)


def findings(
    page: papers.Paper, kind: str, organ: Organ | None, state: str = "draft", consulted: dict[str, str] | None = None
) -> list[Note]:
    """The findings on a page, with what the directory knows of issuer and receivers; errors first."""
    context = Context(
        kind=kind or None,
        format=page.form.value,
        state=state,
        issuer_kind=_standing(organ),
        relations=_relations(organ, (*page.recipients, *page.cc)),
        consulted=consulted or None,
    )
    found = [f for f in lint(elements(page), context).findings if f.rule.id not in OWN]
    order = list(TONES)
    return [_note(f) for f in sorted(found, key=lambda f: order.index(f.severity))]


def _standing(organ: Organ | None) -> str | None:
    """A department is bound by 第十六条（二）; its government's own office is not."""
    if organ is None or organ.name.endswith(("办公室", "办公厅")):
        return None
    return "government" if organ.kind in LEADING else str(organ.kind)


def _relations(organ: Organ | None, names: Sequence[str]) -> dict[str, str]:
    """How each receiver stands to the issuer; a collective name stands as its first organ does."""
    if organ is None:
        return {}
    known = {}
    for name in names:
        receiver = next(iter(orgs.group(name)), None) if name in orgs.groups() else orgs.organ_named(name)
        if receiver is not None:
            known[name] = str(orgs.relation(organ, receiver))
    return known


def _note(finding: Finding) -> Note:
    message = finding.en if (get_language() or "").startswith("en") else finding.zh
    text = finding.text if len(finding.text) <= 40 else f"{finding.text[:40]}…"
    return Note(finding.rule.id, finding.severity.value, FIELDS.get(finding.element, ""), message, finding.rule.source, text, finding.fix)
