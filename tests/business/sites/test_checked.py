"""Nothing goes out with an error of the check, unless somebody answers for it with a reason; the editor masks in one act."""

import pytest
from django.urls import reverse

from zhengtong.business.sites import queries
from zhengtong.business.sites.desk import acts
from zhengtong.business.sites.desk.models import Article
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.orgs.models import FormerName, Organ
from zhengtong.foundation.refusal import Refused

from .conftest import PIN
from .test_checks import IDENTITY, MOBILE

pytestmark = pytest.mark.django_db
BAD = f"<p>救助对象张某，身份证{IDENTITY}。</p>"


def test_an_error_keeps_the_article_from_going_out_and_nothing_changes(draft, site):
    article = draft(body=BAD)
    entries = Entry.objects.count()
    with pytest.raises(Refused, match="身份证号码须隐去一部分") as refused:
        article.publish_newest(site.publisher)
    assert refused.value.objection.field == "reserve"
    article.refresh_from_db()
    assert (article.state, article.live) == ("draft", False) and Entry.objects.count() == entries


def test_a_reason_lets_it_out_and_stands_in_the_entry(draft, site):
    article = draft(body=f"<p>防汛值班手机{MOBILE}。</p>")
    article.publish_newest(site.publisher, reserve="值班手机是公布的电话")
    entry = Entry.objects.last()
    assert (entry.verb, entry.detail["left"], entry.detail["reason"]) == ("sites.publish", ["PI-2"], "值班手机是公布的电话")


def test_a_clean_article_says_nothing_of_reasons(draft, site):
    draft().publish_newest(site.publisher, reserve="没有必要")
    assert "left" not in Entry.objects.last().detail


def test_masking_makes_a_new_draft_that_may_go_out(draft, site):
    article = draft(title=f"救助公示{MOBILE}", body=BAD)
    entries = Entry.objects.count()
    acts.mask(article, site.editor)
    newest = Article.objects.get(pk=article.pk).newest()
    assert newest.title == "救助公示139****0012" and IDENTITY not in newest.body and "530822********1231" in newest.body
    assert Entry.objects.count() == entries + 1
    Article.objects.get(pk=article.pk).publish_newest(site.publisher)
    assert Article.objects.get(pk=article.pk).state == "published"


def test_links_into_the_site_must_lead_somewhere(draft, site):
    known = draft(title="已发布")
    known.publish_newest(site.publisher)
    known.refresh_from_db()
    links = [
        f"/{known.public_path}/",
        "https://www.yunling.gov.cn/news/",
        "/counter/",
        "/",
        "https://other.gov.cn/x/",
        "mailto:a@b.cn",
        "#top",
    ]
    assert queries.dead_links(site.site, [*links, "/news/2020/9/", "https://www.yunling.gov.cn/gone/"]) == {
        "/news/2020/9/", "https://www.yunling.gov.cn/gone/"
    }  # fmt: skip
    article = draft(body='<p><a href="/news/2020/9/">旧通知的全文</a></p>')
    assert [one.check.code for one in queries.findings(article)] == ["LK-1"]


def test_former_names_of_the_directory_are_told_until_nobody_bears_them(draft, site):
    organ = Organ.objects.get(code="YL146")
    FormerName.objects.create(organ=organ, name="云岭县农业机械局", until="2019-03-01")
    article = draft(body="<p>由云岭县农业机械局负责。</p>")
    assert [(one.check.code, one.instead) for one in queries.findings(article)] == [("NA-3", organ.name)]


def test_the_page_shows_what_was_found_and_asks_for_the_reason_at_its_field(draft, site, enter):
    article = draft(body=BAD)
    client, page = enter(site.publisher), reverse("sites:article", args=[article.pk])
    shown = client.get(page).content.decode()
    assert "身份证号码须隐去一部分" in shown and "不改正的理由" in shown and "隐去个人信息" not in shown
    seen = str(article.latest_revision_id)
    answer = client.post(reverse("sites:publish", args=[article.pk]), {"pin": PIN, "seen": seen, "reserve": " "})
    assert answer.status_code == 409 and answer.context["reserve"].errors["reserve"] and answer.context["opened"]
    assert Article.objects.get(pk=article.pk).state == "draft"
    answer = client.post(reverse("sites:publish", args=[article.pk]), {"pin": PIN, "seen": seen, "reserve": "本人书面同意公开"})
    assert answer.status_code == 302 and Article.objects.get(pk=article.pk).state == "published"


def test_the_editor_masks_by_one_button_and_a_stranger_does_not(draft, site, enter):
    article = draft(body=BAD)
    address = reverse("sites:mask", args=[article.pk])
    assert enter(site.farmer).post(address).status_code == 404
    client = enter(site.editor)
    assert "隐去个人信息" in client.get(reverse("sites:article", args=[article.pk])).content.decode()
    assert client.post(address).status_code == 302
    assert IDENTITY not in Article.objects.get(pk=article.pk).newest().body
