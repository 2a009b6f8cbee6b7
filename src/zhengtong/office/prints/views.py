"""打印登记: before a page goes to the printer, and the register that its paper ends in. Thin: guard, call, answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused

from . import actions, forms, queries, rules
from .models import Print

ROWS = 30


@door()
def new(request: HttpRequest, thing: str, paper: str) -> HttpResponse:
    """Say how many copies for whom and why; then the PDF stands ready to print."""
    found = queries.named(request.person, thing, [paper]).get(paper)
    if found is None:
        raise Http404
    form = forms.Printing(request.POST or None)
    made = None
    if form.is_bound and form.is_valid():
        try:
            made = actions.register(thing, paper, request.person, **form.cleaned_data)
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
    context = {"form": form, "paper": found, "what": _(rules.THINGS[rules.Thing(thing)]), "made": made}
    return render(request, "prints/new.html", context, status=422 if form.errors else 200)


@door("secretary")
def register(request: HttpRequest) -> HttpResponse:
    """The register of my organ, and what is still in somebody's hands."""
    filters = forms.Filters(request.GET)
    given = filters.cleaned_data if filters.is_valid() else {}
    found = queries.listed(request.person, given.get("words", ""), out=given.get("out", False))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    titles = queries.titles(request.person, page.object_list)
    context = {
        "filters": filters,
        "page": page,
        "rows": [(row, titles.get(row.pk)) for row in page.object_list],
        "figures": queries.figures(request.person),
    }
    return render(request, "prints/register.html", context)


@door("secretary")
def printed(request: HttpRequest, key: int) -> HttpResponse:
    """One print with what became of its copies; copies come back or are destroyed here."""
    found: Print = get_object_or_404(queries.with_left(queries.kept_by(request.person)), pk=key)
    form = forms.Ending(request.person, found, request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.end(key, request.person, given["fate"], given["copies"], given["witness"], given["note"])
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已登记"))
            return redirect("prints:printed", key)
    context = {
        "printed": found,
        "paper": queries.titles(request.person, [found]).get(found.pk),
        "endings": found.endings.select_related("by", "witness"),
        "form": form,
    }
    return render(request, "prints/printed.html", context, status=422 if form.errors else 200)
