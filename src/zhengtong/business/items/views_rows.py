"""The implementation list's screens: search, one row whole, its versions, review by a second person, files in and out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.accounts.actions import confirm
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.actions import store
from zhengtong.foundation.files.queries import read as read_file
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused

from . import actions, files, queries
from .forms_rows import Approval, Filters, Import, Return, Row
from .models import Implementation
from .rules import codes
from .rules import implementation as rules

PAGE = 30
MOST_SHOWN = 200
KEPT = "items_import"  # what was checked and waits to be taken in, in the session


@door("item_manager", "approver")
def listing(request: HttpRequest) -> HttpResponse:
    rows, filters = _asked(request)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = [(row, codes.TASK_TYPES.get(row.values.get("task_type", ""), "")) for row in page.object_list]
    return render(request, "items/rows.html", {"filters": filters, "page": page, "rows": shown, "keeper": _keeps(request)})


def _asked(request: HttpRequest) -> tuple[object, Filters]:
    filters = Filters(request.GET)
    return queries.newest(queries.implementations(request.person), **(filters.cleaned_data if filters.is_valid() else {})), filters


def _keeps(request: HttpRequest) -> bool:
    return accounts.holds(request.person, "item_manager")


def _organ(request: HttpRequest) -> Organ:
    """The organ for which this person keeps the list."""
    return Organ.objects.filter(pk__in=accounts.roles_by_organ(request.person)["item_manager"]).order_by("code")[0]


def _found(request: HttpRequest, code: str) -> Implementation:
    return get_object_or_404(queries.newest(queries.implementations(request.person)), task_code=code)


@door("item_manager")
def new(request: HttpRequest) -> HttpResponse:
    return _written(request, None)


@door("item_manager", "approver")
def row(request: HttpRequest, code: str) -> HttpResponse:
    """The newest version: to write for the one who keeps it, to review for the other."""
    found = _found(request, code)
    if _keeps(request) and found.state != rules.State.SUBMITTED:
        return _written(request, found)
    return _read(request, found)


def _written(request: HttpRequest, found: Implementation | None) -> HttpResponse:
    whole = Row(found, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, found, whole)
    if not whole.is_valid():
        return _page(request, found, whole, status=422)
    try:
        organ = found.organ if found else _organ(request)
        saved = actions.draft(whole.form.values(), whole.lines(), organ, request.person, seen=whole.form.cleaned_data["seen"])
    except Refused as no:
        known = no.objection.field in whole.form.fields
        whole.form.add_error(no.objection.field if known else None, str(no))
        return _page(request, found, whole, status=409)
    messages.success(request, _("已保存为草稿"))
    return redirect("items:row", saved.task_code)


def _page(request: HttpRequest, found: Implementation | None, whole: Row, *, status: int = 200) -> HttpResponse:
    gaps = [actions.spoken(no).text for no in rules.gaps(found.values, found.sheets)] if found else []
    return render(request, "items/row.html", {"row": found, "whole": whole, "gaps": gaps}, status=status)


def _read(
    request: HttpRequest, found: Implementation, *, act: str = "", refused: str = "", approval: Approval | None = None,
    back: Return | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    before = queries.implementations(request.person).filter(task_code=found.task_code, version__lt=found.version).first()
    held = (before.values, before.sheets) if before else ({}, {})
    context = {
        "row": found,
        "groups": [(label, [(f.label, rules.shown(f, found.values.get(f.key, ""))) for f in fields]) for label, fields in rules.GROUPS],
        "sheets": [(s.label, [rules.line_shown(s, line, _) for line in found.sheets.get(s.key, ())]) for s in rules.SHEETS],
        "before": before,
        "differences": rules.differences(held, (found.values, found.sheets), _) if before else [],
        "may_review": found.state == rules.State.SUBMITTED and found.prepared_by != request.person,
        "act": act,
        "refused": refused,
        "approval": approval or Approval(),
        "back": back or Return(),
        "effects": [_("从生效日期起，门户网站的指南照这一版"), _("已经收到的申请按原来的版本办完"), _("公布后不能修改，只能再编新版")],
    }
    return render(request, "items/row_read.html", context, status=status)


@door("item_manager", "approver")
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Every version with what it changed."""
    rows = list(queries.implementations(request.person).filter(task_code=code))
    if not rows:
        raise Http404
    today = clock.today()
    running = next((r for r in rows if r.effective_from and r.effective_from <= today), None)
    shown = []
    for one, before in zip(rows, [*rows[1:], None], strict=True):
        changed = rules.differences((before.values, before.sheets), (one.values, one.sheets), _) if before else []
        shown.append((one, before, changed, one == running and not rules.cancelled(one.values, today)))
    return render(request, "items/row_versions.html", {"row": rows[0], "versions": shown})


