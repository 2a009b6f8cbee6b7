"""Fonds, their classes, and the plan by which classes are proposed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.office.archive import actions, forms, queries


@require_GET
@door("archivist")
def fonds(request: HttpRequest) -> HttpResponse:
    return _fonds(request)


@require_POST
@door("archivist")
def open_fonds(request: HttpRequest) -> HttpResponse:
    form = forms.OpenFonds(_organs(request), request.POST)
    if form.is_valid():
        try:
            data = form.cleaned_data
            actions.open_fonds(data["code"].upper(), data["name"], [data["organ"]], request.person)
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已登记全宗"))
            return redirect("archive:fonds")
    return _fonds(request, opening=form, status=422)


@require_POST
@door("archivist")
def add_class(request: HttpRequest) -> HttpResponse:
    form = forms.AddClass(queries.fonds_kept(request.person), request.POST)
    if form.is_valid():
        try:
            data = form.cleaned_data
            actions.add_class(data["fonds"], data["code"].upper(), data["name"], request.person)
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已增设类目"))
            return redirect("archive:fonds")
    return _fonds(request, adding=form, status=422)


@require_POST
@door("archivist")
def add_plan(request: HttpRequest) -> HttpResponse:
    form = forms.AddPlan(queries.fonds_kept(request.person), request.POST)
    if form.is_valid():
        try:
            data = form.cleaned_data
            fonds, _dot, klass = data["klass"].partition(".")
            actions.add_plan(fonds, klass, data["by"], data["value"], data["source"], request.person)
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已增设归类规则"))
            return redirect("archive:fonds")
    return _fonds(request, planning=form, status=422)


@require_POST
@door("archivist")
def drop_plan(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.drop_plan(pk, request.person)
        messages.success(request, _("已撤销归类规则"))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("archive:fonds")


def _organs(request: HttpRequest) -> list[tuple[str, str]]:
    return [(organ.code, organ.name) for organ in queries.without_fonds(request.person)]


def _fonds(
    request: HttpRequest,
    opening: forms.OpenFonds | None = None,
    adding: forms.AddClass | None = None,
    planning: forms.AddPlan | None = None,
    status: int = 200,
) -> HttpResponse:
    kept, organs = list(queries.fonds_kept(request.person)), _organs(request)
    for one in kept:
        one.plan = queries.plan_rows(one)
    told = {
        "kept": kept,
        "organs": organs,
        "opening": opening or forms.OpenFonds(organs),
        "adding": adding or forms.AddClass(kept),
        "planning": planning or forms.AddPlan(kept),
        "classed": any(one.classes.all() for one in kept),
    }
    return render(request, "archive/fonds.html", told, status=status)
