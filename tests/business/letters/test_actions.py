from datetime import date

import pytest
from django.core.management import CommandError, call_command

from zhengtong.business.disclosure.models import Request
from zhengtong.business.letters import actions, queries
from zhengtong.business.letters.models import Letter
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.clock.models import ClockEvent, Running
from zhengtong.foundation.refusal import Refused

from .conftest import MONDAY, account


def running(letter):
    return {r.limit: r.due for r in Running.objects.filter(subject=letter.number)}


def unchanged(letter, call, match=None):
    """The refusal, and that nothing changed."""
    before = Letter.objects.filter(pk=letter.pk).values().get(), Entry.objects.count(), ClockEvent.objects.count()
    with pytest.raises(Refused, match=match):
        call()
    assert before == (Letter.objects.filter(pk=letter.pk).values().get(), Entry.objects.count(), ClockEvent.objects.count())


def test_the_whole_way_of_a_letter_from_the_portal(cast, arrive, told, at):
    letter = arrive()
    assert told()["label"] == "待分类"
    actions.classify(letter.number, cast.center, "help")
    assert queries.suggested(letter)[0] == cast.organs["YL146"]
    actions.dispatch(letter.number, cast.center, cast.organs["YL146"], [cast.organs["YL160"]])
    assert running(letter) == {"letter.sign_for": date(2026, 3, 3), "letter.help": date(2026, 3, 9)}
    actions.sign_for(letter.number, cast.handler)
    assert set(running(letter)) == {"letter.help"}
    actions.assist(letter.number, cast.other_handler, "我局无此事项")
    actions.draft(letter.number, cast.handler, "已清淤")
    assert "已清淤" not in str(told()), "nothing unchecked goes out"
    unchanged(letter, lambda: actions.answer(letter.number, cast.handler), "另一人")
    actions.answer(letter.number, cast.checker)
    assert told()["answer"] == "已清淤" and not running(letter)
    unchanged(letter, lambda: actions.call_back(letter.number, cast.center, "reopen", ""), "核实")
    at(date(2026, 3, 4))
    actions.call_back(letter.number, cast.center, "reopen", "现场仍淤堵")
    letter.refresh_from_db()
    assert (letter.state, letter.reopened, set(running(letter))) == ("handling", 1, {"letter.help"})
    actions.draft(letter.number, cast.handler, "重新清淤")
    actions.answer(letter.number, cast.checker)
    actions.call_back(letter.number, cast.center, "satisfied", "")
    assert Letter.objects.get().state == "closed" and told()["answer"] == "重新清淤"


def test_a_letter_comes_once_and_a_wrong_one_is_refused(arrive):
    letter = arrive()
    unchanged(letter, lambda: arrive(), "已经收件")
    unchanged(letter, lambda: arrive(receipt="YL-20260302-000002", text=""))
    assert Letter.objects.count() == 1


def test_a_return_needs_reason_and_proposal_and_comes_in_time(cast, write, at):
    letter = write()
    actions.dispatch(letter.number, cast.center, cast.organs["YL146"])
    other = cast.organs["YL160"]
    unchanged(letter, lambda: actions.give_back(letter.number, cast.handler, "", other))
    unchanged(letter, lambda: actions.give_back(letter.number, cast.handler, "不归我们管", None))
    unchanged(letter, lambda: actions.give_back(letter.number, cast.other_handler, "不归我们管", other))
    at(date(2026, 3, 5))
    unchanged(letter, lambda: actions.give_back(letter.number, cast.handler, "不归我们管", other), "退单期限")
    actions.give_back(letter.number, cast.handler, "不归我们管", other, True)
    letter.refresh_from_db()
    assert (letter.state, letter.lead, letter.proposed) == ("sorted", None, other) and "letter.help" in running(letter)
    assert not queries.visible(cast.handler).exists(), "what was given back is no longer theirs to read"
    actions.dispatch(letter.number, cast.center, other)
    assert running(letter)["letter.help"] == date(2026, 3, 9), "going back and forth wins no time"


def test_a_petition_runs_by_calendar_days(cast, write, at):
    letter = write("petition")
    assert running(letter) == {"petition.register": date(2026, 3, 17), "petition.tell": date(2026, 3, 17)}
    assert "" not in ClockEvent.objects.values_list("organ", flat=True)  # an organ answers for every clock
    actions.dispatch(letter.number, cast.center, cast.organs["YL146"])
    assert set(running(letter)) == {"petition.tell", "letter.sign_for"}
    at(date(2026, 3, 3))
    actions.sign_for(letter.number, cast.handler)
    assert running(letter) == {"petition.decide": date(2026, 5, 6)}, "sixty days end on a holiday and go on to the next working day"
    actions.ask_extension(letter.number, cast.handler, "情况复杂", "正在核对账目")
    unchanged(letter, lambda: actions.extend(letter.number, cast.handler))
    actions.extend(letter.number, cast.center)
    assert running(letter) == {"petition.extended": date(2026, 6, 1)}
    letter.refresh_from_db()
    unchanged(letter, lambda: actions.ask_extension(letter.number, cast.handler, "再延", "还在办"), "只能延期一次")


