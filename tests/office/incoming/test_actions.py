"""The way of an incoming paper: each step once, by whose turn it is, and nobody left with a dead entry."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips import actions as slip_actions
from zhengtong.foundation.slips import queries as slips
from zhengtong.foundation.slips.models import Line
from zhengtong.office.circulation import queries as circulation
from zhengtong.office.dispatch import queries as copies
from zhengtong.office.dispatch.models import Receipt
from zhengtong.office.incoming import actions, queries
from zhengtong.office.incoming.models import Handling, Incoming, Instruction
from zhengtong.office.incoming.rules import elements

pytestmark = pytest.mark.django_db
COUNT = elements.Elements("", "")


def papers(person):
    return [line.slip.paper for line in slips.todo(person)]


def refused(match, verb, *args, **kwargs):
    """The verb is refused and leaves nothing behind."""
    tables = (Incoming, Line, Handling, Instruction, Receipt)
    before = [list(t.objects.order_by("pk").values()) for t in tables], Entry.objects.count(), Notice.objects.count()
    with pytest.raises(Refused, match=match):
        verb(*args, **kwargs)
    assert before == ([list(t.objects.order_by("pk").values()) for t in tables], Entry.objects.count(), Notice.objects.count())


def test_registration_numbers_by_organ_and_year_without_gap(office, paper):
    one, two = paper(), paper(their_number="云州政发〔2026〕13号")
    year = clock.today().year
    assert [one.number, two.number] == [f"云政收〔{year}〕1号", f"云政收〔{year}〕2号"]
    assert (one.state, one.received_by, one.office.code) == ("check", office.receiver, "YL130")
    assert papers(office.receiver) == [one.code, two.code]
    refused("已登记为", paper)
    assert paper(their_number="云州政发〔2026〕14号").number.endswith("3号")


def test_who_does_not_receive_for_an_organ_registers_nothing_there(office, paper):
    refused("不是本机关的收文员", paper, by=office.shiqiao)
    refused("不是本机关的收文员", paper, by=office.drafter)
    refused("不处理涉密文件", paper, secrecy="机密", copy_numbers="000001")


def test_a_scan_is_kept_with_the_paper(paper, pdf):
    from zhengtong.foundation.files.queries import read

    made = paper(uploads=[(read(pdf), "来文.pdf")])
    assert [(s.name, s.file.sm3) for s in made.sheets.all()] == [("来文.pdf", pdf)]
    with pytest.raises(Refused, match="不是可接收的类型"):
        paper(their_number="云州政发〔2026〕20号", uploads=[(b"MZ\x90", "来文.pdf")])
    assert Incoming.objects.count() == 1


def test_signing_for_a_dispatched_copy_registers_it_with_the_senders_elements(office, copy):
    receipt = copy()
    assert [c.pk for c in queries.unregistered(office.receiver)] == [receipt.pk]
    made = actions.register_copy(receipt.pk, COUNT, office.receiver)
    receipt.refresh_from_db()
    assert (receipt.state, receipt.signed_by) == ("signed", office.receiver)
    assert (made.their_number, made.sender, made.kind, made.organ.code) == (
        "云委发〔2026〕9号",
        "中国共产党云岭县委员会",
        "opinion",
        "YL003",
    )
    assert queries.unregistered(office.receiver) == []
    refused("已经登记过", actions.register_copy, receipt.pk, COUNT, office.receiver)
    refused("没有这份文件", actions.register_copy, receipt.pk, COUNT, office.shiqiao)


def test_a_paper_goes_from_check_to_closure(office, handed_out):
    made = handed_out()
    code = made.code
    assert made.state == "handle" and made.due > clock.today()
    assert papers(office.education) == papers(office.finance) == [code]
    refused("还有1个协办单位", actions.finish, code, office.education, "已办")
    actions.finish(code, office.finance, "经费已落实")
    assert papers(office.finance) == []
    after = actions.finish(code, office.education, "已报送")
    assert after.state == "close" and papers(office.secretary) == [code]
    done = actions.close(code, office.secretary, "已按要求报送")
    assert done.state == "closed" and done.closed_at and papers(office.secretary) == []
    verbs = list(Entry.objects.filter(target__endswith=made.number, verb__startswith="incoming.").values_list("verb", flat=True))
    assert verbs == [f"incoming.{v}" for v in ("register", "check", "propose", "instruct", "finish", "finish", "close")]


def test_each_step_is_taken_only_by_whose_turn_it_is(office, proposed):
    code = proposed().code
    for person in (office.deputy, office.secretary, office.education, office.court):
        refused("不由您办理", actions.instruct, code, person, "同意")
    refused("不能办结", actions.close, code, office.secretary, "完")
    refused("不能初审通过", actions.check, code, office.receiver, "action")
    refused("没有这份收文", actions.close, "S2026-999999", office.secretary, "完")
    refused("请写批示", actions.instruct, code, office.head, "  ")


def test_the_first_check_sends_back_with_ground_and_reason_and_the_sender_is_told(office, copy):
    receipt = copy()
    code = actions.register_copy(receipt.pk, COUNT, office.receiver).code
    refused("退文依据", actions.send_back, code, office.receiver, "", "不对")
    refused("写明理由", actions.send_back, code, office.receiver, "not_ours", " ")
    back = actions.send_back(code, office.receiver, "not_ours", "应由县委办办理")
    receipt.refresh_from_db()
    assert (back.state, receipt.state, receipt.reason) == ("returned", "returned", "不应由本机关办理：应由县委办办理")
    assert papers(office.receiver) == papers(office.secretary) == []


def test_an_instruction_entered_from_the_leaders_hand_says_so(office, proposed):
    code = proposed().code
    refused("不由您的机关办理", actions.transcribe, code, office.party, "同意", clock.today())
    refused("批示日期", actions.transcribe, code, office.secretary, "同意", clock.today() - timedelta(days=400))
    actions.transcribe(code, office.secretary, "同意，请教育局办。", clock.today(), (b"\x89PNG\r\n\x1a\n" + b"0" * 40, "手迹.png"))
    written = Instruction.objects.get()
    assert (written.leader, written.entered_by, written.transcribed) == (office.head, office.secretary, True)
    assert written.line.done_by == office.secretary and written.sheet.handwriting
    entry = Entry.objects.get(verb="incoming.transcribe")
    assert (entry.actor_code, entry.detail["leader"]) == (office.secretary.code, office.head.code)
    assert papers(office.head) == [] and papers(office.education) == [code]


def test_the_database_lets_no_transcription_pass_as_the_leaders_own_act(office, handed_out):
    handed_out()
    with pytest.raises(IntegrityError), transaction.atomic():
        Instruction.objects.update(entered_by=office.secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        Instruction.objects.update(transcribed=True)


def test_a_leader_passes_it_on_to_the_next(office, proposed):
    code = proposed(leader=office.deputy.code).code
    after = actions.instruct(code, office.deputy, "请县长审示", further=office.head.code)
    assert after.state == "instruct" and papers(office.head) == [code] and papers(office.education) == []
    actions.instruct(code, office.head, "同意")
    assert papers(office.education) == [code]


def test_a_leader_returns_the_proposal_and_may_get_it_again_or_another_leader(office, proposed):
    code = proposed().code
    refused("写明理由", actions.return_, code, office.head, " ")
    assert actions.return_(code, office.head, "先征求财政局意见").state == "propose"
    assert papers(office.head) == [] and papers(office.secretary) == [code]
    refused("呈哪位领导", actions.propose, code, office.secretary, "再拟", lead="YL132")
    actions.propose(code, office.secretary, "再拟", leader=office.deputy.code, lead="YL139")
    assert papers(office.deputy) == [code] and papers(office.head) == []
    actions.instruct(code, office.deputy, "同意")
    assert papers(office.finance) == [code] and papers(office.education) == []


def test_the_secretary_returns_to_the_first_check(office, paper):
    code = paper().code
    actions.check(code, office.receiver, "reading")
    assert actions.return_(code, office.secretary, "份数不符").state == "check"
    assert papers(office.receiver) == [code]
    assert actions.check(code, office.receiver, "action").state == "propose"


def test_a_unit_declines_and_another_takes_over_while_the_rest_go_on(office, handed_out):
    code = handed_out().code
    refused("写明理由", actions.decline, code, office.education, "")
    after = actions.decline(code, office.education, "不属本局职责")
    assert after.state == "handle" and papers(office.education) == [] and papers(office.secretary) == [code]
    actions.finish(code, office.finance, "经费已落实")
    assert Incoming.objects.get(code=code).state == "propose"
    after = actions.propose(code, office.secretary, "改请秘书一科办理", lead="YL130-01")
    assert after.state == "handle" and papers(office.unit_head) == [code] and papers(office.secretary) == []
    assert actions.finish(code, office.unit_head, "已办").state == "close"


def test_nobody_of_another_system_is_told_what_to_do(office, paper):
    code = paper().code
    actions.check(code, office.receiver, "action")
    refused("不属本系统", actions.propose, code, office.secretary, "请法院办", lead="YL005")
    refused("须明确主办单位", actions.propose, code, office.secretary, "请办", leader=office.head.code, assisting=["YL132"])
    refused("不是本机关的领导", actions.propose, code, office.secretary, "请阅", leader=office.court.code)
    refused("呈哪位领导批示或交哪个单位", actions.propose, code, office.secretary, "请阅")


def test_what_is_only_to_be_read_is_circulated_and_closed(office, paper):
    code = paper().code
    actions.check(code, office.receiver, "reading")
    after = actions.propose(code, office.secretary, "请各位领导阅", readers=[office.head.code, office.deputy.code])
    assert after.state == "close" and circulation.mine_count(office.head) == 1
    assert queries.visible(office.deputy).filter(code=code).exists()
    actions.close(code, office.secretary, "已阅")


def test_withdrawing_the_proposal_takes_the_circulation_back_too(office, paper):
    code = paper().code
    actions.check(code, office.receiver, "reading")
    actions.propose(code, office.secretary, "请阅", leader=office.head.code, readers=[office.deputy.code])
    assert circulation.mine_count(office.deputy) == 1
    refused("只能撤回自己", actions.withdraw, code, office.deputy)
    assert actions.withdraw(code, office.secretary).state == "propose"
    assert circulation.mine_count(office.deputy) == 0 and papers(office.head) == []
    assert not queries.visible(office.deputy).filter(code=code).exists()
    actions.propose(code, office.secretary, "请阅", leader=office.deputy.code)
    assert papers(office.deputy) == [code] and papers(office.head) == []


def test_what_the_leader_has_looked_at_is_not_withdrawn(office, proposed):
    code = proposed().code
    slip_actions.see(slips.todo(office.head).get(), office.head)
    refused("已经看过", actions.withdraw, code, office.secretary)


def test_urging_reaches_everybody_who_has_it(office, handed_out):
    code = handed_out().code
    Notice.objects.all().delete()
    refused("不由您的机关办理", actions.urge, code, office.court)
    assert actions.urge(code, office.secretary, "请今天办结") == 2
    assert set(Notice.objects.values_list("person__name", flat=True)) == {"education", "finance"}
    assert [line.urged for line in slips.todo(office.education)] == [1]


def test_the_machine_urges_those_who_have_an_incoming_paper_as_well(office, handed_out, monkeypatch):
    moments = [datetime(2026, 9, day, 10, tzinfo=clock.ZONE) for day in (14, 17)]
    monkeypatch.setattr(clock, "now", lambda: moments[0])
    handed_out()
    Notice.objects.all().delete()
    monkeypatch.setattr(clock, "now", lambda: moments[1])
    assert slip_actions.urge_due() == 2 and slip_actions.urge_due() == 0
    assert set(Notice.objects.values_list("person__name", flat=True)) == {"education", "finance"}


def test_a_request_is_closed_only_once_it_is_answered(office, paper):
    code = paper(title="石桥镇人民政府关于拨款的请示", sender="云岭县石桥镇人民政府", kind="request", their_number="石政〔2026〕1号").code
    actions.check(code, office.receiver, "action")
    actions.propose(code, office.secretary, "请县长批示", leader=office.head.code)
    actions.instruct(code, office.head, "同意")
    refused("须先登记答复", actions.close, code, office.secretary, "已批复")
    refused("文号", actions.reply, code, office.secretary, " ")
    actions.reply(code, office.secretary, "云政函〔2026〕3号")
    assert actions.close(code, office.secretary, "已批复").answer_number == "云政函〔2026〕3号"


def test_a_small_organs_receiver_does_the_secretarys_part(office, paper):
    made = paper(by=office.shiqiao, organ=office.organs["YL205"])
    actions.check(made.code, office.shiqiao, "reading")
    assert actions.propose(made.code, office.shiqiao, "请阅", readers=[office.shiqiao.code]).state == "close"
    assert made.number.startswith("收〔")


def test_an_organ_sees_only_its_own(office, paper, copy):
    ours = paper().code
    town = paper(by=office.shiqiao, organ=office.organs["YL205"]).code
    assert [p.code for p in queries.visible(office.receiver)] == [ours]
    assert [p.code for p in queries.visible(office.shiqiao)] == [town]
    for person in (office.party, office.court, office.liuhe, office.head, office.education, office.drafter):
        assert not queries.visible(person).exists()
    copy()
    assert not queries.visible(office.secretary).filter(source="dispatch").exists()
    assert [c.organ.code for c in copies.received(office.receiver)] == ["YL003"]


def test_a_department_sees_what_it_handles_and_only_that(office, handed_out, paper):
    code = handed_out().code
    paper(their_number="云州政发〔2026〕99号")
    assert [p.code for p in queries.visible(office.education)] == [code]


def test_late_papers_are_found(office, paper, monkeypatch):
    code = paper(urgency="top").code
    assert actions.check(code, office.receiver, "action").due <= clock.today() + timedelta(days=11)
    later = clock.now() + timedelta(days=20)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert [p.code for p in queries.search(office.secretary, state="late")] == [code]
    assert queries.is_late(Incoming.objects.get(code=code))


def test_a_paper_has_a_date_not_after_its_receipt(paper):
    refused("成文日期", paper, dated=date(2099, 1, 1))
