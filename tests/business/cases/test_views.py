import pytest

from zhengtong.business.cases import actions
from zhengtong.business.cases.models import Case
from zhengtong.business.cases.rules import State
from zhengtong.foundation import clock

from .conftest import PDF, PIN


@pytest.fixture
def case(item, arrive):
    item()
    return arrive()


def at(case, verb=""):
    return f"/cases/{case.number}/{verb}{'/' if verb else ''}"


def test_the_list_shows_what_waits_for_me_with_the_applicant_masked(case, cast, enter):
    text = enter(cast.window).get("/cases/").content.decode()
    assert case.number in text and "龘***" in text and "龘靐" not in text
    assert case.number not in enter(cast.market).get("/cases/?tab=all").content.decode()


def test_the_window_reads_the_papers_and_accepts(case, cast, enter):
    window = enter(cast.window)
    page = window.get(at(case))
    assert "龘靐齉爩" in page.content.decode()
    paper = window.get(at(case, f"attachments/{case.attachments.get().pk}"))
    assert b"".join(paper.streaming_content) == PDF and "attachment" in paper["Content-Disposition"]
    done = window.post(at(case, "accept"), {"verb": "accept", "version": case.version})
    assert done.status_code == 302 and Case.objects.get().state == State.EXAMINING


def test_a_reason_that_is_missing_is_told_at_its_field(case, cast, enter):
    page = enter(cast.window).post(at(case, "accept"), {"verb": "not_accept", "reason": "", "version": case.version})
    assert page.status_code == 409 and page.context["form"].errors["reason"] == ["请写明理由"]
    assert Case.objects.get().state == State.RECEIVED


def test_who_comes_too_late_is_told_and_keeps_what_he_wrote(case, cast, enter):
    window = enter(cast.window)
    actions.accept(case.number, cast.window)
    page = window.post(at(case, "accept"), {"verb": "not_accept", "reason": "不属于本机关职权", "version": case.version})
    text = page.content.decode()
    assert page.status_code == 409 and "别人刚刚办理" in text and "不属于本机关职权" in text


def test_both_departments_and_the_approver_work_through_their_pages(case, cast, enter):
    enter(cast.window).post(at(case, "accept"), {"verb": "accept", "version": case.version})
    for who in (cast.market, cast.health):
        client = enter(who)
        version = client.get(at(case)).context["form"]["version"].value()
        assert client.post(at(case, "examine"), {"agree": "yes", "opinion": "符合", "version": version}).status_code == 302
    approver = enter(cast.approver)
    version = approver.get(at(case)).context["form"]["version"].value()
    data = {"grant": "no", "reason": "场所不合格", "version": version}
    wrong = approver.post(at(case, "decide"), {**data, "pin": "wrong"})
    assert wrong.status_code == 409 and "场所不合格" in wrong.content.decode() and Case.objects.get().state == State.DECIDING
    assert approver.post(at(case, "decide"), {**data, "pin": PIN}).status_code == 302
    assert Case.objects.get().state == State.REFUSED
    assert "场所不合格" in approver.get(at(case)).content.decode()


def test_what_is_none_of_mine_does_not_exist_for_me(case, cast, enter):
    stranger = enter(cast.outsider)
    for verb in ("", f"attachments/{case.attachments.get().pk}"):
        assert stranger.get(at(case, verb)).status_code == 404
    assert stranger.post(at(case, "accept"), {"verb": "accept", "version": 1}).status_code == 404


def test_the_wrong_role_meets_a_closed_door(case, cast, enter):
    assert enter(cast.market).post(at(case, "accept"), {"verb": "accept", "version": 1}).status_code == 403
    assert Case.objects.get().state == State.RECEIVED


def test_the_case_shows_its_clock_as_it_stood_on_a_past_day(case, cast, enter, later):
    later(3)
    actions.accept(case.number, cast.window)
    began = case.handed_in_at.astimezone(clock.ZONE).date()
    window = enter(cast.window)
    then = window.get(f"{at(case)}?on={began}")
    assert [(row.label, row.account.reading.used) for row in then.context["clocks"]] == [("受理期限", 0)]
    assert len(then.context["events"]) == 1
    assert {row.label for row in window.get(at(case)).context["clocks"]} == {"受理期限", "决定期限"}
