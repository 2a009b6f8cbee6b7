"""The table of measures itself, and how a text becomes blocks."""

import pytest

from zhengtong.papers.typeset import geometry
from zhengtong.papers.typeset.paper import Heading, Para, blocks


def test_every_measure_names_its_clause_once():
    assert all(row.clause[0].isdigit() for row in geometry.ROWS)
    assert len(geometry.MEASURES) == len(geometry.ROWS)


def test_the_type_area_lies_inside_the_paper_as_the_standard_says():
    m = {name: row.value for name, row in geometry.MEASURES.items()}
    assert m["paper_width"] - m["margin_left"] - m["area_width"] == 26
    assert m["paper_height"] - m["margin_top"] - m["area_height"] == 35


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("一、提高站位", Heading(1, "一、提高站位")),
        ("（一）加强领导。各单位要重视。", Heading(2, "（一）加强领导。", "各单位要重视。")),
        ("1.明确责任。", Heading(3, "1.明确责任。")),
        ("（2）网格到人", Heading(4, "（2）网格到人")),
        ("2.5万亩林地", Para("2.5万亩林地")),
        ("十分重要", Para("十分重要")),
    ],
)
def test_a_heading_is_known_by_its_ordinal(line, block):
    assert blocks(line) == (block,)


def test_a_heading_has_one_of_four_levels():
    with pytest.raises(ValueError, match="level"):
        Heading(5, "五")
