from datetime import date, datetime, timedelta

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.clock import actions, queries, rules
from zhengtong.foundation.clock.models import ClockEvent, Running
from zhengtong.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
ACCEPT = "licence.acceptance"


def moment(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=clock.ZONE)


def test_a_clock_runs_from_its_events():
    actions.start("C1", ACCEPT, title="申请", organ="D1", at=moment("2026-03-02"))
    assert queries.reading("C1", ACCEPT, date(2026, 3, 9)).left == 0
    assert Running.objects.get().due == date(2026, 3, 9)


def test_a_promise_never_exceeds_the_law():
    assert actions.start("C1", ACCEPT, promised=30).promised == 5


def test_a_stop_without_a_lawful_reason_is_refused_and_nothing_changes():
    actions.start("C1", ACCEPT)
    with pytest.raises(Refused):
        actions.stop("C1", ACCEPT, "领导出差")
    assert ClockEvent.objects.count() == 1 and not Running.objects.get().stopped


def test_a_clock_is_started_once():
    actions.start("C1", ACCEPT)
    with pytest.raises(Refused):
        actions.start("C1", ACCEPT)
    assert ClockEvent.objects.count() == 1


def test_stop_resume_finish():
    actions.start("C1", ACCEPT, at=moment("2026-03-02"))
    actions.stop("C1", ACCEPT, "hearing", at=moment("2026-03-03"))
    actions.resume("C1", ACCEPT, at=moment("2026-03-10"))
    assert Running.objects.get().due == date(2026, 3, 16)
    actions.finish("C1", ACCEPT, "受理", at=moment("2026-03-11"))
    assert not Running.objects.exists()
    assert queries.reading("C1", ACCEPT, date(2026, 3, 5)).state == "stopped"
    with pytest.raises(Refused):
        actions.finish("C1", ACCEPT)


def test_a_new_notice_recounts_what_is_running():
    actions.start("C1", ACCEPT, at=moment("2026-12-30"))
    before = Running.objects.get().due
    days = [(date(2027, 1, 1) + timedelta(days=n), False, "元旦") for n in range(8)]
    recount = actions.load_notice(days, "国办发明电〔2026〕7号", None)
    after = Running.objects.get().due
    assert after > before
    assert recount == actions.Recount(8, (actions.Moved("C1", ACCEPT, before, after),))
    assert Entry.objects.get(verb="clock.load_notice").detail == {"days": 8, "moved": 1}


def test_a_notice_that_moves_no_clock_says_so():
    actions.start("C1", ACCEPT, at=moment("2026-03-02"))
    assert actions.load_notice([(date(2027, 10, 1), False, "国庆节")], "国办发明电〔2026〕7号", None).moved == ()


def test_a_past_day_is_shown_with_what_was_known_then():
    actions.start("C1", "licence.decision", promised=10, at=moment("2026-03-02"))
    actions.stop("C1", "licence.decision", "hearing", at=moment("2026-03-04"))
    actions.resume("C1", "licence.decision", at=moment("2026-03-06"))
    actions.finish("C1", "licence.decision", "准予", at=moment("2026-03-20"))
    assert queries.accounts("C1", date(2026, 3, 1)) == []
    ((_limit, stopped),) = queries.accounts("C1", date(2026, 3, 5))
    assert stopped.reading.state == "stopped" and stopped.params == {"reason": "听证"}
    ((_limit, late),) = queries.accounts("C1", date(2026, 3, 19))
    assert (late.reading.state, late.reading.due, late.params["days"]) == ("yellow", date(2026, 3, 18), 1)
    assert [(p.since, p.until, p.days, p.evidence) for p in late.pauses] == [(date(2026, 3, 4), date(2026, 3, 6), 2, "听证通知书")]
    ((_limit, ended),) = queries.accounts("C1", date(2026, 4, 1))
    assert ended.reading.state == "finished" and ended.sentence == rules.FINISHED_LATE


def test_a_clock_begun_anew_does_not_change_the_day_before_it():
    actions.start("C1", ACCEPT, promised=1, at=moment("2026-03-02"))
    actions.finish("C1", ACCEPT, "一次性告知补正", at=moment("2026-03-04"))
    then = queries.accounts("C1", date(2026, 3, 4))
    actions.start("C1", ACCEPT, promised=5, at=moment("2026-03-16"))
    assert queries.accounts("C1", date(2026, 3, 4)) == then


def test_simulated_time_runs_ahead_only_in_demo_mode(settings, tmp_path):
    settings.HOME = tmp_path
    (tmp_path / "time").write_text(str(7 * 86400))
    settings.MODE = "demo"
    assert clock.now() - clock.real_now() > timedelta(days=6)
    settings.MODE = "production"
    assert clock.now() - clock.real_now() < timedelta(minutes=1)