def test_an_extension_is_asked_before_the_end_and_the_writer_reads_the_interim_result(cast, arrive, told, at):
    letter = arrive()
    actions.classify(letter.number, cast.center, "consultation")
    actions.dispatch(letter.number, cast.center, cast.organs["YL146"])
    actions.sign_for(letter.number, cast.handler)
    unchanged(letter, lambda: actions.ask_extension(letter.number, cast.handler, "查阅资料", ""))
    actions.ask_extension(letter.number, cast.handler, "查阅资料", "已查到一部分")
    assert told()["interim"] == ""
    actions.refuse_extension(letter.number, cast.center)
    actions.ask_extension(letter.number, cast.handler, "查阅资料", "已查到一部分")
    actions.extend(letter.number, cast.center)
    assert told()["interim"] == "已查到一部分" and running(letter) == {"letter.extended": date(2026, 3, 16)}


def test_no_extension_after_the_end(cast, write, at):
    letter = write("consultation")
    actions.dispatch(letter.number, cast.center, cast.organs["YL146"])
    actions.sign_for(letter.number, cast.handler)
    at(date(2026, 3, 5))
    assert list(queries.late(cast.handler)) == [Letter.objects.get()]
    unchanged(letter, lambda: actions.ask_extension(letter.number, cast.handler, "忙", "在办"), "期限已到")


def test_a_request_for_information_goes_to_disclosure_with_its_day(cast, arrive, desk, told, at):
    letter = arrive("申请公开政府信息", text="养护资金分配方案")
    actions.classify(letter.number, cast.center, "information")
    unchanged(letter, lambda: actions.dispatch(letter.number, cast.center, cast.organs["YL146"]))
    at(date(2026, 3, 4))
    given = {
        "applicant": "自然人", "identity": "530899196801155237", "address": "文昌路18号", "form": "电子文档", "way": "网上获取",
    }  # fmt: skip
    unchanged(letter, lambda: actions.hand_over(letter.number, cast.center, desk.organ, given | {"identity": ""}))
    assert not Request.objects.exists()
    actions.hand_over(letter.number, cast.center, desk.organ, given)
    made = Request.objects.get()
    assert (made.received_on, made.receipt, made.description) == (MONDAY, letter.receipt, "养护资金分配方案")
    assert Running.objects.get(subject=made.number, limit="disclosure.answer").due == date(2026, 3, 30)
    assert told()["kind"] == "information" and Letter.objects.get().state == "closed"


def test_orders_of_the_hotline_keep_their_number_and_limit(cast, tmp_path, capsys):
    made = account(cast.center)
    file = tmp_path / "orders.csv"
    head = "工单编号,受理时间,办结时限,类别,内容,姓名,电话\n"
    good, late = "A-1,2026-03-01 10:00,2026-03-11,投诉,气味扰民,王,138\n", "A-2,2026-03-02 10:00,2026-02-11,投诉,路灯,王,138\n"
    file.write_text(head + good + late + good + "A-3,昨天,2026-03-11,投诉,路灯,王,138\n", encoding="utf-8")
    call_command("letters", "import", str(file), "--by", made.username)
    told = capsys.readouterr()
    assert "已导入1件，共4行" in told.out and [n in told.err for n in ("第3行", "第4行", "第5行")] == [True] * 3
    letter = Letter.objects.get()
    assert (letter.order, letter.state, running(letter)) == ("A-1", "received", {"letter.order": date(2026, 3, 11)})
    actions.classify(letter.number, cast.center, "complaint")
    actions.dispatch(letter.number, cast.center, cast.organs["YL160"])
    assert set(running(letter)) == {"letter.order", "letter.sign_for"}, "no second limit beside the city's"
    actions.sign_for(letter.number, cast.other_handler)
    unchanged(letter, lambda: actions.ask_extension(letter.number, cast.other_handler, "忙", "在办"), "热线平台")
    file.write_text("工单编号,内容\nA-9,气味\n", encoding="utf-8")
    with pytest.raises(CommandError, match="受理时间"):
        call_command("letters", "import", str(file), "--by", made.username)
    assert Letter.objects.count() == 1


def test_who_has_no_part_in_it_changes_nothing(cast, write):
    letter = write()
    for verb in (actions.sign_for, actions.answer, actions.extend, actions.urge):
        unchanged(letter, lambda verb=verb: verb(letter.number, cast.editor))
    unchanged(letter, lambda: actions.dispatch(letter.number, cast.center, cast.organs["YL130"]), "承办员")
    unchanged(letter, lambda: actions.classify(letter.number, cast.center, "nothing"))
    unchanged(letter, lambda: actions.classify(letter.number, cast.center, "advice", version=letter.version - 1), "别人刚刚")
    with pytest.raises(Refused):
        actions.register(cast.editor, "phone", "", {"subject": "x", "text": "y"}, {})
    assert Letter.objects.count() == 1
