"""A matter is followed until whoever gave it confirms; what is late climbs."""

from datetime import datetime, timedelta

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.models import Line
from zhengtong.office.incoming import actions as incoming
from zhengtong.office.supervision import actions, queries
from zhengtong.office.supervision.models import Extension, Item, Report

pytestmark = pytest.mark.django_db


def refused(match, verb, *args, **kwargs):
    tables = (Item, Report, Extension, Line)
    before = [list(t.objects.order_by("pk").values()) for t in tables], Entry.objects.count(), Notice.objects.count()
    with pytest.raises(Refused, match=match):
        verb(*args, **kwargs)
    assert before == ([list(t.objects.order_by("pk").values()) for t in tables], Entry.objects.count(), Notice.objects.count())


def papers(person):
    return [line.slip.paper for line in slips.todo(person)]


def test_an_instruction_becomes_a_numbered_matter_in_its_owners_list(office, item):
    one, two = item(), item(task="报送总结")
    year = clock.today().year
    assert [one.number, two.number] == [f"云政督〔{year}〕1号", f"云政督〔{year}〕2号"]
    assert papers(office.education) == [one.code, two.code] and papers(office.head) == []
    assert Notice.objects.filter(person=office.education).count() == 2


def test_only_the_leader_or_his_office_opens_one_and_only_for_the_own_system(office, item):
    refused("只有交办领导或其办公室", item, by=office.education)
    refused("只有交办领导或其办公室", item, by=office.party)
    refused("不是本机关的领导", item, giver=office.court.code)
    refused("不属本系统", item, owner="YL005")
    refused("不在承办单位", item, person=office.finance.code)
    refused("不能早于今天", item, due=clock.today() - timedelta(days=1))
    refused("没有这份收文", item, paper="S2026-999999")
    assert item(by=office.head).opened_by == office.head


def test_a_matter_out_of_a_paper_names_it(office, item, paper):
    code = paper().code
    made = item(paper=code, instruction="请抓紧")
    assert (made.source, made.source_link) == ("云州市人民政府关于报送防汛情况的通知", f"/incoming/{code}/")
    assert list(queries.of_paper(office.secretary, code)) == [made]


def test_progress_is_reported_and_closure_confirmed_by_who_gave_it(office, item):
    code = item().code
    refused("不由您承办", actions.report, code, office.head, "已办")
    refused("没有这个督办件", actions.report, code, office.finance, "已办")
    refused("写进展", actions.report, code, office.education, " ")
    actions.report(code, office.education, "已检查20所")
    refused("不能确认办结", actions.confirm, code, office.head)
    assert actions.finish(code, office.education, "全部检查完毕").state == "reported"
    assert papers(office.education) == [] and papers(office.head) == [code]
    refused("只有交办领导或其办公室", actions.confirm, code, office.education)
    done = actions.confirm(code, office.head, "很好")
    assert (done.state, done.closed_by, done.outcome) == ("closed", office.head, "很好") and papers(office.head) == []
    refused("不能反馈进展", actions.report, code, office.education, "再报")


def test_his_office_confirms_for_him_and_the_record_says_so(office, item):
    code = item().code
    actions.finish(code, office.education, "已完成")
    done = actions.confirm(code, office.secretary)
    assert (done.closed_by, done.outcome) == (office.secretary, "已完成")
    entry = Entry.objects.get(verb="supervision.confirm")
    assert (entry.actor_code, entry.detail["turn_of"]) == (office.secretary.code, office.head.code)


def test_what_is_not_accepted_is_the_owners_again_and_the_leader_confirms_the_next(office, item):
    code = item().code
    actions.finish(code, office.education, "已完成")
    refused("写明理由", actions.send_back, code, office.secretary, " ")
    again = actions.send_back(code, office.secretary, "缺检查记录")
    assert again.state == "running" and papers(office.education) == [code] and papers(office.head) == papers(office.secretary) == []
    assert again.reports.get().answer == "缺检查记录"
    actions.finish(code, office.education, "已补记录")
    assert papers(office.head) == [code] and papers(office.secretary) == []
    actions.send_back(code, office.head, "还不够")
    actions.finish(code, office.education, "再补")
    assert actions.confirm(code, office.head).state == "closed"
    assert not slips.open_lines(code)


def test_an_extension_is_asked_for_and_decided(office, item):
    made = item()
    code, later = made.code, made.due + timedelta(days=7)
    refused("须晚于", actions.extend, code, office.education, made.due, "来不及")
    refused("写明理由", actions.extend, code, office.education, later, " ")
    actions.extend(code, office.education, later, "等待验收")
    refused("已有一次", actions.extend, code, office.education, later, "再延")
    refused("还在等批复", actions.finish, code, office.education, "完")
    refused("只有交办领导", actions.decide, code, office.education, True)
    refused("写明理由", actions.decide, code, office.head, False)
    actions.decide(code, office.head, False, "按期完成")
    refused("没有等批复", actions.decide, code, office.head, True)
    actions.extend(code, office.education, later, "等待验收")
    actions.decide(code, office.secretary, True)
    made.refresh_from_db()
    assert (made.due, made.first_due) == (later, later - timedelta(days=7))


