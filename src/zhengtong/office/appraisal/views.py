"""Sheets of appraisal on screen. Thin: guard, call, answer."""

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import actions as slip_actions
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.models import Line
from zhengtong.office.archive import queries as archive
from zhengtong.office.borrowing import queries as borrowing

from . import actions, forms, queries, rules
from .models import Sheet
from .rules import judging, periods

PAGE = 30


@require_GET
@door()
def sheets(request: HttpRequest) -> HttpResponse:
    """All sheets that came to me or are of what I keep; for the archivist, how much is due."""
    filters = forms.Filters(request.GET)
    found = queries.filtered(queries.visible(request.person), **(filters.cleaned_data if filters.is_valid() else {}))
    keeps = "archivist" in request.roles
    due = [(kind, _(rules.KINDS[kind]), queries.due(request.person, kind).count()) for kind in queries.kinds()] if keeps else []
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "appraisal/sheets.html", {"filters": filters, "page": page, "due": due, "kinds": rules.KINDS})


@require_http_methods(["GET", "POST"])
@door("archivist")
def due(request: HttpRequest, kind: str) -> HttpResponse:
    """What is due, by fonds; what is ticked goes onto a new sheet."""
    if kind not in queries.kinds():
        raise Http404
    wanted = rules.Kind(kind)
    refused = ""
    if request.method == "POST":
        given = request.POST
        try:
            made = actions.draw_up(kind, given.get("fonds", ""), given.getlist("item"), request.person, given.get("note", ""))
        except Refused as no:
            refused = str(no)
        else:
            messages.success(request, _("已拟制%(code)s，请逐件填写鉴定意见") % {"code": made.code})
            return redirect("appraisal:sheet", made.code)
    fonds = list(archive.fonds_kept(request.person))
    home = next((one for one in fonds if one.code == (request.POST or request.GET).get("fonds")), fonds[0] if fonds else None)
    items = list(queries.due(request.person, wanted).filter(fonds=home)[: queries.MOST]) if home else []
    told = {
        "kind": wanted,
        "name": _(rules.KINDS[wanted]),
        "paper": _(rules.PAPERS[wanted]),
        "fonds": fonds,
        "home": home,
        "rows": queries.listed(wanted, items),
        "ticked": set(request.POST.getlist("item")),
        "refused": refused,
        "today": clock.today(),
        "years": periods.OPEN_AFTER,
    }
    return render(request, "appraisal/due.html", told, status=422 if refused else 200)


@require_GET
@door()
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    found = _found(request, code)
    if line := slips.line_for(request.person, code):
        slip_actions.see(line, request.person)
    return _page(request, found)


@require_POST
@door("archivist")
def judge(request: HttpRequest, code: str) -> HttpResponse:
    """Keep what was judged so far."""
    found = _found(request, code)
    try:
        actions.judge(code, request.person, forms.said(found, found.entries.all(), request.POST))
    except Refused as no:
        return _page(request, found, refused=str(no), status=409)
    messages.success(request, _("鉴定意见已保存"))
    return redirect("appraisal:sheet", code)


@require_POST
@door("archivist")
def leave_out(request: HttpRequest, code: str) -> HttpResponse:
    """One item leaves the sheet; what else was written on the page is kept."""
    found = _found(request, code)
    try:
        actions.judge(code, request.person, forms.said(found, found.entries.all(), request.POST))
        actions.leave_out(code, request.POST.get("item", ""), request.person)
    except Refused as no:
        return _page(request, _found(request, code), refused=str(no), status=409)
    return redirect("appraisal:sheet", code)


