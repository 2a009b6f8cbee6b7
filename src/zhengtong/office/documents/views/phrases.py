"""Templates and stock phrases of one's own organ."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.forms import PhraseForm

from .pages import refuse


@door("secretary")
def phrases(request: HttpRequest) -> HttpResponse:
    """The list, and a form to add one."""
    form = PhraseForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.keep_phrase(request.person, **form.cleaned_data)
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("已保存"))
            return redirect("documents:phrases")
    context = {"form": form, "phrases": queries.phrases(request.person)}
    return render(request, "documents/phrases.html", context, status=422 if form.errors else 200)


@require_POST
@door("secretary")
def drop_phrase(request: HttpRequest, key: int) -> HttpResponse:
    """Take one away."""
    try:
        actions.drop_phrase(request.person, key)
    except Refused as no:
        messages.error(request, str(no))
    return redirect("documents:phrases")
