from datetime import date, datetime

import pytest

from zhengtong.business.disclosure import actions
from zhengtong.business.disclosure.models import Entry
from zhengtong.business.disclosure.rules import proactive
from zhengtong.business.sites import inbox
from zhengtong.business.sites import queries as sites
from zhengtong.business.sites.models import Column, Site
from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry as Log
from zhengtong.foundation.clock.queries import reading
from zhengtong.foundation.clock.rules import LIMITS
from zhengtong.foundation.refusal import Refused

from .conftest import MONDAY


@pytest.fixture
def entered(cast):
    def entered(matter="rules", title="农村公路养护办法", arisen=MONDAY, by=None):
        return actions.enter(by or cast.clerk, cast.organs["YL130"], matter, title, "概述", arisen)

    return entered


def test_the_fixed_lists_are_whole_and_each_has_a_limit():
    assert sum("第二十条" in row.article for row in proactive.MATTERS.values()) == 15
    assert {row.limit for row in proactive.MATTERS.values()} <= set(LIMITS)
    assert "farming" in proactive.of("township") and "farming" not in proactive.of("department")
    assert "land" in proactive.of("department") and "land" not in proactive.of("township")


@pytest.mark.parametrize(("matter", "due"), [("rules", date(2026, 3, 30)), ("budget", date(2026, 3, 23)), ("permits", date(2026, 3, 11))])
def test_the_limit_runs_from_the_day_it_arose(entered, matter, due):
    assert reading(entered(matter).number, proactive.MATTERS[matter].limit).due == due


def test_what_is_wrong_is_refused_and_nothing_is_entered(cast, entered):
    before = Log.objects.count()
    for words in ({"matter": "farming"}, {"title": " "}, {"arisen": date(2026, 3, 3)}, {"by": cast.outsider}, {"by": cast.head}):
        with pytest.raises(Refused):
            entered(**words)
    assert not Entry.objects.exists() and Log.objects.count() == before


def test_publishing_elsewhere_and_withholding_end_the_clock(cast, entered, at):
    first, second = entered(), entered(title="内部预案")
    at(date(2026, 3, 31))
    with pytest.raises(Refused):
        actions.note_published(first.number, cast.clerk, "公报第3期", date(2026, 3, 1))
    done = actions.note_published(first.number, cast.clerk, "公报第3期", date(2026, 3, 31))
    assert done.index_number == "YL130/2026-50001" and reading(first.number, "disclosure.proactive").late
    with pytest.raises(Refused):
        actions.withhold(second.number, cast.clerk, "内部事务")
    actions.withhold(second.number, cast.head, "内部事务信息（第十六条）")
    assert reading(second.number, "disclosure.proactive").state == "finished"
    with pytest.raises(Refused):
        actions.note_published(second.number, cast.clerk, "公报", date(2026, 3, 31))


def test_a_released_document_enters_by_itself_and_its_article_ends_the_clock(cast, entered, at, monkeypatch):
    organ = cast.organs["YL130"].name
    row = {
        "title": "关于养护的通知", "summary": "", "issuer": organ, "source": organ,
        "origin": "office:YL130-2026-1", "dated": date(2026, 2, 25),
        "state": "draft", "published_at": None, "public_path": "", "index_number": "",
    }  # fmt: skip
    mine = entered(title="农村公路养护办法")
    published = {"state": "published", "published_at": datetime(2026, 3, 2, 8, tzinfo=clock.ZONE)}
    other = row | published | {"title": "农村公路养护办法", "origin": "", "public_path": "policy/2026/2"}
    other["index_number"] = "YL130/2026-00002"
    monkeypatch.setattr(sites, "article_rows", lambda: [row, other, row | {"title": "外单位", "issuer": "别的机关", "origin": "office:x"}])
    assert actions.match() == 2 and actions.match() == 0
    came = Entry.objects.get(origin="office:YL130-2026-1")
    assert came.arisen_on == date(2026, 2, 25) and reading(came.number, "disclosure.proactive").due == date(2026, 3, 24)
    mine.refresh_from_db()
    assert (mine.state, mine.index_number, mine.address) == ("published", "YL130/2026-00002", "/policy/2026/2/")
    row |= {"state": "published", "public_path": "policy/2026/3", "index_number": "YL130/2026-00003", "published_at": clock.now()}
    assert actions.match() == 1
    came.refresh_from_db()
    assert came.state == "published" and reading(came.number, "disclosure.proactive").state == "finished"


def test_a_document_that_the_ferry_brought_to_the_site_is_in_the_catalogue(cast):
    site = Site.objects.create(
        code="yunling", name="云岭县", domain="www.yunling.gov.cn", organ="YL130", organiser="县政府办", contact="电话"
    )
    Column.objects.create(
        site=site, path="policy", name="政策文件", description="d", keywords="k", column_type="政策文件", owner="YL130", period="notices"
    )
    payload = {
        "code": "YL130-2026-7", "number": "云政办发〔2026〕7号", "title": "关于养护的通知", "organ": "YL130",
        "organ_name": cast.organs["YL130"].name,
        "kind": "notice", "body": [{"kind": "para", "text": "正文。"}], "date": "2026-02-27",
    }  # fmt: skip
    inbox.receive(payload, {})
    assert actions.match() == 1 and actions.match() == 0
    entry = Entry.objects.get()
    assert (entry.title, entry.origin, entry.arisen_on) == ("关于养护的通知", "office:YL130-2026-7", date(2026, 2, 27))


def test_the_catalogue_on_its_pages(cast, entered, enter):
    entry, clerk = entered(), enter("clerk")
    page = clerk.get("/disclosure/catalogue/").content.decode()
    assert entry.title in page and "2026-03-30" in page
    data = {"desk": cast.desk.pk, "matter": "budget", "title": "2025年决算", "summary": "", "arisen_on": "2026-03-02"}
    assert clerk.post("/disclosure/catalogue/enter/", data).status_code == 302
    address = f"/disclosure/catalogue/{entry.number}/"
    assert clerk.post(f"{address}published/", {"address": "公报第3期", "on": "2026-03-01"}).status_code == 409
    assert clerk.post(f"{address}published/", {"address": "公报第3期", "on": "2026-03-02"}).status_code == 302
    assert "公报第3期" in clerk.get(address).content.decode()
    outsider = enter("outsider")
    assert outsider.get(address).status_code == 404 and entry.title not in outsider.get("/disclosure/catalogue/").content.decode()
