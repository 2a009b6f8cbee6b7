"""导入: a table of an older site's articles, checked first, then taken in as drafts; what did not come stands in a report."""

import csv
import io

import openpyxl
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files import sheets
from zhengtong.foundation.files.actions import store
from zhengtong.foundation.files.queries import read as read_file
from zhengtong.foundation.refusal import Refused

from . import queries, tables
from .actions import intake as actions
from .forms import IntakeFile
from .models import Intake
from .rules import intake as rules

KEPT = "sites_intake"  # what was checked and waits to be taken in, in the session
SHOWN = 200


@require_http_methods(["GET", "POST"])
@door("editor")
def listing(request: HttpRequest) -> HttpResponse:
    """Earlier imports, and a new file: what would come and what would not. Nothing is taken in yet."""
    form = IntakeFile(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form, "rows": queries.intakes(request.person)[:SHOWN], "names": rules.COLUMNS}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            content = given.read(sheets.MOST_MB * 1024 * 1024 + 1)
            found, problems = tables.read(content, given.name)
            good, bad = actions.judge(found, request.user)
            workbook = given.name.lower().endswith(".xlsx")
            kept = store(content, "list.xlsx" if workbook else "list.txt", limit_mb=sheets.MOST_MB, allowed=("txt", "xlsx"))
        except Refused as no:
            form.add_error("file", str(no))
        else:
            request.session[KEPT] = {"sm3": kept.sm3, "name": given.name[-200:]}
            left = sorted([*problems, *bad], key=lambda one: one.line)
            told = [(one.line, one.title, str(Refused(one.objection))) for one in left[:SHOWN]]
            context |= {"good": good[:SHOWN], "count": len(good), "left": told, "missed": len(left), "name": given.name}
    return render(request, "sites/intake.html", context, status=422 if form.errors else 200)


@require_POST
@door("editor")
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in what was checked just before."""
    kept = request.session.pop(KEPT, None)
    if not kept:
        messages.error(request, _("没有待导入的文件，请重新选择并检查"))
        return redirect("sites:intake")
    try:
        found, problems = tables.read(read_file(kept["sm3"]), kept["name"])
        made = actions.take_in(kept["name"], found, problems, request.user)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("sites:intake")
    messages.success(request, _("已导入%(n)s篇，都是草稿，审核后发布") % {"n": made.came})
    return redirect("sites:intake_report", made.pk)


@require_safe
@door("editor")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What came and what did not."""
    return render(request, "sites/intake_report.html", {"shown": _mine(request, pk)})


@require_safe
@door("editor")
def left(request: HttpRequest, pk: int) -> HttpResponse:
    """What did not come, as a table to mend and hand in again."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[_("行"), _("标题"), _("原因")], *([r["line"], r["title"], r["why"]] for r in _mine(request, pk).left)])
    answer = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="left-{pk}.csv"'
    return answer


def _mine(request: HttpRequest, pk: int) -> Intake:
    return get_object_or_404(queries.intakes(request.person), pk=pk)


@require_safe
@door("editor")
def table(request: HttpRequest) -> HttpResponse:
    """An empty table with the names of its columns, and the columns of the site that this editor writes in."""
    book = openpyxl.Workbook()
    book.active.title = "文章"
    book.active.append([one.label for one in rules.COLUMNS])
    columns = book.create_sheet("栏目")
    for column in queries.writable(request.person):
        columns.append([column.path, column.name])
    out = io.BytesIO()
    book.save(out)
    answer = HttpResponse(out.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = 'attachment; filename="articles.xlsx"'
    return answer
