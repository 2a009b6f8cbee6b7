"""整改: given to the owner with a limit, answered, looked at again; closed by what the inspector sees and by nothing else."""

import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Grant
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.orgs.models import Holding, Organ, Person, Post
from zhengtong.foundation.refusal import Refused
from zhengtong.oversight.inspection import actions, queries
from zhengtong.oversight.inspection.models import Order, Published, Site, Visit
from zhengtong.oversight.inspection.rules import orders as rules
from zhengtong.oversight.inspection.rules.faults import FAULTS

from .test_room import HOME, seen


@pytest.fixture
def owner(cast):
    """An editor of the organ that runs the site, where editors have accounts."""
    organ = Organ.objects.create(code="YL115", name="云岭县融媒体中心", kind="department", parent=Organ.objects.get(code="YL130"))
    person = Person.objects.create(code="YLP60001", name="编辑")
    post = Post.objects.create(code="YL115-P001", organ=organ, title="编辑")
    Holding.objects.create(person=person, post=post, main=True)
    Grant.objects.create(post=post, role="editor", at=clock.now(), granted_by="test")
    return person


@pytest.fixture
def visit(owner):
    actions.enter("yunling", "云岭县人民政府", HOME, "YL115")
    return actions.take("yunling", seen(1, "a.html", "b.html"))


def ordered(visit, cast, *faults):
    (one,) = actions.order(visit.pk, faults or ("dead_link_home",), cast.supervisor, "请尽快改正")
    return one


# ---- the table -------------------------------------------------------------------------------------------------------
def test_every_step_has_its_article_and_only_the_inspector_closes():
    assert all(step.article for step in rules.STEPS)
    assert all(step.roles == () for step in rules.STEPS if step.target in (rules.State.MENDED, rules.State.UNMENDED))
    assert {step.target for step in rules.STEPS} | {rules.State.SENT} == set(rules.State)
    assert not [step for step in rules.STEPS if step.source in (rules.State.MENDED, rules.State.DROPPED)]
    assert set(rules.STATE_LABELS) == {state.value for state in rules.State}


@pytest.mark.parametrize(("fault", "days"), [("forbidden_word", 1), ("column_stale", 3), ("dead_link", 5), ("no_alt", 15)])
def test_the_graver_the_sooner(fault, days):
    assert rules.days(fault) == days and set(rules.DAYS) == {one.gravity for one in FAULTS.values()}


@pytest.mark.parametrize(
    ("state", "found", "looked", "complete", "target", "left"),
    [
        ("sent", ["a"], {"a": True}, True, None, ["a"]),
        ("answered", ["a"], {"a": True}, True, rules.State.UNMENDED, ["a"]),
        ("answered", [], {"a": True}, True, rules.State.MENDED, []),
        ("sent", [], {}, True, rules.State.MENDED, []),  # the whole site was seen, and it is not there
        ("answered", [], {}, False, None, []),  # nobody looked
        ("answered", [], {"a": True}, False, rules.State.MENDED, []),
        ("unmended", ["a"], {"a": True}, True, None, ["a"]),
        ("unmended", ["b"], {"a": True}, True, rules.State.MENDED, []),  # another place is another matter
    ],
)
def test_what_a_later_look_makes_of_an_order(state, found, looked, complete, target, left):
    assert rules.recheck(state, ["a"], found, looked, complete) == (target, left)


@pytest.mark.parametrize(
    ("url", "column", "organ"),
    [
        ("http://a.gov.cn/news/1.html", "", "N"),
        ("http://a.gov.cn/news/towns/1.html", "", "T"),
        ("http://a.gov.cn/x", "乡镇动态", "T"),
        ("http://a.gov.cn/x", "", "S"),
    ],
)
def test_the_nearest_columns_owner_mends(url, column, organ):
    owners = {"/news/": "N", "/news/towns/": "T", "乡镇动态": "T"}
    assert rules.owner(url, column, owners, "S") == organ


