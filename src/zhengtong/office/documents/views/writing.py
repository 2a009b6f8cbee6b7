"""Writing a draft: the form, the page as it will be printed, what is typed kept as it comes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.office.documents import actions, forms_attachments, queries
from zhengtong.office.documents.forms import DraftForm, UploadForm
from zhengtong.office.documents.models import Document, Sitting, here
from zhengtong.office.documents.queries import attachments, brought
from zhengtong.office.documents.rules import body, desk, secrecy, steps
from zhengtong.office.documents.rules.attachments import LARGEST_MB, Attached

from .pages import document_of, refuse

FORM_ONLY = ("csrfmiddlewaretoken",)


@door("drafter")
def draft(request: HttpRequest) -> HttpResponse:
    """Write a new document."""
    typed = queries.typed(request.person, None)
    form = DraftForm(request.person, request.POST or None, typed=typed if "kept" in request.GET else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            document = actions.draft(given["content"], request.person, organ=given["organ"], origin=given["origin"])
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("草稿已保存"))
            return redirect("documents:page", document.code)
    return _writing(request, form, None, typed)


@door()
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Mend the text. A stale form is told so, and what was written stays in its fields."""
    document = _mine(request, code)
    fresh = document.state in (steps.State.DRAFT, steps.State.RETURNED)
    typed = queries.typed(request.person, document)
    kept = typed if "kept" in request.GET else None
    form = DraftForm(request.person, request.POST or None, document=document, complete=not fresh, typed=kept)
    if form.is_bound and form.is_valid():
        try:
            after = actions.save(code, request.person, form.cleaned_data["content"], version=form.cleaned_data["version"] or 0)
        except Refused as no:
            refuse(form, no)
            if no.objection.code == "stale":
                form.catch_up()
        else:
            voided = document.signed_by_id and not after.signed_by_id
            messages.warning(request, _("签发后有改动：签发已失效，文件已送回签发人")) if voided else messages.success(request, _("已保存"))
            return redirect("documents:page", code)
    elif not form.is_bound:
        actions.sit(request.person, document)
    return _writing(request, form, document, typed)


@require_POST
@door()
def preview(request: HttpRequest) -> HttpResponse:
    """The page as the form now stands, beside the text; nothing is stored."""
    form = DraftForm(request.person, request.POST)
    given, to = form.data, [*form.data.getlist("groups"), *_names(form.data.get("recipients", ""))]
    organ = next((o for o in form.issuers if o.code == given.get("organ")), None)
    sketch = queries.sketch(
        given.get("title", ""), given.get("text", ""), to, organ, given.get("kind", ""), urgency=given.get("urgency", ""),
        attachments=attachments.sketched(forms_attachments.kept(given.getlist)),
        issuers=_names(given.get("issuers", "")), mark=given.get("joint_mark", ""),
    )  # fmt: skip
    return render(request, "documents/_sketch.html", {"sketch": sketch, "limit": desk.LIMIT})


@require_POST
@door()
def findings(request: HttpRequest) -> HttpResponse:
    """What the rule book finds in the form as it now stands; nothing is stored."""
    form = DraftForm(request.person, request.POST)
    given = form.data
    mains = [*given.getlist("groups"), *_names(given.get("recipients", ""))]
    organ = next((o for o in form.issuers if o.code == given.get("organ")), None)
    found = queries.unsaved(
        request.person, organ, given.get("kind", ""), given.get("title", ""), given.get("text", ""), mains, _names(given.get("cc", "")),
        attachments.sketched(forms_attachments.kept(given.getlist)), _names(given.get("issuers", "")), given.get("joint_mark", ""),
    )  # fmt: skip
    lacks = desk.unwritten(given.get("kind", ""), given.get("title", ""), mains, given.get("text", ""))
    return render(request, "documents/_margin.html", {"notes": found, "lacks": [_(said) for said in lacks]})


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace("，", "、").split("、") if name.strip()]


@require_POST
@door()
def similar(request: HttpRequest) -> HttpResponse:
    """Earlier documents with a title like the one being written."""
    form = DraftForm(request.person, request.POST)
    organ = next((o for o in form.issuers if o.code == request.POST.get("organ")), None)
    likes = queries.similar(request.person, organ, request.POST.get("title", ""), request.POST.get("but", "")) if organ else []
    return render(request, "documents/_similar.html", {"likes": likes})


@require_POST
@door()
def cited(request: HttpRequest) -> HttpResponse:
    """The documents that the text being written cites."""
    text = f"{request.POST.get('title', '')}\n{request.POST.get('text', '')}"
    return render(request, "documents/_cited.html", {"cited": queries.cited(request.person, text[: body.LONGEST])})


