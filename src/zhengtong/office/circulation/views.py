"""传阅给我的, one paper to read, and the keeper's overview. Thin: guard, call, answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.actions import safe_name
from zhengtong.foundation.files.queries import open_stored, read
from zhengtong.foundation.files.rules import KINDS
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import queries as slips
from zhengtong.papers.typeset import press

from . import actions, queries, rules
from .forms import ReadersForm, RemarkForm, WhyForm, WordsForm
from .models import Circulation, Sheet

ROWS = 30
PICTURES = ("png", "jpg")


@require_GET
@door()
def mine(request: HttpRequest) -> HttpResponse:
    """传阅给我的: what I am to read, and what I have read."""
    which = "read" if request.GET.get("show") == "read" else "unread"
    page = Paginator(queries.mine(request.person, which), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "which": which, "count": queries.mine_count(request.person), "today": clock.today()}
    return render(request, "circulation/mine.html", context)


@require_GET
@door(*rules.KEEPERS)
def kept(request: HttpRequest) -> HttpResponse:
    """What my organ has in circulation, and who is missing."""
    filters = WordsForm(request.GET)
    words = filters.cleaned_data["words"] if filters.is_valid() else ""
    page = Paginator(queries.kept(request.person, words), ROWS).get_page(request.GET.get("page"))
    return render(request, "circulation/kept.html", {"page": page, "filters": filters, "today": clock.today()})


@require_GET
@door()
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as pages, my confirmation, and who has read it when."""
    return _page(request, _found(request, pk))


@require_GET
@door()
def file(request: HttpRequest, pk: int, place: int) -> FileResponse:
    """One file as it is."""
    sheet = _sheet(request, pk, place)
    return FileResponse(open_stored(sheet.file.sm3), content_type=KINDS[sheet.file.kind][0], filename=safe_name(sheet.name))


@require_GET
@door()
def picture(request: HttpRequest, pk: int, place: int, number: int) -> HttpResponse:
    """One page of a file as a picture, so that a phone shows it too."""
    sheet = _sheet(request, pk, place)
    content = read(sheet.file.sm3)
    if sheet.file.kind in PICTURES:
        return HttpResponse(content, content_type=KINDS[sheet.file.kind][0])
    if sheet.file.kind != "pdf" or not 1 <= number <= press.pages(content):
        raise Http404
    return HttpResponse(press.picture(content, number), content_type="image/png", headers={"Cache-Control": "private, max-age=600"})


@require_POST
@door()
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """阅毕."""
    found = _found(request, pk)
    form = RemarkForm(request.POST)
    if form.is_valid():
        try:
            actions.read(found.pk, request.person, form.cleaned_data["remark"])
            messages.success(request, _("已确认阅毕"))
        except Refused as no:
            messages.error(request, str(no))
    return redirect("circulation:mine")


@require_POST
@door(*rules.KEEPERS)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Let more people read."""
    found = get_object_or_404(queries.kept(request.person), pk=pk)
    form = ReadersForm(found.organ, request.POST)
    if form.is_valid():
        try:
            actions.add(pk, request.person, form.cleaned_data["readers"])
        except Refused as no:
            form.add_error("others", str(no))
        else:
            messages.success(request, _("已送阅"))
            return redirect("circulation:page", pk)
    return _page(request, found, form, status=422)


@require_POST
@door(*rules.KEEPERS)
def remove(request: HttpRequest, pk: int, reading: int) -> HttpResponse:
    """Take somebody off the list."""
    get_object_or_404(queries.kept(request.person), pk=pk)
    try:
        actions.remove(reading, request.person, request.POST.get("reason", ""))
        messages.success(request, _("已撤出传阅名单"))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("circulation:page", pk)


@require_POST
@door(*rules.KEEPERS)
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind all who have not read, in one touch."""
    try:
        count = actions.urge(pk, request.person)
        messages.success(request, _("已催阅%(count)d人") % {"count": count})
    except Refused as no:
        messages.error(request, str(no))
    return redirect("circulation:page", pk)


def _found(request: HttpRequest, pk: int) -> Circulation:
    return get_object_or_404(queries.visible(request.person), pk=pk)


def _sheet(request: HttpRequest, pk: int, place: int) -> Sheet:
    return get_object_or_404(_found(request, pk).sheets.select_related("file"), order=place)


def _page(request: HttpRequest, found: Circulation, form: ReadersForm | None = None, status: int = 200) -> HttpResponse:
    rows = list(queries.readings(found))
    urged = slips.urges_of(queries.subject(row) for row in rows)
    for row in rows:
        row.urgings = urged.get(queries.subject(row), [])
    own = next((r for r in rows if r.person_id == request.person.pk and r.removed_at is None), None)
    sheets = [(sheet, _pages(sheet)) for sheet in found.sheets.select_related("file")]
    context = {
        "circulation": found,
        "rows": rows,
        "own": own,
        "sheets": sheets,
        "running": found.state == rules.State.RUNNING,
        "keeper": queries.keeps(request.person, found.organ),
        "form": form or ReadersForm(found.organ),
        "remark": RemarkForm(),
        "why": WhyForm(),
        "today": clock.today(),
    }
    return render(request, "circulation/page.html", context, status=status)


def _pages(sheet: Sheet) -> range:
    if sheet.file.kind == "pdf":
        return range(1, press.pages(read(sheet.file.sm3)) + 1)
    return range(1, 2) if sheet.file.kind in PICTURES else range(0)
