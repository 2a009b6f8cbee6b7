"""The receiver's register and the paper's page for everybody who has it in hand. Thin: guard, call, answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
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
from zhengtong.foundation.orgs.models import Person
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import actions as slip_actions
from zhengtong.foundation.slips import queries as slips
from zhengtong.office.circulation import queries as circulation
from zhengtong.office.dispatch import queries as copies
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset import sheet as typeset_sheet
from zhengtong.papers.word.sheet import docx as sheet_docx

from . import actions, handling, queries
from . import forms as sheets
from .models import Incoming, Sheet
from .rules import elements, steps

Given = dict[str, Any]
PICTURES = ("png", "jpg")
ROWS = 30


@dataclass(frozen=True, slots=True)
class Act:
    """One verb on the paper's page: its form, and the action that it calls."""

    form: type[sheets.StepForm]
    call: Callable[[str, Any, Given], object]


def _units(given: Given) -> Given:
    return {"lead": given["lead_code"], "assisting": given["assisting_codes"]}


def _further(given: Given) -> Given:
    return {"further": given["further"], **_units(given)}


def _upload(given: Given) -> tuple[Any, str] | None:
    return (given["picture"], given["picture"].name) if given.get("picture") else None


# fmt: off
ACTS = {
    #   verb             form                   action(code, by, given)
    "register":   Act(sheets.SignForm,       lambda c, by, g: actions.sign_for(c, by, g["pages"], g["copies"])),
    "check":      Act(sheets.CheckForm,      lambda c, by, g: actions.check(c, by, g["nature"], g["due"], g["note"])),
    "send_back":  Act(sheets.SendBackForm,   lambda c, by, g: actions.send_back(c, by, g["ground"], g["reason"])),
    "propose":    Act(sheets.ProposeForm,
                      lambda c, by, g: actions.propose(c, by, g["text"], leader=g["leader"], readers=g["readers"], **_units(g))),
    "return_":    Act(sheets.ReasonForm,     lambda c, by, g: actions.return_(c, by, g["reason"])),
    "instruct":   Act(sheets.InstructForm,   lambda c, by, g: actions.instruct(c, by, g["text"], **_further(g))),
    "transcribe": Act(sheets.TranscribeForm,
                      lambda c, by, g: actions.transcribe(c, by, g["text"], g["written_on"], _upload(g), **_further(g))),
    "finish":     Act(sheets.FinishForm,     lambda c, by, g: actions.finish(c, by, g["result"])),
    "decline":    Act(sheets.ReasonForm,     lambda c, by, g: actions.decline(c, by, g["reason"])),
    "urge":       Act(sheets.UrgeForm,       lambda c, by, g: actions.urge(c, by, g["note"])),
    "reply":      Act(sheets.ReplyForm,      lambda c, by, g: actions.reply(c, by, g["answer"])),
    "close":      Act(sheets.CloseForm,      lambda c, by, g: actions.close(c, by, g["outcome"])),
    "circulate":  Act(sheets.CirculateForm,  lambda c, by, g: actions.circulate(c, by, g["readers"])),
    "withdraw":   Act(sheets.StepForm,       lambda c, by, g: actions.withdraw(c, by)),
}
# fmt: on
QUIET = ("return_", "send_back", "decline", "withdraw", "urge", "circulate", "reply")


@require_GET
@door()
def register(request: HttpRequest) -> HttpResponse:
    """收文登记簿: what concerns me, to search; above it what waits to be registered."""
    filters = sheets.SearchForm(request.GET)
    given = filters.cleaned_data if filters.is_valid() else {}
    found = queries.search(request.person, given.get("words", ""), given.get("state", ""), given.get("source", ""))
    context = {
        "filters": filters,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "copies": queries.unregistered(request.person),
        "today": clock.today(),
    }
    return render(request, "incoming/register.html", context)


