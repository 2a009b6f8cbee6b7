"""The board, a site with its visits, a finding with its evidence."""

from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.queries import open_stored
from zhengtong.foundation.files.rules import KINDS
from zhengtong.foundation.refusal import Refused
from zhengtong.oversight.inspection import actions, exports, queries
from zhengtong.oversight.inspection.forms import Reason, SiteForm
from zhengtong.oversight.inspection.models import Site, Visit
from zhengtong.oversight.inspection.rules.orders import OFFICERS, OWNERS
from zhengtong.oversight.inspection.rules.watch import STATES

ROLES = (*OFFICERS, *OWNERS)


def found(request: HttpRequest, code: str) -> Site:
    """The site, where this person may see it; who may not isn't told that it is there."""
    site = queries.site(code, request.person)
    if site is None:
        raise Http404
    return site


@door(*ROLES)
def board(request: HttpRequest) -> HttpResponse:
    """Every site's state at a glance; each number opens what stands behind it."""
    rows = queries.board(request.person)
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()
    shown = [r for r in rows if (not state or r.state == state) and (words in r.site.name or words in r.organ or words in r.site.address)]
    counts = [(code, label, sum(r.state == code for r in rows)) for code, label in STATES.items()]
    context = {"rows": shown, "all": rows, "counts": counts, "state": state, "words": words, "officer": queries.oversees(request.person)}
    return render(request, "inspection/board.html", context)


@door(*ROLES)
def board_file(request: HttpRequest, kind: str) -> HttpResponse:
    table = exports.board(queries.board(request.person))
    if kind == "xlsx":
        return _download(exports.xlsx(**{_("网站"): table}), _("网站巡检"), kind)
    if kind == "csv":
        return _download(exports.comma_separated(table), _("网站巡检"), kind)
    raise Http404


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=exports.KINDS[kind])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    return answer


@door(*ROLES)
def site(request: HttpRequest, code: str, pk: int = 0) -> HttpResponse:
    """A site: its last visit, or an earlier one."""
    there = found(request, code)
    visit = get_object_or_404(Visit, pk=pk, site=there) if pk else there.visits.first()
    return site_page(request, there, visit)


def site_page(request: HttpRequest, there: Site, visit: Visit | None, status: int = 200, words: str = "") -> HttpResponse:
    new, mended = queries.differences(visit) if visit else ((), ())
    officer = queries.oversees(request.person)
    context = {
        "site": there, "visit": visit, "groups": queries.groups(visit) if visit else [], "new": new, "mended": mended,
        "books": queries.books(visit) if visit else [], "columns": visit.columns.all() if visit else (),
        "pictures": visit.pictures.all()[:1] if visit else (), "history": queries.history(there), "warnings": there.warnings.all()[:20],
        "officer": officer, "organ": queries.organ_names().get(there.organ, there.organ), "orders": there.orders.all()[:10],
        "already": queries.already(visit) if visit else set(), "words": words, "stopping": Reason(auto_id="stop-%s"),
        "latest": bool(visit) and visit == there.visits.first(),
    }  # fmt: skip
    return render(request, "inspection/site.html", context, status=status)


@door(*ROLES)
def report_file(request: HttpRequest, code: str, pk: int, kind: str) -> HttpResponse:
    there = found(request, code)
    visit = get_object_or_404(Visit, pk=pk, site=there)
    if kind not in exports.KINDS:
        raise Http404
    return _download(exports.report(visit, kind), _("%(site)s巡检报告") % {"site": there.name}, kind)


@door(*ROLES)
def finding(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One finding: what was seen, when, how it was answered, how it looked, and since when."""
    one = queries.finding(code, pk, request.person)
    if one is None:
        raise Http404
    context = {"finding": one, "site": one.visit.site, "picture": queries.picture_of(one), "earlier": queries.earlier(one)}
    return render(request, "inspection/finding.html", context)


@door(*ROLES)
def picture(request: HttpRequest, code: str, pk: int) -> FileResponse:
    there = found(request, code)
    shot = queries.picture(there, pk)
    if shot is None:
        raise Http404
    return FileResponse(open_stored(shot.file.sm3), content_type=KINDS[shot.file.kind][0])


@door(*OFFICERS)
def enter(request: HttpRequest) -> HttpResponse:
    """列入巡检: any site may be given to the inspector."""
    form = SiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if Site.objects.filter(code=given["code"]).exists():
            form.add_error("code", _("这个代码已经用了"))
        elif (answer := _entered(request, form, given["code"])) is not None:
            return answer
    return render(request, "inspection/enter.html", {"form": form}, status=422 if form.is_bound else 200)


@door(*OFFICERS)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Correct what is known of a site; saving resumes a stopped one."""
    there = found(request, code)
    known = {"name": there.name, "address": there.address, "organ": there.organ, "domain": there.domain}
    form = SiteForm(request.POST or None, initial=known, known=True)
    if request.method == "POST" and form.is_valid() and (answer := _entered(request, form, code)) is not None:
        return answer
    return render(request, "inspection/enter.html", {"form": form, "site": there}, status=422 if form.is_bound else 200)


def _entered(request: HttpRequest, form: SiteForm, code: str) -> HttpResponse | None:
    given = form.cleaned_data
    try:
        actions.enter(code, given["name"], given["address"], given["organ"], by=request.person, domain=given["domain"])
    except Refused as no:
        form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        return None
    messages.success(request, _("已列入巡检，探针马上去看"))
    return redirect("inspection:site", code)


@require_POST
@door(*OFFICERS)
def stop(request: HttpRequest, code: str) -> HttpResponse:
    there = found(request, code)
    form = Reason(request.POST)
    try:
        actions.stop(code, request.person, form.data.get("reason", "")[:300])
        messages.success(request, _("已停止巡检，以前的记录仍在"))
    except Refused as no:
        messages.error(request, str(no))
        return site_page(request, there, there.visits.first(), status=409)
    return redirect("inspection:site", code)


@require_POST
@door(*ROLES)
def look_again(request: HttpRequest, code: str) -> HttpResponse:
    found(request, code)
    try:
        actions.look_again(code, request.person)
        messages.success(request, _("已请探针马上去看，结果几分钟后到"))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("inspection:site", code)
