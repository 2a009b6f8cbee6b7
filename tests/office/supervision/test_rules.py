"""The tables of following up."""

from datetime import date, timedelta

import pytest

from zhengtong.foundation.clock.rules import shipped_calendar
from zhengtong.office.supervision import rules
from zhengtong.office.supervision.rules import CLIMBS, STEPS, VERBS, State

DAYS = shipped_calendar()
DUE = date(2026, 3, 2)  # a Monday


def test_every_row_names_its_article_and_every_verb_its_word():
    assert all(s.article.startswith("第二十四条") for s in STEPS) and {s.verb for s in STEPS} == set(VERBS)


def test_every_state_is_reached_and_what_ended_stays_ended():
    assert {s.target for s in STEPS} == set(State)
    assert not [s for s in STEPS if s.source in (State.CLOSED, State.CANCELLED)]


def test_only_the_giver_ends_a_matter():
    assert {s.who for s in STEPS if s.target in (State.CLOSED, State.CANCELLED)} == {"giver"}


@pytest.mark.parametrize(("late", "levels"), [(0, []), (1, [1]), (2, [1, 2]), (4, [1, 2, 3]), (7, [1, 2, 3, 4]), (30, [1, 2, 3, 4])])
def test_what_is_late_climbs_by_working_days(late, levels):
    today = DUE
    while rules.days_late(DUE, today, DAYS) < late:
        today += timedelta(days=1)
    assert [rung.level for rung in rules.climbs(DUE, 0, today, DAYS)] == levels
    assert rules.climbs(DUE, len(CLIMBS), today, DAYS) == []


def test_a_rung_is_told_once():
    assert [rung.level for rung in rules.climbs(DUE, 2, date(2026, 3, 6), DAYS)] == [3]


@pytest.mark.parametrize(("today", "near"), [(date(2026, 2, 25), False), (date(2026, 2, 27), True), (DUE, True), (date(2026, 3, 3), False)])
def test_the_owner_is_reminded_two_working_days_before(today, near):
    assert rules.reminds(DUE, today, DAYS) is near


@pytest.mark.parametrize(("task", "due", "outside", "ours", "field"), [
    ("办", DUE, False, True, ""), (" ", DUE, False, True, "task"), ("办", DUE - timedelta(days=1), False, True, "due"),
    ("办", DUE, True, True, "owner"), ("办", DUE, False, False, "person"),
])  # fmt: skip
def test_a_matter_has_a_task_a_date_and_an_owner_of_the_own_system(task, due, outside, ours, field):
    no = rules.item_objection(task, due, DUE, outside, ours)
    assert (no.field if no else "") == field


def test_the_board_counts_by_owner_the_latest_first():
    rows = [
        ("甲局", "running", False, False),
        ("乙局", "running", True, False),
        ("甲局", "closed", False, True),
        ("甲局", "closed", False, False),
    ]
    first, second = rules.board(rows)
    assert (first.owner, first.late, first.on_time_share) == ("乙局", 1, None)
    assert (second.running, second.closed, second.on_time_share) == (1, 2, 50)
