"""Coming in and going out."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp import login as note_device

from zhengtong.foundation.accounts import actions, demo, entry, forms, queries, rules
from zhengtong.foundation.accounts.doors import public, safe_next, threshold
from zhengtong.foundation.refusal import Refused

from .pages import onward, qr


@public
@sensitive_post_parameters("secret")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Account and password, or account and PIN of the personal key."""
    if request.user.is_authenticated:
        return onward(request)
    form = forms.SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = request.META.get("REMOTE_ADDR", "")
        name = form.cleaned_data["username"]
        account = auth.authenticate(request, username=name, secret=form.cleaned_data["secret"])
        if account is not None:
            way = rules.WAYS[settings.NETWORK]
            auth.login(request, account)
            entry.begin(request, way)
            actions.note_sign_in(account, way.value, address)
            request.person, request.roles = account.person, queries.roles(account.person)
            return onward(request)
        locked = getattr(request, "axes_locked_out", False)
        actions.note_failure(name, address, locked)
        form.add_error(None, _locked_sentence() if locked else _("账号或口令不正确，或账号尚未开通"))
    status = 422 if form.is_bound else 200
    context = {"form": form, "next": safe_next(request), "samples": demo.samples(), "by_key": rules.WAYS[settings.NETWORK] == rules.Way.KEY}
    return render(request, "accounts/sign_in.html", context, status=status)


def _locked_sentence() -> str:
    return _("连续%(limit)s次不正确，这个账号已锁定；请%(minutes)s分钟后再试，或请安全保密管理员解锁") % {
        "limit": rules.FAILURES,
        "minutes": rules.LOCK_MINUTES,
    }


def locked_out(request: HttpRequest, answer: HttpResponse, credentials: object) -> HttpResponse:
    """What a locked-out request gets: the page with the sentence, as it was rendered, and the status that says so."""
    answer.status_code = 429
    return answer


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        actions.note_sign_out(request.user)
        auth.logout(request)
        messages.success(request, _("您已退出。"))
    return redirect("accounts:sign_in")


@threshold
def second_factor(request: HttpRequest) -> HttpResponse:
    """The one-time code, for those whose roles demand it."""
    if entry.unfinished(request) != "accounts:second_factor":
        return onward(request)
    if not queries.device_of(request.user):
        return redirect(f"{reverse('accounts:bind')}?{urlencode({'next': safe_next(request)})}")
    form = forms.Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            note_device(request, actions.show_code(request.user, form.cleaned_data["code"]))
            request.session.cycle_key()
            return onward(request)
        except Refused as no:
            form.add_error("code", str(no))
    return render(request, "accounts/second_factor.html", {"form": form, "next": safe_next(request)}, status=422 if form.is_bound else 200)


@threshold
def bind(request: HttpRequest) -> HttpResponse:
    """Bind a code generator: picture, or the letters to type in, and a first code as proof."""
    if queries.device_of(request.user):
        return onward(request)
    form = forms.Code(request.POST or None)
    device = actions.make_device(request.user)
    if request.method == "POST" and form.is_valid():
        try:
            note_device(request, actions.bind_device(request.user, form.cleaned_data["code"]))
            request.session.cycle_key()
            messages.success(request, _("动态码已绑定，以后登录时都要输入。"))
            return onward(request)
        except Refused as no:
            form.add_error("code", str(no))
    context = {"form": form, "next": safe_next(request), **qr(device)}
    return render(request, "accounts/bind.html", context, status=422 if form.is_bound else 200)
