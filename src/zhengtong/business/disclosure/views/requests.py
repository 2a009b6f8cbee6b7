"""The list of requests, a request as its folder, and the steps that the rules allow now."""

from collections.abc import Callable, Mapping

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhengtong.business.disclosure import actions, forms, queries
from zhengtong.business.disclosure.models import Letter, Request
from zhengtong.business.disclosure.rules import letters as letter_rules
from zhengtong.business.disclosure.rules import receipt, steps
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.clock.rules import told
from zhengtong.foundation.files.queries import open_stored
from zhengtong.foundation.files.rules import KINDS
from zhengtong.foundation.refusal import Refused

HANDLERS = queries.ROLES
PAGE = 30


@door(*HANDLERS)
def listing(request: HttpRequest) -> HttpResponse:
    """等我办理, 在办, 办结, 全部; each with the time that is left."""
    tab = request.GET.get("tab") if request.GET.get("tab") in queries.TABS else "todo"
    filters = forms.Filters(request.GET)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    todo = queries.waiting(request.person)
    found = todo if tab == "todo" else queries.visible(request.person)
    if tab in ("open", "closed"):
        found = found.filter(state="closed") if tab == "closed" else found.exclude(state="closed")
    found = queries.filtered(found, wanted.get("words", ""), wanted.get("state", ""), wanted.get("channel", ""))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = queries.clocks(page.object_list)
    rows = [(one, shown.get(one.number)) for one in page.object_list]
    context = {"tab": tab, "filters": filters, "page": page, "rows": rows, "todo": todo.count()}
    return render(request, "disclosure/list.html", context)


def found(request: HttpRequest, number: str) -> Request:
    """The request, if it is one of the person's own organs."""
    return get_object_or_404(queries.visible(request.person), number=number)


@door(*HANDLERS)
def folder(request: HttpRequest, number: str) -> HttpResponse:
    return page(request, found(request, number), request.GET.get("do", ""))


