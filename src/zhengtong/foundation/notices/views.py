"""The list of notices; opening one marks it read and leads to what it speaks of."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts.doors import door

from . import actions, queries

PAGE = 50


@door()
def page(request: HttpRequest) -> HttpResponse:
    unread = request.GET.get("show") != "all"
    found = queries.of(request.person, unread) if request.person else []
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": shown, "unread": unread})


@door()
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """To the paper that the notice speaks of."""
    notice = get_object_or_404(queries.of(request.person), pk=pk)
    actions.mark_read(request.person, [notice.pk])
    return redirect(notice.link or "notices:list")


@door()
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    if request.person:
        actions.mark_read(request.person)
    messages.success(request, _("已全部标为已读。"))
    return redirect("notices:list")
