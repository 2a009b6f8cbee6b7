"""Home of those who have no other, and my own account."""

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from zhengtong.foundation.accounts import actions, entry, forms, queries, rules
from zhengtong.foundation.accounts.doors import door, safe_next, threshold
from zhengtong.foundation.refusal import Refused

from .pages import onward


@door()
def home(request: HttpRequest) -> HttpResponse:
    """My posts and all that I may open: the home of administrators and of whoever has no other."""
    return render(request, "accounts/home.html", {"roles": [rules.ROLES[role] for role in rules.ROLES if role in request.roles]})


@door()
def me(request: HttpRequest) -> HttpResponse:
    by_key = rules.WAYS[settings.NETWORK] == rules.Way.KEY
    context = {
        "roles": [rules.ROLES[role] for role in rules.ROLES if role in request.roles],
        "key": queries.key_of(request.user),
        "device": queries.device_of(request.user),
        "by_key": by_key,
        "needs_code": not by_key and rules.needs_second_factor(request.roles),
    }
    return render(request, "accounts/me.html", context)


@threshold
@sensitive_post_parameters("old", "new", "again")
def change_secret(request: HttpRequest) -> HttpResponse:
    """A new password or PIN; at the first sign-in it comes before everything else."""
    if entry.unfinished(request) == "accounts:second_factor":
        return onward(request)
    what = "pin" if rules.WAYS[settings.NETWORK] == rules.Way.KEY else "password"
    form = forms.ChangeSecret(request.POST or None, what=what)
    if request.method == "POST" and form.is_valid():
        old = form.cleaned_data["old"]
        if auth.authenticate(request, username=request.user.username, secret=old) is None:  # counted like a failed sign-in
            form.add_error("old", _("现用口令不正确"))
        else:
            try:
                account = actions.change_secret(request.user, old, form.cleaned_data["new"])
                auth.update_session_auth_hash(request, account)
                request.user.must_change, request.user.secret_at = False, account.secret_at
                messages.success(request, _("口令已更换。"))
                return onward(request)
            except Refused as no:
                form.add_error(no.objection.field or None, str(no))
    context = {"form": form, "next": safe_next(request), "forced": entry.must_change(request.user)}
    return render(request, "accounts/change_secret.html", context, status=422 if form.is_bound else 200)


@door()
@sensitive_post_parameters("old", "new", "again")
def pin(request: HttpRequest) -> HttpResponse:
    """The PIN of the personal key with which official acts are confirmed in the business network."""
    if rules.WAYS[settings.NETWORK] == rules.Way.KEY:
        return redirect("accounts:change_secret")
    first = queries.key_of(request.user) is None
    form = forms.ChangeSecret(request.POST or None, what="pin", first=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_pin(request.user, form.cleaned_data.get("old", ""), form.cleaned_data["new"])
            messages.success(request, _("密钥口令已设置，签批、发布等正式操作时使用。"))
            return redirect("accounts:me")
        except Refused as no:
            form.add_error(no.objection.field or None, str(no))
    return render(request, "accounts/pin.html", {"form": form, "first": first}, status=422 if form.is_bound else 200)
