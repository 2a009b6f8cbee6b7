"""The pages of the counter. Nothing here signs anybody in; number and code open one application, each time anew."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from functools import wraps

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.seals.keys import trusted
from zhengtong.portal.pages import queries as pages

from . import actions, queries, rules, uploads
from .forms import Application, Completion, Query, Rating, sentence, token_of
from .models import Submission

View = Callable[..., HttpResponse]
COOKIE = "receipt_portal"


def public(view: View) -> View:
    """Open to anybody, kept by nobody: no cache may hold these pages."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    answer.door = "public"  # type: ignore[attr-defined]
    return answer


def _page(request: HttpRequest, name: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    site = pages.site()
    bar = [{**row, "current": row.get("kind") == "services"} for row in site.get("navigation", [])]
    services = next((row.get("href") for row in bar if row["current"]), "/")
    steps = [_("看指南"), _("填写并上传"), _("拿回执")]
    whole = {"site": {**site, "navigation": bar}, "services": services, "steps": steps, **context}
    return render(request, f"counter/{name}.html", whole, status=status)


@require_GET
@public
def information(request: HttpRequest) -> HttpResponse:
    """依申请公开: which organs take requests for information, where and when; each leads to its form."""
    return _page(request, "information", {"desks": queries.desks()})


@require_GET
@public
def mailbox(request: HttpRequest) -> HttpResponse:
    """给政府写信: to the form, once there is one."""
    code = queries.mailbox()
    return redirect("counter:apply", code) if code else _page(request, "no_item", {}, status=404)


def _form(request: HttpRequest, guide: pages.Row, form: Application, status: int = 200) -> HttpResponse:
    """The form, below the pages that lead to it: a guide among the services, the desks for information, or the letters' column."""
    code = str(guide["code"])
    at = {row.get("kind"): row.get("href", "/") for row in pages.site().get("navigation", [])}
    if code.startswith(rules.INFORMATION):
        way = [(_("依申请公开"), reverse("counter:information"))]
    elif code.startswith(rules.LETTER):
        way = [(_("互动交流"), at.get("interaction", "/"))]
    else:
        services = at.get("services", "/")
        way = [(_("办事服务"), services), (guide["name"], f"{services}{code}/")]
    return _page(request, "apply", {"guide": guide, "form": form, "way": way, "back": way[-1][1]}, status)


@require_http_methods(["GET", "POST"])
@public
def apply(request: HttpRequest, item: str) -> HttpResponse:
    """在线申请: one column, from the item's own guide."""
    guide = queries.guide(item)
    if guide is None:
        return _page(request, "no_item", {}, status=404)
    if trusted(uploads.RECEIVER) is None:
        return _page(request, "closed", {"guide": guide}, status=503)
    if request.method == "GET":
        return _form(request, guide, Application(guide))
    token = token_of(request.POST.get("once", ""))
    if token and queries.receipt(token):  # pressed twice: the same receipt
        return _to_receipt(request)
    form = Application(guide, request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, guide, form, 422)
    try:
        actions.submit(guide, form.given, list(form.papers.values()), form.cleaned_data["consent"], form.token)
    except Refused as no:
        form.add_error(None, str(no))
        return _form(request, guide, form, 409)
    return _to_receipt(request)


def _to_receipt(request: HttpRequest) -> HttpResponse:
    """The receipt has an address of its own, so that reloading hands nothing in; the browser alone brings its token."""
    answer = redirect("counter:receipt")
    answer.set_cookie(
        COOKIE,
        request.POST["once"],
        max_age=rules.RECEIPT_LIVES,
        path=reverse("counter:receipt"),
        httponly=True,
        secure=settings.CSRF_COOKIE_SECURE,
        samesite="Strict",
    )
    return answer


@require_GET
@public
def receipt(request: HttpRequest) -> HttpResponse:
    """回执: number and code, shown to the browser that handed in, for ten minutes."""
    token = token_of(request.COOKIES.get(COOKIE, ""))
    number = queries.receipt(token) if token else None
    if token is None or number is None:
        return _page(request, "receipt_gone", {}, status=410)
    found = Submission.objects.get(number=number)
    code = rules.spoken(rules.code_of(settings.SECRET_KEY, token))
    address = request.build_absolute_uri(reverse("counter:status"))
    picture = segno.make_qr(f"{address}?number={number}", error="m").svg_data_uri(scale=4, border=2)
    context = {"guide": queries.guide(found.item), "found": found, "code": code, "picture": picture}
    return _page(request, "receipt", context)


@require_http_methods(["GET", "POST"])
@public
def status(request: HttpRequest) -> HttpResponse:
    """办件进度: number and code open it, nothing is remembered."""
    if request.method == "GET":
        return _page(request, "query", {"form": Query(initial={"number": request.GET.get("number", "")[:40]})})
    found = _opened(request)
    return found if isinstance(found, HttpResponse) else _status(request, *found)


def _opened(request: HttpRequest) -> HttpResponse | tuple[Submission, str]:
    """The application that number and code open, or the page that says why not."""
    caller = queries.source(request.META.get("REMOTE_ADDR", ""))  # behind nginx: what nginx says (processes.wsgi)
    form = Query(request.POST)
    if no := queries.wait(caller):
        return _page(request, "wait", {"wait": sentence(no)}, status=429)
    if not form.is_valid():
        return _page(request, "query", {"form": form}, status=422)
    code = form.cleaned_data["code"]
    found = queries.submission(form.cleaned_data["number"], code)
    if found is None:
        actions.note_wrong_code(caller)
        form.add_error("code", _("编号或查询码不正确，请对照回执再输一次"))
        return _page(request, "query", {"form": form}, status=422)
    return found, code


def _status(
    request: HttpRequest,
    found: Submission,
    code: str,
    completion: Completion | None = None,
    rating: Rating | None = None,
    status: int = 200,
) -> HttpResponse:
    told = {"handed_in_at": found.handed_in_at.astimezone(clock.ZONE).isoformat(), **queries.status(found, code)}
    guide = queries.guide(found.item)
    completed, rated = queries.handed_in(found, rules.Kind.COMPLETION), queries.handed_in(found, rules.Kind.RATING)
    asked = bool(told.get("may_complete")) and completed is None
    context = {
        "found": found,
        "code": code,
        "told": told,
        "way": rules.way(str(told["state"]), told),
        "guide": guide,
        "completed": completed if told.get("may_complete") else None,
        "rated": rated,
        "completion": (completion or Completion(guide)) if asked and guide else None,
        "rating": (rating or Rating()) if told.get("may_rate") and rated is None else None,
    }
    return _page(request, "status", context, status=status)


@require_POST
@public
def letter(request: HttpRequest, place: int) -> HttpResponse:
    """答复书: a letter or paper inside the sealed status, opened by number and code like the status itself."""
    found = _opened(request)
    if isinstance(found, HttpResponse):
        return found
    papers = queries.status(*found).get("papers")
    if not isinstance(papers, list) or not 0 <= place < len(papers):
        raise Http404
    content = b64decode(papers[place]["data"])
    return HttpResponse(content, content_type="application/octet-stream", headers={"Content-Disposition": _named(papers[place]["name"])})


def _named(name: str) -> str:
    return str(content_disposition_header(True, name))


@require_POST
@public
def complete(request: HttpRequest, item: str) -> HttpResponse:
    """补正: number and code come along with the papers."""
    found = _opened(request)
    if isinstance(found, HttpResponse):
        return found
    submission, code = found
    guide = queries.guide(item)
    if guide is None or submission.item != item:
        raise Http404
    form = Completion(guide, request.POST, request.FILES)
    if not form.is_valid():
        return _status(request, submission, code, completion=form, status=422)
    papers = list(form.papers.values())
    try:
        actions.complete(submission.number, code, papers, form.given)
    except Refused as no:
        form.add_error(None, str(no))
        return _status(request, submission, code, completion=form, status=409)
    for paper in papers:
        paper.drop()
    return _status(request, submission, code)


@require_POST
@public
def rate(request: HttpRequest) -> HttpResponse:
    """好差评."""
    found = _opened(request)
    if isinstance(found, HttpResponse):
        return found
    submission, code = found
    form = Rating(request.POST)
    if not form.is_valid():
        return _status(request, submission, code, rating=form, status=422)
    try:
        actions.rate(submission.number, code, form.cleaned_data["stars"], form.cleaned_data["words"])
    except Refused as no:
        form.add_error(None, str(no))
        return _status(request, submission, code, rating=form, status=409)
    return _status(request, submission, code)
