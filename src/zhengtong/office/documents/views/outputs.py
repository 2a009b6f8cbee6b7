"""What of a document goes out of the browser: the text as docx, the handling sheet (发文稿纸) on the screen, as PDF and docx."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.actions import safe_name
from zhengtong.office.documents import queries
from zhengtong.office.documents.queries.handling import NAME, handling
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset import sheet as sheets
from zhengtong.papers.word.paper import docx
from zhengtong.papers.word.sheet import docx as sheet_docx

from .pages import document_of
from .tracing import DOCX


@require_GET
@door()
def word(request: HttpRequest, code: str) -> HttpResponse:
    """The elements as docx; before it is signed every page says that it is a draft."""
    document = document_of(request, code)
    answer = HttpResponse(docx(queries.paper(document), draft=document.signed_by is None), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{document.code}.docx"'
    return answer


@require_GET
@door()
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The handling sheet as it will print."""
    document = document_of(request, code)
    pages = range(1, press.pages(_pdf(request, code)) + 1)
    return render(request, "documents/sheet.html", {"document": document, "name": _(NAME), "pages": pages})


@require_GET
@door()
def sheet_pdf(request: HttpRequest, code: str) -> HttpResponse:
    answer = HttpResponse(_pdf(request, code), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{safe_name(code)}-sheet.pdf"'
    return answer


@require_GET
@door()
def sheet_word(request: HttpRequest, code: str) -> HttpResponse:
    """The same boxes as docx, to be filled in elsewhere."""
    answer = HttpResponse(sheet_docx(handling(document_of(request, code))), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{safe_name(code)}-sheet.docx"'
    return answer


@require_GET
@door()
def sheet_page(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One page of the sheet as a picture."""
    pdf = _pdf(request, code)
    if not 1 <= number <= press.pages(pdf):
        raise Http404
    return HttpResponse(press.picture(pdf, number), content_type="image/png")


def _pdf(request: HttpRequest, code: str) -> bytes:
    document = document_of(request, code)
    return sheets.pdf(handling(document), document.changed_at)
