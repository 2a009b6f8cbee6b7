"""The registry of seals on screen. Thin: guard, call, answer."""

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts.actions import confirm
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused

from . import actions, queries, rules
from .forms import Application, Filters, Handover, Note
from .models import Stamp

PAGE = 30
USES = 50


@door(*rules.ROLES)
def listing(request: HttpRequest) -> HttpResponse:
    filters = Filters(request.GET)
    asked = filters.cleaned_data if filters.is_valid() else {}
    page = Paginator(queries.filtered(queries.visible(request.person), **asked), PAGE).get_page(request.GET.get("page"))
    return render(request, "stamps/list.html", {"filters": filters, "page": page, "may_apply": "secretary" in request.roles})


@door("secretary")
def new(request: HttpRequest) -> HttpResponse:
    """申请刻制."""
    form = Application(request.person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.apply(**form.cleaned_data, by=request.person)
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已申请，等待制作"))
            return redirect("stamps:stamp", made.code)
    return render(request, "stamps/new.html", {"form": form}, status=422 if form.errors else 200)


def _found(request: HttpRequest, code: str) -> Stamp:
    return get_object_or_404(queries.visible(request.person), code=code)


@door(*rules.ROLES)
def stamp(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _found(request, code))


def _page(
    request: HttpRequest, found: Stamp, *, acted: str = "", refused: str = "", form: django_forms.Form | None = None, status: int = 200
) -> HttpResponse:
    mine = [role for role in rules.ROLES if queries.may(request.person, role, found.organ)]
    steps = [
        {"row": row, "label": _(row.label), "effects": _effects(row, found), "form": form if acted == row.verb and form else Note(),
         "refused": refused if acted == row.verb else ""}
        for row in rules.verbs(found.state, mine)
    ]  # fmt: skip
    context = {
        "stamp": found,
        "events": found.events.select_related("by"),
        "uses": found.uses.select_related("by")[:USES],
        "steps": steps,
        "handover": Handover(found) if found.keeper_id == request.person.pk and queries.receivers(found) else None,
        "refused": refused if acted == "hand_over" else "",
    }
    return render(request, "stamps/stamp.html", context, status=status)


def _effects(row: rules.Step, stamp: Stamp) -> list[str]:
    """What takes effect with a step."""
    told = {
        "make": _("生成印章密钥，有效期%(years)d年") % {"years": rules.YEARS},
        "refuse": _("申请到此为止，理由告知申请机关"),
        "file": _("登记备案号，可交机关启用"),
        "activate": _("您成为保管人，以后由您用印"),
        "suspend": _("恢复之前，任何文件不能再加盖此章"),
        "resume": _("可以继续用印"),
        "cancel": _("密钥销毁，永远不能再用；已盖章的文件仍可验证"),
    }
    return [told[row.verb], _("依据：%(source)s") % {"source": row.article}]


@require_POST
@door(*rules.ROLES)
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One step, confirmed by the key's PIN; a refusal keeps what was written."""
    found = _found(request, code)
    if verb not in {row.verb for row in rules.STEPS}:
        raise Http404
    form = Note(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        actions.act(verb, code, request.person, request.POST.get("pin", ""), note)
    except Refused as no:
        return _page(request, _found(request, code), acted=verb, refused=str(no), form=form, status=409)
    messages.success(request, _("%(name)s：%(label)s") % {"name": found.name, "label": _(rules.step(verb).label)})
    return redirect("stamps:stamp", code)


@require_POST
@door("seal_keeper")
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    found = _found(request, code)
    form = Handover(found, request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("请选择接收人"), field="to")
        confirm(request.user, request.POST.get("pin", ""))
        actions.hand_over(code, request.person, form.cleaned_data["to"])
    except Refused as no:
        return _page(request, found, acted="hand_over", refused=str(no), status=409)
    messages.success(request, _("已移交%(name)s") % {"name": form.cleaned_data["to"].name})
    return redirect("stamps:stamp", code)
