"""The archivist's pages: what is pre-filed, what is filed, one item, the balance, the fonds."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.actions import safe_name
from zhengtong.foundation.files.queries import open_stored
from zhengtong.foundation.files.rules import KINDS
from zhengtong.foundation.refusal import Refused

from . import actions, forms, queries, rules

ROWS = 50


@require_GET
@door("archivist")
def prefiled(request: HttpRequest) -> HttpResponse:
    """What waits for confirmation, all ticked with what is proposed."""
    return _prefiled(request)


@require_POST
@door("archivist")
def confirm(request: HttpRequest) -> HttpResponse:
    """File what is ticked; the archival numbers are fixed, which can't be undone, so the key's PIN is asked."""
    try:
        accounts.confirm(request.user, request.POST.get("pin", ""))
        items = actions.confirm(forms.choices(_rows(request)), request.person)
    except Refused as no:
        return _prefiled(request, no)
    messages.success(request, ngettext("已归档%(n)d件", "已归档%(n)d件", len(items)) % {"n": len(items)})
    return redirect("archive:filed")


@require_GET
@door("archivist")
def filed(request: HttpRequest) -> HttpResponse:
    """归档文件目录 (DA/T 22-2015 5.5)."""
    filters = forms.FiledFilter(request.GET)
    found = queries.filed(request.person, **filters.cleaned_data) if filters.is_valid() else queries.filed(request.person)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "archive/filed.html", {"filters": filters, "page": page})


@require_GET
@door("archivist")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item with its parts, and whether they are still what was pre-filed."""
    found = get_object_or_404(queries.visible(request.person), pk=pk)
    faults = [_(name) for name in queries.faults(found)]
    return render(request, "archive/item.html", {"item": found, "parts": queries.parts(found), "faults": faults})


@require_GET
@door("archivist")
def part(request: HttpRequest, pk: int, part: int) -> FileResponse:
    found = get_object_or_404(queries.visible(request.person), pk=pk)
    wanted = get_object_or_404(found.parts.select_related("file"), pk=part)
    kind = KINDS[wanted.file.kind][0]
    return FileResponse(open_stored(wanted.file.sm3), content_type=kind, filename=safe_name(wanted.name), as_attachment=True)


@require_GET
@door("archivist")
def balance(request: HttpRequest) -> HttpResponse:
    """Registered against filed, year by year."""
    years = queries.years(request.person) or [clock.today().year]
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else years[0]
    return render(request, "archive/balance.html", {"years": years, "year": year, "rows": queries.balance(request.person, year)})


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


def _rows(request: HttpRequest) -> list[forms.Row]:
    items = list(queries.prefiled(request.person))
    classes = {}
    for organ in {one.organ for one in items}:
        home = queries.fonds_of(organ)
        classes[organ.pk] = [(klass.code, str(klass)) for klass in home.classes.all()] if home else []
    return forms.rows(items, classes, request.POST, set(request.POST.getlist("item")))


def _prefiled(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    effects = [_("确定保管期限和类目，编定档号；档号一经编定不再改变。"), _("内容和过程信息固化，不能再增减。")]
    told = {"rows": _rows(request), "periods": rules.PERIODS.items(), "effects": effects}
    if refused:  # a wrong PIN is told beside the PIN, what is wrong with an item above the list
        told["wrong_pin" if refused.objection.field == "pin" else "refused"] = str(refused)
    return render(request, "archive/prefiled.html", told, status=422 if refused else 200)


def _organs(request: HttpRequest) -> list[tuple[str, str]]:
    return [(organ.code, organ.name) for organ in queries.without_fonds(request.person)]


def _fonds(
    request: HttpRequest, opening: forms.OpenFonds | None = None, adding: forms.AddClass | None = None, status: int = 200
) -> HttpResponse:
    kept, organs = queries.fonds_kept(request.person), _organs(request)
    told = {"kept": kept, "organs": organs, "opening": opening or forms.OpenFonds(organs), "adding": adding or forms.AddClass(kept)}
    return render(request, "archive/fonds.html", told, status=status)