@require_POST
@door("item_manager")
def submit(request: HttpRequest, code: str) -> HttpResponse:
    try:
        actions.submit(_found(request, code).task_code, request.person)
        messages.success(request, _("已提交，等另一人审核"))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("items:row", code)


@require_POST
@door("item_manager", "approver")
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """审核公布, confirmed with the key's PIN."""
    found, form = _found(request, code), Approval(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("请填写有效日期，例如2026-03-02"), field="effective_from")
        confirm(request.user, request.POST.get("pin", ""))
        actions.approve(found.task_code, form.cleaned_data["effective_from"], request.person)
    except Refused as no:
        return _read(request, found, act="approve", refused=str(no), approval=form, status=409)
    messages.success(request, _("已公布"))
    return redirect("items:row_versions", code)


@require_POST
@door("item_manager", "approver")
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    found, form = _found(request, code), Return(request.POST)
    try:
        actions.send_back(found.task_code, form.data.get("reason", ""), request.person)
    except Refused as no:
        return _read(request, found, act="return", refused=str(no), back=form, status=409)
    messages.success(request, _("已退回"))
    return redirect("items:rows")


@door("item_manager")
def hand_in(request: HttpRequest) -> HttpResponse:
    """Check a file and show what it would do; nothing is taken in yet."""
    form = Import(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "items/rows_import.html", {"form": form}, status=422 if request.method == "POST" else 200)
    given, claimed = form.cleaned_data["file"], form.cleaned_data["claimed"]
    try:
        content = given.read(files.MOST_MB * 1024 * 1024 + 1)
        rows, problems = files.read(content, given.name)
        outcome, more = actions.rehearse(rows, _organ(request), claimed=claimed)
        if problems or more:
            return _refused(request, form, [*problems, *more], given.name)
        suffix = given.name.lower().rpartition(".")[2]
        kept = store(content, "list.xlsx" if suffix == "xlsx" else "list.txt", limit_mb=files.MOST_MB, allowed=("txt", "xlsx"))
    except Refused as no:
        form.add_error("file", str(no))
        return render(request, "items/rows_import.html", {"form": form}, status=422)
    request.session[KEPT] = {"sm3": kept.sm3, "name": f"list.{suffix}", "source": given.name[:80], "claimed": claimed}
    return render(request, "items/rows_import.html", {"form": Import(), "outcome": outcome, "source": given.name, "claimed": claimed})


def _refused(request: HttpRequest, form: Import, problems: list, source: str) -> HttpResponse:
    told = []
    for problem in problems[:MOST_SHOWN]:
        field = rules.BY_KEY.get(problem.objection.field)
        told.append((problem.row, field.label if field else "", actions.spoken(problem.objection).text))
    context = {"form": form, "problems": told, "count": len(problems), "source": source}
    return render(request, "items/rows_import.html", context, status=422)


@require_POST
@door("item_manager")
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in what was checked just before."""
    kept = request.session.pop(KEPT, None)
    if not kept:
        messages.error(request, _("没有待导入的文件，请重新选择并检查"))
        return redirect("items:rows_import")
    try:
        rows, _problems = files.read(read_file(kept["sm3"]), kept["name"])
        outcome = actions.take_in(rows, _organ(request), request.person, claimed=kept["claimed"])
    except actions.RowsRefused as no:
        return _refused(request, Import(), no.problems, kept["source"])
    except Refused as no:
        messages.error(request, str(no))
        return redirect("items:rows_import")
    counts = {"new": len(outcome.new), "changed": len(outcome.changed), "same": len(outcome.same)}
    messages.success(request, _("已导入为草稿：新增%(new)d项，变更%(changed)d项，不变%(same)d项") % counts)
    return redirect("items:rows")


@door("item_manager", "approver")
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """What the list shows, as a file."""
    if kind not in files.TYPES:
        raise Http404
    rows, _filters = _asked(request)
    answer = HttpResponse(files.written(list(rows), kind), content_type=files.TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="implementation.{kind}"'
    return answer
