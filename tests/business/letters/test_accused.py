"""What accuses an organ or an official never reaches it (design §3b.12)."""

from importlib.util import find_spec

import pytest

from zhengtong.business.letters import actions, queries
from zhengtong.business.letters.models import Letter
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.clock.models import ClockEvent
from zhengtong.foundation.notices.models import Notice
from zhengtong.foundation.refusal import Refused

REPORT = "反映工作人员违纪违法"


def sees(person, letter):
    return queries.visible(person).filter(pk=letter.pk).exists()


def test_a_report_is_seen_by_its_keeper_alone_from_the_first_moment(cast, arrive):
    letter = arrive(REPORT, about="某某")
    assert [part for part in ("center", "second_center", "keeper", "handler", "checker") if sees(getattr(cast, part), letter)] == ["keeper"]
    assert set(Notice.objects.filter(link__contains=letter.number).values_list("person", flat=True)) == {cast.keeper.pk}
    assert not ClockEvent.objects.filter(subject=letter.number).exists(), "no organ's clock tells that there is one"


def test_a_letter_that_turns_out_to_be_a_report_leaves_the_open_inbox(cast, write, enter):
    letter = write(None)
    client = enter("center")
    assert client.post(f"/letters/{letter.number}/classify/", {"kind": "report", "about": "", "version": letter.version}).url == "/letters/"
    assert client.get(f"/letters/{letter.number}/").status_code == 404
    assert letter.number not in client.get("/letters/?tab=open").content.decode()
    assert sees(cast.keeper, letter)


@pytest.mark.parametrize("about", ["云岭县农业农村局", "农业农村局的员工checker", "员工checker"])
def test_the_accused_organ_and_official_do_not_see_a_complaint_though_they_run_the_inbox(about, cast, arrive, enter):
    letter = arrive("对服务或管理不满意", about=about if "云岭县" in about or about == "员工checker" else f"云岭县{about}")
    assert sees(cast.center, letter)
    for part in ("second_center", "handler", "checker"):
        assert not sees(getattr(cast, part), letter)
        client = enter(part)
        assert letter.number not in client.get("/letters/?tab=open").content.decode()
        assert client.get(f"/letters/{letter.number}/").status_code == 404


@pytest.mark.parametrize("organ", ["YL146", "YL146A"])
def test_it_is_never_dispatched_to_the_accused_nor_below_nor_proposed_for_it(organ, cast, write):
    letter = write(None, about="云岭县农业农村局")
    letter = actions.classify(letter.number, cast.center, "complaint", "云岭县农业农村局")
    before = Entry.objects.count()
    with pytest.raises(Refused, match="反映的就是"):
        actions.dispatch(letter.number, cast.center, cast.organs[organ])
    with pytest.raises(Refused, match="反映的就是"):
        actions.dispatch(letter.number, cast.center, cast.organs["YL160"], [cast.organs[organ]])
    letter.refresh_from_db()
    assert (letter.state, letter.lead, Entry.objects.count()) == ("sorted", None, before)
    assert cast.organs[organ] not in queries.suggested(letter) and cast.organs[organ] not in queries.choosable(letter)
    actions.dispatch(letter.number, cast.center, cast.organs["YL160"])
    with pytest.raises(Refused, match="反映的就是"):
        actions.give_back(letter.number, cast.other_handler, "不归我们管", cast.organs[organ])
    assert Letter.objects.get().state == "dispatched"


def test_a_report_is_not_dispatched_and_ends_with_its_transfer(cast, arrive, told):
    letter = arrive(REPORT)
    letter = actions.classify(letter.number, cast.keeper, "report")
    with pytest.raises(Refused):
        actions.dispatch(letter.number, cast.keeper, cast.organs["YL160"])
    with pytest.raises(Refused):
        actions.transfer(letter.number, cast.center, "县纪委监委")
    assert Letter.objects.get().state == "sorted"
    actions.transfer(letter.number, cast.keeper, "县纪委监委")
    assert Letter.objects.get().state == "closed"
    assert told()["result"] == "已按规定移送处理" and "纪委" not in str(told())


def test_who_assisted_before_it_was_known_for_a_report_sees_it_no_more(cast, write):
    letter = write()
    actions.dispatch(letter.number, cast.center, cast.organs["YL160"], [cast.organs["YL146"]])
    assert sees(cast.handler, letter)
    actions.give_back(letter.number, cast.other_handler, "这是举报", cast.organs["YL146"])
    actions.classify(letter.number, cast.center, "report")
    actions.transfer(letter.number, cast.keeper, "县纪委监委")
    assert not any(sees(getattr(cast, part), letter) for part in ("center", "handler", "checker", "other_handler", "other_checker"))


def test_no_letter_can_be_found_by_the_search_and_no_name_is_in_the_log(cast, write):
    write("complaint")
    assert find_spec("zhengtong.business.letters.finding") is None, "what the search may show of a room is said in its finding.py"
    assert not any("龘靐齉爩" in f"{entry.detail}{entry.target}" for entry in Entry.objects.all())
