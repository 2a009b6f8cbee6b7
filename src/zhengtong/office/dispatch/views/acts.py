"""What a sender does with a whole document: recall, send again, urge all late ones, say what it ends, let read, count."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.office.circulation import actions as circulation
from zhengtong.office.circulation import queries as circulating
from zhengtong.office.dispatch import actions, queries, rules, tables
from zhengtong.office.dispatch.forms import AffectForm, AskForm, PeriodForm, ReadersForm, RecallForm
from zhengtong.office.dispatch.models import Dispatch, Receipt
from zhengtong.office.documents.queries.attachments import going_along

Forms = dict[str, forms.Form]


@require_POST
@door(*rules.DISPATCHERS)
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回, an official act confirmed by the PIN."""

    def act(given: dict[str, object]) -> str:
        accounts.confirm(request.user, request.POST.get("pin", ""))
        return _("已从%(count)d个机关撤回") % {"count": actions.recall(pk, request.person, str(given["reason"]))}

    return _act(request, pk, "recall", RecallForm(request.POST), act)


@require_POST
@door(*rules.DISPATCHERS)
def affect(request: HttpRequest, pk: int) -> HttpResponse:
    """This document amends, supersedes, repeals or annuls another; an official act."""

    def act(given: dict[str, object]) -> str:
        accounts.confirm(request.user, request.POST.get("pin", ""))
        effect = actions.affect(pk, request.person, given["number"], given["kind"], given["since"], given["note"])  # type: ignore[arg-type]
        return _("已登记：%(number)s%(sentence)s") % {"number": effect.earlier.number, "sentence": effect.sentence}

    return _act(request, pk, "affect", AffectForm(request.POST), act)


@require_POST
@door(*rules.SENDERS)
def circulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let people of the own organ read an issued document."""
    sent = get_object_or_404(queries.sent(request.person), pk=pk)

    def act(given: dict[str, object]) -> str:
        circulation.circulate(
            sent.document, request.person, given["readers"], organ=sent.sender, origin="outgoing", title=sent.title, number=sent.number,
            sheets=[(sent.pdf.sm3, f"{sent.number}.pdf"), *((one.sm3, one.name) for one in going_along(sent.document))],
            urgency=sent.urgency, secrecy=sent.secrecy, scope=queries.scope(sent),
        )  # fmt: skip
        return _("已送阅")

    return _act(request, pk, "circulate", ReadersForm(sent.sender, request.POST), act)


@require_POST
@door(*rules.DISPATCHERS)
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A returned or recalled copy goes out again."""
    copy = get_object_or_404(Receipt, pk=pk, dispatch__in=queries.sent(request.person).values("pk"))
    try:
        actions.send_again(pk, request.person)
        messages.success(request, _("已重新分发给%(organ)s") % {"organ": copy.organ})
    except Refused as no:
        messages.error(request, str(no))
    return redirect("dispatch:page", copy.dispatch_id)


@require_POST
@door(*rules.SENDERS)
def urge_late(request: HttpRequest) -> HttpResponse:
    """One touch reminds every receiver that is late, of every document."""
    count = actions.urge_late(request.person)
    messages.success(request, _("已催办%(count)d份逾期未签收的文件") % {"count": count})
    return redirect("dispatch:sent")


@require_GET
@door(*rules.SENDERS)
def statistics(request: HttpRequest) -> HttpResponse:
    """签收统计: how long each organ takes, who is late; as a page, or as a table to take along."""
    period = PeriodForm(request.GET)
    given = period.cleaned_data if period.is_valid() else {}
    rows = queries.figures(request.person, given.get("since"), given.get("until"))
    if request.GET.get("as") in tables.WRITERS:
        heads = [_("收文机关"), _("收到"), _("已签收"), _("未签收"), _("逾期"), _("退回"), _("签收用时中位数（小时）")]
        lines = [[f.name, f.sent, f.signed, f.waiting, f.late, f.returned, "" if f.median_hours is None else f.median_hours] for f in rows]
        return tables.answer([heads, *lines], _("签收统计"), request.GET["as"])
    return render(request, "dispatch/statistics.html", {"rows": rows, "period": period, "late": queries.late(request.person).count()})


def page_of(request: HttpRequest, dispatch: Dispatch, bound: Forms | None = None, status: int = 200) -> HttpResponse:
    """The sender's page; after a refusal the form stands open with what was written."""
    own = queries.sends(request.person, dispatch.pk)
    rows = list(queries.receipts(dispatch))
    form = {
        "recall": RecallForm(),
        "affect": AffectForm(),
        "circulate": ReadersForm(dispatch.sender),
        "ask": AskForm(),
        **(bound or {}),
    }
    context = {
        "dispatch": dispatch,
        "receipts": rows,
        "attached": going_along(dispatch.document),
        "form": form,
        "errors": {name: "；".join(e for errors in f.errors.values() for e in errors) for name, f in (bound or {}).items()},
        "own": own,
        "recallable": own and any(r.state in ("waiting", "signed") for r in rows),
        "effects": queries.effects(dispatch),
        "ends": dispatch.effects.select_related("earlier"),
        "call": getattr(dispatch, "call", None),
        "circulations": circulating.of_paper(dispatch.document, dispatch.sender),
        "keeper": circulating.keeps(request.person, dispatch.sender),
    }
    return render(request, "dispatch/page.html", context, status=status)


def _act(request: HttpRequest, pk: int, name: str, form: forms.Form, act: Callable[[dict[str, object]], str]) -> HttpResponse:
    """Call the verb with a valid form, or show the page again with what was written and why not."""
    found = get_object_or_404(queries.sent(request.person), pk=pk)
    if form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            return redirect("dispatch:page", pk)
    return page_of(request, found, {name: form}, status=422)
