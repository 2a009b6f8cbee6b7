from datetime import date, datetime, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.foundation.clock import ZONE
from zhengtong.foundation.clock.rules import (
    LIMITS,
    RED_BY_LAW,
    RED_UNCURED,
    STOPS,
    Calendar,
    Event,
    Happening,
    Limit,
    State,
    Unit,
    account,
    due,
    may_stop,
    replay,
    shipped_calendar,
)

CALENDAR = shipped_calendar()
DAY = date.fromisoformat


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-09-23", 20, "2026-10-28"),
        ("2026-09-24", 20, "2026-10-29"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-09", 1, "2026-10-10"),
        ("2026-09-18", 2, "2026-09-21"),
        ("2026-02-10", 20, "2026-03-16"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-13", 7, "2026-03-02"),
        ("2026-04-29", 7, "2026-05-12"),
        ("2026-05-08", 1, "2026-05-09"),
        ("2026-06-18", 10, "2026-07-03"),
        ("2026-03-02", 20, "2026-03-30"),
        ("2025-12-31", 1, "2026-01-04"),
        ("2025-09-26", 7, "2025-10-13"),
        ("2025-01-24", 5, "2025-02-07"),
        ("2026-11-23", 20, "2026-12-21"),
    ],
)
def test_working_days_skip_holidays_and_count_make_up_days(start, days, end):
    assert due(DAY(start), Limit(days, Unit.WORKING_DAYS, ""), CALENDAR) == DAY(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [("2026-08-02", 60, "2026-10-08"), ("2026-01-31", 15, "2026-02-24"), ("2026-09-22", 3, "2026-09-28"), ("2026-04-28", 3, "2026-05-06")],
)
def test_calendar_days_that_end_on_a_rest_day_roll_over(start, days, end):
    assert due(DAY(start), Limit(days, Unit.CALENDAR_DAYS, ""), CALENDAR) == DAY(end)


@pytest.mark.parametrize(
    ("start", "months", "end"), [("2026-01-31", 1, "2026-02-28"), ("2026-03-10", 6, "2026-09-10"), ("2026-11-30", 3, "2027-03-01")]
)
def test_months_end_on_the_same_number_or_at_the_month_end(start, months, end):
    assert due(DAY(start), Limit(months, Unit.MONTHS, ""), CALENDAR) == DAY(end)


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_shipped_calendar_agrees_with_two_independent_ones(year):
    other = holidays.country_holidays("CN", years=year)
    for n in range(365):
        day = date(year, 1, 1) + timedelta(days=n)
        assert CALENDAR.is_working(day) == chinese_calendar.is_workday(day) == other.is_working_day(day), day


def test_the_year_after_the_last_notice_is_provisional():
    assert CALENDAR.is_provisional(date(2027, 1, 4)) and not CALENDAR.is_provisional(date(2026, 12, 31))


def test_every_limit_names_its_article():
    assert all(limit.article and limit.label for limit in LIMITS.values())


@pytest.mark.parametrize(
    ("name", "days", "article"),
    [
        ("licence.acceptance", 5, "第三十二条"),
        ("licence.decision", 20, "第四十二条"),
        ("licence.extended", 30, "第四十二条"),  # 20 + 10
        ("licence.joint", 45, "第四十二条第二款"),
        ("licence.joint_extended", 60, "第四十二条第二款"),  # 45 + 15
        ("licence.first_review", 20, "第四十三条"),
        ("licence.delivery", 10, "第四十四条"),
        ("licence.hearing_request", 5, "第四十七条"),
        ("licence.hearing", 20, "第四十七条"),
        ("licence.staffing", 5, "第五十五条"),
    ],
)
def test_the_limits_of_the_licence_law_are_working_days(name, days, article):
    limit = LIMITS[name]
    assert (limit.amount, limit.unit) == (days, Unit.WORKING_DAYS) and article in limit.article


