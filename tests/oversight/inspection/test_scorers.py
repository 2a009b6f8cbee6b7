"""The scored table, the census sheet and a vendor's index over one tally."""

from dataclasses import replace
from datetime import date

import pytest

from zhengtong.oversight.inspection.rules import scored
from zhengtong.oversight.inspection.rules.faults import FAULTS
from zhengtong.oversight.inspection.rules.scorers import SCORERS, valid_on
from zhengtong.oversight.inspection.rules.veto import Tally

DAY = date(2026, 11, 23)
GOOD = Tally(DAY, tries=20, home_newest=DAY, home_new=12, channel=True, services=6, guides_lacking=[0] * 6)


def test_the_table_adds_up_to_a_hundred_with_services_twenty_five():
    assert sum(row.points for row in scored.SHEET_2019) == 100
    assert sum(row.points for row in scored.SHEET_2019 if row.group == "services") == 25


def test_every_fault_costs_in_a_row_that_exists():
    rows = {row.code for row in scored.SHEET_2019}
    assert {fault.item for fault in FAULTS.values()} - {""} <= rows
    assert all(fault.source for fault in FAULTS.values())


def test_a_body_without_services_has_its_points_multiplied_by_four_thirds():
    lines = scored.deductions({"facts": 99, "submit": 1})
    assert sum(line.deducted for line in lines) == 18  # never more than the row's points
    assert scored.score(lines, services=False) == 76.0
    assert scored.score(lines) == 82.0


@pytest.mark.parametrize(("base", "bonus", "total"), [(80.0, 10, 80.0), (80.01, 10, 90.01), (95, 40, 125.0)])
def test_the_bonus_is_given_only_above_eighty(base, bonus, total):
    assert scored.final(base, bonus) == total


@pytest.mark.parametrize(("total", "vetoed", "good"), [(60.0, False, True), (59.99, False, False), (100.0, True, False)])
def test_a_veto_fails_whatever_the_points(total, vetoed, good):
    assert scored.passes(total, vetoed) is good


def test_a_good_site_passes_every_book():
    assert [s.score(GOOD).passed for s in SCORERS.values()] == [True, True, True]
    assert [s.score(GOOD).points for s in SCORERS.values()] == [100.0, 100.0, 100.0]


def test_each_book_has_its_days():
    assert [s.code for s in valid_on(date(2019, 4, 17))] == ["census2015", "index"]
    assert [s.code for s in valid_on(date(2019, 4, 18))] == ["check2019", "index"]


def test_the_census_takes_points_for_a_home_page_with_few_news():
    census = SCORERS["census2015"].score
    assert census(replace(GOOD, home_new=9)).points == 95.0
    assert census(replace(GOOD, faults={"usable": 30, "dead_link_home": 2})).points == 100 - 2 - 2.8


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({"home_open": False}, 62.5),
        ({"empty": 5}, 62.5),
        ({"empty": 4}, 100.0),
        ({"stale_news": 10}, 62.5),
        ({"stale_news": 9}, 66.25),
        ({"guides_lacking": [4] * 6}, 87.5),
        ({"channel": False}, 87.5),
    ],
)
def test_the_vendors_index(change, points):
    assert SCORERS["index"].score(replace(GOOD, **change)).points == points
