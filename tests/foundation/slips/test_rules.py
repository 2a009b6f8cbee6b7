"""Whatever is done to a slip, exactly the right lines are open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengtong.foundation.slips.rules import (
    SETTLED,
    LineState,
    Row,
    StageRow,
    added,
    completed,
    earlier,
    objection,
    places,
    returned,
    settle,
    stopped,
    withdrawn,
)  # fmt: skip

D, O, W, R, V = LineState.DONE, LineState.OPEN, LineState.WAITING, LineState.RETURNED, LineState.VOID  # noqa: E741


def slip(*orders):
    """A fresh slip; one number for each line, equal numbers side by side."""
    return settle([Row(key, order, f"s{order}") for key, order in enumerate(orders, start=1)])


def states(rows):
    return [r.state for r in rows]


def test_rows_marked_beside_share_the_place_of_the_row_above():
    template = [StageRow("a", "甲"), StageRow("b", "乙"), StageRow("c", "丙", beside=True), StageRow("d", "丁")]
    assert places(template) == [1, 2, 2, 3]


def test_one_after_another():
    rows = slip(1, 2, 3)
    assert states(rows) == [O, W, W]
    assert states(completed(rows, 1)) == [D, O, W]


def test_side_by_side_lines_open_together_and_join():
    rows = completed(slip(1, 2, 2, 3), 1)
    assert states(rows) == [D, O, O, W]
    rows = completed(rows, 3)
    assert states(rows) == [D, O, D, W], "the next stage waits for both"
    assert states(completed(rows, 2)) == [D, D, D, O]


def test_return_goes_straight_back_to_who_returned():
    rows = completed(completed(slip(1, 2, 3, 4), 1), 2)
    rows = returned(rows, 3, "s1", straight=True)
    assert [(r.stage, r.state) for r in rows] == [("s1", D), ("s2", D), ("s3", R), ("s1", O), ("s3", W), ("s4", W)]


def test_return_by_the_whole_way_passes_every_stage_again():
    rows = completed(completed(slip(1, 2, 3, 4), 1), 2)
    rows = returned(rows, 3, "s1", straight=False)
    assert [(r.stage, r.state) for r in rows] == [("s1", D), ("s2", D), ("s3", R), ("s1", O), ("s2", W), ("s3", W), ("s4", W)]


def test_return_voids_what_was_open_beside_it_and_brings_it_back():
    rows = completed(slip(1, 2, 2, 3), 1)
    rows = returned(rows, 2, "s1", straight=True)
    assert [(r.stage, r.state) for r in rows] == [("s1", D), ("s2", R), ("s2", V), ("s1", O), ("s2", W), ("s2", W), ("s3", W)]


def test_only_what_nobody_has_seen_can_be_withdrawn():
    rows = completed(slip(1, 2, 3), 1)
    assert objection("withdraw", rows, 1) is None
    assert states(withdrawn(rows, 1)) == [O, W, W]
    seen = [Row(r.key, r.order, r.stage, r.state, seen=r.state == O) for r in rows]
    assert objection("withdraw", seen, 1)
    assert objection("withdraw", completed(rows, 2), 1)


@pytest.mark.parametrize(("where", "expected"), [
    ("before", [("new", O), ("s1", W), ("s2", W)]),
    ("beside", [("s1", O), ("new", O), ("s2", W)]),
    ("after", [("s1", O), ("new", W), ("s2", W)]),
])  # fmt: skip
def test_a_line_is_added(where, expected):
    assert [(r.stage, r.state) for r in added(slip(1, 2), 1, "new", where)] == expected


def test_a_settled_line_takes_no_addition_and_an_earlier_stage_must_exist():
    rows = completed(slip(1, 2), 1)
    assert objection("add", rows, 1, where="before")
    assert objection("return", rows, 2, stage="s2")
    assert objection("return", rows, 2, stage="s1") is None
    assert objection("complete", rows, 1).code == "stale"


OPERATION = st.tuples(
    st.sampled_from(["complete", "return", "whole_return", "withdraw", "before", "after", "beside", "see"]),
    st.integers(0, 50),
    st.integers(0, 50),
)


def apply(rows, operation, pick, second):
    """One random operation, or the rows unchanged when the rules object."""
    line = rows[pick % len(rows)]
    if operation == "see":
        return tuple(Row(r.key, r.order, r.stage, r.state, r.seen or (r.key == line.key and r.state == O)) for r in rows)
    if operation in ("return", "whole_return"):
        stage = rows[second % len(rows)].stage
        if objection("return", rows, line.key, stage=stage):
            return rows
        return keyed(returned(rows, line.key, stage, straight=operation == "return"))
    if operation in ("before", "after", "beside"):
        return rows if objection("add", rows, line.key, where=operation) else keyed(added(rows, line.key, "new", operation))
    if objection(operation, rows, line.key):
        return rows
    return completed(rows, line.key) if operation == "complete" else withdrawn(rows, line.key)


def keyed(rows):
    """New rows get real keys, as the database would give them."""
    top = max(r.key for r in rows)
    out = []
    for r in rows:
        top += r.key < 0
        out.append(Row(top, r.order, r.stage, r.state, r.seen) if r.key < 0 else r)
    return tuple(out)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=6), st.lists(OPERATION, max_size=30))
def test_never_a_dead_or_doubled_line(beside, operations):
    rows = slip(*places([StageRow(str(i), str(i), beside=b) for i, b in enumerate(beside)]))
    for operation in operations:
        before = rows
        rows = apply(rows, *operation)
        unsettled = [r for r in rows if r.state not in SETTLED]
        first = min((r.order for r in unsettled), default=0)
        assert {r.key for r in rows if r.state == O} == {r.key for r in unsettled if r.order == first}
        assert len({r.key for r in rows}) == len(rows)
        assert sorted({r.order for r in rows}) == list(range(1, max(r.order for r in rows) + 1)), "no place is empty"
        if operation[0] != "withdraw":
            now = {r.key: r.state for r in rows}
            assert all(now[r.key] == r.state for r in before if r.state in SETTLED), "what is settled stays settled"
    while opened := [r for r in rows if r.state == O]:
        rows = completed(rows, opened[0].key)
    assert all(r.state in SETTLED for r in rows), "every slip can be brought to its end"


def test_a_stopped_slip_has_nothing_open():
    rows = stopped(completed(slip(1, 2, 3), 1))
    assert states(rows) == [D, V, V] and earlier(rows, 3, "s1") == 1


def test_a_signer_added_before_one_of_several_leaves_what_was_done_beside_it_in_its_place():
    rows = added(completed(slip(1, 1, 2), 1), 2, "advise", "before")
    done, new = next(r for r in rows if r.key == 1), next(r for r in rows if r.key < 0)
    assert (done.order, done.state, new.state) == (1, D, O)
    assert not objection("withdraw", rows, 1), "who did it may still take it back"
