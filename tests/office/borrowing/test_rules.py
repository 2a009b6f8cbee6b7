"""The table of access, and a loan that ends by itself."""

from datetime import date

import pytest

from zhengtong.foundation.accounts.rules import ADMINISTRATORS, ROLES
from zhengtong.office.borrowing import rules
from zhengtong.office.borrowing.rules import State, Where

TODAY = date(2026, 11, 23)


def test_every_kind_of_item_has_one_row_with_its_source():
    kinds = [(row.where, row.classified) for row in rules.ACCESS]
    assert len(kinds) == len(set(kinds)) == 2 * len(Where) - 1, "what is open is never classified"
    assert all(row.source and row.days > 0 and row.parts for row in rules.ACCESS)


def test_nothing_classified_is_copied_extended_or_read_without_the_head():
    secret = [row for row in rules.ACCESS if row.classified]
    assert all(not row.copies and not row.extension and row.approver == "head" for row in secret)
    assert max(row.days for row in secret) < min(row.days for row in rules.ACCESS if not row.classified)


def test_only_what_is_open_needs_nobody():
    assert [row.where for row in rules.ACCESS if not row.approver] == [Where.OPEN]


def test_administrators_of_the_network_read_nothing():
    assert not ADMINISTRATORS & set(rules.READERS) and set(rules.READERS) <= set(ROLES)


@pytest.mark.parametrize(
    ("until", "stands"),
    [(date(2026, 11, 22), rules.EXPIRED), (date(2026, 11, 23), "granted"), (date(2026, 12, 1), "granted"), (None, rules.EXPIRED)],
)
def test_a_loan_ends_by_itself_after_its_last_day(until, stands):
    assert rules.standing(State.GRANTED, until, TODAY) == stands
    assert bool(rules.reading_objection(State.GRANTED, until, TODAY)) is (stands == rules.EXPIRED)


def test_the_day_of_the_approval_is_the_first_of_the_granted_days():
    assert rules.last_day(TODAY, 1) == TODAY and rules.last_day(TODAY, 7) == date(2026, 11, 29)


@pytest.mark.parametrize("state", [s for s in State if s != State.GRANTED])
def test_nothing_is_read_but_on_a_granted_loan(state):
    assert rules.reading_objection(state, date(2027, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("where", "classified", "extended", "days", "until", "objects"),
    [
        (Where.OWN, False, False, 15, date(2026, 11, 23), False),
        (Where.OWN, False, False, 16, date(2026, 11, 23), True),
        (Where.OWN, False, True, 5, date(2026, 11, 23), True),
        (Where.OWN, False, False, 5, date(2026, 11, 22), True),
        (Where.OWN, True, False, 1, date(2026, 11, 23), True),
    ],
)
def test_a_loan_is_extended_once_before_its_end_and_within_its_row(where, classified, extended, days, until, objects):
    row = rules.access(where, classified)
    assert bool(rules.extension_objection(row, extended, days, State.GRANTED, until, TODAY)) is objects


def test_every_state_but_the_last_ones_can_be_left_and_every_step_leads_somewhere():
    assert {source for row in rules.STEPS for source in row.sources} == {State.ASKED, State.GRANTED}
    assert {row.target for row in rules.STEPS} == set(State) - {State.ASKED}
    assert set(rules.OFFICIAL) <= {row.verb for row in rules.STEPS}


@pytest.mark.parametrize(
    ("until", "reminds"), [(date(2026, 11, 22), False), (TODAY, True), (date(2026, 11, 25), True), (date(2026, 11, 26), False)]
)
def test_the_reader_is_reminded_two_days_before(until, reminds):
    assert rules.reminds_before(until, TODAY) is reminds
