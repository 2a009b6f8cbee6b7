"""The archivist's pages: what is pre-filed, what is filed, one item, the balance, the fonds."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.actions import safe_name
from zhengtong.foundation.files.queries import open_stored
from zhengtong.foundation.files.rules import KINDS
from zhengtong.foundation.refusal import Refused
from zhengtong.office.archive import actions, forms, queries, rules
from zhengtong.office.archive.queries import checking, moving
from zhengtong.office.archive.rules import checks
from zhengtong.office.archive.rules.balance import GROUNDS

ROWS = 50
BATCH = 200  # filed at once; the rest comes after
ASKED = checks.asked(checks.Stage.FILING)


@require_GET
@door("archivist")
def prefiled(request: HttpRequest) -> HttpResponse:
    """What waits for confirmation, all ticked with what is proposed."""
    return _prefiled(request)


@require_POST
@door("archivist")
def confirm(request: HttpRequest) -> HttpResponse:
    """File what is ticked; the archival numbers are fixed, which can't be undone, so the key's PIN is asked."""
    try:
        accounts.confirm(request.user, request.POST.get("pin", ""))
        items = actions.confirm(forms.choices(_rows(request)), request.person, forms.ticked(request.POST, checks.Stage.FILING))
    except Refused as no:
        return _prefiled(request, no)
    messages.success(request, ngettext("已归档%(n)d件", "已归档%(n)d件", len(items)) % {"n": len(items)})
    return redirect("archive:filed")


@require_GET
@door("archivist")
def filed(request: HttpRequest) -> HttpResponse:
    """归档文件目录 (DA/T 22-2015 5.5)."""
    filters = forms.FiledFilter(request.GET)
    found = queries.filed(request.person, **filters.cleaned_data) if filters.is_valid() else queries.filed(request.person)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "archive/filed.html", {"filters": filters, "page": page})


@require_GET
@door("archivist")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item with its parts, its way and its signatures, and whether all is still what was kept."""
    found = get_object_or_404(queries.visible(request.person), pk=pk)
    told = {
        "item": found,
        "parts": queries.parts(found),
        "faults": [] if found.destroyed_at else [_(name) for name in queries.faults(found)],
        "signed": queries.signed(found),
        "events": queries.events(found),
        "transfer": moving.of(found),
        "waiver": queries.waiver_of(found),
        "grounds": [(code, one) for code, one in GROUNDS.items() if found.way in one.ways],
        "runs": [(run, checking.standing(run)) for run in checking.runs_of(found)],
    }
    return render(request, "archive/item.html", told)


@require_GET
@door("archivist")
def part(request: HttpRequest, pk: int, part: int) -> FileResponse:
    found = get_object_or_404(queries.visible(request.person), pk=pk)
    wanted = get_object_or_404(found.parts.select_related("file"), pk=part)
    kind = KINDS[wanted.file.kind][0]
    return FileResponse(open_stored(wanted.file.sm3), content_type=kind, filename=safe_name(wanted.name), as_attachment=True)


def _rows(request: HttpRequest) -> list[forms.Row]:
    items = list(queries.prefiled(request.person)[:BATCH])
    classes = {}
    for organ in {one.organ for one in items if one.organ}:
        home = queries.fonds_of(organ)
        classes[organ.pk] = [(klass.code, str(klass)) for klass in home.classes.all()] if home else []
    return forms.rows(items, classes, queries.proposed_classes(items), request.POST, set(request.POST.getlist("item")))


def _prefiled(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    effects = [_("确定保管期限和类目，编定档号；档号一经编定不再改变。"), _("内容和过程信息固化，不能再增减。")]
    rows = _rows(request)
    more = queries.prefiled(request.person).count() - len(rows) if len(rows) == BATCH else 0
    asked = [(check, checks.code(check, checks.Stage.FILING), request.POST.get(f"check-{check.number}")) for check in ASKED]
    told = {"rows": rows, "more": more, "periods": rules.PERIODS.items(), "effects": effects, "asked": asked}
    if refused:  # a wrong PIN is told beside the PIN, what is wrong with an item above the list
        told["wrong_pin" if refused.objection.field == "pin" else "refused"] = str(refused)
    return render(request, "archive/prefiled.html", told, status=422 if refused else 200)
