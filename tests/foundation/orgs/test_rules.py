from datetime import date

import pytest

from tests.foundation.orgs import cast
from zhengtong.foundation.orgs import rules
from zhengtong.foundation.orgs.rules import tables
from zhengtong.foundation.orgs.rules.tables import BY_NAME, TABLES, Form, Known, read
from zhengtong.foundation.refusal import Objection


def said(handed_in, known=None):
    return [(p.table, p.row, p.heading, p.objection.text) for p in read(handed_in, known or Known()).problems]


def test_the_small_county_meets_no_objection():
    assert said(cast.tables()) == []


def test_every_reference_names_a_table_that_has_codes():
    for table in TABLES:
        for column in table.columns:
            if column.refers:
                assert BY_NAME[column.refers].columns[0].name == "code"


def test_every_table_is_known_by_its_headings_alone():
    for table in TABLES:
        assert tables.table_of(column.heading for column in table.columns) is table
        assert tables.table_of(column.heading for column in table.columns if column.required) is table
    assert tables.table_of(["机构代码", "金额"]) is None


def test_every_kind_level_rank_and_relation_has_a_name():
    for names, table in (
        (rules.KINDS, rules.Kind),
        (rules.LEVELS, rules.Level),
        (rules.RANKS, rules.Rank),
        (rules.RELATIONS, rules.RelationKind),
    ):
        assert set(names) == set(table)


@pytest.mark.parametrize(
    ("name", "text", "objects"),
    [
        ("code", "YL130", False),
        ("code", "县政府办", True),
        ("code", "", True),
        ("kind", "部门", False),
        ("kind", "department", False),
        ("kind", "公司", True),
        ("since", "2026-03-01", False),
        ("since", "2026年3月", True),
        ("order", "12", False),
        ("order", "-1", True),
        ("name", "县" * 121, True),
        ("credit_code", "123", True),
    ],
)
def test_a_cell_is_understood_or_objected_to(name, text, objects):
    column = next(c for c in BY_NAME["organs"].columns if c.name == name)
    assert isinstance(tables.cell(column, text), Objection) is objects


def test_the_check_character_of_a_credit_code_is_checked():
    first = "11999999MB0000001"
    whole = first + rules.credit_check(first)
    assert rules.credit_code_holds(whole)
    wrong = "A" if whole[17] != "A" else "B"
    assert not rules.credit_code_holds(first + wrong)
    assert not rules.credit_code_holds("I" + whole[1:])  # I, O, S, V and Z are not used


@pytest.mark.parametrize(
    ("rows", "table", "heading"),
    [
        ({"organs": [*cast.ORGANS, {**cast.ORGANS[-1]}]}, "organs", "机构代码"),  # a code twice
        ({"units": [{**cast.UNITS[0], "organ": "YL999"}]}, "units", "机构代码"),  # an unknown organ
        ({"posts": [*cast.POSTS, {**cast.POSTS[2], "code": "YL132-P009", "organ": "YL132"}]}, "posts", "内设机构代码"),  # another's unit
        ({"people": [*cast.PEOPLE, {**cast.PEOPLE[2], "post": "YL132-P001"}]}, "people", "主要任职"),  # two main posts
        ({"people": [*cast.PEOPLE, {**cast.PEOPLE[0], "name": "孟若水", "post": "YL130-P002", "main": False}]}, "people", "姓名"),
        ({"people": [{"code": "YLP00009", "name": "何露晞", "post": "", "main": True}]}, "people", "职位代码"),
        ({"people": [{**cast.PEOPLE[0], "until": "2020-01-01"}]}, "people", "免职日期"),  # ends before it began
        ({"relations": [{"subject": "YL003", "object": "YL003", "kind": "guidance"}]}, "relations", "下位机关代码"),
    ],
)
def test_rows_that_do_not_fit_together_are_named(rows, table, heading):
    assert (table, heading) in {(t, h) for t, _row, h, _text in said(cast.tables(**rows))}


def test_an_organ_is_not_its_own_superior_over_others():
    organs = [
        {"code": "AA01", "name": "甲", "kind": "department", "level": "county", "parent": "AA02"},
        {"code": "AA02", "name": "乙", "kind": "department", "level": "county", "parent": "AA01"},
    ]
    assert {(t, row, h) for t, row, h, _text in said(cast.only(organs=organs))} == {
        ("organs", 1, "上级机关代码"),
        ("organs", 2, "上级机关代码"),
    }


def test_one_mistake_is_told_once():
    organs = [{**cast.ORGANS[2], "kind": "公司", "parent": ""}]
    units = cast.UNITS
    assert [(t, h) for t, _row, h, _text in said(cast.only(organs=organs, units=units))] == [("organs", "类别")]


def test_a_code_that_ended_does_not_return():
    known = Known(codes={"organs": frozenset({"YL130"})}, ended={"organs": frozenset({"YL130"})})
    revived = [{**cast.ORGANS[2], "parent": "", "until": None}]
    assert [text for *_where, text in said(cast.only(organs=revived), known)] == ["代码“%(code)s”已经停用，不得再次启用"]


def test_a_code_is_not_put_to_another_use():
    known = Known(codes={"organs": frozenset({"YL130", "YL132"}), "units": frozenset({"YL130-01"})}, home={"YL130-01": "YL130"})
    moved = [{**cast.UNITS[0], "organ": "YL132"}]
    assert [text for *_where, text in said(cast.only(units=moved), known)] == ["代码“%(code)s”属于机构%(organ)s，不得改作他用"]


def test_a_new_main_post_needs_the_end_of_the_old_one():
    known = Known(
        codes={"people": frozenset({"YLP00003"}), "posts": frozenset({"YL130-P002", "YL132-P001"})}, main={"YLP00003": "YL130-P002"}
    )
    new = {"code": "YLP00003", "name": "林雯舒", "post": "YL132-P001", "main": True}
    old = {"code": "YLP00003", "name": "林雯舒", "post": "YL130-P002", "main": True, "until": date(2026, 6, 30)}
    assert len(said(cast.only(people=[new]), known)) == 1
    assert said(cast.only(people=[old, new]), known) == []


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\tx", "＝1", "'=1", "''", "普通", "", "o'k"])
def test_what_is_shielded_comes_back_as_it_was(text):
    kept = tables.shielded(text)
    assert not kept.startswith(tuple("=+-@\t\r＝＋－＠"))
    assert tables.unshielded(kept) == text


def test_groups_of_recipients_are_kinds_of_organs():
    assert {group.kind for group in rules.GROUPS} <= set(rules.Kind)
    assert len({group.name for group in rules.GROUPS}) == len(rules.GROUPS)


def test_dates_of_a_form_are_days():
    column = next(c for c in BY_NAME["people"].columns if c.form is Form.DAY)
    assert tables.cell(column, "2026-03-01 00:00:00") == date(2026, 3, 1)
