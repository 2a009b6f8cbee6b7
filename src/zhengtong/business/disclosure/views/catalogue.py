"""主动公开目录: what must be told, until when, and where it was told."""

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhengtong.business.disclosure import actions, forms, queries
from zhengtong.business.disclosure.rules import proactive, steps
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.clock.queries import events
from zhengtong.foundation.clock.rules import told
from zhengtong.foundation.refusal import Refused

PAGE = 30


@door(*queries.ROLES)
def listing(request: HttpRequest) -> HttpResponse:
    """The catalogue, what is due first."""
    filters = forms.EntryFilters(request.GET)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    found = queries.entries(request.person)
    if words := wanted.get("words"):
        found = found.filter(Q(title__icontains=words) | Q(index_number__icontains=words) | Q(number=words))
    for name in ("state", "matter"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = queries.entry_clocks(page.object_list)
    rows = [(one, shown.get(one.number)) for one in page.object_list]
    context = {"filters": filters, "page": page, "rows": rows, "coverage": queries.coverage(request.person)}
    return render(request, "disclosure/catalogue.html", context)


@require_http_methods(["GET", "POST"])
@door(steps.CLERK)
def enter(request: HttpRequest) -> HttpResponse:
    """登记."""
    desks = queries.desks(request.person)
    form = forms.NewEntry(request.POST or None, desks=desks)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.enter(request.person, data["desk"].organ, data["matter"], data["title"], data["summary"], data["arisen_on"])
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已登记，公开期限开始计算"))
            return redirect("disclosure:entry", made.number)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "disclosure/enter.html", {"form": form, "desks": desks.exists()}, status=status)


@door(*queries.ROLES)
def entry(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, number)


def _page(request: HttpRequest, number: str, status: int = 200, **bound: django_forms.Form) -> HttpResponse:
    shown = get_object_or_404(queries.entries(request.person), number=number)
    roles = queries.roles_in(request.person, shown.organ) if shown.state == proactive.State.PENDING else frozenset()
    context = {
        "shown": shown,
        "matter": proactive.MATTERS[shown.matter],
        "reading": queries.entry_clocks([shown]).get(number),
        "events": [(event, *told(event.limit, event.kind, event.reason)) for event in events(number)],
        "published": bound.get("published") or forms.Published() if steps.CLERK in roles else None,
        "withheld": bound.get("withheld") or forms.Withheld() if steps.HEAD in roles else None,
    }
    return render(request, "disclosure/entry.html", context, status=status)


def _answer(request: HttpRequest, number: str, name: str, form: django_forms.Form, verb: object, done: str) -> HttpResponse:
    get_object_or_404(queries.entries(request.person), number=number)
    if not form.is_valid():
        return _page(request, number, 422, **{name: form})
    try:
        verb(form.cleaned_data)  # type: ignore[operator]
    except Refused as no:
        form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        return _page(request, number, 409, **{name: form})
    messages.success(request, done)
    return redirect("disclosure:entry", number)


@require_POST
@door(steps.CLERK)
def published(request: HttpRequest, number: str) -> HttpResponse:
    """登记已公开."""
    form = forms.Published(request.POST)
    return _answer(
        request, number, "published", form, lambda d: actions.note_published(number, request.person, d["address"], d["on"]), _("已登记公开")
    )


@require_POST
@door(steps.HEAD)
def withhold(request: HttpRequest, number: str) -> HttpResponse:
    """审定不公开."""
    form = forms.Withheld(request.POST)
    return _answer(request, number, "withheld", form, lambda d: actions.withhold(number, request.person, d["reason"]), _("已审定不公开"))
