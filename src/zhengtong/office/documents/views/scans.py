"""A scan on its way to a draft: its progress, and its use."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.models import Scan
from zhengtong.office.documents.queries import brought

from .writing import language


class UseForm(forms.Form):
    """Whether the scan takes the place of what was typed and not saved."""

    replace = forms.BooleanField(label=_("换掉我写了还没有保存的内容"), required=False)


@require_GET
@door("drafter")
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; asked by htmx, only the part that changes."""
    found = _mine(request, pk)
    template = "documents/_scan.html" if request.htmx else "documents/scan.html"
    return render(request, template, _shown(request, found, UseForm()))


@require_POST
@door("drafter")
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the draft from what was read."""
    found, form = _mine(request, pk), UseForm(request.POST)
    form.is_valid()
    try:
        actions.use_scan(request.person, pk, replace=form.cleaned_data["replace"])
    except brought.Unreadable as no:
        form.add_error(None, getattr(no, language()))
    except Refused as no:
        form.add_error("replace" if no.objection.field == "replace" else None, str(no))
    else:
        return redirect(f"{reverse('documents:draft')}?kept=1")
    return render(request, "documents/scan.html", _shown(request, found, form), status=422)


@require_POST
@door("drafter")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw it away."""
    actions.drop_scan(request.person, _mine(request, pk).pk)
    messages.success(request, _("扫描件已删除"))
    return redirect("documents:draft")


def _mine(request: HttpRequest, pk: int) -> Scan:
    found = queries.scan(request.person, pk)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, found: Scan, form: UseForm) -> dict[str, object]:
    why = found.why.get(language(), "")
    return {"scan": found, "before": queries.before(found), "why": why, "form": form, "typed": queries.typed(request.person, None)}