# ---- the verbs -------------------------------------------------------------------------------------------------------
def test_an_order_goes_to_the_owner_with_its_limit_and_only_once(visit, cast):
    one = ordered(visit, cast)
    assert one.organ == "YL115" and len(one.urls) == 2 and one.number.startswith(f"XJ{clock.today().year}-") and one.due > clock.today()
    with pytest.raises(Refused, match="都已下达"):
        ordered(visit, cast)
    assert Order.objects.count() == 1 and Entry.objects.filter(verb="inspection.order").count() == 1


@pytest.mark.on("business")  # editors have accounts there
def test_it_is_closed_only_when_the_inspector_sees_it_mended(visit, cast, owner):
    one = ordered(visit, cast)
    assert Notice.objects.filter(person=owner, subject=f"inspection/order/{one.pk}").count() == 1
    actions.answer(one.pk, owner, "已改正")
    one.refresh_from_db()
    assert one.state == "answered" and Site.objects.get().asked_at
    actions.take("yunling", seen(1, "a.html", minute=5))
    one.refresh_from_db()
    assert one.state == "unmended" and one.left == [f"{HOME}a.html"]
    actions.answer(one.pk, owner, "这次真的改了")
    actions.take("yunling", seen(1, minute=6, complete=False))  # saw neither address: nothing follows
    one.refresh_from_db()
    assert one.state == "answered"
    actions.take("yunling", seen(1, minute=9))
    one.refresh_from_db()
    assert one.state == "mended" and one.seen_by == Visit.objects.first() and not Notice.objects.filter(read_at__isnull=True, person=owner)
    with pytest.raises(Refused):
        actions.answer(one.pk, owner, "再答一次")


def test_a_visit_that_began_before_the_order_closes_nothing(visit, cast):
    one = ordered(visit, cast)
    actions.take("yunling", seen(1, minute=-30))
    one.refresh_from_db()
    assert one.state == "sent"


@pytest.mark.parametrize(("who", "verb"), [("stranger", "order"), ("stranger", "answer"), ("officer", "answer"), ("stranger", "drop")])
def test_whoever_may_not_changes_nothing(who, verb, visit, cast):
    one = ordered(visit, cast)
    entries = Entry.objects.count()
    with pytest.raises(Refused):
        if verb == "order":
            actions.order(visit.pk, ["column_stale"], getattr(cast, who))
        else:
            getattr(actions, verb)(one.pk, getattr(cast, who), "因为")
    one.refresh_from_db()
    assert (one.state, one.answer, one.reason) == ("sent", "", "") and Order.objects.count() == 1 and Entry.objects.count() == entries


def test_nothing_chosen_no_reason_or_an_old_visit_is_refused(visit, cast):
    with pytest.raises(Refused, match="请选择"):
        actions.order(visit.pk, ["cert_soon"], cast.officer)
    one = ordered(visit, cast)
    with pytest.raises(Refused, match="原因"):
        actions.drop(one.pk, cast.officer, " ")
    actions.take("yunling", seen(1, "a.html", minute=5))
    with pytest.raises(Refused, match="最近一次"):
        actions.order(visit.pk, ["dead_link_home"], cast.officer)
    one.refresh_from_db()
    assert one.state == "sent" and Order.objects.count() == 1
    assert actions.drop(one.pk, cast.officer, "网站已关闭").state == "dropped"


@pytest.mark.on("business")
def test_a_late_order_is_urged_once_a_day_and_the_superior_hears_of_it(visit, cast, owner):
    above = Person.objects.create(code="YLP60002", name="上级")
    post = Post.objects.create(code="YL130-P099", organ=Organ.objects.get(code="YL130"), title="发布员")
    Holding.objects.create(person=above, post=post, main=True)
    Grant.objects.create(post=post, role="publisher", at=clock.now(), granted_by="test")
    one = ordered(visit, cast)
    assert actions.urge_orders() == 0
    Order.objects.update(due=clock.today() - timedelta(days=1))
    assert actions.urge_orders() == 2 and actions.urge_orders() == 0
    assert Notice.objects.filter(person=above, subject=f"inspection/order/{one.pk}").exists()


