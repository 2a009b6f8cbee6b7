"""催办 by rule: which line is spoken of on which day; no database."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhengtong.foundation.clock.rules import shipped_calendar
from zhengtong.foundation.slips.rules import urging

DAYS = shipped_calendar()
MONDAY = date(2026, 9, 14)  # the 20th, a Sunday, is worked; from the 25th to the 27th and from the 1st to the 7th of October nobody works
PLAIN = {rule.code: rule.days for rule in urging.RULES}
URGENT = {rule.code: rule.urgent for rule in urging.RULES}


def run(days, due=None, opened=MONDAY, length=40, deed=None):
    """What is said day after day to somebody who does nothing."""
    last, said = {}, []
    for n in range(length):
        today = opened + timedelta(days=n)
        if rule := urging.pressing(days, opened, due, last, today, DAYS):
            last[rule] = today
            said.append((today.month, today.day, rule))
    return said


def test_every_rule_has_its_words_and_its_source():
    assert [rule.code for rule in urging.RULES] == ["overdue", "due", "waiting"]
    assert all(rule.said and rule.word and rule.text and "第二十四条（六）" in rule.source for rule in urging.RULES)
    assert all(rule.urgent <= rule.days for rule in urging.RULES)


def test_a_paper_without_a_date_is_spoken_of_once_after_three_working_days_and_an_urgent_one_after_one():
    assert run(PLAIN) == [(9, 17, "waiting")]
    assert run(URGENT) == [(9, 15, "waiting")]


def test_before_its_date_and_then_every_second_working_day_and_never_on_a_rest_day():
    assert run(PLAIN, due=date(2026, 9, 24), length=20) == [
        (9, 17, "waiting"), (9, 23, "due"), (9, 28, "overdue"), (9, 30, "overdue"),
    ]  # fmt: skip


def test_a_date_that_was_put_off_is_spoken_of_anew():
    last = {"due": date(2026, 9, 16), "waiting": date(2026, 9, 15)}
    assert urging.pressing(PLAIN, MONDAY, date(2026, 9, 22), last, date(2026, 9, 21), DAYS) == "due"
    assert urging.pressing(PLAIN, MONDAY, date(2026, 9, 17), last, date(2026, 9, 17), DAYS) == ""


def test_who_was_urged_by_a_person_today_is_left_in_peace_by_the_machine():
    assert urging.pressing(PLAIN, MONDAY, None, {}, date(2026, 9, 17), DAYS) == "waiting"
    assert urging.pressing(PLAIN, MONDAY, None, {"": date(2026, 9, 17)}, date(2026, 9, 17), DAYS) == ""


def test_nought_switches_a_rule_off_and_nonsense_is_refused():
    assert run({"overdue": 0, "due": 0, "waiting": 0}, due=date(2026, 9, 16)) == []
    assert urging.numbers({"due": (0, 0)})["due"] == (0, 0) and urging.numbers({})["due"] == (1, 1)
    assert urging.numbers_objection({"due": (0, 61)}).field == "due" and urging.numbers_objection({"other": (1, 1)})
    assert urging.numbers_objection({"due": (0, 60)}) is None


@given(
    opened=st.dates(date(2026, 1, 1), date(2026, 9, 30)),
    limit=st.none() | st.integers(0, 30),
    days=st.fixed_dictionaries({code: st.integers(0, 5) for code in urging.CODES}),
)
def test_never_on_a_rest_day_nor_on_the_day_it_came_and_once_only_what_is_said_once(opened, limit, days):
    due = None if limit is None else opened + timedelta(days=limit)
    said = run(days, due, opened, 45)
    assert all(DAYS.is_working(date(2026, month, day)) and date(2026, month, day) > opened for month, day, _rule in said)
    assert len({(month, day) for month, day, _rule in said}) == len(said)
    rules = [rule for _month, _day, rule in said]
    assert rules.count("waiting") <= 1 and rules.count("due") <= 1
    assert not [r for r in rules if not days[r]] and (due or "overdue" not in rules)
    assert rules.index("overdue") >= len([r for r in rules if r != "overdue"]) if "overdue" in rules and days["overdue"] else True
