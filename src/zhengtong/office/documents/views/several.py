"""一并签发: several papers of the to-do list at one entry of the PIN. Thin: guard, call, say what became of each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.office.documents import actions

from .pages import desk


@require_POST
@door()
def sign(request: HttpRequest) -> HttpResponse:
    """Each ticked paper by itself; what can't be signed any more is left out and named."""
    ticked = [value.partition(":")[::2] for value in request.POST.getlist("paper")]
    opinion = request.POST.get("opinion", "")[:500]
    try:
        done = actions.sign_several(ticked, request.person, request.POST.get("pin", ""), opinion)
    except Refused as no:
        refused = {"ticked": [code for code, _seen in ticked], "given": {"opinion": opinion}, "error": str(no)}
        return desk(request, refused, status=422)
    count = sum(1 for outcome in done if outcome.why is None)
    if count:
        messages.success(request, ngettext("已签发%(n)d件", "已签发%(n)d件", count) % {"n": count})
    for outcome in done:
        if outcome.why:
            messages.error(request, _("《%(title)s》没有签发：%(why)s") % {"title": outcome.title, "why": str(Refused(outcome.why))})
    return redirect("documents:home")
