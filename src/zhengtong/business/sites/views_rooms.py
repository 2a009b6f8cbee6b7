"""The cluster's screens: which organ has its room, how its columns stand, and opening a room in minutes."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused

from . import queries, rules
from .actions import rooms as actions
from .forms import Closing, Gather, NewRoom, Review
from .models import Gathering, Site
from .queries import coverage
from .rules import rooms

READERS = tuple(role.value for role in rules.Role)


@door(*READERS)
def listing(request: HttpRequest) -> HttpResponse:
    """The rooms that the person may see: the whole cluster for the county's editors, with who has none; his own for others."""
    county = queries.runs_the_cluster(request.person)
    own = set(queries.sites_for(request.person).values_list("pk", flat=True))
    rows = [row for row in coverage.coverage() if county or (row.room and row.room.pk in own)]
    context = {
        "rows": rows,
        "county": county,
        "main": queries.sites_for(request.person).filter(main__isnull=True).first(),
        "may_open": queries.runs_the_cluster(request.person, rules.Role.PUBLISHER),
        "with_room": sum(row.room is not None for row in rows),
    }
    return render(request, "sites/rooms.html", context)


@door(*READERS)
def room(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _found(request, code))


def _found(request: HttpRequest, code: str) -> Site:
    return get_object_or_404(queries.sites_for(request.person), code=code)


def _page(request: HttpRequest, found: Site, refused: str = "", status: int = 200, closing: Closing | None = None) -> HttpResponse:
    """One site or room: its marks, its columns with their periods, and what may be done with it."""
    gatherings = Gathering.objects.filter(column__site=found).select_related("column")
    context = {
        "room": found,
        "rows": [(row, rules.PERIOD[row.column.period], rooms.FRESHNESS[row.state]) for row in coverage.standings([found])],
        "gatherings": gatherings,
        "refused": refused,
        "may": queries.runs_the_cluster(request.person, rules.Role.PUBLISHER),
        "may_gather": found in queries.sites_for(request.person, rules.Role.PUBLISHER),
        "closing": closing or Closing(),
        "review": Review(initial={"review": found.review}),
        "gather": Gather(columns=found.columns.filter(kind=rules.ColumnKind.LIST.value)),
    }
    return render(request, "sites/room.html", context, status=status)


@door("publisher")
def new(request: HttpRequest) -> HttpResponse:
    """开通子站 from a template."""
    if not queries.runs_the_cluster(request.person, rules.Role.PUBLISHER):
        messages.error(request, _("只有县政府门户网站的主办、承办单位可以管理子站"))
        return redirect("sites:rooms")
    organ = coverage.without_room().filter(code=request.GET.get("organ", "")).first()
    initial = {"organ": organ.code, "template": rooms.template_for(organ.kind), "path": organ.code.lower()} if organ else {}
    form = NewRoom(request.POST or None, organs=coverage.without_room(), initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            made = actions.open_room(asked["organ"].code, asked["template"], asked["path"], request.user)
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("子站已开通，随下一个发布包公开"))
            return redirect("sites:room", made.code)
    return render(request, "sites/room_new.html", {"form": form, "templates": rooms.TEMPLATES.values()}, status=409 if form.errors else 200)


def _act(request: HttpRequest, code: str, verb: Callable[[Site], object], done: str) -> HttpResponse:
    found = _found(request, code)
    try:
        verb(found)
    except Refused as no:
        return _page(request, _found(request, code), str(no), status=409)
    messages.success(request, done)
    return redirect("sites:room", code)


@require_POST
@door("publisher")
def close(request: HttpRequest, code: str) -> HttpResponse:
    """关停子站, with its reason."""
    reason = request.POST.get("reason", "")
    return _act(request, code, lambda found: actions.close_room(found.pk, reason, request.user), _("子站已关停"))


@require_POST
@door("publisher")
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    return _act(request, code, lambda found: actions.reopen_room(found.pk, request.user), _("子站已恢复"))


@require_POST
@door("publisher")
def choose_review(request: HttpRequest, code: str) -> HttpResponse:
    """How many steps a text passes."""
    scheme = request.POST.get("review", "")
    return _act(request, code, lambda found: actions.choose_review(found.pk, scheme, request.user), _("审核方式已设定"))


@require_POST
@door("publisher")
def gather(request: HttpRequest, code: str) -> HttpResponse:
    """A new rule by which a column shows what others publish."""
    found = _found(request, code)
    form = Gather(request.POST, columns=found.columns.filter(kind=rules.ColumnKind.LIST.value))
    if not form.is_valid():
        return _page(request, found, next(iter(form.errors.values()))[0], status=422)
    asked = dict(form.cleaned_data)
    column = asked.pop("column")
    return _act(request, code, lambda _found: actions.gather(column, request.user, **asked), _("汇集规则已设定，随下一个发布包生效"))


@require_POST
@door("publisher")
def stop_gathering(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    found = _found(request, code)
    if not Gathering.objects.filter(pk=pk, column__site=found).exists():
        raise Http404
    return _act(request, code, lambda _found: actions.stop_gathering(pk, request.user), _("汇集规则已取消"))
