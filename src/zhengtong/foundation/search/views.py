"""The search screen."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhengtong.foundation.accounts.doors import door

from . import queries, rules
from .forms import FindForm
from .sources import sources

PAGE = 20


@door()
def find(request: HttpRequest) -> HttpResponse:
    """Everything I may see that holds these words."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in sources() else ""
    year = int(given) if (given := request.GET.get("year", "")).isdecimal() and len(given) == 4 else None
    page = Paginator(queries.find(request.person, query, kind, year), PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": bool(rules.words(query)),
        "filters": FindForm(request.GET, queries.years(request.person)),
        "page": page,
        "hits": queries.shown(request.person, list(page.object_list), query),
    }
    return render(request, "search/find.html", context)
