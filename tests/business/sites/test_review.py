"""三审, scheduled acts, the emergency, and what an article must carry for the column it stands in."""

from datetime import date, timedelta

import pytest

from zhengtong.business.sites import inbox
from zhengtong.business.sites.actions import rooms as actions
from zhengtong.business.sites.desk import acts, reviews, timed
from zhengtong.business.sites.desk.models import Article, ReadStep, Timed
from zhengtong.business.sites.publishing import release as publisher
from zhengtong.business.sites.rules import content, review
from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.accounts.rules import ROLES
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.clock.rules import shipped_calendar
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post
from zhengtong.foundation.refusal import Refused

from .conftest import PIN, account
from .test_actions import DOCUMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers(site):
    """The county's site under three steps, with a first and a second reader."""
    for number, (name, role) in enumerate((("first", "unit_reader"), ("second", "office_reader")), start=1):
        person = Person.objects.create(code=f"YLP2000{number}", name=name)
        post = Post.objects.create(code=f"YL115-P10{number}", organ=Organ.objects.get(code="YL115"), title=name)
        Holding.objects.create(person=person, post=post, main=True)
        Grant.objects.create(post=post, role=role, at=clock.now(), granted_by="test")
        setattr(site, name, account(person))
    actions.choose_review(site.site.pk, "three", site.publisher)
    return site


def seen(article):
    return str(Article.objects.get(pk=article.pk).latest_revision_id)


def state(article):
    return Article.objects.get(pk=article.pk).state


def test_every_scheme_ends_with_the_publisher_and_every_role_exists():
    for name, steps in review.SCHEMES.values():
        assert name and steps[-1] is review.LAST and all(step.role in ROLES and step.article for step in steps)


def test_a_text_passes_three_different_people(readers, draft):
    article = draft()
    with pytest.raises(Refused, match="初审"):
        article.publish_newest(readers.publisher)
    with pytest.raises(Refused, match="初审人"):
        reviews.pass_on(article, readers.second, seen(article))
    reviews.pass_on(article, readers.first, seen(article))
    with pytest.raises(Refused, match="复审"):
        article.publish_newest(readers.publisher)
    assert state(article) == "draft"
    reviews.pass_on(article, readers.second, seen(article), "同意")
    article.publish_newest(readers.publisher)
    assert state(article) == "published"
    assert list(ReadStep.objects.values_list("step", "outcome", "opinion")) == [("first", "passed", ""), ("second", "passed", "同意")]
    assert Entry.objects.filter(verb="sites.pass").count() == 2


def test_an_edit_begins_the_review_anew(readers, draft):
    article = draft()
    reviews.pass_on(article, readers.first, seen(article))
    reviews.pass_on(article, readers.second, seen(article))
    article.title = "改了标题"
    article.save_revision(user=readers.editor)
    with pytest.raises(Refused, match="初审"):
        Article.objects.get(pk=article.pk).publish_newest(readers.publisher)
    assert state(article) == "draft"


def test_nobody_reads_his_own_text_or_reads_twice(readers, draft):
    Grant.objects.create(post=readers.first.person.main_post, role="office_reader", at=clock.now(), granted_by="test")
    article = draft()
    reviews.pass_on(article, readers.first, seen(article))
    before = Entry.objects.count()
    with pytest.raises(Refused, match="审两次"):
        reviews.pass_on(article, readers.first, seen(article))
    assert reviews.may_read(Article.objects.get(pk=article.pk), readers.first.person) is None
    other = draft(title="另一篇")
    other.save_revision(user=readers.first)
    before = Entry.objects.count()
    with pytest.raises(Refused, match="自己写的"):
        reviews.pass_on(other, readers.first, seen(other))
    assert ReadStep.objects.count() == 1 and Entry.objects.count() == before


def test_a_return_needs_its_reason_reaches_the_author_and_blocks_until_a_new_draft(readers, draft):
    article = draft()
    with pytest.raises(Refused, match="原因"):
        reviews.send_back(article, readers.first, seen(article), " ")
    assert not ReadStep.objects.exists()
    reviews.send_back(article, readers.first, seen(article), "缺少时间")
    assert Notice.objects.filter(person=readers.editor.person).exists()
    for verb in (
        lambda: article.publish_newest(readers.publisher),
        lambda: reviews.pass_on(article, readers.first, seen(article)),
    ):
        with pytest.raises(Refused):
            verb()
    article = Article.objects.get(pk=article.pk)
    assert reviews.returned(article).opinion == "缺少时间" and state(article) == "draft"
    article.save_revision(user=readers.editor)
    reviews.pass_on(article, readers.first, seen(article))


