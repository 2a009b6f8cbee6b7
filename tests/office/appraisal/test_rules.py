"""When periods end, who may do what on each kind of sheet, and what may be judged."""

from datetime import date

import pytest

from zhengtong.foundation.accounts.rules import ROLES
from zhengtong.office.appraisal import rules
from zhengtong.office.appraisal.rules import Kind, State, judging, periods
from zhengtong.office.appraisal.rules.judging import Said, Subject

TODAY = date(2026, 11, 23)
OLD = Subject("Z003-WS·2015-D10-BGS-0001", 2015, "D10", "issued", "", "", date(2025, 12, 31))
SECRET = Subject("Z003-WS·2020-Y-BGS-0001", 2020, "Y", "issued", "机密", "机密★5年", date(2027, 3, 1))


@pytest.mark.parametrize(
    ("year", "period", "until"),
    [(2015, "D10", date(2025, 12, 31)), (2016, "D10", date(2026, 12, 31)), (1995, "D30", date(2025, 12, 31)), (1950, "Y", None)],
)
def test_a_period_is_counted_from_the_first_of_january_after_the_items_year(year, period, until):
    assert periods.kept_until(year, period) == until


def test_the_years_that_are_over_are_those_whose_period_has_ended():
    for period, year in periods.over_years(TODAY).items():
        assert periods.kept_until(year, period) < TODAY <= periods.kept_until(year + 1, period)


@pytest.mark.parametrize(
    ("written", "mark", "until"),
    [
        (date(2021, 3, 1), "机密★5年", date(2026, 3, 1)),
        (date(2026, 8, 31), "秘密★6个月", date(2027, 2, 28)),
        (date(2026, 11, 30), "秘密★3个月", date(2027, 2, 28)),
        (date(2016, 2, 29), "秘密★3年", date(2019, 2, 28)),
        (date(2020, 1, 1), "机密", date(2040, 1, 1)),
        (date(2020, 1, 1), "秘密", date(2030, 1, 1)),
        (date(2020, 1, 1), "绝密★长期", None),
        (date(2020, 1, 1), "秘密★2027年5月6日", date(2027, 5, 6)),
        (date(2020, 1, 1), "机密★工程竣工后", None),
    ],
)
def test_a_secret_ends_by_its_mark_and_without_a_period_at_its_ceiling(written, mark, until):
    assert periods.secret_until(written, mark) == until


def test_an_item_opens_after_twenty_five_years():
    assert periods.OPEN_AFTER == 25 and periods.opens_on(date(2001, 11, 23)) == TODAY
    assert periods.opening_born(TODAY) == date(2001, 11, 23) and periods.opens_on(date(2004, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_drawn_up_reviewed_and_decided_each_with_its_source(kind):
    stages = rules.stages(kind)
    assert [stage.state for stage in stages][:3] == [State.DRAFT, State.REVIEW, State.DECIDE]
    assert all(stage.source and set(stage.roles) <= set(ROLES) for stage in stages)
    assert "archivist" not in {role for stage in stages[1:3] for role in stage.roles}
    assert all(row.source for row in judging.JUDGEMENTS[kind])


def test_a_destruction_has_two_witnesses_beside_its_two_approvals():
    states = [stage.state for stage in rules.stages(Kind.DESTRUCTION)]
    assert states.count(State.WITNESS) == rules.WITNESSES == 2 and states[-1] == State.DESTROY
    assert State.WITNESS not in [stage.state for kind in (Kind.OPENING, Kind.SECRECY) for stage in rules.stages(kind)]


def test_every_running_state_can_be_left():
    assert {row.source for row in rules.STEPS} == set(rules.RUNNING)
    assert all(rules.step_objection("approve", state) for state in State if state != State.REVIEW)


@pytest.mark.parametrize(
    ("settled", "state", "by", "objects"),
    [
        ({}, State.REVIEW, 1, True),
        ({}, State.REVIEW, 2, False),
        ({"review": [2]}, State.DECIDE, 2, True),
        ({"review": [2]}, State.DECIDE, 3, False),
        ({"review": [2], "decide": [3]}, State.WITNESS, 3, True),
        ({"review": [2], "decide": [3], "witness": [4]}, State.WITNESS, 4, True),
        ({"review": [2], "decide": [3], "witness": [4]}, State.WITNESS, 5, False),
        ({"review": [2], "decide": [3]}, State.DESTROY, 1, False),
    ],
)
def test_nobody_takes_two_parts_and_the_archivist_none_of_them(settled, state, by, objects):
    assert bool(rules.person_objection(1, settled, state, by)) is objects


@pytest.mark.parametrize(
    ("witnesses", "objects"), [([4, 5], False), ([4], True), ([4, 4], True), ([1, 4], True), ([2, 4], True), ([], True)]
)
def test_the_witnesses_are_two_others(witnesses, objects):
    assert bool(rules.witnesses_objection(1, witnesses, approvers=[2, 3])) is objects


@pytest.mark.parametrize(
    ("period", "end", "code"),
    [("Y", None, "permanent"), ("D10", TODAY, "early"), ("D10", date(2026, 11, 22), None), ("D30", date(2040, 12, 31), "early")],
)
def test_only_what_is_over_is_destroyed_and_the_permanent_never(period, end, code):
    no = judging.over_objection(period, end, TODAY, "Z003")
    assert (no.code if no else None) == code


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said("", ""), "judgement"),
        (Said("open", "x"), "judgement"),
        (Said("destroy", " "), "reason"),
        (Said("destroy", "无价值"), None),
        (Said("keep", "有查考价值"), "value"),
        (Said("keep", "有查考价值", "D30"), None),
        (Said("keep", "有查考价值", "Y"), None),
    ],
)
def test_each_item_is_judged_with_its_reason_and_what_goes_with_it(said, field):
    no = judging.objection(Kind.DESTRUCTION, OLD, said, TODAY)
    assert (no.field if no else None) == field


