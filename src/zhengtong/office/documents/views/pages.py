"""The desk of everybody who handles documents. Thin: guard, call, answer."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.accounts.rules import ADMINISTRATORS
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.files.actions import safe_name
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import actions as slip_actions
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.models import Slip
from zhengtong.office.archive import queries as archive
from zhengtong.office.dispatch import queries as dispatches
from zhengtong.office.documents import actions, forms_way, queries
from zhengtong.office.documents.forms import AnswerForm, CheckForm, ConsultForm, OpinionForm, OutcomeForm, ReasonForm, SearchForm
from zhengtong.office.documents.models import Document
from zhengtong.office.documents.queries.attachments import attached
from zhengtong.office.documents.rules import steps, strokes

from . import since, way

Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One verb on the document's page: its form, and the action that it calls."""

    form: type[forms.Form]
    call: Callable[[str, Any, str, Given], object]
    done: str = ""


# fmt: off
ACTS = {
    #   verb                       form         action(code, by, pin, given)
    "submit":              Act(OpinionForm, lambda c, by, pin, g: actions.submit(c, by, g["opinion"])),
    "withdraw":            Act(forms.Form,  lambda c, by, pin, g: actions.withdraw(c, by)),
    "review_unit":         Act(OpinionForm, lambda c, by, pin, g: actions.review_unit(c, by, g["opinion"])),
    "consult":             Act(ConsultForm, lambda c, by, pin, g: actions.consult(c, by, g["organs"], g["note"])),
    "skip_consultation":   Act(ReasonForm,  lambda c, by, pin, g: actions.skip_consultation(c, by, g["reason"])),
    "answer_consultation": Act(AnswerForm,  lambda c, by, pin, g: actions.answer_consultation(c, by, g["answer"], g["reason"])),
    "review_office":       Act(CheckForm,   lambda c, by, pin, g: actions.review_office(c, by, g["opinion"], g["reserve"])),
    "approve_deputy":      Act(OpinionForm, lambda c, by, pin, g: actions.approve_deputy(c, by, g["opinion"])),
    "return_":             Act(ReasonForm,  lambda c, by, pin, g: actions.return_(c, by, g["reason"])),
    "sign":                Act(OpinionForm, lambda c, by, pin, g: actions.sign(c, by, pin, g["opinion"], seen=g["seen"])),
    "cosign":              Act(OpinionForm, lambda c, by, pin, g: actions.cosign(c, by, pin, g["opinion"], seen=g["seen"])),
    "recheck":             Act(CheckForm,   lambda c, by, pin, g: actions.recheck(c, by, g["opinion"], g["reserve"])),
    "number":              Act(forms.Form,  lambda c, by, pin, g: actions.number(c, by, pin)),
    "typeset":             Act(forms.Form,  lambda c, by, pin, g: actions.typeset(c, by, pin)),
    "coseal":              Act(forms.Form,  lambda c, by, pin, g: actions.coseal(c, by, pin)),
    "dispatch":            Act(forms.Form,  lambda c, by, pin, g: actions.dispatch(c, by, pin)),
    "settle_disagreement": Act(OutcomeForm, lambda c, by, pin, g: actions.settle_disagreement(c, by, int(g["consultation"]), g["outcome"])),
    "propose_release":     Act(OpinionForm, lambda c, by, pin, g: actions.propose_release(c, by, g["opinion"])),
    "review_release":      Act(OpinionForm, lambda c, by, pin, g: actions.review_release(c, by, g["opinion"])),
    "release":             Act(OpinionForm, lambda c, by, pin, g: actions.release(c, by, pin, g["opinion"])),
    "refuse_release":      Act(ReasonForm,  lambda c, by, pin, g: actions.refuse_release(c, by, g["reason"])),
}
# fmt: on
OFFICIAL = frozenset(s.verb for s in steps.STEPS if s.official) | {"release"}


