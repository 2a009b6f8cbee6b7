"""整改单: given from a visit's findings, answered by the owner, closed by what the inspector sees."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.oversight.inspection import actions, queries
from zhengtong.oversight.inspection.forms import Answering, Ordering, Reason
from zhengtong.oversight.inspection.models import Visit
from zhengtong.oversight.inspection.rules import orders as rules
from zhengtong.oversight.inspection.rules.faults import FAULTS

from .sites import ROLES, found, site_page


@door(*ROLES)
def orders(request: HttpRequest) -> HttpResponse:
    """The orders, the most urgent first."""
    state = request.GET.get("state", "open")
    names, rows = queries.organ_names(), queries.orders(request.person)
    chosen = [one for one in rows if not state or one.state == state or (state == "open" and one.state in rules.OPEN)]
    tabs = [("open", _("未销号"), sum(one.state in rules.OPEN for one in rows))]
    tabs += [(code, label, sum(one.state == code for one in rows)) for code, label in rules.STATE_LABELS.items()]
    shown = [(one, names.get(one.organ, one.organ)) for one in chosen]
    return render(request, "inspection/orders.html", {"orders": shown, "tabs": tabs, "state": state, "today": clock.today()})


@door(*ROLES)
def order(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


def _page(
    request: HttpRequest, pk: int, answering: Answering | None = None, dropping: Reason | None = None, status: int = 200
) -> HttpResponse:
    one = queries.order(pk, request.person)
    if one is None:
        raise Http404
    context = {
        "order": one, "organ": queries.organ_names().get(one.organ, one.organ), "today": clock.today(), "source": rules.SOURCE,
        "may_answer": bool(rules.step("answer", one.state)) and actions.owns(request.person, one),
        "may_drop": bool(rules.step("drop", one.state)) and queries.oversees(request.person),
        "answering": answering or Answering(), "dropping": dropping or Reason(auto_id="drop-%s"), "drop_open": dropping is not None,
        "findings": queries.evidence_of(one),
    }  # fmt: skip
    return render(request, "inspection/order.html", context, status=status)


@require_POST
@door(*rules.OFFICERS)
def give_order(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    there = found(request, code)
    visit = get_object_or_404(Visit, pk=pk, site=there)
    form = Ordering(request.POST, known=list(FAULTS))
    try:
        if not form.is_valid():
            raise Refused(_("请选择要整改的问题，要求不超过500字"))
        made = actions.order(pk, form.cleaned_data["faults"], request.person, form.cleaned_data["words"])
    except Refused as no:
        messages.error(request, str(no))
        return site_page(request, there, visit, status=409, words=request.POST.get("words", ""))
    messages.success(request, ngettext("已下达%(n)s张整改单", "已下达%(n)s张整改单", len(made)) % {"n": len(made)})
    return redirect("inspection:order", made[0].pk) if len(made) == 1 else redirect("inspection:orders")


@require_POST
@door(*rules.OWNERS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    form = Answering(request.POST)
    if not form.is_valid():
        return _page(request, pk, answering=form, status=422)
    try:
        actions.answer(pk, request.person, form.cleaned_data["words"])
    except Refused as no:
        form.add_error(no.objection.field or None, str(no))
        return _page(request, pk, answering=form, status=409)
    messages.success(request, _("已答复，探针马上去复查"))
    return redirect("inspection:order", pk)


@require_POST
@door(*rules.OFFICERS)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    form = Reason(request.POST, auto_id="drop-%s")
    if not form.is_valid():
        return _page(request, pk, dropping=form, status=422)
    try:
        actions.drop(pk, request.person, form.cleaned_data["reason"])
    except Refused as no:
        form.add_error(no.objection.field or None, str(no))
        return _page(request, pk, dropping=form, status=409)
    messages.success(request, _("已撤销"))
    return redirect("inspection:order", pk)
