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
ARTICLES = "wagtailsnippets_desk_article"
# What of Wagtail's desk is open: writing articles, and what its pages ask of it while one writes. Its pages, images, documents,
# users, groups, workflows, reports, choosers and bulk actions stand on tables that no organ owns; they are closed to everybody.
OPEN = {
    ARTICLES: None,  # each of its addresses, for the person's own articles
    "wagtailadmin_editing_sessions": {"ping", "release"},
    "": {
        "wagtailadmin_home", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_dismissibles",
        "wagtailadmin_choose_page_external_link", "wagtailadmin_choose_page_email_link", "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link", "wagtailadmin_account", "wagtailadmin_logout",
    },
}  # fmt: skip
NEVER = {"delete", "usage"}  # of an article's own addresses
READING = ("GET", "HEAD", "OPTIONS")


def guarded(view: View) -> View:
    """One door for editors and publishers, and one action for whatever the page changes."""
    changing = action(view)

    @door("editor", "publisher")
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        match = request.resolver_match
        names = OPEN.get(match.namespace, frozenset())
        if (names is not None and match.url_name not in names) or (match.namespace == ARTICLES and match.url_name in NEVER):
            raise Http404  # closed unless named
        if (pk := _article(kwargs)) is not None:
            get_object_or_404(queries.visible(request.person), pk=pk)  # another organ's article is none of his
        return view(request, *args, **kwargs) if request.method in READING else changing(request, *args, **kwargs)

    return opened


def _article(kwargs: dict[str, object]) -> object:
    """The key of the article that an address speaks of, also where editors' sessions name it; None when it names none."""
    if "object_id" in kwargs and kwargs.get("model_name") != "article":
        raise Http404
    key = kwargs.get("pk", kwargs.get("object_id"))
    return key if key is None or str(key).isdigit() else -1


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
