import json

import pytest

from zhengtong.portal.pages import actions, folders

from .conftest import FILES, HOME

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal(client, business):
    sent = business()
    actions.receive(sent.payload, sent.files)
    return client


def content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_before_the_first_release_the_site_is_being_prepared(client, db):
    answer = client.get("/")
    assert answer.status_code == 200 and "网站正在准备" in answer.content.decode()
    assert client.get("/news/").status_code == 503


@pytest.mark.parametrize(
    ("address", "file", "kind"),
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/policy/2026/1/", "policy/2026/1/index.html", "text/html; charset=utf-8"),
        ("/policy/2026/1/index.html", "policy/2026/1/index.html", "text/html; charset=utf-8"),
        ("/policy/2026/1/1.pdf", "policy/2026/1/1.pdf", "application/pdf"),
        ("/assets/public-0123456789ab.css", "assets/public-0123456789ab.css", "text/css; charset=utf-8"),
    ],
)
def test_files_are_served_at_their_public_paths(portal, address, file, kind):
    answer = portal.get(address)
    wanted = FILES[file]
    assert answer.status_code == 200 and answer["Content-Type"] == kind
    assert content(answer) == (wanted.encode() if isinstance(wanted, str) else wanted)
    assert answer["X-Content-Type-Options"] == "nosniff" and "default-src 'self'" in answer["Content-Security-Policy"]


def test_a_folder_without_its_slash_leads_to_it(portal):
    answer = portal.get("/policy/2026/1")
    assert answer.status_code == 302 and answer.url == "/policy/2026/1/"


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/",
        "/yunling-000001.json",
        "/../yunling-000001.json",
        "/policy/..%2f..%2fyunling-000001.json",
        "/%2e%2e/%2e%2e/keys/signing.pem",
        "/trees/index.html",
        "//etc/passwd",
        "/data",
        "/index.html/",
    ],
)
def test_only_what_the_manifest_names_is_ever_read(portal, address):
    answer = portal.get(address)
    assert answer.status_code == 404 and "没有这个页面" in content(answer).decode()


def test_a_page_that_did_not_change_is_not_sent_again(portal):
    first = portal.get("/")
    again = portal.get("/", HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304 and not again.content
    assert portal.get("/", HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_assets_may_be_kept_for_ever_and_pages_for_a_minute(portal):
    assert "immutable" in portal.get("/assets/public-0123456789ab.css")["Cache-Control"]
    assert portal.get("/")["Cache-Control"] == "public, max-age=60"
    assert portal.get("/nothing/")["Cache-Control"] == "no-store"


def test_nothing_can_be_posted_to_a_page(portal):
    assert portal.post("/").status_code == 405


def test_the_next_release_shows_at_once(portal, business):
    assert content(portal.get("/")) == HOME.encode()
    sent = business(2, FILES | {"index.html": "<!doctype html>新首页"})
    actions.receive(sent.payload, sent.files)
    assert content(portal.get("/")).decode() == "<!doctype html>新首页"
    assert folders.root() == sent.tree


def test_the_portal_has_no_editor(portal):
    for address in ("/desk/", "/sign-in/", "/articles/", "/accounts/", "/audit/"):
        assert portal.get(address).status_code == 404


def test_an_old_address_leads_to_where_the_article_is_now(portal, business):
    moved = json.dumps(
        {"/art/2019/3/5/art_77.html": "/policy/2026/1/", "/view.asp?id=3": "/policy/2026/1/", "/旧/1.html": "/policy/2026/1/"}
    )
    sent = business(2, FILES | {"data/moved/moved.json": moved})
    actions.receive(sent.payload, sent.files)
    for old in ("/art/2019/3/5/art_77.html", "/view.asp?id=3", "/%E6%97%A7/1.html"):
        answer = portal.get(old)
        assert (answer.status_code, answer.url) == (301, "/policy/2026/1/")
    assert portal.get("/view.asp?id=4").status_code == 404 and portal.get("/art/").status_code == 404