def test_every_stop_names_its_article_and_the_paper_that_proves_it():
    assert all(stop.article and stop.evidence and stop.limits for stop in STOPS.values())
    assert not may_stop("document.sign_for", "hearing") and not may_stop("rating.follow_up", "hearing")
    assert may_stop("licence.joint", "expert_review") and not may_stop("licence.joint", "holiday")


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


TEN = Limit(10, Unit.WORKING_DAYS, "")
TWENTY = Limit(20, Unit.WORKING_DAYS, "")
START = DAY("2026-03-02")


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2026-03-01", None),
        ("2026-03-02", State.NORMAL),
        ("2026-03-11", State.NORMAL),
        ("2026-03-12", State.WARNING),  # two of ten days left
        ("2026-03-16", State.WARNING),  # the last day
        ("2026-03-17", State.YELLOW),
        ("2026-03-19", State.YELLOW),
        ("2026-03-20", State.RED),  # yellow for more than three working days
    ],
)
def test_a_clock_turns_warning_yellow_and_red(on, state):
    reading = replay([Event(Happening.START, at(START))], TEN, TWENTY, CALENDAR, DAY(on))
    assert (reading and reading.state) == state


def test_past_the_statutory_limit_is_red_at_once():
    reading = replay([Event(Happening.START, at(START))], TWENTY, TWENTY, CALENDAR, DAY("2026-03-31"))
    assert reading.state is State.RED and reading.left == -1


@given(wait=st.integers(0, 60), after=st.integers(0, 8))
def test_a_pause_moves_the_due_day_by_exactly_its_working_days(wait, after):
    stop, resume = START + timedelta(days=after), START + timedelta(days=after + wait)
    events = [Event(Happening.START, at(START)), Event(Happening.STOP, at(stop, 11), "hearing"), Event(Happening.RESUME, at(resume, 12))]
    with_pause = replay(events, TEN, TWENTY, CALENDAR, resume)
    without = replay(events[:1], TEN, TWENTY, CALENDAR, resume)
    assert CALENDAR.working_days(without.due, with_pause.due) == CALENDAR.working_days(stop, resume)


def test_a_stopped_clock_never_turns_red():
    events = [Event(Happening.START, at(START)), Event(Happening.STOP, at(DAY("2026-03-04")), "hearing")]
    assert replay(events, TEN, TWENTY, CALENDAR, DAY("2026-06-01")).state is State.STOPPED


@given(days=st.lists(st.integers(0, 40), min_size=4, max_size=4), on=st.integers(0, 60))
def test_a_past_day_replays_alike_whatever_came_later(days, on):
    kinds = [Happening.START, Happening.STOP, Happening.RESUME, Happening.FINISH]
    events = [
        Event(kind, at(START + timedelta(days=day), 8 + n), "hearing")
        for n, (kind, day) in enumerate(zip(kinds, sorted(days), strict=True))
    ]
    day = START + timedelta(days=on)
    assert replay(events, TEN, TWENTY, CALENDAR, day) == replay([e for e in events if e.day <= day], TEN, TWENTY, CALENDAR, day)


def test_next_working_day_of_a_plain_week():
    assert Calendar({}, date.max).next_working(date(2026, 11, 21)) == date(2026, 11, 23)


@pytest.mark.parametrize(("on", "sentence", "days"), [("2026-03-20", RED_UNCURED, 4), ("2026-03-31", RED_BY_LAW, 1)])
def test_red_says_which_of_its_two_causes_it_has(on, sentence, days):
    told = account([Event(Happening.START, at(START))], TEN, TWENTY, CALENDAR, DAY(on))
    assert (told.reading.state, told.sentence, told.params["days"]) == (State.RED, sentence, days)


def test_a_clock_that_ends_and_begins_in_one_moment_runs():
    events = [Event(Happening.START, at(START)), Event(Happening.FINISH, at(START, 11)), Event(Happening.START, at(START, 11))]
    assert replay(events, TEN, TWENTY, CALENDAR, START).state is State.NORMAL
    assert replay(events[:2], TEN, TWENTY, CALENDAR, START).state is State.FINISHED
