"""Taking a document back, sending it again, urging all late ones at once, and what the figures say."""

from datetime import date, datetime, timedelta

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import carrier
from zhengtong.foundation.accounts.models import Account, PersonalKey
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.clock.rules import shipped_calendar
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.refusal import Refused
from zhengtong.office.circulation import queries as circulation
from zhengtong.office.dispatch import actions, queries
from zhengtong.office.dispatch.models import Dispatch, Receipt
from zhengtong.office.dispatch.rules import Taken, figures, late, late_until
from zhengtong.office.incoming import actions as incoming
from zhengtong.office.incoming.rules.elements import Elements

PIN = "Yunling-2026"


def refused(match, verb, *args, **kwargs):
    before = list(Receipt.objects.order_by("pk").values()), Entry.objects.count(), Notice.objects.count()
    with pytest.raises(Refused, match=match):
        verb(*args, **kwargs)
    assert before == (list(Receipt.objects.order_by("pk").values()), Entry.objects.count(), Notice.objects.count())


@pytest.mark.django_db
def test_a_recall_reaches_every_copy_that_is_still_out(county, sent):
    given = sent()
    actions.sign_for(given.receipts.get(organ__code="YL205").pk, county.shiqiao)
    actions.send_back(given.receipts.get(organ__code="YL102").pk, county.party, "不属本机关")
    refused("写明理由", actions.recall, given.pk, county.dispatcher, " ")
    refused("没有这份文件", actions.recall, given.pk, county.court, "有误")
    refused("没有这份文件", actions.recall, given.pk, county.secretary, "有误")
    assert actions.recall(given.pk, county.dispatcher, "附件有误") == 2
    states = {r.organ.code: (r.state, r.reason) for r in given.receipts.all()}
    assert states == {"YL205": ("recalled", "附件有误"), "YL206": ("recalled", "附件有误"), "YL102": ("returned", "不属本机关")}
    refused("没有可以撤回", actions.recall, given.pk, county.dispatcher, "再撤")
    refused("已撤回", actions.sign_for, given.receipts.get(organ__code="YL206").pk, county.liuhe)
    told = [n.sentence for n in Notice.objects.filter(person=county.liuhe, read_at__isnull=True)]
    assert told == ["云岭县人民政府撤回云政发〔2026〕1号：附件有误"]


@pytest.mark.django_db
def test_a_recall_ends_what_the_receiver_had_begun_and_takes_it_from_his_readers(county, sent):
    copy = sent().receipts.get(organ__code="YL205")
    paper = incoming.register_copy(copy.pk, Elements("", ""), county.shiqiao)
    incoming.check(paper.code, county.shiqiao, "reading")
    incoming.propose(paper.code, county.shiqiao, "请阅", readers=[county.shiqiao.code])
    assert circulation.mine_count(county.shiqiao) == 1
    actions.recall(copy.dispatch_id, county.dispatcher, "附件有误")
    paper.refresh_from_db()
    assert (paper.state, paper.reason, circulation.mine_count(county.shiqiao)) == ("recalled", "附件有误", 0)
    assert not paper.slip.lines.filter(state="open").exists() and paper.slip.ended_at
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"dispatch.recall", "incoming.recalled", "circulation.recall"} <= verbs


@pytest.mark.django_db
def test_what_went_back_goes_out_again_and_waits_anew(county, sent):
    copy = sent().receipts.get(organ__code="YL205")
    refused("待签收", actions.send_again, copy.pk, county.dispatcher)
    actions.send_back(copy.pk, county.shiqiao, "缺附件")
    refused("没有这份文件", actions.send_again, copy.pk, county.court)
    again = actions.send_again(copy.pk, county.dispatcher)
    assert (again.state, again.reason, again.returned_by) == ("waiting", "", None)
    assert Entry.objects.get(verb="dispatch.send_again").detail["before"] == {"state": "returned", "reason": "缺附件"}
    assert actions.sign_for(copy.pk, county.shiqiao).state == "signed"