def page(
    request: HttpRequest,
    shown: Request,
    do: str = "",
    bound: Mapping[str, django_forms.Form] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """The folder; `do` names the step whose form stands open, `bound` the forms that were refused, by name."""
    roles, facts, bound = queries.roles_in(request.person, shown.organ), queries.facts(shown), bound or {}
    offered = steps.offered(shown.state, facts, roles)
    step = next((s for s in offered if s.verb == do), None)
    letter = shown.letters.exclude(state=Letter.ISSUED).first()
    desk = queries.desk_of(shown.organ)
    number = shown.number
    consulted = list(queries.consultations(shown))
    contested = list(shown.contests.all())
    form = bound.get("step") or (forms.FORMS[step.verb](initial={"version": shown.version}, request=shown, desk=desk) if step else None)
    subjects = [number, *(one.number for one in consulted), *(one.number for one in contested)]
    context = {
        "shown": shown,
        "offered": offered,
        "step": step or (steps.step(do, shown.state) if "step" in bound else None),
        "form": form,
        "letter": letter,
        "may_issue": letter is not None and (steps.signer(letter.kind) in roles),
        "needs_head": letter is not None and steps.signer(letter.kind) == steps.HEAD,
        "effects": [_("文书立即编号、盖章并发出"), _("这一步立即生效，不能撤销")],
        "refused": refused,
        "clerk": steps.CLERK in roles,
        "desk": desk,
        "issued": [(one, letter_rules.KINDS[one.kind].other) for one in shown.letters.filter(state=Letter.ISSUED)],
        "consulted": consulted,
        "contested": contested,
        "delivery": bound.get("delivery") or forms.Delivery(),
        "opinion": bound.get("opinion") or forms.Opinion(),
        "contest_form": bound.get("contest") or forms.NewContest(),
        "reply_form": bound.get("reply") or forms.Reply(),
        "conclusion": bound.get("conclusion") or forms.Conclusion(),
        "given_form": bound.get("given") or forms.Given(),
        "original_form": bound.get("original") or forms.Original(),
        "may_give": steps.CLERK in roles and shown.state in steps.WORKING and letter is None,
        "counts_from": receipt.CHANNELS[receipt.Channel(shown.channel)].counts,
        "others": queries.others(shown)[:10],
        "reading": queries.clocks([shown]).get(number),
        "events": [(event, *told(event.limit, event.kind, event.reason)) for event in queries.events(subjects)],
        "plain": steps.PLAIN[steps.State(shown.state)],
    }
    return render(request, "disclosure/request.html", context, status=status)


def answer(
    request: HttpRequest, number: str, name: str, form: django_forms.Form, verb: Callable[[dict], object], done: str, do: str = ""
) -> HttpResponse:
    """Run a verb from its form; a refusal shows at its field and keeps what was written."""
    shown = found(request, number)
    if not form.is_valid():
        return page(request, shown, do, {name: form}, status=422)
    try:
        verb(form.cleaned_data)
    except Refused as no:
        form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        return page(request, found(request, number), do, {name: form}, status=409)
    messages.success(request, done)
    return redirect("disclosure:request", number)


PLAIN_VERBS: Mapping[str, Callable[[str, HttpRequest, dict], object]] = {
    "take_up": lambda n, r, d: actions.take_up(n, r.person, version=d["version"]),
    "complete": lambda n, r, d: actions.complete(n, r.person, d["words"], d["on"]),
    "give_up": lambda n, r, d: actions.give_up(n, r.person, version=d["version"]),
    "pay": lambda n, r, d: actions.pay(n, r.person, d["on"], version=d["version"]),
    "forfeit": lambda n, r, d: actions.forfeit(n, r.person, version=d["version"]),
    "merge": lambda n, r, d: actions.merge(n, d["into"], r.person, d["reason"], version=d["version"]),
    "withdraw": lambda n, r, d: actions.withdraw(n, r.person, d["reason"], version=d["version"]),
}


@require_POST
@door(*HANDLERS)
def step(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """One step from its form: at once, or as the draft of its letter."""
    if verb not in forms.FORMS:
        raise Http404
    shown = found(request, number)
    form = forms.FORMS[verb](request.POST, request=shown, desk=queries.desk_of(shown.organ))

    def run(data: dict) -> None:
        if verb in PLAIN_VERBS:
            PLAIN_VERBS[verb](number, request, data)
        else:
            given = {key: value for key, value in data.items() if key != "version"}
            actions.draft(number, request.person, verb, given, version=data["version"])

    done = _("已办理") if verb in PLAIN_VERBS else _("文书已拟好，请看过再发出")
    return answer(request, number, "step", form, run, done, verb)


@require_http_methods(["GET", "POST"])
@door(steps.CLERK)
def register(request: HttpRequest) -> HttpResponse:
    """登记: a request that came by window, post, fax or e-mail."""
    desks = queries.desks(request.person)
    form = forms.Registration(request.POST or None, request.FILES or None, desks=desks)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        papers = {data["paper"].name: data["paper"].file} if data["paper"] else {}
        try:
            made = actions.register(
                request.person, data["desk"], data["channel"], data["came_on"], data["confirmed_on"], form.answers(), papers
            )
        except Refused as no:
            form.add_error(no.objection.field if no.objection.field in form.fields else None, str(no))
        else:
            messages.success(request, _("已登记，答复期限自收到申请之日起计算"))
            return redirect("disclosure:request", made.number)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "disclosure/register.html", {"form": form, "desks": desks.exists()}, status=status)


@door(*HANDLERS)
def paper(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One paper of the folder, as a download; never shown inline, since it may come from outside."""
    kept = found(request, number).attachments.select_related("file").filter(pk=pk).first()
    if kept is None:
        raise Http404
    return FileResponse(open_stored(kept.file.sm3), as_attachment=True, filename=kept.name, content_type=KINDS[kept.file.kind][0])


@require_POST
@door(steps.CLERK)
def give(request: HttpRequest, number: str) -> HttpResponse:
    """Put a paper into the answer."""
    form = forms.Given(request.POST, request.FILES)

    def run(data: dict) -> None:
        actions.give_paper(number, request.person, data["paper"].name, data["paper"].file)

    return answer(request, number, "given", form, run, _("已放入"))


@require_POST
@door(steps.CLERK)
def take_away(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a paper out of the answer."""
    return answer(request, number, "given", django_forms.Form({}), lambda _data: actions.take_away(number, request.person, pk), _("已取出"))
