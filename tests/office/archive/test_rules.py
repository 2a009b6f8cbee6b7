"""Retention, the archival number, and the balance, as DA/T 22-2015 has them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengtong.office.archive import rules
from zhengtong.office.archive.rules import Period, Way, retention
from zhengtong.office.archive.rules import balance as sheets
from zhengtong.office.documents.rules import kinds


@pytest.mark.parametrize(
    ("fonds", "year", "period", "klass", "serial", "number"),
    [
        ("Z109", 2011, "Y", "BGS", 1, "Z109-WS·2011-Y-BGS-0001"),
        ("Z109", 2011, "D30", "", 26, "Z109-WS·2011-D30-0026"),
        ("Z003", 2026, "D10", "YWL", 9999, "Z003-WS·2026-D10-YWL-9999"),
    ],
)
def test_the_archival_number_is_built_as_the_standard_says(fonds, year, period, klass, serial, number):
    assert rules.number(fonds, year, period, klass, serial) == number
    assert rules.NUMBER.match(number)


@pytest.mark.parametrize(
    ("kind", "important", "period"),
    [
        ("decision", False, Period.PERMANENT),
        ("notice", True, Period.PERMANENT),
        ("notice", False, Period.THIRTY),
        ("letter", False, Period.TEN),
        ("letter", True, Period.THIRTY),
        ("unknown", True, Period.THIRTY),
    ],
)
def test_a_period_is_proposed_by_type_and_weight(kind, important, period):
    assert retention.proposed(kind, important) == period


def test_every_document_type_has_its_row_and_every_row_its_source():
    assert {row.kind for row in retention.RETENTION if row.way == Way.ISSUED} == {*kinds.KINDS, retention.ANY}
    assert all(row.source for row in retention.RETENTION)
    assert retention.proposed("notice", True, Way.RECEIVED) == Period.THIRTY
    assert retention.proposed("reply", False, Way.RECEIVED) == Period.PERMANENT


PLAN = (
    retention.ClassRule("unit", "秘书一科", "BGS", "分类方案第三条"),
    retention.ClassRule("word", "防火", "YWL"),
    retention.ClassRule("kind", "纪要", "BGS"),
    retention.ClassRule("way", "收文", "YWL"),
)


@pytest.mark.parametrize(
    ("unit", "maker", "kind", "title", "way", "klass"),
    [
        ("秘书一科", "县政府", "通知", "关于防火的通知", "发文", "BGS"),  # the first row that fits
        ("秘书二科", "县政府", "通知", "关于防火的通知", "发文", "YWL"),
        ("", "县政府", "纪要", "会议纪要", "发文", "BGS"),
        ("", "市政府", "通知", "关于防汛的通知", "收文", "YWL"),
        ("", "县政府", "通知", "关于防汛的通知", "发文", None),
    ],
)
def test_a_class_is_proposed_by_the_fonds_own_plan(unit, maker, kind, title, way, klass):
    found = retention.klass(PLAN, retention.Traits(unit, maker, kind, title, way))
    assert (found.klass if found else None) == klass


def test_the_old_periods_are_not_known():
    assert set(rules.PERIODS) == {"Y", "D30", "D10"}
    assert not {"长期", "短期"} & set(rules.PERIODS.values())


@pytest.mark.parametrize(
    ("state", "period", "klass", "classes", "has_fonds", "whole", "objects"),
    [
        ("prefiled", "Y", "BGS", {"BGS"}, True, True, False),
        ("prefiled", "Y", "", set(), True, True, False),
        ("filed", "Y", "BGS", {"BGS"}, True, True, True),
        ("prefiled", "Y", "", {"BGS"}, True, True, True),
        ("prefiled", "Y", "BGS", set(), True, True, True),
        ("prefiled", "长期", "BGS", {"BGS"}, True, True, True),
        ("prefiled", "Y", "BGS", {"BGS"}, False, True, True),
        ("prefiled", "Y", "BGS", {"BGS"}, True, False, True),
    ],
)
def test_when_an_item_can_be_filed(state, period, klass, classes, has_fonds, whole, objects):
    assert bool(rules.choice_objection(state, period, klass, classes, has_fonds, whole)) is objects


def test_the_parts_of_an_item_stand_in_the_order_of_the_standard():
    order = [role for role, row in sorted(rules.PARTS.items(), key=lambda pair: pair[1][0])]
    assert order[:5] == ["final", "page", "attachment", "sheet", "draft"]
    assert rules.missing_parts(["final", "sheet", "draft", "signed", "traces", "metadata", "signatures"], "issued") == ["处理过程"]
    assert rules.missing_parts(["final", "sheet", "metadata", "log"], "received") == []


def test_the_year_is_the_year_of_signing():
    assert rules.filing_year(date(2025, 12, 31)) == 2025


@pytest.mark.parametrize(
    ("registered", "states", "filed", "prefiled", "waived", "missing", "even"),
    [
        (0, {}, 0, 0, 0, (), True),
        (3, {1: "filed", 2: "filed", 3: "filed"}, 3, 0, 0, (), True),
        (4, {1: "filed", 3: "prefiled"}, 1, 1, 0, (2, 4), False),
        (3, {1: "filed", 2: "waived", 3: "filed"}, 2, 0, 1, (), True),
    ],
)
def test_the_balance_names_what_is_missing(registered, states, filed, prefiled, waived, missing, even):
    row = sheets.balance("县政府", "云政发", registered, states)
    assert (row.filed, row.prefiled, row.waived, row.missing, row.even) == (filed, prefiled, waived, missing, even)
    assert row.adds_up


@given(st.integers(0, 40), st.dictionaries(st.integers(1, 40), st.sampled_from(["filed", "prefiled", "waived"])))
def test_the_balance_always_adds_up(registered, states):
    last = max([registered, *states])
    assert sheets.balance("县政府", "云政发", last, states).adds_up


@pytest.mark.parametrize(
    ("ground", "way", "note", "serial", "state", "says"),
    [
        ("general", Way.RECEIVED, "", 1, None, None),
        ("general", Way.RECEIVED, "", 1, "prefiled", None),
        ("general", Way.ISSUED, "", 1, None, "请选择不归档的理由"),
        ("", Way.RECEIVED, "", 1, None, "请选择不归档的理由"),
        ("void", Way.ISSUED, " ", 1, None, "须写明情况"),
        ("void", Way.ISSUED, "编错了号", 1, None, None),
        ("double", Way.ISSUED, "", 1, "filed", "已经归档"),
        ("double", Way.ISSUED, "", 1, "waived", "已定为不归档"),
        ("double", Way.ISSUED, "", 9, None, "没有登记这个号"),
        ("double", Way.ISSUED, "", 0, None, "没有登记这个号"),
    ],
)
def test_a_document_is_waived_only_for_a_ground_of_the_order(ground, way, note, serial, state, says):
    no = sheets.waive_objection(ground, way, note, serial, 3, state)
    assert (says in no.text) if says else no is None


def test_every_ground_has_its_source_and_a_way():
    assert all(one.source and one.ways for one in sheets.GROUNDS.values())


@pytest.mark.parametrize(("code", "good"), [("Z109", True), ("0001", True), ("z109", False), ("Z10", False), ("Z10-", False)])
def test_a_fonds_number_has_four_capitals_or_digits(code, good):
    assert (rules.fonds_objection(code, "名") is None) is good
    assert rules.fonds_objection("Z109", " ")


@pytest.mark.parametrize(("code", "good"), [("BGS", True), ("A01", True), ("bgs", False), ("BG", False), ("办公室", False)])
def test_a_class_code_has_three(code, good):
    assert (rules.class_objection(code, "名") is None) is good
