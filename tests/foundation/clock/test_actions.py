from datetime import date, datetime, timedelta

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.clock import actions, queries
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
    actions.load_notice(days, "国办发明电〔2026〕7号", None)
    assert Running.objects.get().due > before
    assert Entry.objects.get(verb="clock.load_notice").detail == {"days": 8}


def test_simulated_time_runs_ahead_only_in_demo_mode(settings, tmp_path):
    settings.HOME = tmp_path
    (tmp_path / "time").write_text(str(7 * 86400))
    settings.MODE = "demo"
    assert clock.now() - clock.real_now() > timedelta(days=6)
    settings.MODE = "production"
    assert clock.now() - clock.real_now() < timedelta(minutes=1)
