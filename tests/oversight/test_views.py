from datetime import timedelta

import pytest

from zhengtong.foundation import clock
from zhengtong.oversight.timelimits import actions
from zhengtong.oversight.timelimits.models import Card


@pytest.fixture
def late(reported):
    reported(days_ago=60)
    actions.propose_cards()


def test_the_e_government_office_sees_red_and_the_facts_behind_it(late, cast, enter):
    officer = enter(cast.officer)
    text = officer.get("/supervision/").content.decode()
    assert "YL160-2026-000001" in text and "机关YL130" in text and "红牌" in text
    assert "YL160-2026-000001" not in officer.get("/supervision/?colour=normal").content.decode()
    facts = officer.get("/supervision/YL160-2026-000001/").content.decode()
    assert "政务外网" in facts and "法定办结" in facts
    assert officer.get("/supervision/none/").status_code == 404


def test_any_past_day_is_replayed_from_the_reported_events_and_says_why(late, cast, enter):
    officer = enter(cast.officer)
    began = clock.today() - timedelta(days=60)
    page = officer.get(f"/supervision/YL160-2026-000001/?on={began}")
    assert [row.account.reading.state for row in page.context["clocks"]] == [
        "normal"
    ] and "距承诺办结日还有5个工作日" in page.content.decode()
    before = officer.get(f"/supervision/YL160-2026-000001/?on={began - timedelta(days=1)}")
    assert not before.context["clocks"] and not before.context["events"] and "还没有开始计时" in before.content.decode()
    now = officer.get("/supervision/YL160-2026-000001/")
    assert [row.account.reading.state for row in now.context["clocks"]] == ["red"] and "已过法定办结日" in now.content.decode()


@pytest.mark.parametrize("on", ["9999-01-01", "yesterday", "2026-02-30"])
def test_a_day_that_cannot_be_replayed_is_told_and_today_is_shown(late, cast, enter, on):
    page = enter(cast.officer).get(f"/supervision/YL160-2026-000001/?on={on}")
    assert page.status_code == 200 and page.context["day"] == clock.today() and page.context["day_form"].errors["on"]


def test_the_office_sees_and_the_supervisor_decides(late, cast, enter):
    card = Card.objects.get()
    assert enter(cast.officer).post(f"/supervision/cards/{card.pk}/", {"verb": "confirm"}).status_code == 403
    supervisor = enter(cast.supervisor)
    assert supervisor.get("/supervision/cards/").status_code == 200
    supervisor.post(f"/supervision/cards/{card.pk}/", {"verb": "confirm"})
    assert Card.objects.get().state == "confirmed"


def test_a_dismissal_without_a_reason_is_told_at_its_field(late, cast, enter):
    card = Card.objects.get()
    page = enter(cast.supervisor).post(f"/supervision/cards/{card.pk}/", {"verb": "dismiss", "reason": ""})
    assert page.status_code == 409 and "请写明理由" in page.content.decode()
    assert Card.objects.get().state == "proposed"


def test_others_meet_a_closed_door(cast, enter):
    assert enter(cast.stranger).get("/supervision/").status_code == 403
