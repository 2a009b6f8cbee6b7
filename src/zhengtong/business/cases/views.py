"""The pages of a case: what waits for me, the case as its folder, and the three ways to move it."""

from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.clock.pages import picked, shown
from zhengtong.foundation.clock.queries import accounts, events
from zhengtong.foundation.clock.rules import told
from zhengtong.foundation.files.queries import open_stored
from zhengtong.foundation.files.rules import KINDS
from zhengtong.foundation.forms.rules import fields_of
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips.actions import see
from zhengtong.foundation.slips.models import Line
from zhengtong.foundation.slips.queries import line_for

from . import actions, queries, rules
from .forms import Acceptance, Decision, Filters, Opinion
from .models import Case

HANDLERS = ("window_clerk", "examiner", "approver")
PAGE = 30


@door(*HANDLERS)
def listing(request: HttpRequest) -> HttpResponse:
    """等我办理 and all cases that I may see."""
    tab = "all" if request.GET.get("tab") == "all" else "todo"
    filters = Filters(request.GET)
    words = filters.cleaned_data["words"] if filters.is_valid() else ""
    todo = queries.waiting(request.person)
    cases = queries.filtered(queries.visible(request.person) if tab == "all" else todo, words)
    page = Paginator(cases, PAGE).get_page(request.GET.get("page"))
    shown = queries.readings(page.object_list)
    rows = [(case, shown.get(case.number)) for case in page.object_list]
    return render(request, "cases/list.html", {"tab": tab, "filters": filters, "page": page, "rows": rows, "todo": todo.count()})


@door(*HANDLERS)
def case(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, _found(request, number))


def _found(request: HttpRequest, number: str) -> Case:
    return get_object_or_404(queries.visible(request.person), number=number)


def _page(request: HttpRequest, case: Case, bound: django_forms.Form | None = None, refused: str = "", status: int = 200) -> HttpResponse:
    """The case's folder, with the form for what this person may do now."""
    line = line_for(request.person, case.number)
    if line:
        see(line, request.person)
    form = bound or _form(case, line)
    day_form, day = picked(request.GET)
    context = {
        "case": case,
        "line": line,
        "form": form,
        "refused": refused,
        "stale": bound and bound.is_bound and line is None,
        "written": (bound.data.get("reason") or bound.data.get("opinion") or "") if bound else "",
        "answers": [(field, case.answers.get(field.key, "")) for field in fields_of(case.item.fields)],
        "reading": queries.readings([case]).get(case.number),
        "lines": Line.objects.filter(slip__paper=case.number)
        .select_related("organ", "unit", "person", "done_by")
        .order_by("slip_id", "order", "id"),
        "events": [(event, *told(event.limit, event.kind, event.reason)) for event in events(case.number, day)],
        "day_form": day_form,
        "day": day,
        "clocks": shown(accounts(case.number, day)),
        "papers": queries.papers(case),
        "plain": rules.PLAIN[rules.State(case.state)],
        "effects": [_("决定立即生效并告知申请人"), _("时限停止计算")],
    }
    return render(request, "cases/case.html", context, status=status)


def _form(case: Case, line: Line | None) -> django_forms.Form | None:
    kind = {"window": Acceptance, "examine": Opinion, "decide": Decision}.get(line.stage) if line else None
    return kind(initial={"version": case.version}) if kind else None


def _act(request: HttpRequest, number: str, kind: type[django_forms.Form], verb: Callable[[dict], object], done: str) -> HttpResponse:
    """Run a verb from its form; a refusal shows at its field and keeps what was written."""
    found = _found(request, number)
    form = kind(request.POST.dict())
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        verb(form.cleaned_data)
    except Refused as no:
        field = no.objection.field
        if field in form.fields:
            form.add_error(field, str(no))
        elif field != "pin":
            form.add_error(None, str(no))
        found.refresh_from_db()
        form.data = form.data | {"version": found.version}  # he has been told; what he sends next is meant for this state
        return _page(request, found, form, str(no) if field == "pin" else "", status=409)
    messages.success(request, done)
    return redirect("cases:list")


@require_POST
@door("window_clerk")
def accept(request: HttpRequest, number: str) -> HttpResponse:
    def verb(data: dict) -> None:
        if data["verb"] == "accept":
            actions.accept(number, request.person, version=data["version"])
        else:
            getattr(actions, data["verb"])(number, request.person, data["reason"], version=data["version"])

    return _act(request, number, Acceptance, verb, _("已办理，申请人会看到最新状态"))


@require_POST
@door("examiner")
def examine(request: HttpRequest, number: str) -> HttpResponse:
    def verb(data: dict) -> None:
        actions.examine(number, request.person, data["opinion"], data["agree"] == "yes", version=data["version"])

    return _act(request, number, Opinion, verb, _("意见已提交"))


@require_POST
@door("approver")
def decide(request: HttpRequest, number: str) -> HttpResponse:
    def verb(data: dict) -> None:
        pin = request.POST.get("pin", "")
        actions.decide(number, request.user, pin, data["grant"] == "yes", data["reason"], version=data["version"])

    return _act(request, number, Decision, verb, _("决定已作出"))


@door(*HANDLERS)
def attachment(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One paper, as a download; never shown inline, since it came from outside."""
    found = _found(request, number).attachments.select_related("file").filter(pk=pk).first()
    if found is None:
        raise Http404
    return FileResponse(open_stored(found.file.sm3), as_attachment=True, filename=found.name, content_type=KINDS[found.file.kind][0])
