"""A document that asks for replies: asked by the sender, answered by the receivers, gathered into one table."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.refusal import Refused
from zhengtong.office.dispatch import actions, queries, rules, tables
from zhengtong.office.dispatch.forms import AnswerForm, AskForm
from zhengtong.office.dispatch.models import Call
from zhengtong.office.dispatch.rules import replies

from .acts import page_of

BOTH = (*rules.SENDERS, *rules.RECEIVERS)


@require_POST
@door(*rules.DISPATCHERS)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the main receivers to fill in these columns by that day."""
    form = AskForm(request.POST)
    found = get_object_or_404(queries.sent(request.person), pk=pk)
    if form.is_valid():
        given = form.cleaned_data
        try:
            call = actions.ask(pk, request.person, given["columns"], given["due"], given["note"])
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已请各机关回复"))
            return redirect("dispatch:replies", call.pk)
    return page_of(request, found, {"ask": form}, status=422)


@require_GET
@door(*BOTH)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The sender sees who has answered and the table; a receiver sees its form."""
    return _page(request, _call(request, pk))


@require_POST
@door(*rules.RECEIVERS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The receiver's answer; what is wrong stands at its field."""
    call = _call(request, pk)
    form = AnswerForm(queries.answering(request.person, call), replies.of_rows(call.columns), request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.answer(pk, orgs.organ(given["organ"]), request.person, [given[name] for name in form.values])
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已填报"))
            return redirect("dispatch:replies", pk)
    return _page(request, call, form, status=422)


@require_POST
@door(*rules.DISPATCHERS)
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """One touch reminds all who are missing."""
    try:
        messages.success(request, _("已催报%(count)d个机关") % {"count": actions.urge_missing(pk, request.person)})
    except Refused as no:
        messages.error(request, str(no))
    return redirect("dispatch:replies", pk)


@require_POST
@door(*rules.DISPATCHERS)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing more is taken."""
    try:
        actions.close_call(pk, request.person)
        messages.success(request, _("已截止收集"))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("dispatch:replies", pk)


@require_GET
@door(*rules.SENDERS)
def table(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """All answers as one table: XLSX or CSV."""
    call = _call(request, pk)
    if kind not in tables.WRITERS or not queries.sent(request.person).filter(pk=call.dispatch_id).exists():
        raise Http404
    return tables.answer(queries.merged(call, _words()), f"{call.dispatch.number}{_('回复汇总')}", kind)


def _words() -> list[str]:
    return [_("机关"), _("填报人"), _("填报时间"), _("合计")]


def _call(request: HttpRequest, pk: int) -> Call:
    found = queries.call_of(request.person, pk)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, call: Call, form: AnswerForm | None = None, status: int = 200) -> HttpResponse:
    columns = replies.of_rows(call.columns)
    organs = queries.answering(request.person, call) if not call.closed_at else []
    given = call.replies.filter(organ__in=organs).first()
    if form is None and organs:
        initial = {f"value{place}": value for place, value in enumerate(given.values)} if given else {}
        form = AnswerForm(organs, columns, initial={**initial, "organ": given.organ.code if given else organs[0].code})
    sender = queries.sent(request.person).filter(pk=call.dispatch_id).exists()
    context = {
        "call": call,
        "form": form,
        "given": given,
        "sender": sender,
        "own": queries.sends(request.person, call.dispatch_id),
        "table": queries.merged(call, _words()) if sender else [],
        "missing": queries.missing(call) if sender else [],
        "late": call.due < clock.today() and not call.closed_at,
    }
    return render(request, "dispatch/replies.html", context, status=status)
