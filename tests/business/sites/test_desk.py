"""The editing screens, driven as an editor does: each change is one audit entry, each official act leads to its confirmation."""

import json

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhengtong.business.sites.desk.models import Article
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.audit.models import Entry

from .conftest import PIN

pytestmark = pytest.mark.django_db
BLOCK = {"key": "a", "text": "正文一段。", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
BODY = json.dumps({"blocks": [BLOCK], "entityMap": {}})


def form(site, **more):
    """What the editing screen posts."""
    fields = {"title": "新的消息", "column": site.columns["news"].pk, "source": "县融媒体中心", "author": "", "body": BODY, "summary": ""}
    return fields | {"keywords": "", "number": "", "dated": "", "index_number": "", "issuer": "", "validity": ""} | more


def address(name, *args):
    return reverse(f"wagtailsnippets_desk_article:{name}", args=args)


def entries(since):
    return list(Entry.objects.filter(id__gt=since).order_by("id").values_list("verb", "actor_code"))


@pytest.fixture
def last(site):
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def test_the_desk_asks_for_our_own_sign_in(client, site):
    answer = client.get("/desk/")
    assert answer.status_code == 302 and answer.url.startswith("/sign-in/")
    assert client.get("/desk/login/").url == "/sign-in/"


@pytest.mark.parametrize("who", ["clerk"])
def test_the_desk_is_closed_to_other_roles(enter, site, who):
    assert enter(getattr(site, who)).get("/desk/").status_code == 403


def test_writing_an_article_is_one_entry(enter, site, last):
    client = enter(site.editor)
    assert client.get("/desk/").url == address("list")
    assert client.get(address("list")).status_code == 200
    assert client.get(address("add")).status_code == 200
    answer = client.post(address("add"), form(site))
    article = Article.objects.get()
    assert answer.status_code == 302, answer.context["form"].errors
    assert entries(last) == [("sites.create", site.editor.code)]
    assert (article.state, article.live, article.title) == ("draft", False, "新的消息")
    assert "<p" in article.body and "正文一段。" in article.body


def test_editing_a_draft_is_one_entry(enter, draft, site, last):
    article = draft()
    answer = enter(site.editor).post(address("edit", article.pk), form(site, title="改了标题"))
    assert answer.status_code == 302
    assert entries(last) == [("sites.edit", site.editor.code)]
    assert Article.objects.get().title == "改了标题"


def test_editing_a_public_article_does_not_change_what_is_public(enter, draft, site):
    article = draft()
    article.publish_newest(site.publisher)
    enter(site.editor).post(address("edit", article.pk), form(site, title="改了标题"))
    row = Article.objects.get()
    assert (row.title, row.newest().title) == ("县政府研究冬修工作", "改了标题")


def test_publishing_at_the_desk_leads_to_the_confirmation_and_is_one_entry_there(enter, draft, site, last):
    own, article = draft(title="自己改过的"), draft()
    client = enter(site.publisher)
    answer = client.post(address("edit", own.pk), form(site, **{"action-publish": "1"}))
    assert answer.status_code == 302 and answer.url == f"/articles/{own.pk}/#publish"
    assert entries(last) == [("sites.edit", site.publisher.code)]
    seen = Article.objects.get(pk=own.pk).latest_revision_id
    answer = client.post(f"/articles/{own.pk}/publish/", {"pin": PIN, "seen": seen})
    assert answer.status_code == 409 and "自己写的" in answer.content.decode()
    assert not Article.objects.filter(state="published").exists()
    page = client.get(f"/articles/{article.pk}/")
    assert page.status_code == 200 and "发布文章" in page.content.decode()
    seen = Article.objects.get(pk=article.pk).latest_revision_id
    before = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    answer = client.post(f"/articles/{article.pk}/publish/", {"pin": PIN, "seen": seen})
    assert answer.status_code == 302
    assert Article.objects.get(pk=article.pk).state == "published"
    assert [verb for verb, _who in entries(before) if verb == "sites.publish"] == ["sites.publish"]


def test_an_editor_has_no_button_to_publish_and_the_address_is_closed_to_him(enter, draft, site, last):
    article = draft()
    client = enter(site.editor)
    assert b"action-publish" not in client.get(address("edit", article.pk)).content
    client.post(address("edit", article.pk), form(site, **{"action-publish": "1"}))
    assert client.post(f"/articles/{article.pk}/publish/", {"pin": PIN}).status_code == 403
    assert Article.objects.get().state == "draft"
    assert "sites.publish" not in [verb for verb, _who in entries(last)]


def test_a_wrong_pin_publishes_nothing(enter, draft, site, last):
    article = draft()
    answer = enter(site.publisher).post(f"/articles/{article.pk}/publish/", {"pin": "wrong", "seen": article.latest_revision_id})
    assert answer.status_code == 409 and "密钥口令不正确" in answer.content.decode()
    assert Article.objects.get().state == "draft" and "sites.publish" not in [verb for verb, _who in entries(last)]


def test_withdrawing_at_the_desk_leads_to_the_confirmation_and_is_one_entry_there(enter, draft, site):
    article = draft()
    article.publish_newest(site.publisher)
    client = enter(site.publisher)
    assert client.get(address("unpublish", article.pk)).url == f"/articles/{article.pk}/#withdraw"
    assert client.post(f"/articles/{article.pk}/withdraw/", {"pin": PIN, "reason": ""}).status_code == 422
    assert Article.objects.get().state == "published"
    last = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    assert client.post(f"/articles/{article.pk}/withdraw/", {"pin": PIN, "reason": "内容有误"}).status_code == 302
    assert Article.objects.get().state == "withdrawn"
    assert [verb for verb, _who in entries(last) if verb == "sites.withdraw"] == ["sites.withdraw"]


def test_locking_and_unlocking_are_one_entry_each(enter, draft, site, last):
    article = draft()
    client = enter(site.editor)
    client.post(address("lock", article.pk))
    client.post(address("unlock", article.pk))
    assert entries(last) == [("sites.lock", site.editor.code), ("sites.unlock", site.editor.code)]


def test_nobody_deletes_an_article(enter, draft, site, last):
    article = draft()
    for who in (site.editor, site.publisher):
        client = enter(who)
        assert client.post(address("delete", article.pk)).status_code == 404
        assert client.post(f"/desk/bulk/desk/article/delete/?id={article.pk}", {}).status_code == 404
    assert Article.objects.filter(pk=article.pk).exists() and entries(last) == []


def test_an_organ_edits_only_its_own_columns(enter, draft, site, last):
    article = draft("news")
    client = enter(site.farmer)
    assert client.get(address("edit", article.pk)).status_code == 404
    assert article.title not in client.get(address("list")).content.decode()
    answer = client.post(address("add"), form(site))
    assert answer.status_code == 200 and "column" in answer.context["form"].errors
    assert entries(last) == [] and Article.objects.count() == 1


def test_an_attachment_is_checked_by_its_content(enter, draft, site, last):
    article = draft()
    client = enter(site.editor)
    program = SimpleUploadedFile("a.pdf", b"MZ\x90\x00program")
    answer = client.post(address("edit", article.pk), form(site, new_attachment=program))
    assert answer.status_code == 200 and "new_attachment" in answer.context["form"].errors
    assert entries(last) == [] and Article.objects.get().newest().attachments == []
    page = SimpleUploadedFile("表.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    assert client.post(address("edit", article.pk), form(site, new_attachment=page)).status_code == 302
    (kept,) = Article.objects.get().newest().attachments
    assert kept["name"] == "表.pdf"
    client.post(address("edit", article.pk), form(site, drop=[kept["sm3"]]))
    assert Article.objects.get().newest().attachments == []


def test_what_an_editor_pastes_can_not_run(enter, draft, site):
    article = draft(body="<p onclick='x'>好</p><script>alert(1)</script>")
    page = enter(site.editor).get(f"/articles/{article.pk}/preview/").content.decode()
    assert "alert(1)" not in page and "onclick" not in page and "<p>好</p>" in page


def test_the_desk_previews_the_public_page(enter, draft, site):
    article = draft()
    page = enter(site.editor).get(f"/articles/{article.pk}/preview/").content.decode()
    assert "云岭县人民政府" in page and article.title in page and "滇ICP备" in page


def test_rights_come_from_posts_alone(site):
    assert not Group.objects.exclude(permissions=None).filter(user__isnull=False).exists()
    assert not Account.objects.filter(is_superuser=True).exists()
    assert not Account.objects.exclude(groups=None).exists()


def test_the_articles_page_lists_what_waits(enter, draft, site):
    article = draft()
    page = enter(site.editor).get("/articles/").content.decode()
    assert article.title in page and f"/articles/{article.pk}/" in page
    assert article.title not in enter(site.farmer).get("/articles/").content.decode()
    assert enter(site.farmer).get(f"/articles/{article.pk}/").status_code == 404
    assert enter(site.publisher).get("/releases/").status_code == 200
