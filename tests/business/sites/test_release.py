"""The publisher: what is touched, what is linked, what is signed."""

import shutil
from datetime import timedelta

import pytest

from zhengtong.business.sites.models import Release
from zhengtong.business.sites.publishing import release as publisher
from zhengtong.business.sites.publishing import store
from zhengtong.ferry.models import Outgoing
from zhengtong.foundation import clock, seals
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.files import actions as contents
from zhengtong.foundation.seals.keys import network_keys

from .conftest import MARKS
from .released import files, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(draft, site):
    """A published article; each one a minute later than the last."""
    turn = iter(range(10_000))

    def made(column="news", title=None, **more):
        number = next(turn)
        at = clock.now() - timedelta(days=90) + timedelta(minutes=number)
        article = draft(column, title or f"第{number}条消息", published_at=at, **more)
        article.publish_newest(site.publisher)
        article.refresh_from_db()
        return article

    return made


def test_a_release_is_a_folder_of_files_with_a_signed_manifest(published, site, served):
    article = published(body="<p>正文<script>x</script></p>")
    made = publisher.release(site.site)
    manifest = Outgoing.objects.get(key=f"release/{made.code}").payload["manifest"]
    assert seals.verify(network_keys().public, manifest["text"].encode(), bytes.fromhex(manifest["signature"]))
    found = served(made)
    assert {"index.html", "404.html", "robots.txt", "sitemap.xml", "feed/index.xml", "news/index.html"} <= found.keys()
    page = found[f"{article.public_path}/index.html"].decode()
    assert "<script>x" not in page and "<p>正文</p>" in page


def test_an_article_page_carries_the_tags_and_the_seven_marks(published, site, served):
    article = published()
    page = served(publisher.release(site.site))[f"{article.public_path}/index.html"].decode()
    at = article.published_at.astimezone(clock.ZONE).strftime("%Y-%m-%d %H:%M")
    for name, content in {
        "SiteName": "云岭县人民政府",
        "SiteDomain": "www.yunling.gov.cn",
        "SiteIDCode": "5308990001",
        "ColumnName": "动态要闻",
        "ColumnType": "信息公开，动态要闻",
        "ArticleTitle": article.title,
        "PubDate": at,
        "ContentSource": "云岭县融媒体中心",
    }.items():
        assert f'<meta name="{name}" content="{content}">' in page
    for mark in (*MARKS.values(), "我为政府网站找错", "云岭县人民政府办公室", "/sitemap/"):
        assert mark in page


def test_nothing_new_makes_no_release(published, site):
    published()
    assert publisher.release(site.site) and publisher.release(site.site) is None and publisher.release(site.site, full=True) is None
    assert Release.objects.count() == 1 == Outgoing.objects.filter(contract="release").count()


def test_a_new_article_renders_few_pages_and_leaves_the_rest(published, site):
    for _n in range(45):
        published()
    first = publisher.release(site.site)
    article = published()
    second = publisher.release(site.site)
    old, new = files(first), files(second)
    changed = {path for path in new if new[path] != old.get(path)}
    at = article.published_at.astimezone(clock.ZONE)
    assert changed == {
        f"{article.public_path}/index.html",
        "news/index.html",
        "index.html",
        "sitemap.xml",
        "feed/index.xml",
        "feed/index.json",
        "news/feed.xml",
        "news/feed.json",
        f"api/v1/articles/news/{at:%Y-%m}.json",
    }
    assert {new[path] for path in changed} <= sent(second).keys() and second.fresh == len(sent(second)) < 30


def test_list_pages_are_numbered_from_the_oldest_so_that_a_new_page_shifts_none(published, site):
    for _n in range(60):
        published()
    first = files(publisher.release(site.site))
    assert {p for p in first if p.startswith("news/list-")} == {"news/list-1/index.html"}
    for _n in range(20):
        published()
    second = files(publisher.release(site.site))
    assert {p for p in second if p.startswith("news/list-")} == {"news/list-1/index.html", "news/list-2/index.html"}
    for _n in range(20):
        published()
    third = files(publisher.release(site.site))
    assert third["news/list-1/index.html"] == second["news/list-1/index.html"]