@require_GET
@door()
def home(request: HttpRequest) -> HttpResponse:
    """等我办理: what waits for me, how long, what changed; below it what I lately did. Administrators handle no papers."""
    return redirect("accounts:home") if request.roles and ADMINISTRATORS.issuperset(request.roles) else desk(request)


def desk(request: HttpRequest, refused: Given | None = None, status: int = 200) -> HttpResponse:
    """The home; after a refusal what was ticked and written is still there."""
    waiting, effect = queries.todo(request.person), steps.EFFECTS["sign"]
    context = {
        "waiting": [(item, since.said(item.news) if item.news else []) for item in waiting],
        "boxes": any(item.box for item in waiting),
        "together": forms_way.TogetherForm(refused["given"] if refused else None),
        "effects": [_(effect)],
        **way.tabs(request.person, "todo"),
        "receipts": dispatches.waiting(request.person),
        "handled": queries.recent(request.person, 8),
        **({"ticked": refused["ticked"], "error": refused["error"]} if refused else {}),
    }
    return render(request, "documents/home.html", context, status=status)


@require_GET
@door()
def register(request: HttpRequest) -> HttpResponse:
    """All documents that concern me, to search."""
    filters = SearchForm(request.GET)
    given = filters.cleaned_data if filters.is_valid() else {}
    found = queries.search(request.person, given.get("words", ""), given.get("state", ""), given.get("kind", ""))
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    return render(request, "documents/register.html", {"filters": filters, "page": page})


@require_GET
@door()
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The document: the paper, the slip, what I may do."""
    document = document_of(request, code)
    for line in slips.todo(request.person).filter(slip__paper=code):
        slip_actions.see(line, request.person)
    since.look(request, document)
    return _page(request, document)


@require_POST
@door()
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One step of the way. A refusal comes back to the page with everything that was written."""
    document, wanted = document_of(request, code), ACTS.get(verb)
    if wanted is None:
        raise Http404
    form = wanted.form(request.POST)
    if form.is_valid():
        given = {**form.cleaned_data, "seen": request.POST.get("seen", ""), "consultation": request.POST.get("consultation", "0")}
        pin, drawn = request.POST.get("pin", ""), given.get("strokes", "")
        step = partial(wanted.call, code, request.person, pin, given)
        try:
            actions.by_hand(code, request.person, pin if verb in OFFICIAL else None, drawn, step) if drawn else step()
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("已办：%(verb)s") % {"verb": _(steps.verb_name(verb))})
            return redirect("documents:page", code)
    return _page(request, document_of(request, document.code), refused={"verb": verb, "form": form}, status=422)


