"""The annual report's tables add up as the format says, and what does not is said at its cell."""

from datetime import date

import pytest

from zhengtong.business.disclosure.rules import annual, answers, contests, receipt

CHAPTERS = {"one": "情况", "five": "问题", "six": "没有收取信息处理费。"}


def whole(cells):
    return annual.totals(cells)


def places(figures, chapters=CHAPTERS, before=None):
    return [fault.place for fault in annual.faults(figures, chapters, before)]


def test_every_answer_and_every_way_has_its_row():
    assert {answer.row for answer in answers.ANSWERS.values()} <= set(annual.RESULTS_3)
    assert {way.block for way in contests.PATHS.values()} == set(annual.TABLE_4)
    assert list(annual.COLUMNS) == [*receipt.APPLICANTS, "total"] and len(annual.TABLE_3) == 25 and len(annual.RESULTS_3) == 21


def test_a_real_report_adds_up():
    """Suqian 2025: 3746, 63, 0, 0, 19, 2 new requests; reviews 119, 25, 91, 24, suits 7, 0, 15, 6 and 21, 1, 7, 9."""
    new = dict(zip(list(annual.COLUMNS)[:6], (3746, 63, 0, 0, 19, 2), strict=True))
    cells = {("3", "R1", column): count for column, count in new.items()} | {("3", "R3", column): count for column, count in new.items()}
    for block, counts in (("review", (119, 25, 91, 24)), ("direct", (7, 0, 15, 6)), ("after", (21, 1, 7, 9))):
        cells |= {("4", block, result): count for result, count in zip(contests.RESULTS, counts, strict=True)}
    figures = whole(cells)
    assert figures["3", "R1", "total"] == 3830 and [figures["4", block, "total"] for block in annual.TABLE_4] == [259, 28, 38]
    assert places(figures) == []


@pytest.mark.parametrize(
    ("cell", "value", "found"),
    [
        (("3", "R3", "person"), 5, [("3", "R24", "person"), ("3", "R3", "total")]),  # a result more than the sum
        (("3", "R24", "legal"), 1, [("3", "R24", "legal"), ("3", "R25", "legal"), ("3", "R24", "total")]),
        (("3", "R25", "other"), 1, [("3", "R25", "other"), ("3", "R25", "total")]),
        (("3", "R1", "total"), 1, [("3", "R25", "total"), ("3", "R1", "total")]),
        (("4", "direct", "upheld"), 1, [("4", "direct", "total")]),
        (("2", "permits", ""), -1, [("2", "permits", "")]),
    ],
)
def test_what_does_not_add_up_is_said_at_its_cell(cell, value, found):
    figures = whole({}) | {cell: value}
    assert sorted(places(figures)) == sorted(found)


def test_a_cell_left_blank_is_said():
    figures = whole({})
    del figures["4", "after", "other"]
    assert places(figures) == [("4", "after", "other")]


def test_what_was_carried_over_is_what_last_year_carried_on():
    figures, before = (
        whole({("3", "R2", "person"): 2, ("3", "R3", "person"): 2}),
        whole({("3", "R1", "person"): 2, ("3", "R25", "person"): 2}),
    )
    assert places(figures, before=before) == []
    assert places(figures, before=whole({})) == [("3", "R2", "person"), ("3", "R2", "total")]


def test_the_chapters_are_written_and_the_sixth_tells_of_the_fee():
    assert places(whole({}), {"one": "情况", "five": " ", "six": "没有其他事项。"}) == [("chapter", "five", ""), ("chapter", "six", "")]
    first = annual.first_words("云岭县财政局", 2026, whole({("3", "R1", "person"): 2, ("3", "R25", "person"): 2}), 0)
    assert first["one"] == "2026年，云岭县财政局新收政府信息公开申请2件，上年结转0件，办结0件，结转下年2件。" and annual.FEE in first["six"]


def test_the_days_are_the_regulations():
    assert (annual.due(2025, whole=False), annual.due(2025, whole=True)) == (date(2026, 1, 31), date(2026, 3, 31))


def test_figures_are_kept_whole():
    figures = whole({("3", "R1", "person"): 2})
    assert annual.read(annual.kept(figures)) == figures
