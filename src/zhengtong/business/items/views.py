"""The screens of those who keep the items: the list, one item whole, its publication."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.accounts.actions import confirm
from zhengtong.foundation.accounts.doors import door
from zhengtong.foundation.refusal import Refused

from . import actions, queries, rules
from .forms import Filters, Whole, Withdrawal
from .models import Item

PAGE = 30


@door("item_manager")
def listing(request: HttpRequest) -> HttpResponse:
    filters = Filters(request.GET)
    asked = filters.cleaned_data if filters.is_valid() else {}
    page = Paginator(queries.filtered(queries.managed(request.person), **asked), PAGE).get_page(request.GET.get("page"))
    return render(request, "items/list.html", {"filters": filters, "page": page})


@door("item_manager")
def new(request: HttpRequest) -> HttpResponse:
    return _written(request, None)


@door("item_manager")
def item(request: HttpRequest, code: str) -> HttpResponse:
    """The item, to read and to mend."""
    return _written(request, _found(request, code))


def _found(request: HttpRequest, code: str) -> Item:
    return get_object_or_404(queries.managed(request.person), code=code)


def _written(request: HttpRequest, found: Item | None) -> HttpResponse:
    """Show the form; save what was handed in, or show it again with every objection where it belongs."""
    whole = Whole(found, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, found, whole)
    if not whole.is_valid():
        return _page(request, found, whole, status=422)
    guide = whole.guide.cleaned_data
    try:
        saved = actions.save(whole.values(), guide["organ"], guide["window"], whole.examiners(), request.person, version=guide["version"])
    except Refused as no:
        known = no.objection.field in whole.guide.fields
        whole.guide.add_error(no.objection.field if known else None, str(no))
        return _page(request, found, whole, status=409)
    messages.success(request, _("已保存"))
    return redirect("items:item", saved.code)


def _page(
    request: HttpRequest, found: Item | None, whole: Whole, *, act: str = "", refused: str = "", form: Withdrawal | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    missing = rules.guide_objections({key: getattr(found, key) for key in rules.ELEMENTS}) if found else []
    context = {
        "item": found,
        "whole": whole,
        "missing": [_(no.text) % {key: _(str(value)) for key, value in no.params.items()} for no in missing],
        "act": act,
        "refused": refused,
        "form": form or Withdrawal(),
        "effects": [_("指南和申请表随下一个发布包到门户网站，任何人都能看到并申请"), _("以后保存的改动随即公布")],
        "withdraw_effects": [_("指南和申请入口从门户网站撤下"), _("已经收到的申请照常办理")],
    }
    return render(request, "items/item.html", context, status=status)


@require_POST
@door("item_manager")
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """公布, confirmed with the key's PIN."""
    found = _found(request, code)
    try:
        confirm(request.user, request.POST.get("pin", ""))
        actions.publish(found.code, request.person)
    except Refused as no:
        return _page(request, found, Whole(found), act="publish", refused=str(no), status=409)
    messages.success(request, _("已公布，随下一个发布包到门户网站"))
    return redirect("items:item", code)


@require_POST
@door("item_manager")
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """停止受理, with its reason, confirmed with the key's PIN."""
    found, form = _found(request, code), Withdrawal(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("请写明停止受理的原因"), field="reason")
        confirm(request.user, request.POST.get("pin", ""))
        actions.withdraw(found.code, request.person, form.cleaned_data["reason"])
    except Refused as no:
        return _page(request, found, Whole(found), act="withdraw", refused=str(no), form=form, status=409)
    messages.success(request, _("已停止受理"))
    return redirect("items:item", code)