def test_who_looked_at_an_older_draft_passes_nothing(readers, draft):
    article = draft()
    old = seen(article)
    article.save_revision(user=readers.editor)
    with pytest.raises(Refused, match="刚被他人修改"):
        reviews.pass_on(article, readers.first, old)
    assert not ReadStep.objects.exists()


def test_what_the_office_network_released_needs_the_last_step_only(readers):
    article = inbox.receive(DOCUMENT, {})
    article.publish_newest(readers.publisher)
    assert state(article) == "published"


def test_each_reader_finds_what_waits_for_him(readers, draft, enter):
    article = draft()
    assert [one.pk for one in reviews.to_read(readers.first.person)] == [article.pk] and not reviews.to_read(readers.second.person)
    client = enter(readers.first)
    assert article.title in client.get("/articles/").content.decode()
    page = client.get(f"/articles/{article.pk}/").content.decode()
    assert "等待初审" in page and "通过" in page
    assert client.post(f"/articles/{article.pk}/read/", {"seen": seen(article), "outcome": "returned", "opinion": ""}).status_code == 409
    assert client.post(f"/articles/{article.pk}/read/", {"seen": seen(article), "outcome": "passed"}).status_code == 302
    assert not reviews.to_read(readers.first.person) and reviews.to_read(readers.second.person).count() == 1
    assert enter(readers.editor).post(f"/articles/{article.pk}/read/", {"seen": seen(article)}).status_code == 403
    assert ReadStep.objects.count() == 1


def test_in_an_emergency_whoever_writes_takes_it_down_at_once(site, draft, enter):
    article = draft()
    article.publish_newest(site.publisher)
    client = enter(site.editor)
    assert "紧急撤下" in client.get(f"/articles/{article.pk}/").content.decode()
    assert client.post(f"/articles/{article.pk}/pull/", {"pin": PIN, "reason": ""}).status_code == 422
    assert state(article) == "published"
    assert client.post(f"/articles/{article.pk}/pull/", {"pin": PIN, "reason": "误发个人信息"}).status_code == 302
    assert state(article) == "withdrawn" and Entry.objects.filter(verb="sites.pull").count() == 1
    assert Notice.objects.filter(person=site.publisher.person).exists()


def later(monkeypatch, moment):
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_a_scheduled_publishing_and_withdrawal_happen_at_their_time(site, draft, monkeypatch):
    article, now = draft(), clock.now()
    timed.set_time(article, site.publisher, PIN, "publish", now + timedelta(hours=1), seen=seen(article))
    timed.set_time(article, site.publisher, PIN, "withdraw", now + timedelta(days=2), "活动结束")
    assert timed.do_due() == 0 and state(article) == "draft"
    later(monkeypatch, now + timedelta(hours=1))
    assert timed.do_due() == 1 and timed.do_due() == 0 and state(article) == "published"
    later(monkeypatch, now + timedelta(days=2))
    assert timed.do_due() == 1 and state(article) == "withdrawn"
    assert Entry.objects.get(verb="sites.publish").actor_code == site.publisher.code
    assert set(Timed.objects.values_list("state", flat=True)) == {"done"}


def test_what_was_edited_meanwhile_is_not_published_and_says_so(site, draft, monkeypatch):
    article, now = draft(), clock.now()
    timed.set_time(article, site.publisher, PIN, "publish", now + timedelta(hours=1), seen=seen(article))
    article.save_revision(user=site.editor)
    later(monkeypatch, now + timedelta(hours=2))
    assert timed.do_due() == 1 and state(article) == "draft"
    assert "刚被他人修改" in Timed.objects.get(state="failed").told
    assert Notice.objects.filter(person=site.publisher.person).exists() and Entry.objects.filter(verb="sites.time_failed").count() == 1


@pytest.mark.parametrize(("who", "hours", "pin"), [("editor", 1, PIN), ("publisher", -1, PIN), ("publisher", 1, "wrong")])
def test_a_time_that_can_not_be_set_is_refused_and_nothing_changes(site, draft, who, hours, pin):
    article = draft()
    with pytest.raises(Refused):
        timed.set_time(article, getattr(site, who), pin, "publish", clock.now() + timedelta(hours=hours), seen=seen(article))
    assert not Timed.objects.exists() and not Entry.objects.filter(verb="sites.time").exists()


