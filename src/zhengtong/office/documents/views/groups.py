"""Groups of receivers of one's own organ."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused
from zhengtong.office.documents import actions
from zhengtong.office.documents.forms import GroupForm
from zhengtong.office.documents.queries import groups as kept

from .pages import refuse


@door("secretary")
def page(request: HttpRequest) -> HttpResponse:
    """The groups, and a form to add one."""
    form = GroupForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.keep_group(request.person, **form.cleaned_data)
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("已保存"))
            return redirect("documents:groups")
    context = {"form": form, "groups": kept.own(request.person)}
    return render(request, "documents/groups.html", context, status=422 if form.errors else 200)


@require_POST
@door("secretary")
def drop(request: HttpRequest, key: int) -> HttpResponse:
    """Take one away."""
    try:
        actions.drop_group(request.person, key)
    except Refused as no:
        messages.error(request, str(no))
    return redirect("documents:groups")
