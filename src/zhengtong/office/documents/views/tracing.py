"""Who changed what (留痕): the marked-up draft, two versions side by side, the timeline."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhengtong.foundation.accounts.doors import door
from zhengtong.office.documents import queries
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import attachments, body
from zhengtong.office.documents.rules import traces as rules
from zhengtong.office.documents.rules.tracked import docx

from .pages import document_of


@require_GET
@door()
def traces(request: HttpRequest, code: str) -> HttpResponse:
    """花脸稿: who struck and wrote what, in the colours of their hands."""
    document = document_of(request, code)
    return render(request, "documents/traces.html", drawn(document) | {"holds": queries.verified(document)})


def drawn(document: Document) -> dict[str, object]:
    """The marked-up draft with its legend and the latest changes, as the template takes them."""
    history = queries.steps(document)
    hands = _hands(history)
    return {
        "document": document,
        "lines": _lines(rules.marked(history), hands),
        "legend": [(hand, Hand(number)) for hand, number in hands.items()],
        "changes": queries.changes(document),
    }


@require_GET
@door()
def tracked(request: HttpRequest, code: str) -> HttpResponse:
    """The marked-up draft as docx with real tracked changes."""
    document = document_of(request, code)
    answer = HttpResponse(docx(queries.marked(document)), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{document.code}.docx"'
    return answer


@require_GET
@door()
def beside(request: HttpRequest, code: str) -> HttpResponse:
    """Any two versions side by side."""
    document = document_of(request, code)
    left, right = _version(request, document, "left", document.version - 1), _version(request, document, "right", document.version)
    context = {
        "document": document,
        "left": left,
        "right": right,
        "versions": queries.timeline(queries.steps(document)),
        "rows": queries.beside(document, left, right),
    }
    return render(request, "documents/beside.html", context)


@require_GET
@door()
def timeline(request: HttpRequest, code: str) -> HttpResponse:
    """The versions one after another, to step through or to play."""
    document = document_of(request, code)
    at = _version(request, document, "at", document.version)
    history = queries.steps(document)
    moments, hands = queries.timeline(history), _hands(history)
    context = {
        "document": document,
        "at": at,
        "moment": next(m for m in moments if m.version == at),
        "moments": moments,
        "lines": _lines(rules.marked([s for s in history if s.version <= at], at - 1 if at > 1 else 1), hands),
        "legend": [(hand, Hand(number)) for hand, number in hands.items()],
        "previous": at - 1 if at > 1 else None,
        "next": at + 1 if at < document.version else None,
    }
    return render(request, "documents/timeline.html", context)


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLOURS = 8  # frontend/styles/traces.css has as many; the number beside the colour tells all hands apart


@dataclass(frozen=True, slots=True)
class Hand:
    """The number and the colour of one hand."""

    number: int

    @property
    def colour(self) -> int:
        return (self.number - 1) % COLOURS + 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch with the numbers of the hands that wrote and struck it; 0 where nobody did."""

    text: str
    put: int
    cut: int

    @property
    def put_colour(self) -> int:
        return Hand(self.put).colour

    @property
    def cut_colour(self) -> int:
        return Hand(self.cut).colour


def _hands(history: list[rules.Step]) -> dict[str, int]:
    return {hand: number for number, hand in enumerate(rules.hands(history), start=1)}


def _lines(draft: rules.Draft, hands: dict[str, int]) -> list[dict[str, object]]:
    """The title and every block, each stretch with its hands."""
    found = []
    for block in (draft.title, *draft.blocks):
        pieces = [
            Shown(attachments.stretch(block.key, p.text), hands[p.put.hand] if p.put else 0, hands[p.cut.hand] if p.cut else 0)
            for p in block.pieces
        ]
        level: object = 0 if block is draft.title else body.nature("".join(p.text for p in block.pieces if not p.cut or block.cut))[1]
        level = "attachment" if attachments.kind(block.key) == "attachment" else level
        found.append({"level": "title" if block is draft.title else level, "pieces": pieces})
    return found


def _version(request: HttpRequest, document: Document, name: str, default: int) -> int:
    asked = request.GET.get(name, "")
    version = int(asked) if asked.isdecimal() and len(asked) < 9 else max(default, 1)
    if not 1 <= version <= document.version:
        raise Http404
    return version
