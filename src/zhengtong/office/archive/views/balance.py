"""The balance sheet of a year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.doors import door
from zhengtong.office.archive import queries


@require_GET
@door("archivist")
def balance(request: HttpRequest) -> HttpResponse:
    """Registered against filed, year by year."""
    years = queries.years(request.person) or [clock.today().year]
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else years[0]
    return render(request, "archive/balance.html", {"years": years, "year": year, "rows": queries.balance(request.person, year)})
