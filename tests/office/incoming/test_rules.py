"""The tables of the incoming way (第二十四条), and what can be registered."""

from datetime import date

import pytest

from zhengtong.foundation.clock.rules import shipped_calendar
from zhengtong.office.incoming.rules import elements, steps
from zhengtong.office.incoming.rules.elements import Elements
from zhengtong.office.incoming.rules.steps import STEPS, VERBS, State

GOOD = Elements("云州市人民政府关于防汛的通知", "云州市人民政府", "云州政发〔2026〕1号", "notice", date(2026, 1, 5))


def test_every_row_names_its_article_and_its_verb():
    assert all(s.article.startswith("第二十四条") for s in STEPS)
    assert {s.verb for s in STEPS} == set(VERBS)


def test_every_state_is_reached_and_what_has_ended_stays_ended():
    assert {s.target for s in STEPS} | {State.ARRIVED} == set(State)
    moved = {s.source for s in STEPS if s.target != s.source}
    assert moved.isdisjoint({State.CLOSED, State.RETURNED, State.RECALLED})


def test_what_is_sent_or_given_back_gives_its_reason():
    assert all(s.reason for s in STEPS if s.verb in ("send_back", "return_", "decline", "recall"))


@pytest.mark.parametrize(("stages", "state"), [
    ({"check"}, "check"), ({"propose"}, "propose"), ({"instruct"}, "instruct"), ({"handle"}, "handle"),
    ({"handle", "propose"}, "handle"), ({"close"}, "close"), (set(), "closed"),
])  # fmt: skip
def test_the_state_follows_from_what_is_open(stages, state):
    assert steps.state_of(stages) == state


@pytest.mark.parametrize(("change", "field"), [
    ({}, ""), ({"title": " "}, "title"), ({"sender": ""}, "sender"), ({"kind": "会议纪要"}, "kind"), ({"urgency": "平急"}, "urgency"),
    ({"dated": date(2026, 3, 2)}, "dated"), ({"copies": 0}, "copies"), ({"pages": 0}, "pages"), ({"secrecy": "机密"}, "secrecy"),
])  # fmt: skip
def test_what_can_be_registered(change, field):
    from dataclasses import replace

    no = elements.elements_objection(replace(GOOD, **change), date(2026, 3, 1), classified=False)
    assert (no.field if no else "") == field


def test_a_classified_paper_is_registered_with_its_copy_numbers():
    from dataclasses import replace

    secret = replace(GOOD, secrecy="机密")
    assert elements.elements_objection(secret, date(2026, 3, 1), classified=True).field == "copy_numbers"
    assert elements.elements_objection(replace(secret, copy_numbers="000012"), date(2026, 3, 1), classified=True) is None


@pytest.mark.parametrize(("title", "kind"), [
    ("云州市人民政府关于防汛的通知", "notice"), ("关于拨款的请示", "request"), ("关于拨款的批复", "reply"),
    ("关于公布结果的公告", "announcement"), ("云岭县人民政府令", "order"), ("关于印发方案的通知（试行）", ""), ("会议材料", ""),
])  # fmt: skip
def test_the_type_is_read_from_the_title(title, kind):
    assert elements.kind_of(title) == kind


def test_an_urgent_paper_has_a_limit_and_none_lies_in_the_past():
    today, days = date(2026, 3, 2), shipped_calendar()
    assert elements.limit("top", today, days) == date(2026, 3, 3)
    assert elements.limit("urgent", today, days) == date(2026, 3, 5)
    assert elements.limit("", today, days) == date(2026, 3, 16)
    assert elements.due_objection("action", "top", None, today).field == "due"
    assert elements.due_objection("action", "", date(2026, 3, 1), today).field == "due"
    assert elements.due_objection("reading", "", None, today) is None
    assert elements.due_objection("", "", None, today).field == "nature"


def test_several_units_need_a_lead_and_the_lead_finishes_last():
    assert steps.handlers_objection("", ["B"], []).field == "lead"
    assert steps.handlers_objection("A", ["A"], []) and steps.handlers_objection("A", ["B", "B"], [])
    assert steps.handlers_objection("A", ["B"], ["县法院"]).code == "tenant"
    assert steps.handlers_objection("A", ["B"], []) is None
    assert steps.finish_objection(True, 1, "已办").code == "assisting"
    assert steps.finish_objection(False, 1, "已办") is None and steps.finish_objection(True, 0, " ").field == "result"


def test_a_request_is_closed_only_with_its_answer():
    assert steps.close_objection("request", "已批复", "").code == "unanswered"
    assert steps.close_objection("request", "已批复", "云政函〔2026〕3号") is None
    assert steps.close_objection("notice", "", "").field == "outcome"


def test_the_first_check_is_told_what_looks_wrong():
    assert list(elements.hints(GOOD, None)) == []
    from dataclasses import replace

    texts = [no.text for no in elements.hints(replace(GOOD, their_number="云州政发[2026]1号", kind=""), None)]
    assert len(texts) == 2
