"""The sender's pages (who has signed) and the receiver's (what waits). Thin: guard, call, answer."""

from typing import TypeVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.actions import safe_name
from zhengtong.foundation.files.queries import open_stored, read
from zhengtong.foundation.refusal import Refused
from zhengtong.office.dispatch import actions, queries, rules
from zhengtong.office.dispatch.forms import Reason, ReceivedFilter, SentFilter
from zhengtong.office.dispatch.models import Dispatch, Receipt
from zhengtong.office.documents.queries.attachments import going_along
from zhengtong.papers.typeset import press

from .acts import page_of

M = TypeVar("M", bound=models.Model)
ROWS = 30


@require_GET
@door(*rules.SENDERS)
def sent(request: HttpRequest) -> HttpResponse:
    """What was given out, and how many have signed."""
    filters = SentFilter(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    found = queries.sent(request.person, chosen.get("words", ""), chosen.get("waiting", False))
    late = queries.late(request.person).count()
    return render(request, "dispatch/sent.html", {"filters": filters, "page": _paged(request, found), "late": late})


@require_GET
@door(*rules.SENDERS)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One document and the state of each receiver's copy."""
    return page_of(request, get_object_or_404(queries.sent(request.person), pk=pk))


@require_GET
@door(*rules.SENDERS)
def pdf(request: HttpRequest, pk: int) -> FileResponse:
    return _pdf(get_object_or_404(queries.sent(request.person).select_related("pdf"), pk=pk))


@require_POST
@door(*rules.SENDERS)
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """One touch reminds one receiver."""
    receipt = get_object_or_404(Receipt, pk=pk, dispatch__in=queries.sent(request.person).values("pk"))
    try:
        actions.urge(pk, request.person)
        messages.success(request, _("已催办%(organ)s") % {"organ": receipt.organ})
    except Refused as no:
        messages.error(request, str(no))
    return redirect("dispatch:page", receipt.dispatch_id)


@require_GET
@door(*rules.RECEIVERS)
def received(request: HttpRequest) -> HttpResponse:
    """What came to my organ."""
    filters = ReceivedFilter(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    found = queries.received(request.person, chosen.get("words", ""), chosen.get("state", ""))
    context = {"filters": filters, "page": _paged(request, found), "calls": queries.calls_to(request.person)}
    return render(request, "dispatch/received.html", context)


@require_GET
@door(*rules.RECEIVERS)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as the page it is, and what I may do with it."""
    return _copy(request, get_object_or_404(queries.received(request.person), pk=pk), Reason())


@require_GET
@door(*rules.RECEIVERS)
def copy_pdf(request: HttpRequest, pk: int) -> FileResponse:
    return _pdf(get_object_or_404(queries.received(request.person), pk=pk).dispatch)


@require_GET
@door(*rules.RECEIVERS)
def copy_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page as a picture, so that a phone shows it too."""
    content = read(get_object_or_404(queries.received(request.person), pk=pk).dispatch.pdf.sm3)
    if not 1 <= number <= press.pages(content):
        raise Http404
    return HttpResponse(press.picture(content, number), content_type="image/png", headers={"Cache-Control": "private, max-age=600"})


@require_POST
@door(*rules.RECEIVERS)
def sign_for(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(queries.received(request.person), pk=pk)
    try:
        actions.sign_for(pk, request.person)
        messages.success(request, _("已签收"))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("dispatch:copy", pk)


@require_POST
@door(*rules.RECEIVERS)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return with a reason; without one the form comes back with what was written."""
    found = get_object_or_404(queries.received(request.person), pk=pk)
    form = Reason(request.POST)
    if form.is_valid():
        try:
            actions.send_back(pk, request.person, form.cleaned_data["reason"])
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已退回发文机关"))
            return redirect("dispatch:copy", pk)
    return _copy(request, found, form, status=422)


def _copy(request: HttpRequest, receipt: Receipt, form: Reason, status: int = 200) -> HttpResponse:
    verbs = rules.verbs(receipt.state, rules.RECEIVERS)
    pages = range(1, press.pages(read(receipt.dispatch.pdf.sm3)) + 1)
    context = {"receipt": receipt, "form": form, "verbs": verbs, "pages": pages, "effects": queries.effects(receipt.dispatch)}
    context["attached"] = going_along(receipt.dispatch.document)
    context["call"] = queries.calls_to(request.person).filter(dispatch=receipt.dispatch).first()
    return render(request, "dispatch/copy.html", context, status=status)


@require_GET
@door(*rules.SENDERS)
def attachment(request: HttpRequest, pk: int, key: str) -> FileResponse:
    return _attached(get_object_or_404(queries.sent(request.person), pk=pk), key)


@require_GET
@door(*rules.RECEIVERS)
def copy_attachment(request: HttpRequest, pk: int, key: str) -> FileResponse:
    return _attached(get_object_or_404(queries.received(request.person), pk=pk).dispatch, key)


def _attached(dispatch: Dispatch, key: str) -> FileResponse:
    """A file that goes along with the document, as it came."""
    one = next((one for one in going_along(dispatch.document) if one.key == key), None)
    if one is None:
        raise Http404
    return FileResponse(open_stored(one.sm3), as_attachment=True, filename=safe_name(one.name))


def _pdf(dispatch: Dispatch) -> FileResponse:
    return FileResponse(open_stored(dispatch.pdf.sm3), content_type="application/pdf", filename=safe_name(f"{dispatch.number}.pdf"))


def _paged(request: HttpRequest, found: QuerySet[M]) -> object:
    return Paginator(found, ROWS).get_page(request.GET.get("page"))