@pytest.mark.django_db
def test_one_act_urges_every_late_copy_of_every_document(county, sent):
    one, two, fresh = sent(), sent("D2026-000002"), sent("D2026-000003")
    actions.sign_for(one.receipts.get(organ__code="YL205").pk, county.shiqiao)
    Dispatch.objects.exclude(pk=fresh.pk).update(sent_at=clock.now() - timedelta(days=9))
    assert queries.late(county.secretary).count() == 5 and not queries.late(county.court).exists()
    assert actions.urge_late(county.secretary) == 5
    assert actions.urge_late(county.secretary) == 0  # nobody is urged twice within the hour
    assert two.receipts.filter(urges=1).count() == 3 and not fresh.receipts.filter(urges=1).exists()


def test_the_day_from_which_a_waiting_copy_is_late():
    days, friday, monday = shipped_calendar(), date(2026, 3, 6), date(2026, 3, 9)
    assert late_until(monday, days) == date(2026, 3, 5)  # sent on Friday it has Monday, sent on Thursday it had Friday
    assert late(late_until(monday, days), None, monday, days) and not late(friday, None, monday, days)


def taken(organ, hours, state="signed"):
    start = datetime(2026, 3, 2, 9, tzinfo=clock.ZONE)
    return Taken(organ, organ, start, start + timedelta(hours=hours) if hours is not None else None, state)


def test_the_figures_give_the_median_and_count_who_was_late():
    rows = [taken("甲", 1), taken("甲", 3), taken("甲", 50), taken("乙", None, "waiting"), taken("乙", 2, "returned"),
            taken("丙", 4), taken("丙", None, "recalled")]  # fmt: skip
    found = {f.name: f for f in figures(rows, datetime(2026, 3, 5).date(), shipped_calendar())}
    assert (found["甲"].median_hours, found["甲"].late, found["甲"].sent) == (3.0, 1, 3)
    assert (found["乙"].waiting, found["乙"].late, found["乙"].returned) == (1, 1, 1)
    assert (found["丙"].sent, found["丙"].late, found["丙"].median_hours) == (1, 0, 4.0)


@pytest.mark.django_db
def test_the_pages_recall_with_the_pin_urge_and_count(county, sent, enter):
    given, client = sent(), enter(county.dispatcher)
    public, locked = carrier.make(PIN)
    PersonalKey.objects.create(account=Account.objects.get(person=county.dispatcher), public=public, locked=locked, made_at=clock.now())
    assert "撤回文件" in client.get(f"/dispatch/{given.pk}/").content.decode()
    wrong = client.post(f"/dispatch/{given.pk}/recall/", {"reason": "有误", "pin": "Wrong-Pin-9"})
    assert wrong.status_code == 422 and "recall-pin-error" in wrong.content.decode()
    assert client.post(f"/dispatch/{given.pk}/recall/", {"reason": "", "pin": PIN}).status_code == 422
    assert not Receipt.objects.filter(state="recalled").exists()
    assert "已从3个机关撤回" in client.post(f"/dispatch/{given.pk}/recall/", {"reason": "有误", "pin": PIN}, follow=True).content.decode()
    copy = given.receipts.get(organ__code="YL205")
    assert "发文机关已撤回" in enter(county.shiqiao).get(f"/received/{copy.pk}/").content.decode()
    assert "已重新分发" in client.post(f"/dispatch/receipts/{copy.pk}/again/", follow=True).content.decode()
    Dispatch.objects.update(sent_at=clock.now() - timedelta(days=9))
    assert "催办逾期未签收的1份" in client.get("/dispatch/").content.decode()
    assert "已催办1份" in client.post("/dispatch/late/urge/", follow=True).content.decode()
    page = client.get("/dispatch/statistics/").content.decode()
    assert "云岭县石桥镇人民政府" in page
    assert client.get("/dispatch/statistics/?as=xlsx").content.startswith(b"PK")
    assert client.get("/dispatch/statistics/?as=csv").content.decode("utf-8-sig").startswith("收文机关")
    assert "没有分发过" in client.get("/dispatch/statistics/?since=2099-01-01").content.decode()
    client.post(f"/dispatch/{given.pk}/circulate/", {"others": "drafter"})
    assert circulation.mine_count(county.drafter) == 1
    new = sent("D2026-000002")
    form = {"number": given.number, "kind": "annul", "pin": PIN}
    assert "自始无效" in client.post(f"/dispatch/{new.pk}/affect/", form, follow=True).content.decode()
    assert client.post(f"/dispatch/{new.pk}/affect/", {**form, "number": "无"}).status_code == 422
