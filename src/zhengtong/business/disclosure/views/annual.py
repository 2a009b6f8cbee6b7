"""年度报告: written, added up, handed in, approved. Thin: guard, call, answer."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengtong.business.disclosure import actions, counting, forms_annual, queries, reporting
from zhengtong.business.disclosure.models import AnnualReport
from zhengtong.business.disclosure.rules import annual as rules
from zhengtong.business.disclosure.rules import steps
from zhengtong.foundation import clock
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "POST"])
@door(*queries.ROLES)
def listing(request: HttpRequest) -> HttpResponse:
    """The reports of my organs by year, and beginning one."""
    desks = [desk for desk in queries.desks(request.person) if queries.may(request.person, steps.CLERK, desk.organ)]
    form = forms_annual.Begin(request.POST or None, desks=desks) if desks else None
    if form is not None and form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.begin_report(data["organ"], data["year"], request.person, whole=data["whole"], reason=data["reason"])
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            return redirect("disclosure:report", made.pk)
    today = clock.today()
    rows = [(one, rules.due(one.year, whole=one.whole)) for one in queries.reports(request.person)]
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "disclosure/reports.html", {"rows": rows, "form": form, "today": today}, status=status)


@require_http_methods(["GET", "POST"])
@door(*queries.ROLES)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it stands; its clerk writes it here."""
    found = _mine(request, pk)
    if request.method != "POST":
        return _page(request, found)
    form = forms_annual.Writing(request.POST, report=found)
    if form.is_valid():
        try:
            actions.write_report(pk, request.person, form.entered(), form.chapters(), version=form.cleaned_data["version"])
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已保存"))
            return redirect("disclosure:report", pk)
    return _page(request, found, form=form, status=422)


def _mine(request: HttpRequest, pk: int) -> AnnualReport:
    return get_object_or_404(queries.reports(request.person), pk=pk)


def _page(request: HttpRequest, found: AnnualReport, *, form: object = None, refused: str = "", status: int = 200) -> HttpResponse:
    clerk, head = (queries.may(request.person, role, found.organ) for role in (steps.CLERK, steps.HEAD))
    figures, said = counting.figures(found), {fault.place: str(Refused(fault.objection)) for fault in counting.faults(found)}
    writing = found.state == AnnualReport.DRAFT and clerk
    context = {
        "shown": found,
        "form": form or (forms_annual.Writing(report=found) if writing else None),
        "second": [(rules.TABLE_2[code], found.entered.get(code), figures["2", code, ""]) for code in rules.TABLE_2],
        "third": _rows("3", rules.TABLE_3, rules.COLUMNS, figures, said),
        "fourth": _rows("4", rules.TABLE_4, rules.COLUMNS_4, figures, said),
        "columns": rules.COLUMNS.values(),
        "results": rules.COLUMNS_4.values(),
        "titles": rules.TABLES,
        "chapters": [(title, found.chapters.get(key, "")) for key, title in rules.CHAPTERS.items()],
        "faults": list(said.values()),
        "due": rules.due(found.year, whole=found.whole),
        "may_hand_in": writing,
        "may_approve": head and found.state == AnnualReport.WAITING and found.drafted_by_id != request.person.pk,
        "may_return": head and found.state == AnnualReport.WAITING,
        "refused": refused,
        "effects": [_("数字和文字从此不能改动，要改只能另出更正的版本"), _("报告送到网站“信息公开年度报告”栏目，由编辑审核发布")],
    }
    return render(request, "disclosure/report.html", context, status=status)


def _rows(table: str, labels: dict[str, str], columns: dict[str, str], figures: rules.Figures, said: dict[rules.Cell, str]) -> list[tuple]:
    return [
        (label, row, [(column, figures[table, row, column], said.get((table, row, column), "")) for column in columns])
        for row, label in labels.items()
    ]


def _done(request: HttpRequest, pk: int, run: Callable[[], object], told: str) -> HttpResponse:
    found = _mine(request, pk)
    try:
        run()
    except Refused as no:
        return _page(request, found, refused=str(no), status=409)
    messages.success(request, told)
    return redirect("disclosure:report", pk)


@require_POST
@door(steps.CLERK)
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """送审."""
    return _done(request, pk, lambda: actions.hand_in_report(pk, request.person), _("已送负责人审定"))


@require_POST
@door(steps.HEAD)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """退回."""
    reason = request.POST.get("reason", "")[:200]
    return _done(request, pk, lambda: actions.return_report(pk, request.person, reason), _("已退回"))


@require_POST
@door(steps.HEAD)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """审定, with the key's PIN."""
    pin = request.POST.get("pin", "")
    return _done(request, pk, lambda: actions.approve_report(pk, request.user, pin), _("已审定，稿件已送网站编辑"))


@require_safe
@door(*queries.ROLES)
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as docx."""
    found = _mine(request, pk)
    answer = HttpResponse(reporting.docx(found), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="report-{found.year}.docx"'
    return answer


@require_safe
@door(*queries.ROLES)
def behind(request: HttpRequest, pk: int, row: str, column: str) -> HttpResponse:
    """The requests that a number of table 3 counts, of the reader's own organs."""
    found = _mine(request, pk)
    known = row in rules.TABLE_3 and column in rules.COLUMNS
    counted = counting.requests_of(counting.organs_of(found), found.year, row, column) if known else queries.visible(request.person).none()
    shown = queries.visible(request.person).filter(pk__in=counted.values("pk"))
    context = {"shown": found, "label": rules.TABLE_3.get(row, ""), "column": rules.COLUMNS.get(column, ""), "rows": shown}
    return render(request, "disclosure/report_requests.html", context | {"hidden": counted.count() - shown.count()})