@require_POST
@door()
def keep(request: HttpRequest, code: str = "") -> JsonResponse:
    """暂存: keep what is typed, and tell who else is here. Without `typed` it is only a sign of life."""
    document = _mine(request, code) if code else None
    if "title" in request.POST:
        typed = {name: request.POST.getlist(name) for name in request.POST if name not in FORM_ONLY}
        actions.keep(request.person, document, typed)
    elif document:
        actions.sit(request.person, document)
    others = [{"name": o.person.name, "since": f"{o.since.astimezone(clock.ZONE):%H:%M}"} for o in queries.others(request.person, document)]
    return JsonResponse({"at": f"{clock.now().astimezone(clock.ZONE):%H:%M:%S}", "others": others})


@require_POST
@door("drafter")
def upload(request: HttpRequest) -> HttpResponse:
    """Begin from a file: its elements fill the form, the file is kept as it came."""
    typed = queries.typed(request.person, None)
    form = UploadForm(request.POST, request.FILES, typed=typed)
    if form.is_valid():
        file, now = form.cleaned_data["file"], clock.now()
        data, replace = file.read(), form.cleaned_data.get("replace", False)
        try:
            found = brought.read(data, file.name, request.person, now)
            kept = actions.take_in(data, file.name)
            actions.bring(request.person, kept, file.name, found.fields, found.history, found.remarks, replace=replace)
        except brought.Scanned as scan:
            return _scanned(request, form, data, scan.pages)
        except brought.Unreadable as no:
            form.add_error("file", getattr(no, language()))
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else "file", str(no))
        else:
            return redirect(f"{reverse('documents:draft')}?kept=1")
    return _writing(request, DraftForm(request.person), None, typed, upload=form)


def _scanned(request: HttpRequest, form: UploadForm, data: bytes, pages: int) -> HttpResponse:
    """A scan is read in the background; its progress has a page of its own."""
    try:
        found = actions.hand_in(request.person, data, form.cleaned_data["file"].name, pages)
    except brought.Unreadable as no:
        form.add_error("file", getattr(no, language()))
    except Refused as no:
        form.add_error("file", str(no))
    else:
        return redirect("documents:scan", found.pk)
    return _writing(request, DraftForm(request.person), None, queries.typed(request.person, None), upload=form)


@require_POST
@door()
def throw_away(request: HttpRequest, code: str = "") -> HttpResponse:
    """Throw away what was typed and never saved."""
    actions.rise(request.person, _mine(request, code) if code else None)
    return redirect("documents:edit", code) if code else redirect("documents:draft")


@require_POST
@door()
def lay_without_script(request: HttpRequest, code: str = "") -> HttpResponse:
    """Attachments where the browser runs no script: what was typed is kept, the chosen files stand below it as rows."""
    document = _mine(request, code) if code else None
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in (*FORM_ONLY, "lay")}
    rows = list(forms_attachments.kept(request.POST.getlist))
    if request.POST.get("lay") == "text":
        rows.append(Attached(""))
    for given in request.FILES.getlist("laid"):
        try:
            rows.append(actions.lay(request.person, given.read(LARGEST_MB * 1024 * 1024 + 1), given.name))
        except Refused as no:
            messages.error(request, str(no))
    actions.keep(request.person, document, typed | forms_attachments.typed(rows))
    here = reverse("documents:edit", args=[code]) if code else reverse("documents:draft")
    return redirect(f"{here}?kept=1#id_attachments")


def _mine(request: HttpRequest, code: str) -> Document:
    """The document when its text is now this person's to mend."""
    document = document_of(request, code)
    if "save" not in {s.verb for s in queries.verbs(request.person, document)}:
        raise Http404
    return document


def language() -> str:
    return "en" if get_language() == "en" else "zh"


def _writing(
    request: HttpRequest, form: DraftForm, document: Document | None, typed: Sitting | None, upload: UploadForm | None = None
) -> HttpResponse:
    context = {
        "upload": None if document or form.is_bound else upload or UploadForm(typed=typed),
        "brought": typed if typed and typed.file and "kept" in request.GET else None,
        "remarks": [one[language()] for one in typed.remarks] if typed else [],
        "form": form,
        "document": document,
        "signed": document and steps.signed(document.state),
        "typed": typed if typed and not form.is_bound and "kept" not in request.GET else None,
        "others": queries.others(request.person, document),
        "local": here() == secrecy.Profile.OPEN,
        "limit": desk.LIMIT,
        "phrases": queries.phrases(request.person),
        "scans": [] if document else queries.scans(request.person),
    }
    return render(request, "documents/draft.html", context, status=422 if form.errors or (upload and upload.errors) else 200)
