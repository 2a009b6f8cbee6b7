"""涉密等级 on the classified network: who holds which, until when; the security administrator's screen."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.forms_clearance import ClearanceForm
from zhengtong.office.documents.models import Clearance

SOON = timedelta(days=30)


def _nothing_here(request: HttpRequest) -> HttpResponse:
    """The open network knows no secrets and so no clearances."""
    messages.error(request, _("本网络不处理涉密文件"))
    return redirect("documents:home")


@door("security_admin")
def table(request: HttpRequest) -> HttpResponse:
    """The list, and the form that adds to it."""
    if not settings.CLASSIFIED:
        return _nothing_here(request)
    form = ClearanceForm(request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.clear(given["person"], given["level"], given["until"], request.person)
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已登记%(name)s的涉密等级") % {"name": given["person"].name})
            return redirect("documents:clearances")
    words = request.GET.get("words", "").strip()
    page = Paginator(queries.clearances(words), 30).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "words": words, "soon": clock.today() + SOON}
    return render(request, "documents/clearances.html", context, status=422 if form.errors else 200)


@require_POST
@door("security_admin")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken back before its time."""
    if not settings.CLASSIFIED:
        return _nothing_here(request)
    given = get_object_or_404(Clearance.objects.select_related("person"), pk=pk)
    try:
        actions.end_clearance(pk, request.person, request.POST.get("reason", ""))
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("已取消%(name)s的涉密等级") % {"name": given.person.name})
    return redirect("documents:clearances")