def test_the_screen_sets_and_cancels_a_time(site, draft, enter):
    article, client = draft(), enter(site.publisher)
    at = (clock.now() + timedelta(days=1)).astimezone(clock.ZONE).strftime("%Y-%m-%dT%H:%M")
    asked = {"pin": PIN, "seen": seen(article), "verb": "publish", "at": at}
    assert client.post(f"/articles/{article.pk}/time/", asked | {"at": ""}).status_code == 422
    assert client.post(f"/articles/{article.pk}/time/", asked).status_code == 302
    assert "取消定时" in client.get(f"/articles/{article.pk}/").content.decode()
    assert client.post(f"/articles/{article.pk}/time/{Timed.objects.get().pk}/cancel/").status_code == 302
    assert Timed.objects.get().state == "cancelled"


@pytest.mark.parametrize(
    ("kind", "published", "closes", "objects"),
    [
        ("tender", date(2026, 3, 2), date(2026, 3, 22), True),  # a Sunday: the twentieth day ends on Monday
        ("tender", date(2026, 3, 2), date(2026, 3, 23), False),
        ("candidates", date(2026, 3, 2), date(2026, 3, 4), True),
        ("candidates", date(2026, 3, 2), date(2026, 3, 5), False),
        ("single_source", date(2026, 3, 2), date(2026, 3, 6), True),  # five working days
        ("single_source", date(2026, 3, 2), date(2026, 3, 9), False),
        ("intention", date(2026, 3, 2), None, True),
        ("award", date(2026, 3, 2), None, False),
    ],
)
def test_a_notice_can_not_close_before_the_law_lets_it(kind, published, closes, objects):
    assert bool(content.closing_objection(kind, published, closes, shipped_calendar())) is objects


def test_every_kind_of_notice_has_a_name_and_its_period_an_article():
    assert all(row.name and (row.least is None or row.least.article) for row in content.NOTICES.values())
    assert {row.family for row in content.NOTICES.values()} == set(content.Family)


def as_content(site, path, kind):
    site.columns[path].content = kind
    site.columns[path].save()


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("policy", {}, "发文字号"),
        ("policy", {"number": "云政发〔2026〕1号", "dated": date(2026, 1, 5), "issuer": "县政府"}, "有效性"),
        ("policy", {"number": "云政发〔2026〕1号", "dated": date(2026, 1, 5), "issuer": "县政府", "validity": "repealed"}, "哪份文件"),
        ("interpretation", {}, "被解读"),
        ("trading", {"notice_kind": "tender", "project_code": "A1"}, "采购人"),
        ("trading", {"notice_kind": "tender", "project_code": "A1", "buyer": "县水利局", "closes_on": date(2020, 1, 1)}, "最早"),
    ],
)
def test_an_article_without_what_its_column_asks_is_not_published(site, draft, kind, values, words):
    as_content(site, "news", kind)
    article, before = draft(**values), Entry.objects.count()
    with pytest.raises(Refused, match=words):
        article.publish_newest(site.publisher)
    assert state(article) == "draft" and Entry.objects.count() == before


def test_a_policy_and_its_reading_and_what_repealed_it_link_both_ways(site, draft, enter, served):
    as_content(site, "policy", "policy")
    as_content(site, "news", "interpretation")
    facts = {"dated": date(2026, 1, 5), "issuer": "县政府", "validity": "valid"}
    old = draft("policy", "旧的办法", number="云政发〔2025〕9号", **facts)
    old.publish_newest(site.publisher)
    new = draft("policy", "新的办法", number="云政发〔2026〕1号", **facts)
    new.publish_newest(site.publisher)
    acts.edit(old, site.editor, validity="repealed", changed_by_number="云政发〔2026〕1号")
    Article.objects.get(pk=old.pk).publish_newest(site.publisher)
    reading = draft("news", "图解新的办法", interprets=new)
    reading.publish_newest(site.publisher)
    files = served(publisher.release(site.site))

    def page(article):
        article.refresh_from_db()
        return files[f"{article.public_path}/index.html"].decode()

    assert "政策解读" in page(new) and f'href="/{reading.public_path}/"' in page(new) and f'href="/{new.public_path}/"' in page(reading)
    assert "已废止" in page(old) and f'href="/{new.public_path}/"' in page(old) and f'href="/{old.public_path}/"' in page(new)
    with pytest.raises(Refused, match="没有公开这个文号"):
        acts.edit(reading, site.editor, interprets_number="云政发〔1999〕1号")
    assert Article.objects.get(pk=reading.pk).newest().title == "图解新的办法"
    acts.edit(Article.objects.get(pk=reading.pk), site.editor, title="图解")
    assert Article.objects.get(pk=reading.pk).newest().interprets_id == new.pk