@require_POST
@door()
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One step of a sheet; a refusal keeps what was written."""
    found = _found(request, code)
    row = rules.step(verb, found.state)
    if row is None and verb not in {one.verb for one in rules.STEPS}:
        raise Http404
    form = _form(verb, found, request)
    note = form.cleaned_data.get("note", "") if form.is_valid() else ""
    try:
        if verb == "submit":
            if any(name.startswith("judgement-") for name in request.POST):
                actions.judge(code, request.person, forms.said(found, found.entries.all(), request.POST))
            people = [form.data.get(name, "") for name in ("first", "second")] if "first" in form.fields else []
            actions.submit(code, request.person, people)
        elif verb in ("return", "drop"):
            (actions.give_back if verb == "return" else actions.drop)(code, request.person, note)
        else:
            actions.act(verb, code, request.person, request.POST.get("pin", ""), note)
    except Refused as no:
        if no.objection.field in forms.JUDGED:
            return _page(request, _found(request, code), fault=no, status=409)
        at_field = no.objection.field in form.fields
        if at_field and form.is_valid():
            form.add_error(no.objection.field, str(no))
        return _page(request, _found(request, code), acted=verb, refused="" if at_field else str(no), form=form, status=409)
    messages.success(request, _("已办：%(verb)s") % {"verb": _(row.label) if row else verb})
    return redirect("appraisal:sheet", code)


@require_GET
@door("archivist")
def item(request: HttpRequest, number: str) -> HttpResponse:
    """What was decided of an item, and who has read it."""
    found = get_object_or_404(archive.visible(request.person), archive_number=number)
    told = {
        "item": found,
        "entries": queries.entries_of(number),
        "uses": borrowing.uses_of(number),
        "end": queries.end_of(found),
        "opens": periods.opens_on(found.written_on),
        "secret_until": periods.secret_until(found.written_on, found.secrecy_mark) if found.secrecy else None,
    }
    return render(request, "appraisal/item.html", told)


def _found(request: HttpRequest, code: str) -> Sheet:
    return get_object_or_404(queries.visible(request.person), code=code)


def _form(verb: str, found: Sheet, request: HttpRequest | None) -> django_forms.Form:
    data = request.POST if request else None
    if verb == "submit":
        listed = found.kind == rules.Kind.DESTRUCTION
        return forms.Witnesses(queries.witnesses(found), data) if listed else django_forms.Form(data)
    return (forms.Reason if verb in ("return", "drop") else forms.Note)(data)


def _page(
    request: HttpRequest, found: Sheet, *, acted: str = "", refused: str = "", form: django_forms.Form | None = None, status: int = 200,
    fault: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    steps = [
        {
            "verb": row.verb,
            "label": _(row.label),
            "official": row.official,
            "pin": "yes" if row.official else "no",
            "form": form if form is not None and acted == row.verb else _form(row.verb, found, None),
            "effects": _effects(row.verb, found),
            "refused": refused if acted == row.verb else "",
            "open": acted == row.verb,
        }
        for row in queries.verbs(request.person, found)
    ]
    drafting = any(step["verb"] == "submit" for step in steps)
    told = {
        "sheet": found,
        "name": _(rules.KINDS[rules.Kind(found.kind)]),
        "paper": _(rules.PAPERS[rules.Kind(found.kind)]),
        "entries": found.entries.prefetch_related("remains"),
        "steps": steps,
        "drafting": drafting,
        "judgements": [(row.code, _(row.label)) for row in judging.JUDGEMENTS[rules.Kind(found.kind)]],
        "longer": [(row.code, _(row.label)) for row in judging.LONGER],
        "again": range(1, judging.REVIEW_AGAIN + 1),
        "lines": _lines(found),
        "removals": found.removals.all(),
        "refused": refused if not any(step["verb"] == acted for step in steps) else "",
        "fault": {"item": fault.objection.params.get("item"), "said": str(fault)} if fault else None,
    }
    return render(request, "appraisal/sheet.html", told, status=status)


def _lines(found: Sheet) -> list[Line]:
    """The slip's lines; who witnesses is open until the sheet is handed in."""
    lines = list(found.slip.lines.select_related("organ", "unit", "person", "done_by", "done_for"))
    for line in lines:
        if found.state == rules.State.DRAFT and line.stage == rules.State.WITNESS:
            line.person, line.organ = None, found.organ
    return lines


def _effects(verb: str, found: Sheet) -> list[str]:
    """What takes effect with a step."""
    doomed = found.entries.filter(judgement="destroy", active=True).count()
    if verb == "decide":
        if found.kind == rules.Kind.OPENING:
            return [_("批准开放的，本网所有工作人员从今天起都可以查到、登记阅读"), _("控制使用的，到期再审")]
        if found.kind == rules.Kind.SECRECY:
            return [_("解密、变更从今天起生效；正本上的原标志不改动")]
        return [_("继续保存的，新的保管期限生效"), _("销毁的%(n)d件，由两名监销人清点后执行") % {"n": doomed}]
    if verb == "witness":
        return [_("确认您已按清册逐件清点核对，同意销毁%(n)d件") % {"n": doomed}]
    if verb == "destroy":
        return [_("销毁%(n)d件档案的内容，不能恢复") % {"n": doomed}, _("目录、元数据、固化摘要和清册永久保存")]
    return [_("审核意见记入%(code)s") % {"code": found.code}] if verb == "approve" else []
