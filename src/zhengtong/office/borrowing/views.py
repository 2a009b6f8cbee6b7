"""Finding, asking, reading, and the register. Thin: guard, call, answer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.actions import safe_name
from zhengtong.foundation.files.queries import open_stored
from zhengtong.foundation.files.rules import KINDS
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import actions as slip_actions
from zhengtong.foundation.slips import queries as slips
from zhengtong.office.archive.queries import reading as archive

from . import actions, forms, queries, rules
from .models import Loan

PAGE = 30


@require_GET
@door(*rules.READERS)
def find(request: HttpRequest) -> HttpResponse:
    """The catalogue; another organ's item is told to exist only to whoever knows its number."""
    filters = forms.Find(request.GET)
    asked = filters.cleaned_data if filters.is_valid() else {}
    page = Paginator(queries.find(request.person, **asked), PAGE).get_page(request.GET.get("page"))
    number = asked.get("number", "").strip()
    told = {
        "filters": filters,
        "page": page,
        "running": queries.running(request.person, [one.archive_number for one in page.object_list]),
        "elsewhere": archive.elsewhere(request.person, number) if number else None,
    }
    return render(request, "borrowing/find.html", told)


@require_http_methods(["GET", "POST"])
@door(*rules.READERS)
def item(request: HttpRequest, number: str) -> HttpResponse:
    """One item as this person may know it, and the form that asks for it."""
    found = queries.item_for(request.person, number)
    if found is None:
        raise Http404
    item, known = found
    row = queries.access(request.person, item)
    form = forms.Ask(row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask(number, request.person, **form.cleaned_data)
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            granted = made.state == rules.State.GRANTED
            messages.success(request, _("已开放的档案，现在就可以阅读") if granted else _("已申请，等待审批"))
            return redirect("borrowing:loan", made.code)
    told = {
        "item": item,
        "known": known,
        "row": row,
        "form": form,
        "running": queries.running(request.person, [number]).get(number),
        "keeps": queries.keeps(request.person, item),
    }
    return render(request, "borrowing/item.html", told, status=422 if form.errors else 200)


@require_GET
@door(*rules.READERS)
def loans(request: HttpRequest) -> HttpResponse:
    """What I asked for, and above it what is asked of me."""
    page = Paginator(queries.loans_of(request.person), PAGE).get_page(request.GET.get("page"))
    asked = _rows(request.person, queries.asked_of(request.person))
    return render(request, "borrowing/loans.html", {"page": page, "rows": _rows(request.person, page.object_list), "asked": asked})


@require_GET
@door(*rules.READERS)
def loan(request: HttpRequest, code: str) -> HttpResponse:
    """One loan: what was asked, what came of it, what can be read."""
    found = _found(request, code)
    if line := slips.line_for(request.person, code):
        slip_actions.see(line, request.person)
    return _page(request, found)


@dataclass(frozen=True, slots=True)
class Act:
    """How a step is asked on the page."""

    form: type[django_forms.Form]
    call: Callable[[str, Person, str, dict[str, object]], object]


ACTS = {
    "grant": Act(forms.Grant, lambda code, by, pin, given: actions.decide("grant", code, by, pin, **given)),
    "refuse": Act(forms.Reason, lambda code, by, pin, given: actions.decide("refuse", code, by, pin, **given)),
    "withdraw": Act(django_forms.Form, lambda code, by, _pin, _given: actions.withdraw(code, by)),
    "extend": Act(forms.Extend, lambda code, by, _pin, given: actions.extend(code, by, **given)),
    "give_back": Act(forms.GiveBack, lambda code, by, _pin, given: actions.give_back(code, by, **given)),
    "recall": Act(forms.Reason, lambda code, by, pin, given: actions.decide("recall", code, by, pin, **given)),
}


@require_POST
@door(*rules.READERS)
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One step; a refusal keeps what was written."""
    found, wanted = _found(request, code), ACTS.get(verb)
    if wanted is None:
        raise Http404
    form = wanted.form(request.POST)
    if not form.is_valid():
        return _page(request, found, acted=verb, form=form, status=422)
    try:
        wanted.call(code, request.person, request.POST.get("pin", ""), form.cleaned_data)
    except Refused as no:
        at_field = no.objection.field in form.fields
        if at_field:
            form.add_error(no.objection.field, str(no))
        return _page(request, _found(request, code), acted=verb, refused=str(no), form=form, status=409)
    messages.success(request, _("已办：%(verb)s") % {"verb": _(rules.step(verb).label)})
    return redirect("borrowing:loan", code)


@require_POST
@door(*rules.READERS)
def open_part(request: HttpRequest, code: str, part: int) -> HttpResponse:
    """Open one content: logged, then shown for half an hour."""
    found = _found(request, code)
    try:
        opening = actions.open_part(code, request.person, part)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("borrowing:loan", found.code)
    return redirect("borrowing:reading", opening.pk)


@require_POST
@door(*rules.READERS)
def copy(request: HttpRequest, code: str, part: int) -> HttpResponse:
    """Take a copy of one content, where copies were granted."""
    found = _found(request, code)
    try:
        opening = actions.open_part(code, request.person, part, copied=True)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("borrowing:loan", found.code)
    kind = KINDS[opening.name.rpartition(".")[2]][0] if opening.name.rpartition(".")[2] in KINDS else "application/octet-stream"
    return FileResponse(open_stored(opening.sm3), content_type=kind, filename=safe_name(opening.name), as_attachment=True)


@require_GET
@door(*rules.READERS)
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages of what was opened, with the reader's name across them; afterwards it is to be opened again."""
    shown = queries.reading_of(request.person, pk)
    if shown is None:
        messages.error(request, _("这次阅读已结束，请从借阅记录重新打开"))
        return redirect("borrowing:loans")
    return render(request, "borrowing/reading.html", {"shown": shown, "numbers": range(1, shown.pages + 1)})


@require_GET
@door(*rules.READERS)
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    shown = queries.reading_of(request.person, pk)
    drawn = queries.picture(shown, number) if shown else None
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, content_type="image/png", headers={"Cache-Control": "no-store"})