@door("receiver")
def enter(request: HttpRequest) -> HttpResponse:
    """Register a paper that came on paper: its elements by hand, its scan as files."""
    organs = queries.receiving_organs(request.person)
    form = sheets.RegisterForm(organs, request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        organ = next(o for o in organs if o.code == form.cleaned_data["organ"])
        uploads = [(one, one.name) for one in form.cleaned_data["files"]]
        readers = form.cleaned_data.get("readers", [])
        try:
            paper = actions.register(form.elements(), request.person, organ=organ, uploads=uploads, readers=readers)
        except Refused as no:
            _refuse(form, no)
        else:
            messages.success(request, _("已登记：%(number)s") % {"number": paper.number})
            return redirect("incoming:page", paper.code)
    return render(request, "incoming/enter.html", {"form": form}, status=422 if form.errors else 200)


@door("receiver")
def enter_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for and register a copy that came by dispatch."""
    receipt = get_object_or_404(copies.received(request.person), pk=pk)
    if known := queries.of_copy(pk):
        return redirect("incoming:page", known.code)
    form = sheets.CountForm(request.POST or None, initial={"pages": press.pages(read(receipt.dispatch.pdf.sm3))})
    if form.is_bound and form.is_valid():
        try:
            paper = actions.register_copy(pk, form.elements(), request.person, form.cleaned_data.get("readers", []))
        except Refused as no:
            _refuse(form, no)
        else:
            messages.success(request, _("已登记：%(number)s") % {"number": paper.number})
            return redirect("incoming:page", paper.code)
    return render(request, "incoming/enter.html", {"form": form, "receipt": receipt}, status=422 if form.errors else 200)


@require_GET
@door(*queries.KEEPERS)
def exchange(request: HttpRequest) -> HttpResponse:
    """市级交换: what came, what went, what was refused and why."""
    found = Paginator(queries.parcels(request.person), ROWS).get_page(request.GET.get("page"))
    return render(request, "incoming/exchange.html", {"page": found})


@require_GET
@door()
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The paper, its slip, what I may do."""
    paper = _paper(request, code)
    for line in slips.todo(request.person).filter(slip__paper=code):
        slip_actions.see(line, request.person)
    if paper.slip:
        slip_actions.look(paper.slip, request.person, since=queries.sitting_since(request.person, paper))
    return _page(request, paper)


@require_GET
@door()
def flow(request: HttpRequest, code: str) -> HttpResponse:
    """流转: the paper's slip as a picture, and line by line."""
    paper = _paper(request, code)
    found = [(slip, slips.diagram(slip.lines.all())) for slip in slips.slips_of(paper.code)]
    return render(request, "incoming/flow.html", {"paper": paper, "slips": found})


@require_POST
@door()
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One step of the way. A refusal comes back to the page with everything that was written."""
    paper, wanted = _paper(request, code), ACTS.get(verb)
    if wanted is None:
        raise Http404
    form = wanted.form(paper, request.POST, request.FILES)
    if form.is_valid():
        try:
            wanted.call(code, request.person, form.cleaned_data)
        except Refused as no:
            _refuse(form, no)
        else:
            messages.success(request, _("已办：%(verb)s") % {"verb": _(steps.verb_name(verb))})
            return redirect("incoming:page", code) if queries.visible(request.person).filter(code=code).exists() else redirect("/")
    return _page(request, _paper(request, code), {"verb": verb, "form": form}, status=422)


@require_GET
@door()
def file(request: HttpRequest, code: str, place: int) -> FileResponse:
    """One file as it came."""
    sheet = _sheet(request, code, place)
    return FileResponse(open_stored(sheet.file.sm3), content_type=KINDS[sheet.file.kind][0], filename=safe_name(sheet.name))


@require_GET
@door()
def picture(request: HttpRequest, code: str, place: int, number: int) -> HttpResponse:
    """One page as a picture, so that a phone shows it too."""
    sheet = _sheet(request, code, place)
    content = read(sheet.file.sm3)
    if sheet.file.kind in PICTURES:
        return HttpResponse(content, content_type=KINDS[sheet.file.kind][0])
    if sheet.file.kind != "pdf" or not 1 <= number <= press.pages(content):
        raise Http404
    return HttpResponse(press.picture(content, number), content_type="image/png", headers={"Cache-Control": "private, max-age=600"})


@require_GET
@door()
def handling_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """收文处理单 as it will print."""
    pages = range(1, press.pages(_handling_pdf(request, code)) + 1)
    return render(request, "incoming/sheet.html", {"paper": _paper(request, code), "name": _(handling.NAME), "pages": pages})


@require_GET
@door()
def handling_pdf(request: HttpRequest, code: str) -> HttpResponse:
    answer = HttpResponse(_handling_pdf(request, code), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{safe_name(code)}-sheet.pdf"'
    return answer


@require_GET
@door()
def handling_word(request: HttpRequest, code: str) -> HttpResponse:
    """The same boxes as docx, to be filled in elsewhere."""
    made = sheet_docx(handling.handling(_paper(request, code)))
    answer = HttpResponse(made, content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    answer["Content-Disposition"] = f'attachment; filename="{safe_name(code)}-sheet.docx"'
    return answer


@require_GET
@door()
def handling_page(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One page of the sheet as a picture."""
    made = _handling_pdf(request, code)
    if not 1 <= number <= press.pages(made):
        raise Http404
    return HttpResponse(press.picture(made, number), content_type="image/png")


def _handling_pdf(request: HttpRequest, code: str) -> bytes:
    return typeset_sheet.pdf(handling.handling(_paper(request, code)), clock.now())


def _paper(request: HttpRequest, code: str) -> Incoming:
    try:
        return queries.for_person(request.person, code)
    except Incoming.DoesNotExist:
        raise Http404 from None


def _sheet(request: HttpRequest, code: str, place: int) -> Sheet:
    return get_object_or_404(_paper(request, code).sheets.select_related("file"), order=place)


def _pages(sheet: Sheet) -> range:
    if sheet.file.kind == "pdf":
        return range(1, press.pages(read(sheet.file.sm3)) + 1)
    return range(1, 2) if sheet.file.kind in PICTURES else range(0)


def _since(person: Person, paper: Incoming) -> Given | None:
    """What was done to the paper since this person's last sitting, in words; None when nothing was."""
    news = queries.news(person, paper)
    if not news:
        return None
    words = [
        _(text) % {name: _(value) if isinstance(value, str) and value else value for name, value in told.items()}
        for text, told in news.words()
    ]
    return {"at": news.at, "words": words}


def _page(request: HttpRequest, paper: Incoming, refused: Given | None = None, status: int = 200) -> HttpResponse:
    verbs = queries.verbs(request.person, paper)
    names = [verb for verb in verbs if verb in ACTS]
    context = {
        "paper": paper,
        "buttons": [_button(name, paper, refused) for name in names],
        "may_supervise": "supervise" in verbs,
        "sheets": [(sheet, _pages(sheet)) for sheet in paper.sheets.select_related("file")],
        "slip": paper.slip,
        "since": _since(request.person, paper),
        "keeps_urging": slips.keeps(request.person, paper.organ.code),
        "lines": slips.slips_of(paper.code).first().lines.all() if paper.slip_id else (),
        "instructions": paper.instructions.select_related("leader", "entered_by", "sheet"),
        "handlings": paper.handlings.select_related("organ", "unit", "line__done_by"),
        "circulations": circulation.of_paper(paper.code, paper.organ),
        "hints": [str(Refused(hint)) for hint in queries.hints(paper)] if paper.state == steps.State.CHECK else [],
        "leader": queries.waiting_leader(paper),
        "lead": queries.place_name(paper.lead) if paper.lead else "",
        "late": queries.is_late(paper),
        "effects": copies.effects(sent) if paper.document and (sent := copies.standing_of(paper.document)) else [],
        "ground": _(elements.GROUNDS[paper.ground].label) if paper.ground else "",
        "stale": _stale(refused) if refused and refused["verb"] not in names else None,
    }
    return render(request, "incoming/page.html", context, status=status)


def _button(verb: str, paper: Incoming, refused: Given | None) -> Given:
    """A button with its form; after a refusal the form with what was written and its errors."""
    mine = refused["form"] if refused and refused["verb"] == verb else None
    form = mine if mine is not None else ACTS[verb].form(paper)
    return {
        "verb": verb,
        "label": _(steps.verb_name(verb)),
        "form": form,
        "error": "；".join(e for errors in mine.errors.values() for e in errors) if mine is not None else "",
        "primary": verb not in QUIET,
    }


def _stale(refused: Given) -> Given:
    """The step is no longer there to take: say why, and keep what the person had written."""
    form = refused["form"]
    return {
        "why": "；".join(e for errors in form.errors.values() for e in errors),
        "kept": "\n".join(str(v) for v in form.cleaned_data.values() if isinstance(v, str) and v),
    }


def _refuse(form: forms.Form, no: Refused) -> None:
    """The refusal at its field, or above the form when it belongs to none."""
    form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
