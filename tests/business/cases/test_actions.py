import os
from datetime import timedelta

import pytest

from zhengtong.business.cases import actions, queries
from zhengtong.business.cases.models import Case
from zhengtong.business.cases.rules import State
from zhengtong.ferry.models import Outgoing
from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.clock.models import ClockEvent
from zhengtong.foundation.files.models import File
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.slips.models import Line, Slip

from .conftest import ANSWERS, PIN

TABLES = (Case, Slip, Line, ClockEvent, Outgoing, Notice, Entry, File)


@pytest.fixture
def unchanged():
    """Nothing in any table differs afterwards."""

    def state():
        return {table: list(table.objects.order_by("pk").values()) for table in TABLES}

    before = state()
    yield lambda: (before.clear(), before.update(state()))
    assert state() == before


@pytest.fixture
def case(item, arrive):
    item()
    return arrive()


def clocks(case, on=None):
    return queries.readings([Case.objects.get(pk=case.pk)])[case.number]


def accepted(case, cast):
    return actions.accept(case.number, cast.window)


def examined(case, cast):
    accepted(case, cast)
    actions.examine(case.number, cast.market, "符合")
    return actions.examine(case.number, cast.health, "符合")


def test_an_application_becomes_a_case_with_its_own_number_papers_clock_and_slip(case, cast, told):
    year = clock.today().year
    assert case.number == f"YL160-{year}-000001" and case.state == State.RECEIVED
    assert case.applicant == ANSWERS["name"] and case.masked_applicant == "龘***"
    assert [(a.material, a.name, a.file.kind) for a in case.attachments.all()] == [("plan", "plan.pdf", "pdf")]
    assert clocks(case).statutory_due and ClockEvent.objects.get().limit == "licence.acceptance"
    assert list(queries.waiting(cast.window)) == [case] and not queries.waiting(cast.market)
    assert Notice.objects.get().person == cast.window
    assert told()["case_number"] == case.number and told()["holders"] == ["机关YL160"]


def test_no_name_and_no_identity_number_enters_the_log(case):
    logged = " ".join(str(entry.fields()) for entry in Entry.objects.all())
    assert ANSWERS["name"] not in logged and ANSWERS["identity"] not in logged


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"answers": ANSWERS | {"identity": "530899196801155238"}}, "末位校验"),
        ({"papers": ()}, "请上传"),
        ({"papers": ("plan", "other")}, "没有名为other的材料"),
        ({"content": b"MZ" + b"\0" * 9000}, "不是可接收的类型"),
        ({"item": "none"}, "没有编码为none的事项"),
        ({"handed_in_at": "yesterday"}, "提交时间"),
        ({"attachments": {"plan": "a.pdf", "health": "b.pdf"}}, "没有送到"),
    ],
)
def test_what_the_portal_should_not_have_let_through_is_refused_again(item, arrive, unchanged, changed, says):
    item()
    unchanged()
    with pytest.raises(Refused, match=says):
        arrive(**changed)


def test_the_same_receipt_twice_is_refused(case, arrive, unchanged):
    unchanged()
    with pytest.raises(Refused, match="已经收件"):
        arrive()


def test_a_clock_never_starts_in_the_future(item, arrive):
    item()
    case = arrive(handed_in_at=(clock.now() + timedelta(days=3)).isoformat())
    assert case.handed_in_at <= clock.now()


def test_acceptance_opens_both_departments_side_by_side_and_starts_the_decision_clock(case, cast, told):
    accepted(case, cast)
    assert [queries.waiting(p).count() for p in (cast.market, cast.health, cast.approver, cast.window)] == [1, 1, 0, 0]
    kinds = list(ClockEvent.objects.order_by("id").values_list("limit", "kind", "promised"))
    assert kinds == [("licence.acceptance", "start", 5), ("licence.acceptance", "finish", None), ("licence.decision", "start", 5)]
    assert told()["state"] == "examining" and set(told()["holders"]) == {"机关YL154", "机关YL149"} and told()["due"]


def test_with_the_last_departments_opinion_the_case_goes_to_the_approver(case, cast, told):
    accepted(case, cast)
    assert actions.examine(case.number, cast.health, "", agree=True).state == State.EXAMINING
    assert actions.examine(case.number, cast.market, "不符合", agree=False).state == State.DECIDING
    assert queries.waiting(cast.approver).count() == 1 and told()["state"] == "deciding"


def test_departments_that_opened_the_case_at_the_same_time_both_speak(case, cast):
    seen = accepted(case, cast).version
    actions.examine(case.number, cast.market, "符合", version=seen)
    assert actions.examine(case.number, cast.health, "符合", version=seen).state == State.DECIDING


def test_an_item_without_departments_goes_straight_to_the_approver(item, arrive, cast):
    item(examiners=())
    case = accepted(arrive(), cast)
    assert case.state == State.DECIDING and queries.waiting(cast.approver).count() == 1


