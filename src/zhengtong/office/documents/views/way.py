"""What is done to a paper on its way, the work lists, absences and handing over. Thin: guard, call, answer."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import actions as slip_actions
from zhengtong.foundation.slips import queries as slips
from zhengtong.office.dispatch import queries as dispatches
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.forms_way import (
    AbsenceForm,
    AdviceForm,
    BackForm,
    ForwardForm,
    HandOverForm,
    NoteForm,
    SignerForm,
    SuperviseForm,
    WayForm,
)
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.rules import way

Given = dict[str, Any]


def _one(code: str) -> Person:
    return Person.objects.get(code=code)


# fmt: off
WAYS: Mapping[str, tuple[type[WayForm], Callable[[str, Person, Given], object]]] = {
    "advise":     (AdviceForm,    lambda c, by, g: actions.advise(c, by, g["answer"], g["reason"])),
    "add_signer": (SignerForm,    lambda c, by, g: actions.add_signer(c, by, _one(g["person"]), g["where"], g["note"])),
    "forward":    (ForwardForm,   lambda c, by, g: actions.forward(c, by, _one(g["person"]), g["reason"])),
    "send_back":  (BackForm,      lambda c, by, g: actions.send_back(c, by, g["stage"], g["reason"])),
    "take_back":  (WayForm,       lambda c, by, g: actions.take_back(c, by)),
    "urge":       (NoteForm,      lambda c, by, g: actions.urge(c, by, g["note"])),
    "supervise":  (SuperviseForm, lambda c, by, g: actions.supervise(c, by, g["due"], g["note"])),
    "follow":     (WayForm,       lambda c, by, g: actions.follow(c, by)),
    "unfollow":   (WayForm,       lambda c, by, g: actions.unfollow(c, by)),
}
# fmt: on
ICONS = {"follow": "star", "unfollow": "star", "urge": "bell", "forward": "arrow-right", "add_signer": "users", "advise": "check"}


@door()
def do(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One verb of the way: its form on a page of its own (the dialog's address without script), and the act."""
    try:
        document = queries.for_person(request.person, code)
    except Document.DoesNotExist:
        raise Http404 from None
    if verb not in WAYS:
        raise Http404
    kind, call = WAYS[verb]
    form = kind(request.person, document, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            call(code, request.person, form.cleaned_data)
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已办：%(verb)s") % {"verb": _(way.NAMES[verb])})
            seen = queries.visible(request.person).filter(code=code).exists()
            return redirect("documents:page", code) if seen else redirect("documents:home")
    context = {"form": form, "document": document, "name": _(way.NAMES[verb])}
    return render(request, "documents/way.html", context, status=422 if form.errors else 200)


def buttons(person: Person, document: Document) -> list[Given]:
    """The verbs of the way as the document's page shows them: each with its form in a dialog."""
    found = []
    for verb in queries.ways(person, document):
        form = WAYS[verb][0](person, document)
        for name, field in form.fields.items():
            field.widget.attrs["id"] = f"way_{verb}_{name}"
        form.auto_id = f"way_{verb}_%s"
        found.append({"verb": verb, "label": _(way.NAMES[verb]), "form": form, "plain": not form.fields})
    return found


@require_GET
@door()
def flow(request: HttpRequest, code: str) -> HttpResponse:
    """流转: the paper's slips as pictures, and line by line."""
    try:
        document = queries.for_person(request.person, code)
    except Document.DoesNotExist:
        raise Http404 from None
    found = [(slip, slips.diagram(slip.lines.all())) for slip in slips.slips_of(code)]
    return render(request, "documents/flow.html", {"document": document, "slips": found})


def tabs(person: Person, name: str) -> dict[str, Any]:
    """My lists with their counts; what waits for me is counted as the home shows it, with loans, incoming papers and receipts."""
    waits = slips.todo_count(person) + dispatches.waiting_count(person)
    found = [(each, waits if each.name == "todo" else n) for each, n in queries.counts(person)]
    return {"lists": found, "current": next(each for each, _n in found if each.name == name)}


@require_GET
@door()
def work(request: HttpRequest, name: str) -> HttpResponse:
    """One of my lists; beside each its count at this moment."""
    if name == "todo":
        return redirect("documents:home")
    if name not in {each.name for each in queries.LISTS}:
        raise Http404
    page = Paginator(queries.work(request.person, name), 30).get_page(request.GET.get("page"))
    return render(request, "documents/work.html", {"page": page, **tabs(request.person, name)})


@door()
def absences(request: HttpRequest) -> HttpResponse:
    """Who takes my turns while I am away, and whose I take."""
    secretary = accounts.holds(request.person, "secretary", request.person.organ)
    form = AbsenceForm(request.person, secretary, request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            slip_actions.entrust(
                _one(given["person"]), _one(given["deputy"]), given["since"], given["until"], given["reason"], request.person
            )
        except Refused as no:
            _refuse(form, no)
        else:
            messages.success(request, _("已委托代办"))
            return redirect("documents:absences")
    context = {"form": form, "absences": slips.absences(request.person)}
    return render(request, "documents/absences.html", context, status=422 if form.errors else 200)


@require_POST
@door()
def end_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """Back again."""
    if not slips.absences(request.person).filter(pk=pk).exists():
        raise Http404
    try:
        slip_actions.end_absence(pk, request.person)
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("委托已结束"))
    return redirect("documents:absences")


@door("secretary")
def hand_over(request: HttpRequest) -> HttpResponse:
    """移交: all that waits for somebody who leaves."""
    form = HandOverForm(request.person, request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            count = actions.hand_over(_one(given["person"]), _one(given["to"]), request.person, given["reason"])
        except Refused as no:
            _refuse(form, no)
        else:
            messages.success(request, _("已移交%(n)s项待办") % {"n": count})
            return redirect("documents:hand_over")
    return render(request, "documents/hand_over.html", {"form": form}, status=422 if form.errors else 200)


def _refuse(form: forms.Form, no: Refused) -> None:
    form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