def test_a_matter_is_urged_and_dropped_with_a_reason(office, item):
    code = item().code
    Notice.objects.all().delete()
    assert actions.urge(code, office.secretary, "请今天报") == 1
    assert [line.urged for line in slips.todo(office.education)] == [1]
    refused("写明理由", actions.cancel, code, office.head, "")
    refused("只有交办领导", actions.cancel, code, office.education, "不办了")
    assert actions.cancel(code, office.head, "已并入他项").state == "cancelled"
    assert papers(office.education) == [] and not Notice.objects.filter(
        person=office.education, read_at__isnull=True, subject=code
    ).exclude(text__contains="撤项")


@pytest.fixture
def days_on(monkeypatch):
    def go(day):
        moment = datetime(day.year, day.month, day.day, 10, tzinfo=clock.ZONE)
        monkeypatch.setattr(clock, "now", lambda: moment)
        monkeypatch.setattr(clock, "today", lambda: day)

    return go


def test_what_is_late_climbs_to_the_owners_head_the_office_and_the_giver_each_once(office, item, days_on):
    made = item()
    Notice.objects.all().delete()
    days_on(made.due)
    assert actions.climb() == 0  # reminded, not climbed
    assert Notice.objects.filter(person=office.education, text__contains="到期").count() == 1
    assert actions.climb() == 0 and Notice.objects.count() == 1
    days_on(made.due + timedelta(days=25))
    assert actions.climb() == 1 and actions.climb() == 0
    made.refresh_from_db()
    assert made.level == 4
    told = {(n.person.name, n.text[:4]) for n in Notice.objects.filter(text__contains="逾期")}
    assert {name for name, _text in told} == {"education", "secretary", "head"}
    assert Entry.objects.filter(verb="supervision.climb", actor_kind="system").count() == 1
    assert [i.code for i in queries.search(office.secretary, state="late")] == [made.code]


def test_an_extension_lets_the_climbing_begin_anew(office, item, days_on):
    made = item()
    days_on(made.due + timedelta(days=4))
    actions.climb()
    actions.extend(made.code, office.education, made.due + timedelta(days=30), "等待验收")
    actions.decide(made.code, office.head, True)
    made.refresh_from_db()
    assert made.level == 0 and actions.climb() == 0


def test_nobody_of_another_system_sees_a_matter(office, item):
    code = item().code
    assert [i.code for i in queries.visible(office.education)] == [code]
    for person in (office.party, office.court, office.shiqiao, office.finance, office.drafter):
        assert not queries.visible(person).exists()


def test_the_pages_open_report_and_confirm(office, item, paper, enter):
    code = paper().code
    incoming.check(code, office.receiver, "action")
    incoming.propose(code, office.secretary, "请批示", leader=office.head.code, lead="YL132")
    incoming.instruct(code, office.head, "请教育局月底前办结")
    client = enter(office.secretary)
    assert f"/supervision/open/?paper={code}" in client.get(f"/incoming/{code}/").content.decode()
    shown = client.get(f"/supervision/open/?paper={code}").content.decode()
    assert "请教育局月底前办结" in shown and 'value="云岭县教育局"' in shown
    form = {"organ": "YL003", "giver": office.head.code, "task": "校园安全检查", "owner": "云岭县教育局", "due": "2099-01-04"}
    address = f"/supervision/open/?paper={code}"
    assert client.post(address, {**form, "owner": "没有的局"}).status_code == 422
    assert client.post(address, {**form, "due": "2020-01-01"}).status_code == 422
    assert "已立项" in client.post(address, form, follow=True).content.decode()
    made = Item.objects.get()
    owner = enter(office.education)
    assert "校园安全检查" in owner.get("/supervision/").content.decode()
    assert "报办结" in owner.get(f"/supervision/{made.code}/").content.decode()
    assert owner.post(f"/supervision/{made.code}/act/report/", {"text": ""}).status_code == 422
    owner.post(f"/supervision/{made.code}/act/extend/", {"until": "2099-02-01", "reason": "等待验收"})
    assert "同意延期" in client.get(f"/supervision/{made.code}/").content.decode()
    client.post(f"/supervision/{made.code}/act/grant/", {"note": "同意"})
    owner.post(f"/supervision/{made.code}/act/finish/", {"text": "已完成"})
    assert "确认办结" in enter(office.head).get(f"/supervision/{made.code}/").content.decode()
    client.post(f"/supervision/{made.code}/act/confirm/", {"note": ""})
    made.refresh_from_db()
    assert made.state == "closed"
    late = client.post(f"/supervision/{made.code}/act/confirm/", {"note": ""})
    assert late.status_code == 422 and "不能确认办结" in late.content.decode()
    assert client.post(f"/supervision/{made.code}/act/nothing/").status_code == 404
    assert enter(office.court).get(f"/supervision/{made.code}/").status_code == 404
    assert enter(office.drafter).get("/supervision/open/").status_code == 403
