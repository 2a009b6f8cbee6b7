"""Visits with their history, warnings that climb, and the pages."""

import json
from datetime import timedelta

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post
from zhengtong.foundation.refusal import Refused
from zhengtong.oversight.inspection import actions, queries
from zhengtong.oversight.inspection.models import Finding, Site, Try, Visit, Warned
from zhengtong.oversight.inspection.rules.facts import Item, Page, visit_row
from zhengtong.oversight.inspection.rules.facts import Try as Tried
from zhengtong.oversight.inspection.rules.facts import Visit as Seen
from zhengtong.oversight.inspection.rules.freshness import Class
from zhengtong.oversight.inspection.rules.warnings import last_good_day, levels

HOME = "http://www.yunling.gov.cn/"


@pytest.fixture
def entered(cast):
    """The site, with an editor of its organ and a publisher there and above."""
    county = Organ.objects.create(code="YL003", name="云岭县人民政府", kind="government")
    organ = Organ.objects.create(code="YL115", name="云岭县政务公开办", kind="department", parent=county)
    for number, (at, role) in enumerate(((organ, "editor"), (organ, "publisher"), (county, "publisher")), start=1):
        person = Person.objects.create(code=f"YLP5000{number}", name=f"{role}{number}")
        post = Post.objects.create(code=f"{at.code}-P{number:03}", organ=at, title=role)
        Holding.objects.create(person=person, post=post, main=True)
        Grant.objects.create(post=post, role=role, at=clock.now(), granted_by="test")
    return actions.enter("yunling", "云岭县人民政府", HOME, "YL115")


def seen(days, *dead, complete=True, minute=0):
    """A visit of today that saw the newest item so many days ago, and these dead links."""
    began = clock.now() + timedelta(minutes=minute)
    day = clock.today() - timedelta(days=days)
    item = Item("一条有标题的消息", f"{HOME}news/1.html", day)
    links = [(f"{HOME}{name}", "说明") for name in dead]
    home = Page(HOME, 200, 0.1, began.isoformat(), 0, "home", items=[item], links=links, offers=["channel", "services"], heading="云岭县")
    column = Page(f"{HOME}news/", 200, 0.1, began.isoformat(), 1, "column", heading="政务要闻", items=[item])
    pages = {page.url: page for page in (home, column)} | {url: Page(url, 404, 0.1, began.isoformat(), 1) for url, _words in links}
    visit = Seen(HOME, began.isoformat(), began.isoformat(), complete, pages=pages, tries=[Tried(began.isoformat(), 0.1, 200)])
    return json.loads(json.dumps(visit_row(visit)))


def test_a_visit_is_taken_in_once_with_its_evidence(entered):
    row = seen(1, "gone.html")
    visit = actions.take("yunling", row)
    assert actions.take("yunling", row) == visit and Visit.objects.count() == 1 and Try.objects.count() == 1
    finding = Finding.objects.get()
    assert finding.fault == "dead_link_home" and finding.evidence["on"] == [HOME] and finding.since == clock.today()
    assert [c.name for c in visit.columns.all()] == ["政务要闻"] and Entry.objects.filter(verb="inspection.take").count() == 1


def test_differences_tell_what_is_new_and_what_was_mended(entered):
    first = actions.take("yunling", seen(1, "a.html", "b.html"))
    second = actions.take("yunling", seen(1, "b.html", "c.html", minute=5))
    new, mended = queries.differences(second)
    assert [f.url for f in new] == [f"{HOME}c.html"] and [f.url for f in mended] == [f"{HOME}a.html"]
    assert queries.differences(first) == ((), ())


@pytest.mark.parametrize("spoilt", [{}, {"pages": 3}, {"site": HOME, "tries": "x"}])
def test_what_no_probe_wrote_changes_nothing(spoilt, entered):
    with pytest.raises(Refused):
        actions.take("yunling", spoilt)
    with pytest.raises(Refused):
        actions.take("nowhere", seen(1))
    assert not Visit.objects.exists() and not Entry.objects.filter(verb="inspection.take").exists()


def test_an_address_that_is_none_is_refused(entered):
    with pytest.raises(Refused):
        actions.enter("other", "别的", "ftp://x/", "YL115")
    assert Site.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "told"), [(10, []), (11, ["owner"]), (12, ["owner"]), (13, ["owner", "superior"]), (15, ["owner", "superior", "county"])]
)
def test_warnings_begin_three_days_before_the_fourteenth_and_climb(days, told):
    last = last_good_day(clock.today() - timedelta(days=days), Class.NEWS)
    assert [level.code for level in levels(last, clock.today())] == told


def test_half_a_year_ends_with_the_month():
    assert last_good_day(clock.today().replace(2026, 8, 31), Class.NOTICES).isoformat() == "2027-02-28"
    assert last_good_day(clock.today(), Class.STEADY) is None


@pytest.mark.on("business")  # editors and publishers have accounts there; a process of its own tells supervisors alone
def test_the_owner_is_warned_then_his_superior_and_each_once(entered):
    actions.take("yunling", seen(11))
    assert actions.warn() == 2 and actions.warn() == 0  # home page and news column
    assert {n.person.name for n in Notice.objects.all()} == {"editor1"}
    assert "最迟" in Notice.objects.first().sentence and "云岭县人民政府" in Notice.objects.first().sentence
    actions.take("yunling", seen(13, minute=9))
    actions.warn()
    assert {n.person.name for n in Notice.objects.all()} == {"editor1", "publisher2", "publisher3"}
    actions.take("yunling", seen(15, minute=18))
    actions.warn()
    assert set(Warned.objects.values_list("level", flat=True)) == {"owner", "superior", "county"}


def test_the_county_sees_every_site_and_each_findings_evidence(entered, cast, enter):
    actions.take("yunling", seen(20, "gone.html"))
    actions.warn()
    officer = enter(cast.officer)
    board = officer.get("/inspection/").content.decode()
    assert "云岭县人民政府" in board and "不合格" in board
    page = officer.get("/inspection/yunling/").content.decode()
    assert "首页链接失效" in page and "gone.html" in page and "首页两周没有更新" in page and "政务要闻" in page and "V3" in page
    assert officer.get(f"/inspection/yunling/{Visit.objects.get().pk}/").status_code == 200
    assert officer.get("/inspection/nowhere/").status_code == 404
    assert enter(cast.stranger).get("/inspection/").status_code == 403


def test_a_site_not_visited_yet_says_so(entered, cast, enter):
    officer = enter(cast.officer)
    assert "未巡检" in officer.get("/inspection/").content.decode()
    assert "还没有巡检过" in officer.get("/inspection/yunling/").content.decode()


def test_the_command_lets_the_probe_go_and_takes_in_what_it_saw(cast, capsys, tmp_path):
    from django.core.management import call_command

    from .cluster import clean, serving

    with serving() as served:
        url = served.add(clean())
        call_command("inspect", "small", "--enter", url, "--name", "小站", "--organ", "YL130", "--rate", "0", "--allow-private")
    visit = Visit.objects.get()
    assert visit.complete and visit.pages == 25 and visit.site.known["lists"]
    carried = tmp_path / "small.json"
    carried.write_text(json.dumps(seen(1)))
    call_command("inspect", "--take", str(tmp_path))
    assert Visit.objects.count() == 2
