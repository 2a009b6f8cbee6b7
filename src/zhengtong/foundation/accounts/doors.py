"""Every address has a door: open to all, to whoever is signed in, or to those whose posts give a role.

The house test finds each view by its `door` attribute; the gate closes what has none.
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from . import entry, rules

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

PUBLIC = "public"
THRESHOLD = "threshold"


def door(*roles: str) -> Callable[[View[P]], View[P]]:
    """Open to a signed-in person who holds one of `roles`; without roles, to every signed-in person."""
    if unknown := set(roles) - rules.ROLES.keys():
        raise ValueError(f"unknown roles: {sorted(unknown)}")

    def hang(view: View[P]) -> View[P]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            return check(request, roles) or view(request, *args, **kwargs)

        opened.door = roles  # type: ignore[attr-defined]
        return opened

    return hang


def public(view: View[P]) -> View[P]:
    """Open to everybody."""
    view.door = PUBLIC  # type: ignore[attr-defined]
    return view


def threshold(view: View[P]) -> View[P]:
    """Open to whoever has shown the first factor but may not enter yet: second factor, first change of password."""

    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    opened.door = THRESHOLD  # type: ignore[attr-defined]
    return opened


def check(request: HttpRequest, roles: Collection[str] = ()) -> HttpResponse | None:
    """What stands in the way: the sign-in page, an unfinished sign-in, the 403 page; None when the door is open."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if step := entry.unfinished(request):
        return _go(request, f"{reverse(step)}?{urlencode({'next': here(request)})}")
    if roles and frozenset(roles).isdisjoint(request.roles):
        return refuse(request, roles)
    return None


def refuse(request: HttpRequest, roles: Collection[str] = ()) -> HttpResponse:
    """The 403 page, naming the roles that would open this door."""
    names = [_(rules.ROLES[role].name) for role in roles if role in rules.ROLES]
    return render(request, "accounts/refused.html", {"names": names}, status=403)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back here afterwards."""
    if getattr(request, "timed_out", False):
        messages.info(request, _("您离开了一段时间，为安全起见请重新登录。"))
    return _go(request, f"{reverse('accounts:sign_in')}?{urlencode({'next': here(request)})}")


def here(request: HttpRequest) -> str:
    """Where to return to: this page when it can be read, else the page the form stood on, else home."""
    if request.method in ("GET", "HEAD") and "HX-Request" not in request.headers:
        return request.get_full_path()
    return "/"


def safe_next(request: HttpRequest) -> str:
    """The address asked for in `next`, when it is one of this house; else home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return "/"


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect of the whole page, also when only a part of it was asked for by htmx."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
