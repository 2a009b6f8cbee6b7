"""Templates of slips: what the rule book keeps in order, and how rows are moved about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.foundation.slips.rules import patterns
from zhengtong.foundation.slips.rules.patterns import Entry, Kind, Order, Own, Stage, objections

KIND = Kind(
    "tested", "试件",
    (
        Stage("write", "拟稿", ("writer",), "home", "第一条", fixed=True, who="拟稿人"),
        Stage("advise", "征求意见", ("adviser",), "home", "第二条", must=False, several=True, alone=False),
        Stage("check", "审核", ("checker", "second"), "office", "第三条", alone=False),
        Stage("sign", "签发", ("head",), "organ", "第四条"),
        Stage("number", "编号", ("clerk",), "office", "第五条"),
    ),
    (
        Order("write", "advise", "第一条", "先拟稿"),
        Order("write", "check", "第一条", "先拟稿"),
        Order("check", "sign", "第三条", "签发以前须经审核"),
        Order("advise", "sign", "第四条", "签发以后不再征求意见"),
        Order("sign", "number", "第五条", "签发以后才能编号"),
    ),
    (Entry("write", "拟稿", "writer"), Entry("check", "审核", "checker"), Entry("sign", "签发", "head"), Entry("number", "编号", "clerk")),
)  # fmt: skip
WRITE, CHECK, SIGN, NUMBER = KIND.entries
ADVISE = Entry("advise", "法律顾问", "adviser")
BESIDE = Entry("advise", "法律顾问", "adviser", beside=True)


def said(*entries):
    return [(number, no.text % no.params) for number, no in objections(KIND, entries)]


@pytest.mark.parametrize(
    ("entries", "number", "sentence"),
    [
        ((WRITE, SIGN, NUMBER), 1, "缺少“审核”，不能没有这一环节（第三条）"),
        ((WRITE, CHECK, NUMBER), 2, "缺少“签发”，不能没有这一环节（第四条）"),
        ((WRITE, CHECK, SIGN), patterns.WHOLE, "缺少“编号”，不能没有这一环节（第五条）"),
        ((WRITE, CHECK, NUMBER, SIGN), 2, "签发以后才能编号（第五条）"),
        ((WRITE, SIGN, CHECK, NUMBER), 1, "签发以前须经审核（第三条）"),
        ((WRITE, CHECK, SIGN, ADVISE, NUMBER), 3, "签发以后不再征求意见（第四条）"),
        ((WRITE, CHECK, SIGN, BESIDE, NUMBER), 2, "“签发”不与别的环节并行（第四条）"),
        ((WRITE, CHECK, CHECK, SIGN, NUMBER), 2, "“审核”只能有一行（第三条）"),
        ((WRITE, Entry("check", "审核", "head"), SIGN, NUMBER), 1, "“审核”不能由这一角色办理（第三条）"),
        ((Entry("write", "拟稿", "writer", post="P1"), CHECK, SIGN, NUMBER), 0, "“拟稿”的办理人不能改（第一条）"),
        ((WRITE, Entry("advise", "问问", ""), CHECK, SIGN, NUMBER), 1, "请选择由谁办理"),
        ((WRITE, Entry("advise", " ", "adviser"), CHECK, SIGN, NUMBER), 1, "环节名称须为1至40个字"),
        ((WRITE, Entry("check", "审核", "checker", days=61), SIGN, NUMBER), 1, "办理天数须为0至60个工作日"),
        ((WRITE, Entry("seal", "盖章", "clerk"), CHECK, SIGN, NUMBER), 1, "“试件”没有“盖章”这一环节"),
    ],
)
def test_what_breaks_the_rules_is_refused_at_its_row_with_the_article(entries, number, sentence):
    assert (number, sentence) in said(*entries)


@pytest.mark.parametrize(
    "entries",
    [
        KIND.entries,
        (WRITE, ADVISE, CHECK, SIGN, NUMBER),
        (WRITE, CHECK, BESIDE, BESIDE, SIGN, NUMBER),
        (WRITE, Entry("check", "审核", "second", unit="U1", days=3), ADVISE, SIGN, NUMBER),
        (WRITE, Entry("advise", "科长", post="P1"), CHECK, SIGN, NUMBER),
    ],
)
def test_what_keeps_the_rules_is_not_refused(entries):
    assert said(*entries) == []


def test_too_many_rows_are_refused_at_once():
    assert said(*[ADVISE] * 25) == [(patterns.WHOLE, "一张办理单最多24行")]


@given(st.permutations([WRITE, CHECK, SIGN, NUMBER]))
def test_of_all_orders_only_the_lawful_one_passes(order):
    assert (said(*order) == []) is (tuple(order) == KIND.entries)


ROWS = st.lists(st.sampled_from([WRITE, CHECK, SIGN, NUMBER, ADVISE, BESIDE]), max_size=8)


@given(ROWS, st.integers(-1, 9), st.sampled_from([-1, 1]))
def test_a_moved_row_loses_no_row_and_the_first_stands_beside_nothing(rows, number, by):
    after = patterns.moved(rows, number, by)
    assert sorted((e.stage, e.label) for e in after) == sorted((e.stage, e.label) for e in rows)
    if 0 <= number < len(rows) and 0 <= number + by < len(rows):
        assert not after[0].beside


@given(ROWS, st.integers(0, 7))
def test_a_row_taken_out_leaves_its_neighbours_where_they_were(rows, number):
    after = patterns.without(rows, number)
    assert len(after) == len(rows) - (number < len(rows))
    if rows and not rows[0].beside:
        before = dict(zip([n for n in range(len(rows)) if n != number], patterns.entry_places(after), strict=True))
        places = patterns.entry_places(rows)
        for a in before:
            for b in before:
                assert (places[a] == places[b]) == (before[a] == before[b])


def test_nonsense_in_the_order_changes_nothing():
    rows = (WRITE, CHECK)
    assert patterns.arranged(rows, [1, 1]) == patterns.arranged(rows, []) == rows
    assert patterns.arranged(rows, [1, 0]) == (CHECK, WRITE)


def test_an_added_stage_comes_where_the_rules_allow_it():
    assert said(*patterns.with_stage(KIND, KIND.entries, "advise")) == []
    assert said(*patterns.with_stage(KIND, (WRITE, SIGN, NUMBER), "check")) == []
    assert patterns.with_stage(KIND, KIND.entries, "nothing") == KIND.entries


def test_the_rows_of_one_paper_name_organs_and_what_the_paper_says_itself():
    rows = (WRITE, Entry("check", "审核", "checker", unit="U1", days=2), Entry("advise", "科长", post="P1", beside=True), SIGN, NUMBER)
    places = {"home": "H", "office": "O", "organ": "G"}
    made = patterns.resolve(KIND, rows, places, {"write": Own("P007"), "check": Own(unit="U9")}, version=4, origin=12)
    assert (made.name, made.kind, made.version, made.origin) == ("tested", "tested", 4, 12)
    found = [(r.stage, r.role, r.organ, r.unit, r.post, r.person, r.beside, r.days) for r in made.rows]
    assert found == [
        ("write", "writer", "H", "", "", "P007", False, 0),
        ("check", "checker", "O", "U1", "", "", False, 2),  # the secretary's choice leads
        ("advise", "", "H", "", "P1", "", True, 0),
        ("sign", "head", "G", "", "", "", False, 0),
        ("number", "clerk", "O", "", "", "", False, 0),
    ]
    assert patterns.resolve(KIND, KIND.entries, places, {"check": Own(unit="U9")}).rows[1].unit == "U9"
