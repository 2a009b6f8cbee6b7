"""The one inbox, a letter as its folder, and the steps that the rules allow now."""

from collections.abc import Callable, Mapping

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.clock.rules import told
from zhengtong.foundation.files.queries import open_stored
from zhengtong.foundation.files.rules import KINDS
from zhengtong.foundation.refusal import Refused

from . import actions, forms, queries, rules
from .models import Letter

PAGE = 30


@door(*rules.ROLES)
def listing(request: HttpRequest) -> HttpResponse:
    """等我办理, 超期, 在办, 办结; each with the time that is left."""
    tab = request.GET.get("tab") if request.GET.get("tab") in queries.TABS else "todo"
    todo, late = queries.waiting(request.person), queries.late(request.person)
    seen = queries.visible(request.person)
    found = {"todo": todo, "late": late, "open": seen.exclude(state="closed"), "closed": seen.filter(state="closed")}[tab]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = queries.clocks(page.object_list)
    rows = [(one, shown.get(one.number)) for one in page.object_list]
    return render(request, "letters/list.html", {"tab": tab, "page": page, "rows": rows, "todo": todo.count(), "late": late.count()})


def found(request: HttpRequest, number: str) -> Letter:
    return get_object_or_404(queries.visible(request.person), number=number)


@door(*rules.ROLES)
def letter(request: HttpRequest, number: str) -> HttpResponse:
    return page(request, found(request, number), request.GET.get("do", ""))


def page(
    request: HttpRequest,
    shown: Letter,
    do: str = "",
    bound: django_forms.Form | None = None,
    opinion: django_forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The folder; `do` names the step whose form stands open."""
    offered = rules.offered(shown.facts, queries.roles_for(request.person, shown))
    step = next((s for s in offered if s.verb == do), None)
    form = bound or (forms.FORMS[step.verb](initial={"version": shown.version}, letter=shown) if step else None)
    mine = queries.organs_with(request.person, rules.HANDLER)
    assists = list(shown.assists.select_related("organ"))
    context = {
        "shown": shown,
        "offered": offered,
        "step": step or (rules.BY_VERB.get(do) if bound else None),
        "form": form,
        "assists": assists,
        "opinion": opinion or forms.Opinion(),
        "may_assist": shown.state == "handling" and any(a.organ_id in mine and not a.opinion for a in assists),
        "asked": shown.facts.asked,
        "dispatch_by": rules.dispatch_by(shown.sorted_at) if shown.state == "sorted" and shown.sorted_at else None,
        "reading": queries.clocks([shown]).get(shown.number),
        "events": [(event, *told(event.limit, event.kind, event.reason)) for event in queries.events(shown)],
        "plain": rules.PLAIN[rules.State(shown.state)],
    }
    return render(request, "letters/letter.html", context, status=status)


RUN: Mapping[str, Callable[[str, HttpRequest, django_forms.Form, dict], object]] = {
    "classify": lambda n, r, f, d: actions.classify(n, r.person, d["kind"], d["about"], version=d["version"]),
    "dispatch": lambda n, r, f, d: actions.dispatch(n, r.person, d["lead"], list(d["assists"]), version=d["version"]),
    "hand_over": lambda n, r, f, d: actions.hand_over(n, r.person, d["organ"], f.answers(), version=d["version"]),
    "transfer": lambda n, r, f, d: actions.transfer(n, r.person, d["body"], version=d["version"]),
    "sign_for": lambda n, r, f, d: actions.sign_for(n, r.person, version=d["version"]),
    "give_back": lambda n, r, f, d: actions.give_back(n, r.person, d["reason"], d["proposed"], d["hard"], version=d["version"]),
    "draft": lambda n, r, f, d: actions.draft(n, r.person, d["text"], version=d["version"]),
    "ask_extension": lambda n, r, f, d: actions.ask_extension(n, r.person, d["reason"], d["interim"], version=d["version"]),
    "extend": lambda n, r, f, d: actions.extend(n, r.person, version=d["version"]),
    "refuse_extension": lambda n, r, f, d: actions.refuse_extension(n, r.person, version=d["version"]),
    "send_back": lambda n, r, f, d: actions.send_back(n, r.person, d["reason"], version=d["version"]),
    "answer": lambda n, r, f, d: actions.answer(n, r.person, version=d["version"]),
    "call_back": lambda n, r, f, d: actions.call_back(n, r.person, d["result"], d["words"], version=d["version"]),
    "urge": lambda n, r, f, d: actions.urge(n, r.person, version=d["version"]),
}


@require_POST
@door(*rules.ROLES)
def step(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """One step from its form; a refusal shows at its field and keeps what was written."""
    if verb not in RUN:
        raise Http404
    shown = found(request, number)
    form = forms.FORMS[verb](request.POST, letter=shown)
    if not form.is_valid():
        return page(request, shown, verb, form, status=422)
    try:
        RUN[verb](number, request, form, form.cleaned_data)
    except Refused as no:
        form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        return page(request, found(request, number), verb, form, status=409)
    messages.success(request, _("已办理"))
    if not queries.visible(request.person).filter(number=number).exists():  # a report that has just left the open inbox
        return redirect("letters:list")
    return redirect("letters:letter", number)


@require_POST
@door(rules.HANDLER)
def assist(request: HttpRequest, number: str) -> HttpResponse:
    """协办意见."""
    shown = found(request, number)
    form = forms.Opinion(request.POST)
    if not form.is_valid():
        return page(request, shown, opinion=form, status=422)
    try:
        actions.assist(number, request.person, form.cleaned_data["opinion"])
    except Refused as no:
        form.add_error(None, str(no))
        return page(request, shown, opinion=form, status=409)
    messages.success(request, _("已办理"))
    return redirect("letters:letter", number)


@require_http_methods(["GET", "POST"])
@door(rules.CENTER)
def register(request: HttpRequest) -> HttpResponse:
    """登记: a letter that came by window, telephone or post."""
    form = forms.Registration(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        papers = {data["paper"].name: data["paper"].file} if data["paper"] else {}
        try:
            made = actions.register(request.person, data["channel"], data["kind"], data, papers)
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已登记：%(number)s") % {"number": made.number})
            seen = queries.visible(request.person).filter(pk=made.pk).exists()
            return redirect("letters:letter", made.number) if seen else redirect("letters:list")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "letters/register.html", {"form": form}, status=status)


@door(*rules.ROLES)
def paper(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One paper of the letter, as a download; never shown inline, since it comes from outside."""
    kept = found(request, number).attachments.select_related("file").filter(pk=pk).first()
    if kept is None:
        raise Http404
    return FileResponse(open_stored(kept.file.sm3), as_attachment=True, filename=kept.name, content_type=KINDS[kept.file.kind][0])