def test_the_decision_is_confirmed_with_the_pin_and_ends_the_clock(case, cast, told):
    examined(case, cast)
    done = actions.decide(case.number, cast.account(cast.approver), PIN, True, "")
    assert done.state == State.GRANTED and clocks(case).state == "finished"
    assert told()["result"] == "小餐饮经营许可证" and told()["may_rate"] and not told()["holders"]
    assert Entry.objects.get(verb="cases.decide").detail["granted"] is True


def test_a_refusal_tells_reason_and_remedy(case, cast, told):
    examined(case, cast)
    actions.decide(case.number, cast.account(cast.approver), PIN, False, "场所不合格")
    assert told()["reason"] == "场所不合格" and "行政复议" in told()["remedy"]


def test_without_the_right_pin_nothing_is_decided(case, cast, unchanged):
    examined(case, cast)
    approver = cast.account(cast.approver)
    unchanged()
    with pytest.raises(Refused) as no:
        actions.decide(case.number, approver, "wrong", True, "")
    assert no.value.objection.field == "pin"


def test_what_is_missing_is_asked_for_once_and_the_clock_ends_lawfully(case, cast, told):
    actions.ask_completion(case.number, cast.window, "缺健康证明")
    assert clocks(case).state == "finished" and told()["notice"] == "缺健康证明" and told()["may_complete"]


def test_completed_papers_start_the_acceptance_clock_anew_and_come_back_to_the_window(case, cast, arrive, unchanged):
    actions.ask_completion(case.number, cast.window, "缺健康证明")
    again = arrive(papers=("health",), completes=True)
    assert again.state == State.RECEIVED and clocks(case).state != "finished"
    assert [(a.material, a.round) for a in again.attachments.all()] == [("plan", 1), ("health", 2)]
    assert queries.waiting(cast.window).count() == 1
    unchanged()
    with pytest.raises(Refused, match="只能告知一次"):
        actions.ask_completion(case.number, cast.window, "还缺照片")


def test_a_completion_nobody_asked_for_or_without_the_code_is_refused(case, cast, arrive, unchanged):
    unchanged()
    with pytest.raises(Refused, match="已收件"):
        arrive(papers=("health",), completes=True)
    with pytest.raises(Refused, match="没有回执号"):
        arrive(receipt="YL-9", papers=("health",), completes=True)
    with pytest.raises(Refused, match="查询码"):
        arrive(papers=("health",), completes=True, status_key="cd" * 16)


def test_silence_past_the_acceptance_limit_accepts_a_licence_from_the_day_it_was_handed_in(case, cast, later, told):
    assert actions.accept_overdue() == 0
    later(12)
    assert actions.accept_overdue() == 1 and actions.accept_overdue() == 0
    silent = Case.objects.get(pk=case.pk)
    assert silent.accepted_by_silence and silent.accepted_at == silent.handed_in_at and silent.state == State.EXAMINING
    assert queries.waiting(cast.market).count() == 1 and not queries.waiting(cast.window)
    assert Entry.objects.filter(verb="cases.accept_by_silence").count() == 1


def test_silence_accepts_nothing_but_licences(item, arrive, later):
    item(kind="benefit")
    arrive()
    later(12)
    assert actions.accept_overdue() == 0


@pytest.mark.parametrize("who", ["market", "approver", "outsider"])
def test_only_the_items_window_accepts(case, cast, who, unchanged):
    unchanged()
    with pytest.raises(Refused, match="不由您办理"):
        actions.accept(case.number, getattr(cast, who))


def test_a_department_speaks_once_and_only_for_itself(case, cast, unchanged):
    accepted(case, cast)
    actions.examine(case.number, cast.market, "符合")
    unchanged()
    for who in (cast.market, cast.outsider, cast.window):
        with pytest.raises(Refused, match="不由您办理"):
            actions.examine(case.number, who, "符合")
    with pytest.raises(Refused, match="须写明理由"):
        actions.examine(case.number, cast.health, " ", agree=False)


def test_who_saw_an_older_state_is_told_and_changes_nothing(case, cast, unchanged):
    seen = case.version
    accepted(case, cast)
    unchanged()
    with pytest.raises(Refused, match="别人刚刚办理"):
        actions.not_accept(case.number, cast.window, "不属于本机关", version=seen)


def test_a_rating_comes_once_and_a_bad_one_is_told_to_the_window(case, cast, unchanged):
    before = Notice.objects.count()
    actions.rate(case.receipt, 1, "太慢", clock.now())
    assert Notice.objects.count() == before + 1
    unchanged()
    for receipt, stars in ((case.receipt, 5), ("YL-9", 5)):
        with pytest.raises(Refused):
            actions.rate(receipt, stars, "", clock.now())


def test_nobody_sees_a_case_that_is_none_of_his(case, cast):
    assert not queries.visible(cast.outsider) and not queries.visible(cast.market)
    accepted(case, cast)
    assert list(queries.visible(cast.market)) == [case] and not queries.visible(cast.outsider)


def test_a_name_with_folders_in_it_is_only_a_name(item, arrive):
    item()
    case = arrive(attachments={"plan": "../../etc/a b.pdf"})
    assert os.sep not in case.attachments.get().name
