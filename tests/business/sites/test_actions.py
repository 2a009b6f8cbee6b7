import pytest

from zhengtong.business.sites import inbox, queries
from zhengtong.business.sites.desk import queries as desk
from zhengtong.business.sites.desk.models import Article
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.files.queries import read
from zhengtong.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\n"
DOCUMENT = {
    "code": "GW2026000001",
    "number": "云政办发〔2026〕41号",
    "title": "关于做好冬修工作的通知",
    "organ": "YL130",
    "organ_name": "云岭县人民政府办公室",
    "kind": "notice",
    "body": [{"kind": "heading", "level": 1, "text": "一、任务"}, {"kind": "para", "text": "整治塘坝126座。"}],
    "date": "2026-11-20",
    "content_digest": "d",
    "release_approval": {"digest": "d", "approved_by": "YLP00006"},
}


def test_publishing_makes_the_article_public_and_leaves_one_entry(draft, site):
    article = draft()
    before = Entry.objects.count()
    article.publish_newest(site.publisher)
    article.refresh_from_db()
    assert (article.state, article.live) == ("published", True)
    assert article.public_path == f"news/{article.published_at.year}/1"
    entry = Entry.objects.last()
    assert Entry.objects.count() == before + 1
    assert (entry.verb, entry.actor_code, entry.detail["digest"]) == ("sites.publish", site.publisher.code, article.digest)


def test_the_address_never_changes_again(draft, site):
    article = draft()
    article.publish_newest(site.publisher)
    first = (article.public_path, article.published_at)
    article.title = "县政府研究冬修工作（更正）"
    article.save_revision(user=site.editor)
    article.publish_newest(site.publisher)
    article.refresh_from_db()
    assert article.title.endswith("（更正）") and (article.public_path, article.published_at) == first


@pytest.mark.parametrize("who", ["editor", "farmer", "clerk"])
def test_nobody_but_the_publisher_publishes_and_nothing_changes(draft, site, who):
    article = draft()
    entries, edition = Entry.objects.count(), queries.site("yunling").edition
    with pytest.raises(Refused, match="发布员"):
        article.publish_newest(getattr(site, who))
    article.refresh_from_db()
    assert (article.state, article.live, article.public_path) == ("draft", False, "")
    assert (Entry.objects.count(), queries.site("yunling").edition) == (entries, edition)


def test_an_article_without_source_is_not_published_and_nothing_changes(draft, site):
    article = draft(source="")
    entries = Entry.objects.count()
    with pytest.raises(Refused, match="来源"):
        article.publish_newest(site.publisher)
    article.refresh_from_db()
    assert article.state == "draft" and not article.live and Entry.objects.count() == entries


def test_a_published_article_whose_new_draft_lacks_a_title_stays_as_it_is(draft, site):
    article = draft()
    article.publish_newest(site.publisher)
    article.title = ""
    article.save_revision(user=site.editor, clean=False)
    with pytest.raises(Refused, match="标题"):
        article.publish_newest(site.publisher)
    assert Article.objects.get(pk=article.pk).title == "县政府研究冬修工作"


def test_what_was_edited_meanwhile_is_not_published(draft, site):
    article = draft()
    seen = str(article.latest_revision_id)
    article.save_revision(user=site.editor)
    with pytest.raises(Refused, match="刚被他人修改"):
        article.publish_newest(site.publisher, seen)
    assert Article.objects.get(pk=article.pk).state == "draft"


def test_withdrawing_keeps_the_reason_and_leaves_one_entry(draft, site):
    article = draft()
    article.publish_newest(site.publisher)
    before = Entry.objects.count()
    article.unpublish(user=site.publisher, reason="内容有误")
    article.refresh_from_db()
    assert (article.state, article.live, article.withdrawn_because) == ("withdrawn", False, "内容有误")
    assert Entry.objects.count() == before + 1 and Entry.objects.last().verb == "sites.withdraw"


@pytest.mark.parametrize(("who", "reason", "words"), [("publisher", " ", "原因"), ("editor", "内容有误", "发布员")])
def test_withdrawing_without_reason_or_right_changes_nothing(draft, site, who, reason, words):
    article = draft()
    article.publish_newest(site.publisher)
    before = Entry.objects.count()
    with pytest.raises(Refused, match=words):
        article.unpublish(user=getattr(site, who), reason=reason)
    article.refresh_from_db()
    assert (article.state, article.live) == ("published", True) and Entry.objects.count() == before


def test_editors_see_the_columns_of_their_own_organ(site):
    def paths(who):
        return {column.path for column in queries.columns_for(who.person)}

    assert paths(site.farmer) == {"farming"}
    assert paths(site.editor) == paths(site.publisher) == {"news", "policy", "farming", "services", "leaders", "organs"}
    assert paths(site.clerk) == set()


def test_a_released_document_becomes_one_draft_with_its_pages(site):
    for _again in range(2):
        article = inbox.receive(DOCUMENT, {"GW2026000001.pdf": PDF})
    assert Article.objects.count() == 1
    assert (article.state, article.column.path, article.number) == ("draft", "policy", "云政办发〔2026〕41号")
    assert article.body == "<h2>一、任务</h2>\n<p>整治塘坝126座。</p>"
    assert article.source == "云岭县人民政府办公室" and article.dated.isoformat() == "2026-11-20"
    (kept,) = article.attachments
    assert kept["kind"] == "pdf" and read(kept["sm3"]) == PDF
    assert Entry.objects.filter(verb="sites.receive").count() == 1
    assert desk.waiting(site.editor.person) == 1 and desk.waiting(site.farmer.person) == 0


def test_a_published_document_gets_its_index_number(site):
    article = inbox.receive(DOCUMENT, {"GW2026000001.pdf": PDF})
    article.publish_newest(site.publisher)
    article.refresh_from_db()
    assert article.index_number == f"YL130/{article.published_at.year}-00001"


def test_without_a_column_for_policies_a_document_is_refused(site):
    site.columns["policy"].delete()
    with pytest.raises(Refused, match="政策文件"):
        inbox.receive(DOCUMENT, {})
    assert not Article.objects.exists()
