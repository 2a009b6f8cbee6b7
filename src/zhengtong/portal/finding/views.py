"""站内搜索, for people and as data. Nothing that was typed is kept."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengtong.portal.pages import queries as pages

from . import queries, rules
from .forms import FORCE, SearchForm

BESIDE = 3  # pages that can be turned to beside the present one


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the site holds of the words that were typed."""
    form, at = SearchForm(request.GET), _page(request)
    wanted = form.wanted()
    answer = queries.find(wanted, at)
    typed = form.cleaned_data.get("q", "")[: rules.LONGEST]
    kept = request.GET.copy()
    for name in [name for name in kept if name not in form.fields or not kept[name]]:
        del kept[name]
    near = range(max(1, at - BESIDE), min(answer.pages, at + BESIDE) + 1)
    told = {"form": form, "answer": answer, "words": typed, "at": at, "near": near, "kept": kept.urlencode(), "force": FORCE}
    page = render(request, "finding/search.html", {**told, "narrowed": wanted.narrowed, "site": pages.site()})
    page["Cache-Control"] = "no-store"
    return page


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """What may be meant by what is being typed, at most eight names and titles."""
    answer = JsonResponse(queries.suggested(request.GET.get("q", "")), safe=False)
    answer["Cache-Control"] = "public, max-age=60"
    return answer


@require_safe
def data(request: HttpRequest) -> JsonResponse:
    """The same search as data, for anybody's programs; docs/api/portal.json describes it."""
    form, at = SearchForm(request.GET), _page(request)
    wanted = form.wanted()
    if form.errors:
        faults = {name: [str(one) for one in said] for name, said in form.errors.items()}
        answer = JsonResponse({"errors": faults}, status=400)
    else:
        found = queries.find(wanted, at)
        domain = pages.site().get("domain", "")
        hits = [_data(hit, domain) for hit in found.hits]
        answer = JsonResponse({"count": found.count, "more": found.more, "page": at, "pages": found.pages, "hits": hits})
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=60"
    return answer


def _data(hit: queries.Hit, domain: str) -> dict[str, object]:
    shelf = hit.shelf or {}
    found = {
        "url": f"https://{domain}{hit.url}",
        "title": hit.plain_title,
        "snippet": "".join(piece for piece, _sought in hit.snippet),
        "date": hit.day,
        "number": hit.number,
        "validity": hit.validity,
        "column": f"/{shelf['path']}/" if shelf else "",
        "kind": shelf.get("kind", "service"),
        "site": shelf.get("room_name", ""),
    }
    return {name: value for name, value in found.items() if value}


def _page(request: HttpRequest) -> int:
    """The page asked for, within what can be turned."""
    asked = request.GET.get("page", "")
    return min(max(int(asked), 1), queries.PAGES) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1


for view in (search, suggest, data):
    view.door = "public"
