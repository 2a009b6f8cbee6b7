"""The balance sheet of a year, and what is left out of it with a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.office.archive import actions, forms, queries
from zhengtong.office.archive.rules import balance as rules


@require_GET
@door("archivist")
def balance(request: HttpRequest) -> HttpResponse:
    """Registered against filed, year by year; on demand every kept file is read again."""
    return _balance(request, _year(request, request.GET.get("year", "")), "compare" in request.GET)


@require_POST
@door("archivist")
def waive(request: HttpRequest) -> HttpResponse:
    """What is ticked is left out, each with the same reason."""
    year = _year(request, request.POST.get("year", ""))
    try:
        wanted = forms.registered(request.POST.getlist("number"), year)
        done = actions.waive(wanted, request.POST.get("ground", ""), request.POST.get("note", ""), request.person)
    except Refused as no:
        return _balance(request, year, refused=str(no))
    messages.success(request, ngettext("已定为不归档%(n)d件", "已定为不归档%(n)d件", len(done)) % {"n": len(done)})
    return redirect(f"{reverse('archive:balance')}?year={year}")


@require_POST
@door("archivist")
def reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.reinstate(pk, request.person)
        messages.success(request, _("已恢复，仍须归档"))
    except Refused as no:
        messages.error(request, str(no))
    return redirect(f"{reverse('archive:balance')}?year={request.POST.get('year', '')}")


def _year(request: HttpRequest, asked: str) -> int:
    years = queries.years(request.person) or [clock.today().year]
    return int(asked) if asked.isdecimal() and int(asked) in years else years[0]


def _balance(request: HttpRequest, year: int, compare: bool = False, refused: str = "") -> HttpResponse:
    told = {
        "years": queries.years(request.person) or [year],
        "year": year,
        "sheet": queries.balance(request.person, year, compare),
        "compared": compare,
        "grounds": rules.GROUNDS.items(),
        "refused": refused,
        "ticked": request.POST.getlist("number"),
        "ground": request.POST.get("ground", ""),
        "note": request.POST.get("note", ""),
    }
    return render(request, "archive/balance.html", told, status=422 if refused else 200)
