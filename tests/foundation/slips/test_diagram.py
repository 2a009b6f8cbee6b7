"""A slip's picture shows every line once, in order, without overlaps, and no wider than a phone."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.foundation.slips.rules.diagram import GATE, MIDDLE, WIDTH, Box, draw, wrapped

STATES = st.sampled_from(["waiting", "open", "done", "returned", "void"])
WORDS = st.text(st.sampled_from("云岭县人民政府办公室审核ABC 12"), min_size=1, max_size=40)
SLIPS = st.lists(st.builds(Box, st.integers(1, 6), WORDS, WORDS, STATES, WORDS), max_size=14)


def box(order, state="waiting", label="办公室审核"):
    return Box(order, label, "县政府办", state, "未到")


@given(SLIPS)
def test_every_line_is_drawn_once_inside_the_picture_and_none_covers_another(lines):
    found = draw(lines)
    assert sorted(b.told for b in found.boxes) == sorted(b.told for b in lines)
    for b in found.boxes:
        assert min(b.x, b.y) >= 0 and b.x + b.width <= WIDTH and b.y + b.height <= found.height
        assert all(b.y < t.y < b.y + b.height for t in b.texts)
    for a, b in combinations(found.boxes, 2):
        assert a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y


@given(SLIPS)
def test_what_comes_later_stands_lower_and_side_by_side_stands_between_two_gateways(lines):
    found = draw(lines)
    order = {b.told: b.order for b in lines}
    for a, b in combinations(found.boxes, 2):
        if order[a.told] < order[b.told] and [x.told for x in lines].count(a.told) == [x.told for x in lines].count(b.told) == 1:
            assert a.y + a.height < b.y
    groups = [o for o in {b.order for b in lines} if sum(b.order == o for b in lines) > 1]
    assert len(found.gates) == 2 * len(groups)


@pytest.mark.parametrize("count", [2, 3, 4, 5, 9])
def test_each_branch_is_tied_to_both_gateways(count):
    found = draw([box(1), *(box(2) for _ in range(count)), box(3)])
    fork, join = found.gates
    branches = [b for b in found.boxes if fork.y < b.y < join.y]
    assert len(branches) == count and all(b.y + b.height < join.y - GATE for b in branches)
    if count <= 3:
        assert sum(f"V{b.y}" in s.path for b in branches for s in found.strokes if f"H{b.x + b.width / 2}V" in s.path) == count
    else:  # on the rail between the two columns
        rails = [s.path for s in found.strokes if s.path.endswith(f"V{join.y - GATE}") and s.path.startswith(f"M{MIDDLE} {fork.y + GATE}")]
        assert len(rails) == 1
        assert sum(s.path.startswith(f"M{MIDDLE} {b.y + b.height / 2}H") for b in branches[::2] for s in found.strokes) >= count


def test_a_return_is_shown_as_a_way_back_and_what_is_to_come_differs_from_what_is_done():
    found = draw([box(1, "done"), box(2, "returned"), box(3, "open"), box(4)])
    assert [s.kind for s in found.strokes] == ["passed", "passed", "back", "ahead", "ahead"]
    assert [b.state for b in found.boxes] == ["done", "returned", "open", "waiting"]
    assert [s.kind for s in draw([box(1, "done"), box(2, "void")]).strokes][-1] == "passed"


def test_a_long_text_is_cut_in_the_box_and_whole_in_its_title():
    long = "云岭县人民政府办公室综合协调与文电处理科审核"
    (drawn,) = draw([box(1, label=long)]).boxes
    assert long in drawn.told
    assert wrapped("一二三四五六", 10, 25, 2) == ["一二", "三…"]
    assert wrapped("", 10, 25, 2) == []


def test_the_picture_is_told_in_one_sentence():
    assert (
        draw([box(1), box(2), box(2, label="会签")]).told
        == "1. 办公室审核，县政府办，未到；2. 办公室审核，县政府办，未到、会签，县政府办，未到"
    )
