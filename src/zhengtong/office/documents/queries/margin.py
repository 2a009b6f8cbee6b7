"""What the rule book finds in a document, for the margin beside it and for those who review it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import body
from zhengtong.papers.lint.check import Finding, lint
from zhengtong.papers.lint.composed import OWN, elements
from zhengtong.papers.lint.rules.context import Context
from zhengtong.papers.typeset import paper as papers

from . import joint
from .facts import context
from .page import FORMS, MARKS, paper

FIELDS = {
    "title": "title", "recipients": "recipients", "heading": "text", "para": "text", "table": "text", "attachment_note": "attachments",
    "attachment_title": "attachments", "cc": "cc", "urgency": "urgency", "secrecy": "secrecy_period", "note": "publication",
    "issuer_mark": "issuers", "signature": "issuers",
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
    """The findings on a document as it is stored; what it cites is looked for among what its drafter may see."""
    page = paper(document)
    return findings(page, context(page, document.kind, document.organ, document.drafter, document.text, document))


def unsaved(
    person: Person, organ: Organ | None, kind: str, title: str, text: str, recipients: Sequence[str], cc: Sequence[str],
    attachments: tuple[papers.Attachment, ...] = (), issuers: Sequence[str] = (), mark: str = "",
) -> list[Note]:  # fmt: skip
    """The findings on a form as it now stands; nothing is stored."""
    form = FORMS.get(kind, papers.Form.GENERAL)
    name = organ.name if organ else ""
    page = papers.Paper(
        form=form, issuer_mark=f"{name}{MARKS[form]}", title=title, body=body.printed(text), recipients=tuple(recipients), cc=tuple(cc),
        signature=name, attachments=attachments, **joint.named(issuers, mark),
    )  # fmt: skip
    return findings(page, context(page, kind, organ, person, text))


def findings(page: papers.Paper, facts: Context) -> list[Note]:
    """The findings on a page; errors first."""
    found = [f for f in lint(elements(page), facts).findings if f.rule.id not in OWN]
    order = list(TONES)
    return [_note(f) for f in sorted(found, key=lambda f: order.index(f.severity))]


def _note(finding: Finding) -> Note:
    message = finding.en if (get_language() or "").startswith("en") else finding.zh
    text = finding.text if len(finding.text) <= 40 else f"{finding.text[:40]}…"
    return Note(finding.rule.id, finding.severity.value, FIELDS.get(finding.element, ""), message, finding.rule.source, text, finding.fix)