@require_GET
@door()
def picture(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One page of the paper as a picture."""
    shown = queries.picture(document_of(request, code), number)
    if shown is None:
        raise Http404
    return HttpResponse(shown, content_type="image/png")


@require_GET
@door()
def handwriting(request: HttpRequest, code: str, line: int) -> HttpResponse:
    """A handwritten opinion as drawn."""
    written = get_object_or_404(document_of(request, code).handwritings, line=line)
    return HttpResponse(strokes.svg(written.strokes), content_type="image/svg+xml")


@require_GET
@door()
def original(request: HttpRequest, code: str, number: int) -> FileResponse:
    """The file that the draft was made from, as it came."""
    found = get_object_or_404(document_of(request, code).originals.select_related("file"), pk=number)
    return FileResponse(files.open_stored(found.file.sm3), as_attachment=True, filename=safe_name(found.name))


@require_GET
@door()
def pdf(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """The formal page once it exists, the page as it would be before."""
    document = document_of(request, code)
    name = safe_name(f"{document.number or document.code}.pdf")
    if page := queries.final(document):
        return FileResponse(files.open_stored(page.sm3), content_type="application/pdf", filename=name)
    answer = HttpResponse(queries.preview(document).pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{document.code}.pdf"'
    return answer


@require_GET
@door()
def ofd(request: HttpRequest, code: str) -> FileResponse:
    """The formal page with its electronic seal."""
    document = document_of(request, code)
    if document.ofd is None or queries.final(document) is None:
        raise Http404
    name = safe_name(f"{document.number or document.code}.ofd")
    return FileResponse(files.open_stored(document.ofd.sm3), content_type="application/ofd", as_attachment=True, filename=name)


def document_of(request: HttpRequest, code: str) -> Document:
    try:
        return queries.for_person(request.person, code)
    except Document.DoesNotExist:
        raise Http404 from None


def _page(request: HttpRequest, document: Document, refused: Given | None = None, status: int = 200) -> HttpResponse:
    verbs = queries.verbs(request.person, document)
    release = queries.release_verb(request.person, document)
    names = [s.verb for s in verbs] + (
        [release, *(["refuse_release"] if release in ("review_release", "release") else [])] if release else []
    )
    buttons = [_button(name, refused) for name in names if name in ACTS]
    sheet, issuers = queries.sheet(document), list(document.issuers.select_related("organ", "signed_by"))
    context = {
        "document": document,
        "issuers": issuers,
        "seals": sum(one.sealed_at is not None for one in issuers),  # a new seal is a new picture
        "final": queries.final(document),
        "since": since.line(request.person, document),
        "keeps_urging": slips.keeps(request.person, document.organ.code),
        "editable": "save" in {s.verb for s in verbs},
        "notes": queries.notes(document) if verbs else None,
        "buttons": buttons,
        "ways": way.buttons(request.person, document),
        "pages": range(1, sheet.pages + 1),
        "sheet": sheet,
        "slips": _drawn(document),
        "attached": attached(document),
        "originals": document.originals.select_related("by", "file"),
        "consultations": document.consultations.select_related("organ", "answered_by", "settled_by"),
        "settle": _button("settle_disagreement", refused) if any(s.verb == "approve_deputy" for s in verbs) else None,
        "revisions": document.revisions.select_related("by").order_by("-version"),
        "release": queries.release_of(document),
        "sent": dispatches.of_document(document.code),
        "cited": queries.cited(request.person, f"{document.title}\n{document.text}", document.number),
        "item": archive.of_document(document.code),
        "unsigned": dispatches.unsigned(document.code),
        "stale": _stale(refused) if refused and refused["verb"] not in names else None,
    }
    return render(request, "documents/page.html", context, status=status)


def _drawn(document: Document) -> list[Slip]:
    """The document's slips; a line with a handwritten opinion knows where that is drawn."""
    found, written = list(slips.slips_of(document.code)), set(document.handwritings.values_list("line_id", flat=True))
    for slip in found:
        for line in slip.lines.all():
            line.drawn = reverse("documents:handwriting", args=[document.code, line.pk]) if line.pk in written else ""
    return found


def _button(verb: str, refused: Given | None) -> Given:
    """A button with its form; after a refusal the form with what was written and its errors."""
    mine = refused["form"] if refused and refused["verb"] == verb else None
    form = mine if mine is not None else ACTS[verb].form()
    return {
        "verb": verb,
        "label": _(steps.verb_name(verb)),
        "form": form,
        "official": verb in OFFICIAL,
        "effects": [_(steps.EFFECTS[verb])] if verb in steps.EFFECTS else [],
        "error": "；".join(e for errors in mine.errors.values() for e in errors) if mine is not None else "",
        "primary": verb not in ("return_", "withdraw", "skip_consultation", "refuse_release"),
    }


def _stale(refused: Given) -> Given:
    """The step is no longer there to take: say why, and keep what the person had written."""
    form = refused["form"]
    return {
        "why": "；".join(e for errors in form.errors.values() for e in errors),
        "kept": "\n".join(str(v) for v in form.cleaned_data.values() if isinstance(v, str) and v),
    }


def refuse(form: forms.Form, no: Refused) -> None:
    """The refusal at its field, or above the form when it belongs to none."""
    form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
