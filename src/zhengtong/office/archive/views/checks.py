"""四性检测: the runs, what each check found, the questions that only a person can answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.office.archive import actions, forms
from zhengtong.office.archive.models import Run
from zhengtong.office.archive.queries import checking
from zhengtong.office.archive.rules import checks

ROWS = 30


@require_GET
@door("archivist")
def runs(request: HttpRequest) -> HttpResponse:
    """Each fonds with its yearly check, and all runs, the last first."""
    page = Paginator(checking.runs(request.person), ROWS).get_page(request.GET.get("page"))
    rows = [(run, checking.standing(run)) for run in page.object_list]
    return render(request, "archive/runs.html", {"due": checking.due(request.person), "page": page, "rows": rows})


@require_GET
@door("archivist")
def run(request: HttpRequest, pk: int) -> HttpResponse:
    return _run(request, get_object_or_404(checking.runs(request.person), pk=pk))


@require_POST
@door("archivist")
def check_yearly(request: HttpRequest) -> HttpResponse:
    try:
        made = actions.check_yearly(request.POST.get("fonds", ""), request.person)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("archive:runs")
    return redirect("archive:run", made.pk)


@require_POST
@door("archivist")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(checking.runs(request.person), pk=pk)
    asked = forms.questions(checking.open_questions(found), found.stage, request.POST)
    try:
        actions.answer(pk, forms.answers(asked), request.person)
    except Refused as no:
        return _run(request, found, asked, str(no))
    messages.success(request, _("已记录回答"))
    return redirect("archive:run", pk)


def _run(request: HttpRequest, found: Run, asked: list[forms.Question] | None = None, refused: str = "") -> HttpResponse:
    rows = checking.shown(found)
    groups = [(name, [row for row in rows if row.check.property == key and row.finding]) for key, name in checks.PROPERTIES.items()]
    told = {
        "run": found,
        "standing": checking.standing(found),
        "groups": [(name, rows) for name, rows in groups if rows],
        "asked": asked or forms.questions(checking.open_questions(found), found.stage, {}),
        "answers": checks.ANSWERS.items(),
        "refused": refused,
        "transfer": found.transfers.first(),
    }
    return render(request, "archive/run.html", told, status=422 if refused else 200)
