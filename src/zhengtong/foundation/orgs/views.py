"""The directory's pages: looking is open to every signed-in person, importing to the administrators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.actions import store
from zhengtong.foundation.files.queries import read as read_file
from zhengtong.foundation.refusal import Refused

from . import actions, queries, rules, sheets
from .forms import ChangesForm, ImportForm
from .models import Organ
from .queries import whole
from .rules import tables

PAGE = 50
MOST_SHOWN = 200
KEPT = "orgs_import"  # what was checked and waits to be imported, in the session


@door()
def directory(request: HttpRequest) -> HttpResponse:
    chosen = {name: request.GET.get(name, "").strip() for name in ("words", "kind", "above")}
    page = Paginator(queries.search(**chosen), PAGE).get_page(request.GET.get("page"))
    counts = queries.head_count(page.object_list)
    rows = [(organ, counts.get(organ.pk, 0)) for organ in page.object_list]
    above = Organ.objects.filter(code=chosen["above"]).first() if chosen["above"] else None
    return render(
        request, "orgs/directory.html", {"page": page, "rows": rows, "chosen": chosen, "above": above, "kinds": rules.KINDS.items()}
    )


@door()
def organ(request: HttpRequest, code: str) -> HttpResponse:
    found = Organ.objects.select_related("parent").filter(code=code).first()
    if not found:
        raise Http404
    words = request.GET.get("words", "").strip()
    page = Paginator(queries.holdings(found, words), PAGE).get_page(request.GET.get("page"))
    shown = {
        "organ": found,
        "line": list(reversed(queries.ancestors(found))),
        "units": queries.units(found),
        "below": queries.subordinates(found)[:PAGE],
        "below_count": queries.subordinates(found).count(),
        "relations": queries.relations(found)[:PAGE],
        "former_names": found.former_names.select_related("successor"),
        "page": page,
        "words": words,
    }
    return render(request, "orgs/organ.html", shown)


@door()
def people(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("words", "").strip()
    page = Paginator(queries.search_people(words), PAGE).get_page(request.GET.get("page"))
    return render(request, "orgs/people.html", {"page": page, "words": words})


@door("system_admin", "security_admin")
def hand_in(request: HttpRequest) -> HttpResponse:
    """Check a file and show what it would do; nothing is taken in yet."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "orgs/import.html", {"form": form}, status=422 if request.method == "POST" else 200)
    given = form.cleaned_data["file"]
    try:
        if given.size > sheets.MOST_BYTES:
            raise Refused(_("文件超过%(limit)d兆字节"), limit=sheets.MOST_BYTES // 1024 // 1024)
        content = given.read()
        handed_in = sheets.read(content, given.name)
        outcome, problems = actions.rehearse(handed_in, _effective(request))
    except Refused as no:
        form.add_error("file", str(no))
        return render(request, "orgs/import.html", {"form": form}, status=422)
    if problems:
        return _refused(request, form, problems, given.name)
    kept, name = sheets.kept(content, given.name)
    request.session[KEPT] = {"sm3": store(kept, name, limit_mb=20, allowed=("txt", "xlsx")).sm3, "name": name, "source": given.name[:80]}
    return render(
        request, "orgs/import.html", {"form": ImportForm(), "outcome": outcome, "source": given.name, "effective": _effective(request)}
    )


@door("system_admin", "security_admin")
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in what was checked just before."""
    kept = request.session.pop(KEPT, None)
    if not kept:
        messages.error(request, _("没有待导入的文件，请重新选择并检查"))
        return redirect("orgs:import")
    try:
        handed_in = sheets.read(read_file(kept["sm3"]), kept["name"])
        outcome = actions.take_in(handed_in, request.person, _effective(request), kept["source"])
    except actions.RowsRefused as no:
        return _refused(request, ImportForm(), no.problems, kept["source"])
    except Refused as no:
        messages.error(request, str(no))
        return redirect("orgs:import")
    said = [
        _("%(table)s新增%(new)d、变更%(changed)d") % {"table": t, "new": n, "changed": c} for t, n, c, _same in outcome.lines() if n or c
    ]
    messages.success(request, _("已导入：%(what)s") % {"what": "；".join(said) or _("没有变化")})
    if outcome.waiting:
        messages.info(request, _("%(count)d项任职变动待安全管理员确认后生效") % {"count": outcome.waiting})
    return redirect("orgs:directory")


def _effective(request: HttpRequest) -> bool:
    """Changes of posts move rights, so only the security administrator's take effect at once (三员分立)."""
    return "security_admin" in request.roles


def _refused(request: HttpRequest, form: ImportForm, problems: list[tables.Problem], source: str) -> HttpResponse:
    rows = [(_(tables.BY_NAME[p.table].heading), p.row, _(p.heading) if p.heading else "", str(Refused(p.objection))) for p in problems]
    shown = {"form": form, "problems": rows[:MOST_SHOWN], "count": len(rows), "source": source}
    return render(request, "orgs/import.html", shown, status=422)


@door("system_admin", "security_admin")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The whole directory as a workbook, or one of its tables as CSV."""
    rows = whole.tables()
    table = tables.BY_NAME.get(request.GET.get("table", "organs"))
    if not table:
        raise Http404
    csv = form == "csv"
    content = sheets.write_csv(table, rows[table.name]) if csv else sheets.write_xlsx(rows)
    kind = "text/csv; charset=utf-8" if csv else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = f"{table.name if csv else 'directory'}-{clock.today():%Y%m%d}.{form}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@door("security_admin")
def changes(request: HttpRequest) -> HttpResponse:
    """Changes of posts that wait: confirm or refuse the chosen ones, or all."""
    waiting = queries.changes()
    if request.method == "POST":
        ids = list(waiting.values_list("pk", flat=True))
        form = ChangesForm(request.POST, ids=ids)
        try:
            if not form.is_valid():
                raise Refused(_("有的变动已被他人处理，请刷新后再选"))
            chosen = ids if "all" in request.POST else form.cleaned_data["changes"]
            verb = actions.refuse if request.POST.get("verb") == "refuse" else actions.confirm
            count = verb(chosen, request.person)
            messages.success(request, ngettext("已处理%(count)d项任职变动", "已处理%(count)d项任职变动", count) % {"count": count})
        except Refused as no:
            messages.error(request, str(no))
        return redirect("orgs:changes")
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    return render(request, "orgs/changes.html", {"page": page})