def test_longer_is_longer():
    thirty = Subject("Z003-WS·1995-D30-BGS-0001", 1995, "D30", "issued", "", "", date(2025, 12, 31))
    assert judging.objection(Kind.DESTRUCTION, thirty, Said("keep", "价值", "D30"), TODAY)
    assert judging.until(Kind.DESTRUCTION, thirty, Said("keep", "价值", "+10"), TODAY) == date(2035, 12, 31)
    assert judging.until(Kind.DESTRUCTION, thirty, Said("keep", "价值", "Y"), TODAY) is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said("control", "涉及个人隐私", "3"), None),
        (Said("control", "涉及个人隐私", "6"), "value"),
        (Said("control", "", "3"), "reason"),
        (Said("open"), None),
    ],
)
def test_what_stays_closed_is_looked_at_again(said, field):
    no = judging.objection(Kind.OPENING, OLD, said, TODAY)
    assert (no.field if no else None) == field


@pytest.mark.parametrize(
    ("today", "way", "said", "field"),
    [
        (TODAY, "issued", Said("stay", "仍须保密"), None),
        (TODAY, "issued", Said("change", "影响已减小", "秘密★3年"), None),
        (TODAY, "issued", Said("change", "影响已减小", "机密★5年"), "value"),
        (TODAY, "issued", Said("change", "影响已减小", "秘密★20年"), "secrecy_period"),
        (TODAY, "received", Said("declassify", "不再涉密"), "basis"),
        (TODAY, "received", Said("declassify", "不再涉密", basis="云州政发〔2026〕9号"), None),
        (date(2027, 3, 2), "issued", Said("change", "延长", "机密★8年"), "judgement"),
        (date(2027, 3, 2), "issued", Said("stay", "仍须保密"), "judgement"),
        (date(2027, 3, 2), "received", Said("declassify", "期满自行解密"), None),
    ],
)
def test_a_secret_that_is_over_is_only_declassified_and_another_organs_only_by_its_notice(today, way, said, field):
    of = Subject(SECRET.number, SECRET.year, SECRET.period, way, SECRET.level, SECRET.mark, SECRET.end)
    no = judging.objection(Kind.SECRECY, of, said, today)
    assert (no.field if no else None) == field


def test_of_a_destruction_the_rules_propose_nothing():
    assert judging.proposed(Kind.DESTRUCTION, OLD, TODAY) == ("", "")
    assert judging.proposed(Kind.SECRECY, SECRET, date(2027, 3, 2))[0] == "declassify"