def test_rendering_what_was_touched_equals_rendering_everything(published, draft, site, served):
    """After each of many changes, the release made from the last one is byte for byte a full rendering."""
    articles = [published(), published("policy", number="云政发〔2026〕1号"), published("farming")]
    served(publisher.release(site.site))

    def edit(article, **fields):
        for name, value in fields.items():
            setattr(article, name, value)
        article.save_revision(user=site.editor)
        article.publish_newest(site.publisher)

    def attach():
        file = action(lambda: contents.store("附表".encode(), "附表.txt"))()
        edit(articles[0], attachments=[{"sm3": file.sm3, "name": "附表.txt", "kind": "txt", "size": file.size}])

    def rename(column, name):
        site.columns[column].name = name
        site.columns[column].save()

    changes = (
        lambda: edit(articles[0], title="改了标题"),
        lambda: edit(articles[1], body="<p>改了正文</p>"),
        attach,
        lambda: [published() for _n in range(50)],
        lambda: articles[2].unpublish(user=site.publisher, reason="有误"),
        lambda: articles[2].publish_newest(site.publisher),
        lambda: rename("policy", "政策"),
        lambda: edit(articles[1], column=site.columns["farming"]),
    )
    for change in changes:
        change()
        made = publisher.release(site.site)
        assert made
        shown = served(made)
        with publisher.build(site.site, store.Notes(store.home(site.site)), full=True) as whole:
            assert whole.notes.tree == store.read(made, site.site).tree and whole.notes.files() == files(made)
            assert {seals.sm3(content) for content in shown.values()} <= whole.sizes.keys()


def test_only_content_that_the_portal_lacks_is_sent(published, site):
    published()
    first = publisher.release(site.site)
    published()
    second = publisher.release(site.site)
    assert 0 < len(sent(second)) <= 25 < len(sent(first)) and not sent(second).keys() & sent(first).keys()
    whole = publisher.release(site.site, resend=True)
    assert sent(whole).keys() == store.read(whole, site.site).contents() and whole.files == second.files


def test_after_a_refused_release_the_next_one_sends_what_the_last_accepted_one_lacked(published, site):
    published()
    publisher.release(site.site)
    published()
    refused = publisher.release(site.site)
    Outgoing.objects.filter(key=f"release/{refused.code}").update(seq=2, state="refused", reason="签名无效")
    (made,) = publisher.release_what_changed()
    refused.refresh_from_db()
    assert (refused.state, refused.reason) == ("refused", "签名无效")
    assert sent(refused).keys() <= sent(made).keys() == store.read(made, site.site).contents()


def test_lost_notes_are_made_again_with_a_whole_release(published, site, served):
    published()
    before = served(publisher.release(site.site))
    shutil.rmtree(store.home(site.site))
    published()
    made = publisher.release(site.site)
    assert served(made).keys() > before.keys() and sent(made).keys() == store.read(made, site.site).contents()


def test_notes_of_releases_long_past_leave_the_disk(published, site):
    for _n in range(store.KEPT + 2):
        published()
        publisher.release(site.site)
    store.sweep(site.site)
    kept = {int(place.stem) for place in store.home(site.site).glob("??????.json")}
    assert kept == set(range(3, store.KEPT + 3)) and len(list((store.home(site.site) / "parts").iterdir())) == store.KEPT
    assert publisher.release(site.site) is None


def test_a_withdrawn_article_leaves_every_page(published, site, served):
    kept, gone = published(), published(title="将要撤下的消息")
    served(publisher.release(site.site))
    gone.unpublish(user=site.publisher, reason="内容有误")
    found = served(publisher.release(site.site))
    assert f"{kept.public_path}/index.html" in found and f"{gone.public_path}/index.html" not in found
    assert not [path for path, content in found.items() if "将要撤下的消息".encode() in content]


def test_the_worker_releases_what_was_published(published, site):
    assert publisher.release_what_changed() == []
    published()
    (made,) = publisher.release_what_changed()
    assert publisher.release_what_changed() == []
    entry = Entry.objects.filter(verb="sites.release").get()
    assert entry.detail["release"] == made.code == "yunling-000001" and entry.detail["manifest"] == made.manifest


def test_leaders_are_named_and_nobody_else(published, site, served):
    published()
    found = served(publisher.release(site.site))
    assert "孟若山" in found["leaders/index.html"].decode()
    nobody = (b"editor", b"farmer", b"clerk")  # "publisher" is also a word of schema.org
    pages = {path: content for path, content in found.items() if path.endswith((".html", ".json"))}
    assert not [path for path, content in pages.items() if any(name in content for name in nobody)]
