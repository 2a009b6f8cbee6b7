"""The national thresholds at their boundaries (国办秘函〔2019〕19号)."""

from datetime import date

import pytest

from zhengtong.oversight.inspection.rules import veto
from zhengtong.oversight.inspection.rules.freshness import Class, column_class, oldest_good, overdue
from zhengtong.oversight.inspection.rules.veto import Tally

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(("tries", "failed", "hit"), [(20, 1, True), (21, 1, False), (19, 19, False), (100, 5, True), (10000, 499, False)])
def test_five_per_cent_of_at_least_twenty_tries(tries, failed, hit):
    assert veto.unreachable(tries, failed) is hit


@pytest.mark.parametrize(("last", "hit"), [(date(2026, 11, 9), False), (date(2026, 11, 8), True), (None, True), (DAY, False)])
def test_the_home_page_counts_the_fourteenth_day_and_not_the_fifteenth(last, hit):
    assert veto.home_still(last, DAY) is hit


@pytest.mark.parametrize(
    ("stale", "overdue", "empty", "hit"),
    [(4, 9, 4, False), (5, 0, 0, True), (0, 9, 0, False), (0, 10, 0, True), (0, 0, 4, False), (0, 0, 5, True)],
)
def test_columns_at_five_ten_and_five(stale, overdue, empty, hit):
    assert veto.columns_still(stale, overdue, empty) is hit


@pytest.mark.parametrize(
    ("asked", "hit"),
    [
        (date(2026, 8, 23), False),  # three months to the day
        (date(2026, 8, 22), True),
        (date(2025, 11, 23), True),
        (date(2025, 11, 22), False),  # more than a year back: not looked at
    ],
)
def test_a_letter_waits_more_than_three_months_within_a_year(asked, hit):
    assert veto.unanswered(asked, DAY) is hit


@pytest.mark.parametrize(
    ("services", "lacking", "hit"),
    [
        (0, [], True),
        (10, [4, 4, 4, 4, 3], False),
        (10, [4, 5, 8, 4, 4], True),
        (4, [4, 4, 4, 4], True),
        (4, [4, 4, 4, 3], False),
        (5, [4, 4, 4, 4], False),
    ],
)
def test_services_without_four_elements(services, lacking, hit):
    assert veto.services_poor(services, lacking) is hit


def test_months_end_where_the_month_ends():
    assert oldest_good(date(2026, 8, 31), months=6) == date(2026, 2, 28)
    assert not overdue(date(2026, 5, 23), DAY, months=6) and overdue(date(2026, 5, 22), DAY, months=6)


@pytest.mark.parametrize(
    ("name", "types", "kind"),
    [
        ("部门动态", "", Class.NEWS),
        ("政策解读", "", Class.NOTICES),
        ("人事信息", "信息公开", Class.YEARLY),
        ("云岭要闻", "政务动态", Class.NEWS),
        ("机构职能", "信息公开", Class.STEADY),
        ("县长信箱", "", Class.LETTERS),
        ("专题专栏", "", Class.OTHER),
        ("专题专栏", "通知公告", Class.NOTICES),
    ],
)
def test_the_class_of_a_column(name, types, kind):
    assert column_class(name, types) is kind


def test_what_a_visit_could_not_see_hits_nothing():
    assert veto.vetoes(Tally(DAY, home_newest=DAY)) == []


def test_every_veto_has_its_own_code():
    hits = veto.vetoes(Tally(DAY, 20, 1, grave=1, stale_news=5, channel=False, services=0))
    assert [hit.code for hit in hits] == ["V1", "V2", "V3", "V4", "V5", "V6"]
    assert all(hit.why % hit.params for hit in hits)
