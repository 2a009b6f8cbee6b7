"""Who changed what (留痕): the marked-up draft, two versions side by side, the timeline."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhengtong.foundation.accounts.doors import door
from zhengtong.office.documents import queries
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import traces as rules
from zhengtong.office.documents.rules.tracked import docx

from .marking import Hand, hands_of, lines_of
from .pages import document_of


@require_GET
@door()
def traces(request: HttpRequest, code: str) -> HttpResponse:
    """花脸稿: who struck and wrote what, in the colours of their hands."""
    document = document_of(request, code)
    base = _version(request, document, "since", 1)  # what an earlier version said already counts as unmarked
    return render(request, "documents/traces.html", drawn(document, base) | {"holds": queries.verified(document)})


def drawn(document: Document, base: int = 1) -> dict[str, object]:
    """The marked-up draft with its legend and the latest changes, as the template takes them."""
    history = queries.steps(document)
    hands = hands_of(history)
    return {
        "document": document,
        "base": base,
        "lines": lines_of(rules.marked(history, base), hands),
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
    moments, hands = queries.timeline(history), hands_of(history)
    context = {
        "document": document,
        "at": at,
        "moment": next(m for m in moments if m.version == at),
        "moments": moments,
        "lines": lines_of(rules.marked([s for s in history if s.version <= at], at - 1 if at > 1 else 1), hands),
        "legend": [(hand, Hand(number)) for hand, number in hands.items()],
        "previous": at - 1 if at > 1 else None,
        "next": at + 1 if at < document.version else None,
    }
    return render(request, "documents/timeline.html", context)


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _version(request: HttpRequest, document: Document, name: str, default: int) -> int:
    asked = request.GET.get(name, "")
    version = int(asked) if asked.isdecimal() and len(asked) < 9 else max(default, 1)
    if not 1 <= version <= document.version:
        raise Http404
    return version
