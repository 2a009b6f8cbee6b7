"""The supervision pages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.clock.pages import picked, shown
from zhengtong.foundation.clock.rules import told
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.ui.context import NETWORKS

from . import actions, queries, rules
from .forms import Answer


@door("supervisor", "egov_office")
def board(request: HttpRequest) -> HttpResponse:
    """Every clock of the county at a glance; each number opens the facts behind it."""
    rows = queries.board()
    names = queries.organ_names()
    colour, organ = request.GET.get("colour", ""), request.GET.get("organ", "")
    shown = [r for r in rows if (not colour or r.reading.state == colour) and (not organ or r.organ == organ)]
    context = {
        "rows": [(r, names.get(r.organ, r.organ)) for r in shown],
        "counts": queries.counts(rows),
        "organs": [(code, names.get(code, code), counts) for code, counts in queries.by_organ(rows)],
        "colour": colour,
        "organ": organ,
        "organ_name": names.get(organ, organ),
        "proposed": len(queries.cards(rules.CardState.PROPOSED.value)),
    }
    return render(request, "timelimits/board.html", context)


@door("supervisor", "egov_office")
def subject(request: HttpRequest, subject: str) -> HttpResponse:
    """The evidence for one subject: what its clocks showed at the end of the picked day, and the events reported of it by then."""
    events = queries.history(subject)
    if not events:
        raise Http404
    form, day = picked(request.GET)
    moments = [(event, NETWORKS[event.network][0], *told(event.limit, event.kind, event.reason)) for event in queries.until(events, day)]
    title = next((event.title for event in events if event.title), "")
    clocks = shown(queries.accounts(events, day))
    context = {"subject": subject, "events": moments, "title": title, "day_form": form, "day": day, "clocks": clocks}
    return render(request, "timelimits/subject.html", context)


@door("supervisor")
def cards(request: HttpRequest) -> HttpResponse:
    return _cards(request)


def _cards(request: HttpRequest, refused: int = 0, form: Answer | None = None, status: int = 200) -> HttpResponse:
    """The cards, each proposed one with its form; a refused answer keeps what was written."""
    names, found = queries.organ_names(), queries.cards()
    rows = [
        (card, names.get(card.organ, card.organ), form if form and card.pk == refused else Answer(auto_id=f"{card.pk}-%s"))
        for card in found
    ]
    return render(request, "timelimits/cards.html", {"cards": rows}, status=status)


@require_POST
@door("supervisor")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    form = Answer(request.POST, auto_id=f"{pk}-%s")
    if not form.is_valid():
        return _cards(request, pk, form, status=422)
    try:
        if form.cleaned_data["verb"] == "confirm":
            actions.confirm(pk, request.person)
        else:
            actions.dismiss(pk, request.person, form.cleaned_data["reason"])
    except Refused as no:
        form.add_error("reason" if no.objection.field == "reason" else None, str(no))
        return _cards(request, pk, form, status=409)
    messages.success(request, _("已处理"))
    return redirect("timelimits:cards")
