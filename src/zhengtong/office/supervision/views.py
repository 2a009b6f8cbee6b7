"""The board, the list and one matter's page. Thin: guard, call, answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.orgs import queries as orgs
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import actions as slip_actions
from zhengtong.foundation.slips import queries as slips
from zhengtong.office.incoming import queries as incoming

from . import actions, queries, rules
from . import forms as sheets
from .models import Item

Given = dict[str, Any]
OPENERS = (*queries.KEEPERS, *queries.LEADERS)
ROWS = 30


@dataclass(frozen=True, slots=True)
class Act:
    """One verb on the matter's page: its form, and the action that it calls."""

    form: type[forms.Form]
    call: Callable[[str, Any, Given], object]


# fmt: off
ACTS = {
    #   verb           form               action(code, by, given)
    "report":    Act(sheets.TextForm,   lambda c, by, g: actions.report(c, by, g["text"])),
    "finish":    Act(sheets.TextForm,   lambda c, by, g: actions.finish(c, by, g["text"])),
    "extend":    Act(sheets.ExtendForm, lambda c, by, g: actions.extend(c, by, g["until"], g["reason"])),
    "grant":     Act(sheets.NoteForm,   lambda c, by, g: actions.decide(c, by, True, g["note"])),
    "deny":      Act(sheets.ReasonForm, lambda c, by, g: actions.decide(c, by, False, g["reason"])),
    "urge":      Act(sheets.NoteForm,   lambda c, by, g: actions.urge(c, by, g["note"])),
    "confirm":   Act(sheets.NoteForm,   lambda c, by, g: actions.confirm(c, by, g["note"])),
    "send_back": Act(sheets.ReasonForm, lambda c, by, g: actions.send_back(c, by, g["reason"])),
    "cancel":    Act(sheets.ReasonForm, lambda c, by, g: actions.cancel(c, by, g["reason"])),
}
# fmt: on
MAIN = ("finish", "confirm", "grant")


@require_GET
@door()
def board(request: HttpRequest) -> HttpResponse:
    """督办台账: by owner and in a list, late ones first."""
    filters = sheets.SearchForm(request.GET)
    given = filters.cleaned_data if filters.is_valid() else {}
    found = queries.search(request.person, given.get("words", ""), given.get("state", ""), given.get("side", ""))
    context = {
        "filters": filters,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "board": queries.board(request.person),
        "today": clock.today(),
    }
    return render(request, "supervision/board.html", context)


@door(*OPENERS)
def open_item(request: HttpRequest) -> HttpResponse:
    """立项, from a paper's instruction or freely."""
    organs = _organs(request)
    paper = request.GET.get("paper", "") or request.POST.get("paper", "")
    form = sheets.OpenForm(organs, request.POST or None, initial=_from_paper(request, paper))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            item = actions.open_item(
                request.person, given["task"], given["owner_code"], given["due"], giver=given["giver"], person=given["person_code"],
                organ=orgs.organ(given["organ"]), paper=paper, instruction=given["instruction"],
            )  # fmt: skip
        except Refused as no:
            _refuse(form, no)
        else:
            messages.success(request, _("已立项：%(number)s") % {"number": item.number})
            return redirect("supervision:page", item.code)
    return render(request, "supervision/open.html", {"form": form, "paper": paper}, status=422 if form.errors else 200)


@require_GET
@door()
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One matter: what was asked, how far it is, what I may do."""
    item = _item(request, code)
    for line in slips.todo(request.person).filter(slip__paper=code):
        slip_actions.see(line, request.person)
    return _page(request, item)


@require_POST
@door()
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One step. A refusal comes back to the page with what was written."""
    _item(request, code)
    wanted = ACTS.get(verb)
    if wanted is None:
        raise Http404
    form = wanted.form(request.POST)
    if form.is_valid():
        try:
            wanted.call(code, request.person, form.cleaned_data)
        except Refused as no:
            _refuse(form, no)
        else:
            messages.success(request, _("已办：%(verb)s") % {"verb": _(rules.VERBS[verb])})
            return redirect("supervision:page", code)
    return _page(request, _item(request, code), {"verb": verb, "form": form}, status=422)


def _organs(request: HttpRequest) -> list[Organ]:
    """In whose name the person may open a matter: the organs whose office he sits in, or that he leads."""
    keys = set(queries.keeping(request.person)) | set(queries.leading(request.person))
    return list(Organ.objects.filter(pk__in=keys).order_by("order", "code"))


def _from_paper(request: HttpRequest, code: str) -> Given:
    """What the paper already says: its last instruction, the leader who gave it, the lead unit, its date."""
    paper = incoming.visible(request.person).filter(code=code).first() if code else None
    if paper is None:
        return {}
    last = incoming.last_instruction(paper)
    return {
        "organ": paper.organ.code,
        "task": paper.title[:200],
        "due": paper.due,
        "owner": incoming.place_name(paper.lead) if paper.lead else "",
        **({"instruction": last.text, "giver": last.leader.code} if last else {}),
    }


def _item(request: HttpRequest, code: str) -> Item:
    try:
        return queries.visible(request.person).select_related("slip", "closed_by", "opened_by").get(code=code)
    except Item.DoesNotExist:
        raise Http404 from None


def _page(request: HttpRequest, item: Item, refused: Given | None = None, status: int = 200) -> HttpResponse:
    names = [verb for verb in queries.verbs(request.person, item) if verb in ACTS]
    slip = slips.slips_of(item.code).first()
    context = {
        "item": item,
        "buttons": [_button(name, refused) for name in names],
        "lines": slip.lines.all() if slip else (),
        "reports": item.reports.select_related("by"),
        "extensions": item.extensions.select_related("asked_by", "decided_by"),
        "late": queries.late_days(item),
        "today": clock.today(),
        "error": "；".join(e for errors in refused["form"].errors.values() for e in errors)
        if refused and refused["verb"] not in names
        else "",
        "source_open": bool(item.paper) and incoming.visible(request.person).filter(code=item.paper).exists(),
    }
    return render(request, "supervision/page.html", context, status=status)


def _button(verb: str, refused: Given | None) -> Given:
    mine = refused["form"] if refused and refused["verb"] == verb else None
    return {
        "verb": verb,
        "label": _(rules.VERBS[verb]),
        "form": mine if mine is not None else ACTS[verb].form(),
        "error": mine is not None,
        "primary": verb in MAIN,
    }


def _refuse(form: forms.Form, no: Refused) -> None:
    """The refusal at its field, or above the form when it belongs to none."""
    form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