@require_GET
@door("archivist")
def register(request: HttpRequest) -> HttpResponse:
    """利用登记簿."""
    filters = forms.Register(request.GET)
    asked = filters.cleaned_data if filters.is_valid() else {}
    page = Paginator(queries.filtered(queries.register(request.person), **asked), PAGE).get_page(request.GET.get("page"))
    told = {"filters": filters, "page": page, "rows": _rows(request.person, page.object_list)}
    return render(request, "borrowing/register.html", told)


@require_GET
@door("archivist")
def figures(request: HttpRequest) -> HttpResponse:
    """利用统计, by year and purpose."""
    years = [(one, [one.purposes.get(purpose, 0) for purpose in rules.PURPOSES]) for one in queries.figures(request.person)]
    return render(request, "borrowing/figures.html", {"years": years, "purposes": rules.PURPOSES.values()})


def _found(request: HttpRequest, code: str) -> Loan:
    return get_object_or_404(queries.visible(request.person), code=code)


def _rows(person: Person, loans: Iterable[Loan]) -> list[dict[str, object]]:
    return [{"loan": one, "standing": queries.standing(one), "known": queries.told(person, one)} for one in loans]


def _page(
    request: HttpRequest, found: Loan, *, acted: str = "", refused: str = "", form: django_forms.Form | None = None, status: int = 200
) -> HttpResponse:
    item, standing = archive.numbered(found.item), queries.standing(found)
    mine = found.reader_id == request.person.pk
    reads = mine and standing == rules.State.GRANTED and item is not None and queries.readable(found, item)
    told = {
        "loan": found,
        "row": rules.access(found.where, bool(found.secrecy)),
        "standing": standing,
        "known": queries.told(request.person, found),
        "mine": mine,
        "steps": [_step(row, found, acted, refused, form) for row in queries.verbs(request.person, found)],
        "parts": queries.contents(found, item) if reads and item else (),
        "unreadable": mine and standing == rules.State.GRANTED and not reads,
        "openings": found.openings.all(),
        "lines": found.slip.lines.select_related("organ", "unit", "person", "done_by", "done_for") if found.slip else (),
        "refused": refused if acted and acted not in [row.verb for row in queries.verbs(request.person, found)] else "",
    }
    return render(request, "borrowing/loan.html", told, status=status)


def _step(row: rules.Step, found: Loan, acted: str, refused: str, form: django_forms.Form | None) -> dict[str, object]:
    mine = form if acted == row.verb else None
    access = rules.access(found.where, bool(found.secrecy))
    fresh = ACTS[row.verb].form(initial={"days": min(found.days, access.extension) if row.verb == "extend" else found.days})
    if row.verb == "extend":
        (mine or fresh).fields["days"].help_text = _("最多续借%(days)d天，只能续借一次。") % {"days": access.extension}
    official = row.verb in rules.OFFICIAL
    open_ = mine is not None
    at_field = bool(mine and mine.errors)
    return {
        "verb": row.verb,
        "label": _(row.label),
        "form": mine or fresh,
        "pin": "yes" if official else "no",
        "effects": _effects(row.verb, found),
        "open": open_,
        "wrong_pin": refused if open_ and official and not at_field else "",
        "refused": refused if open_ and not official and not at_field else "",
        "primary": row.verb == "grant" or (row.verb == "give_back" and queries.standing(found) == rules.EXPIRED),
    }


def _effects(verb: str, found: Loan) -> list[str]:
    """What takes effect with a step."""
    access = rules.access(found.where, bool(found.secrecy))
    if verb == "grant":
        copies = [_("可以复制，每次复制都有登记")] if found.copies else []
        return [_("申请人从今天起可以在线阅读，到期自动停止"), *copies, _("依据：%(source)s") % {"source": access.source}]
    if verb == "recall":
        return [_("立即停止阅读，理由告知利用人")]
    return [_("理由告知申请人")] if verb == "refuse" else []
