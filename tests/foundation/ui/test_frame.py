"""The frame: where I am, who I am, where I may go, and what an error page says."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template
from django.test import RequestFactory

from zhengtong.foundation.ui.context import NETWORKS, Here
from zhengtong.foundation.ui.navigation import covers, links

from .conftest import Thing, render

pytestmark = pytest.mark.urls("tests.foundation.ui.urls")

PEOPLE = settings.NETWORK != "portal"


@pytest.mark.parametrize(
    ("href", "path", "inside"),
    [
        ("/documents/", "/documents/", True),
        ("/documents/", "/documents/17/", True),
        ("/documents", "/documents-old/", False),
        ("/", "/documents/", False),
        ("/", "/", True),
    ],
)
def test_a_row_covers_the_pages_below_it(href, path, inside):
    assert covers(href, path) is inside


@pytest.mark.off("portal")  # it knows no roles and no sign-in
class TestNavigation:
    def test_everybody_sees_only_the_rows_of_his_roles(self, navigation):
        request = RequestFactory().get("/home/")
        assert [link.label for link in links(request, ["drafter"])] == ["待办", "公文登记簿", "归档"]
        assert [link.label for link in links(request, ["auditor"])][-1] == "审计"

    def test_the_longest_matching_row_is_the_current_one(self, navigation):
        current = [link.label for link in links(RequestFactory().get("/register/archive/7/"), []) if link.current]
        assert current == ["归档"]

    def test_what_waits_is_counted(self, navigation):
        assert links(RequestFactory().get("/"), [])[0].count == 6

    def test_what_waits_elsewhere_is_all_that_waits_but_here(self, navigation):
        def elsewhere(path):
            request = RequestFactory().get(path)
            request.user = Thing(is_authenticated=True)
            return [(link.label, link.count) for link in Here(request).elsewhere]

        assert elsewhere("/register/") == [("待办", 6)] and elsewhere("/home/") == []

    def test_a_row_of_the_account_menu_stays_out_of_the_side_bar(self, navigation):
        assert [link.label for link in links(RequestFactory().get("/"), [], place="account")] == ["我的账号"]

    def test_nobody_signed_in_sees_no_navigation(self):
        assert "zt-side" not in render('{% extends "ui/base.html" %}{% block title %}登录{% endblock %}')


def test_a_page_names_its_network_and_what_must_not_enter_it():
    page = render('{% extends "ui/base.html" %}{% block title %}待办{% endblock %}{% block content %}<p>正文</p>{% endblock %}')
    name, note = map(str, NETWORKS[settings.NETWORK])
    assert f"<title>待办 · 政通 · {name}</title>" in page and "<h1>待办</h1>" in page
    assert note in page and f'data-network="{settings.NETWORK}"' in page


def test_simulated_time_shows_a_band(settings, own_home):
    assert "演示时间" not in render('{% extends "ui/base.html" %}')
    (settings.HOME / "time").write_text("604800")
    page = render('{% extends "ui/base.html" %}')
    assert "演示时间" in page and 'data-clock-shift="604800"' in page


def test_no_page_carries_a_script_or_style_of_its_own(sample):
    for name in (*(("list", "paper", "form") if PEOPLE else ()), "home", "article", "apply"):
        page = sample(name)
        assert "<style" not in page and "style=" not in page and "onclick" not in page
        assert "<script>" not in page and "http://" not in page.replace("http://www.w3.org", "")


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_an_error_page_needs_nothing_and_says_the_way_on(name):
    for request in (None, RequestFactory().get("/nowhere/")):
        page = get_template(name).render({}, request)
        assert 'href="/"' in page and "<h1>" in page


def test_here_knows_nobody_where_there_are_no_sessions():
    here = Here(RequestFactory().get("/"))
    assert here.account is None and here.person is None and here.roles == frozenset() and here.navigation == []


def test_assets_are_collected_under_hashed_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    from django.templatetags.static import static

    assert static("zt/public.css") != "/static/zt/public.css"
    assert (tmp_path / "static" / static("zt/public.css").removeprefix("/static/")).exists()
