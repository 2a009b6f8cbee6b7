"""The search over the public site: the page, what it suggests, and the same as data."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengtong.foundation import clock
from zhengtong.portal.pages import queries as pages

from . import pace, queries, rules
from .queries import Found, Hit


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """站内搜索."""
    of, wait = rules.asked(request.GET), _wait(request, "search")
    found = Found() if wait else queries.search(of)
    context = {
        "of": of,
        "found": found,
        "wait": wait,
        "site": pages.site(),
        "rooms": queries.rooms(),
        "columns": queries.columns(of.room),
        "years": queries.years(),
        "kinds": rules.KINDS,
        "validity": rules.VALIDITY,
        "pages": rules.pages_around(of.page, found.pages),
    }
    answer = render(request, "site_search/search.html", context, status=429 if wait else 200 if found.ready else 503)
    return _unkept(answer, wait)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Titles that go on from what is typed, as a list of texts."""
    wait = _wait(request, "suggest")
    names = [] if wait else queries.suggest(request.GET.get("q", ""))
    return _unkept(JsonResponse(names, safe=False, status=429 if wait else 200, json_dumps_params={"ensure_ascii": False}), wait)


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """The search as data (`docs/api/portal.json`, SearchAnswer)."""
    of, wait = rules.asked(request.GET), _wait(request, "search")
    if wait:
        return _unkept(JsonResponse({"wait": wait}, status=429), wait)
    found = queries.search(of, rules.size(request.GET.get("size", "")))
    values = {
        "count": found.count,
        "more": found.more,
        "page": of.page,
        "pages": found.pages,
        "instead": found.instead,
        "items": [_item(hit) for hit in found.hits],
    }
    answer = JsonResponse(values, status=200 if found.ready else 503, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return _unkept(answer, 0)


def _item(hit: Hit) -> Mapping[str, str]:
    text = "".join(piece for piece, _sought in hit.text_parts)
    row = {
        "url": hit.url,
        "title": hit.title,
        "kind": hit.kind,
        "text": text,
        "published": hit.at,
        "number": hit.number,
        "issuer": hit.organ,
        "validity": hit.validity,
        "column": f"/{hit.column}/" if hit.column else "",
    }
    return {name: value for name, value in row.items() if value}


def _wait(request: HttpRequest, kind: str) -> int:
    """Behind nginx the address is what nginx says (processes.wsgi)."""
    return pace.wait(kind, request.META.get("REMOTE_ADDR", ""), clock.real_now().timestamp())


def _unkept(answer: HttpResponse, wait: int) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


for view in (search, suggest, api):
    view.door = "public"  # type: ignore[attr-defined]
