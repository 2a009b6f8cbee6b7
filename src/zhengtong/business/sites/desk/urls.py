"""The desk's addresses: Wagtail's, each behind our door, its changes in one audited transaction, its sign-in ours."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import include, path
from wagtail.admin import urls as wagtail_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from zhengtong.foundation.accounts.doors import door, public
from zhengtong.foundation.audit.actions import action

from . import queries

View = Callable[..., HttpResponse]
ARTICLES, CHOOSER = "wagtailsnippets_desk_article", "wagtailsnippetchoosers_desk_article"
READING = ("GET", "HEAD", "OPTIONS")


def guarded(view: View) -> View:
    """One door for editors and publishers, and one action for whatever the page changes."""
    changing = action(view)

    @door("editor", "publisher")
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.resolver_match.namespace == CHOOSER:
            raise Http404  # nothing at the desk chooses among articles
        if request.resolver_match.namespace == ARTICLES and "pk" in kwargs:
            get_object_or_404(queries.visible(request.person), pk=kwargs["pk"])  # another organ's article is none of his
        return view(request, *args, **kwargs) if request.method in READING else changing(request, *args, **kwargs)

    return opened


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    return redirect("accounts:sign_in")


@door()
def own_account(request: HttpRequest) -> HttpResponse:
    return redirect("accounts:me")


@door("editor", "publisher")
def first(request: HttpRequest) -> HttpResponse:
    """The desk opens with the articles."""
    return redirect(f"{ARTICLES}:list")


urlpatterns = [
    path("", first),
    path("login/", sign_in),
    path("logout/", own_account),
    path("password_reset/", sign_in),
    path("account/", own_account),
    *decorate_urlpatterns([path("", include(wagtail_urls))], guarded),
]