# ---- what was published --------------------------------------------------------------------------------------------------
def published(**more):
    return {
        "site": "yunling", "name": "云岭县人民政府", "domain": "www.yunling.gov.cn", "organ": "YL115", "release": "yunling-000001",
        "at": (clock.now() - timedelta(hours=3)).isoformat(), "files": {"index.html": "a" * 64},
        "columns": [{"path": "news", "name": "政务要闻", "organ": "YL132", "days": 7}], "dynamic": ["/counter/"], **more,
    }  # fmt: skip


def test_a_site_that_publishes_is_watched_by_itself_with_owners_and_periods(cast):
    actions.take_published(published())
    site = Site.objects.get()
    assert site.address == "https://www.yunling.gov.cn/" and site.periods == {"政务要闻": 7}
    assert site.owners == {"/news/": "YL132", "政务要闻": "YL132"}
    for number in range(2, 9):
        actions.take_published(published(release=f"yunling-{number:06}", at=clock.now().isoformat()))
    assert Published.objects.count() == 8 and Site.objects.count() == 1  # a visit on its way may have seen any of them
    Published.objects.update(at=clock.now() - timedelta(days=3))
    actions.take_published(published(release="yunling-000009", at=clock.now().isoformat()))
    assert [row.release[-1] for row in Published.objects.all()] == list("98765")


def test_what_nobody_published_is_found_and_what_a_new_release_brought_is_not(visit):
    def with_digest(digest, minute):
        row = seen(1, minute=minute)
        row["pages"][HOME]["sm3"] = digest
        row["pages"][f"{HOME}news/"]["sm3"] = "c" * 64
        return row

    files = {"index.html": "a" * 64, "news/index.html": "c" * 64}
    actions.take_published(published(files=files))
    good = actions.take("yunling", with_digest("a" * 64, 1))
    assert not good.findings.filter(fault__in=("changed", "added")).exists()
    bad = actions.take("yunling", with_digest("e" * 64, 2))
    assert [f.url for f in bad.findings.filter(fault="changed")] == [HOME] and not bad.scores[0]["passed"]
    actions.take_published(published(release="yunling-000002", files={**files, "index.html": "e" * 64}, at=clock.now().isoformat()))
    assert not actions.take("yunling", with_digest("e" * 64, 3)).findings.filter(fault="changed").exists()
    assert not actions.take("yunling", with_digest("a" * 64, 4)).findings.filter(fault="changed").exists()  # still on its way
    files.pop("news/index.html")
    Published.objects.all().delete()
    actions.take_published(published(release="yunling-000003", files=files))
    assert actions.take("yunling", with_digest("a" * 64, 5)).findings.filter(fault="added").count() == 1


# ---- the pages -------------------------------------------------------------------------------------------------------
def test_an_officer_enters_a_site_orders_and_drops_through_the_pages(visit, cast, enter):
    officer = enter(cast.officer)
    form = {"name": "林业局旧站", "address": "http://lyj.example.com/", "code": "linye", "organ": "YL132", "domain": ""}
    assert officer.post("/inspection/new/", {**form, "address": "ftp://x"}).status_code == 422 and Site.objects.count() == 1
    assert officer.post("/inspection/new/", {**form, "code": "orders"}).status_code == 422 and Site.objects.count() == 1
    assert officer.post("/inspection/new/", form).status_code == 302 and Site.objects.get(code="linye").organ == "YL132"
    assert "这个代码已经用了" in officer.post("/inspection/new/", form).content.decode()
    assert (
        officer.post("/inspection/linye/edit/", {**form, "name": "林业局"}).status_code == 302
        and Site.objects.get(code="linye").name == "林业局"
    )
    assert officer.post("/inspection/linye/stop/", {"reason": ""}).status_code == 409 and Site.objects.get(code="linye").watched
    officer.post("/inspection/linye/stop/", {"reason": "已关闭"})
    assert not Site.objects.get(code="linye").watched and "停止巡检" in officer.get("/inspection/?state=stopped").content.decode()
    page = officer.get("/inspection/yunling/").content.decode()
    assert 'name="faults" value="dead_link_home"' in page
    where = f"/inspection/yunling/{visit.pk}/order/"
    refused = officer.post(where, {"words": "写了的要求"})
    assert refused.status_code == 409 and "写了的要求" in refused.content.decode() and not Order.objects.exists()
    assert officer.post(where, {"faults": ["dead_link_home"], "words": "请改"}).status_code == 302
    one = Order.objects.get()
    shown = officer.get(f"/inspection/orders/{one.pk}/").content.decode()
    assert one.number in shown and "撤销整改单" in shown and "请改" in shown and f"{HOME}a.html" in shown
    assert (
        one.number in officer.get("/inspection/orders/").content.decode()
        and "整改中" in officer.get("/inspection/yunling/").content.decode()
    )
    assert officer.post(f"/inspection/orders/{one.pk}/drop/", {"reason": ""}).status_code == 409
    assert officer.post(f"/inspection/orders/{one.pk}/drop/", {"reason": "误报"}).status_code == 302


