"""The system administrator's page: what left, what came, what is wrong. It shows no content of any package."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused

from . import actions, queries

PAGE = 50


@door("system_admin")
def desk(request: HttpRequest) -> HttpResponse:
    show = request.GET.get("show", "")
    found = queries.incoming() if show == "in" else queries.outgoing()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "ferry/desk.html", {"page": page, "show": show, "troubles": queries.troubles()})


@door("system_admin")
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.settle(pk, request.user)
        messages.success(request, _("已标为处理完毕。"))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("ferry:desk")
