"""办理单模板: the templates that a secretary keeps, and the designer. Thin: guard, call, answer."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.files.actions import safe_name
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Objection, Refused

from . import actions, forms, queries
from .models import Pattern
from .rules import bpmn
from .rules import patterns as rules

Given = dict[str, Any]


@require_GET
@door("secretary")
def patterns(request: HttpRequest) -> HttpResponse:
    """Every organ whose papers I keep in order, and by which template they begin."""
    found = [
        (organ, [(kind, queries.pattern_of(kind.code, organ), queries.draft_of(kind.code, organ)) for kind in rules.KINDS.values()])
        for organ in queries.organs_kept(request.person)
    ]
    return render(request, "slips/patterns.html", {"organs": found})


@door("secretary")
def design(request: HttpRequest, organ: str, kind: str) -> HttpResponse:
    """The designer: the rows as a form, the picture beside it. Every button works without script; with it, only a part is sent again."""
    at, known = _of(request, organ, kind)
    draft = queries.draft_of(kind, at)
    if request.method != "POST":
        rows = draft.rows if draft else queries.entries_for(kind, at)
        return _designer(request, at, known, rows, note=draft.note if draft else "", key=draft.key if draft else 0)
    rows, focus = forms.done(known, forms.entries(known, request.POST), request.POST)
    note, key = request.POST.get("note", "")[:200], _number(request.POST.get("key", ""))
    verb, refused = request.POST.get("do", ""), None
    if verb in ("keep", "publish"):
        act = actions.publish_pattern if verb == "publish" else actions.keep_pattern
        try:
            kept = act(at, kind, rows, request.person, note=note, key=key)
        except Refused as no:
            refused = no.objection
        else:
            messages.success(request, _("已启用第%(n)d版") % {"n": kept.version} if kept.version else _("草稿已保存"))
            return _to(request, reverse("slips:patterns") if kept.version else reverse("slips:design", args=[organ, kind]))
    return _designer(request, at, known, rows, note=note, key=key, focus=focus, refused=refused)


@require_POST
@door("secretary")
def drop(request: HttpRequest, organ: str, kind: str) -> HttpResponse:
    """Throw the draft away."""
    at, _known = _of(request, organ, kind)
    try:
        actions.drop_pattern(at, kind, request.person)
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("草稿已放弃"))
    return redirect("slips:patterns")


@require_GET
@door("secretary")
def version(request: HttpRequest, organ: str, kind: str, version: int) -> HttpResponse:
    """One published version as it is; 0 is the county's own."""
    at, known = _of(request, organ, kind)
    found = get_object_or_404(Pattern.objects.select_related("published_by"), organ=at, kind=kind, version=version) if version else None
    context = {
        "organ": at,
        "kind": known,
        "pattern": found,
        "number": version,
        "diagram": queries.blueprint(known, at, found.rows if found else known.entries),
        "running": found.slips.filter(ended_at__isnull=True).count() if found else 0,
        "versions": queries.versions(kind, at),
    }
    return render(request, "slips/version.html", context)


@require_POST
@door("secretary")
def export(request: HttpRequest, organ: str, kind: str, version: int) -> HttpResponse:
    """A version as a BPMN file for other tools; 0 is the county's own."""
    at, known = _of(request, organ, kind)
    try:
        data = actions.export_pattern(at, kind, version, request.person)
    except Refused as no:
        raise Http404 from no
    name = safe_name(f"{at.name}{_(known.label)}{version}.bpmn")
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type="application/xml")


@require_http_methods(["GET", "POST"])
@door("secretary")
def take_in(request: HttpRequest, organ: str, kind: str) -> HttpResponse:
    """A BPMN file becomes the draft; what a slip can't say is refused at the file with the element named."""
    at, known = _of(request, organ, kind)
    draft = queries.draft_of(kind, at)
    form = forms.TakeIn(request.POST or None, request.FILES or None, initial={"key": draft.key if draft else 0})
    if request.method == "POST" and form.is_valid():
        file, key = form.cleaned_data["file"], form.cleaned_data["key"]
        try:
            actions.import_pattern(at, kind, file.read(bpmn.MOST_BYTES + 1), request.person, name=file.name[:80], key=key)
        except Refused as no:
            form.add_error("file", _said(no.objection))
        else:
            messages.success(request, _("已导入为草稿，请核对后启用"))
            return redirect("slips:design", organ, kind)
    context = {"organ": at, "kind": known, "draft": draft, "form": form}
    return render(request, "slips/take_in.html", context, status=422 if form.errors else 200)


def _designer(
    request: HttpRequest, organ: Organ, kind: rules.Kind, rows: Sequence[rules.Entry], *, note: str, key: int,
    focus: str = "", refused: Objection | None = None,
) -> HttpResponse:  # fmt: skip
    found = queries.pattern_objections(kind, organ, rows)
    choices, places = queries.choices(kind, organ), rules.entry_places(rows)
    stages = {entry.stage for entry in rows}
    context = {
        "organ": organ,
        "kind": kind,
        "note": note,
        "key": key,
        "focus": focus,
        "rows": [
            _row(number, entry, kind, places[number], choices, [_said(no) for at, no in found if at == number])
            for number, entry in enumerate(rows)
        ],
        "whole": [_said(no) for at, no in found if at == rules.WHOLE],
        "refused": _said(refused) if refused and (refused.code == "stale" or not found) else "",
        "objections": len(found),
        "diagram": queries.blueprint(kind, organ, rows, found),
        "further": [stage for stage in kind.stages if stage.several or stage.code not in stages],
        "draft": queries.draft_of(kind.code, organ),
        "current": queries.pattern_of(kind.code, organ),
    }
    name = "slips/_designer.html" if request.htmx else "slips/design.html"
    return render(request, name, context, status=422 if refused and not request.htmx else 200)


def _row(
    number: int, entry: rules.Entry, kind: rules.Kind, place: int, choices: dict[str, list[queries.Choice]], errors: list[str]
) -> Given:  # fmt: skip
    stage = kind.stage(entry.stage)
    offered, chosen = choices.get(entry.stage, []), forms.value(entry)
    groups: dict[str, list[tuple[str, str, bool]]] = {}
    for choice in offered:
        groups.setdefault(choice.group, []).append((choice.value, choice.word, choice.value == chosen))
    return {
        "number": number,
        "mark": str(number),
        "entry": entry,
        "stage": stage,
        "place": place,
        "groups": list(groups.items()),
        "known": chosen in {choice.value for choice in offered},
        "errors": errors,
    }


def _said(no: Objection) -> str:
    """The sentence in the reader's language, the words in it too."""
    return _(no.text) % {name: _(value) if isinstance(value, str) and value else value for name, value in no.params.items()}


def _of(request: HttpRequest, organ: str, kind: str) -> tuple[Organ, rules.Kind]:
    """The organ and kind, if this secretary keeps them; others do not exist for him."""
    found = next((kept for kept in queries.organs_kept(request.person) if kept.code == organ), None)
    if found is None or kind not in rules.KINDS:
        raise Http404
    return found, rules.KINDS[kind]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _to(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