@pytest.mark.on("business")
def test_an_owner_sees_his_own_sites_alone_and_answers(visit, cast, owner, enter):
    actions.enter("other", "别的网站", "http://other.gov.cn/", "YL132")
    one = ordered(visit, cast)
    editor = enter(owner)
    board = editor.get("/inspection/").content.decode()
    assert "云岭县人民政府" in board and "别的网站" not in board and "添加网站" not in board
    assert editor.get("/inspection/other/").status_code == 404 and editor.get("/inspection/new/").status_code == 403
    assert editor.post(f"/inspection/yunling/{visit.pk}/order/", {"faults": ["dead_link_home"]}).status_code == 403
    page = editor.get(f"/inspection/orders/{one.pk}/").content.decode()
    assert "整改答复" in page and "撤销整改单" not in page
    assert editor.post(f"/inspection/orders/{one.pk}/answer/", {"words": ""}).status_code == 409
    assert editor.post(f"/inspection/orders/{one.pk}/answer/", {"words": "已改"}).status_code == 302
    one.refresh_from_db()
    assert one.state == "answered" and one.answered_by == owner.code and Site.objects.get(code="yunling").asked_at
    assert enter(cast.stranger).get(f"/inspection/orders/{one.pk}/").status_code == 403


def test_the_board_and_the_report_are_files_too(visit, cast, enter):
    officer = enter(cast.officer)
    book = openpyxl.load_workbook(io.BytesIO(officer.get("/inspection/sites.xlsx").content))
    assert book.active["A2"].value == "云岭县人民政府" and book.active["B2"].value == HOME
    assert (
        officer.get("/inspection/sites.csv").content.startswith(b"\xef\xbb\xbf") and officer.get("/inspection/sites.exe").status_code == 404
    )
    where = f"/inspection/yunling/{visit.pk}/report."
    sheets = openpyxl.load_workbook(io.BytesIO(officer.get(f"{where}xlsx").content))
    assert sheets.sheetnames == ["评分", "问题", "栏目"] and "首页链接失效" in [row[1].value for row in sheets["问题"].rows]
    with zipfile.ZipFile(io.BytesIO(officer.get(f"{where}docx").content)) as document:
        text = document.read("word/document.xml").decode()
    assert "云岭县人民政府巡检报告" in text and "首页链接失效" in text and "合格" in text
    assert "首页链接失效" in officer.get(f"{where}csv").content.decode() and officer.get(f"{where}pdf").status_code == 404


def test_a_hundred_and_twenty_sites_cost_the_board_a_few_queries(visit, cast, django_assert_max_num_queries):
    for number in range(120):
        site = Site.objects.create(
            code=f"s{number}", name=f"网站{number}", address=f"http://s{number}.gov.cn/", organ="YL115", since=clock.today()
        )
        Visit.objects.create(site=site, began=clock.now(), day=clock.today(), complete=True, pages=1, files=0, sm3=str(number))
    with django_assert_max_num_queries(14):
        rows = queries.board(cast.officer)
    assert len(rows) == 121
