"""The table of the four properties, and for each check that needs no answer one item that breaks exactly it."""

from dataclasses import replace
from datetime import date

import pytest

from zhengtong.office.archive.rules import checks, examining
from zhengtong.office.archive.rules.checks import Answer, Property, Result, Stage
from zhengtong.office.archive.rules.examining import Batch, Listed, Seen, SeenPart

FINAL = SeenPart("final", "正本.pdf", "pdf", 900, "a" * 64, 2, real_kind="pdf", pages=2)
SHEET = SeenPart("sheet", "处理单.pdf", "pdf", 300, "b" * 64, 1, real_kind="pdf", pages=1)
METADATA = SeenPart("metadata", "元数据.xml", "txt", 100, "c" * 64, None, real_kind="txt")
LOG = SeenPart("log", "处理过程.json", "txt", 50, "d" * 64, None, real_kind="txt")
PARTS = (FINAL, SHEET, METADATA, LOG)
VALUES = {
    "聚合层次": "文件", "全宗名称": "云岭县人民政府", "立档单位名称": "云岭县人民政府", "电子文件号": "S2026-000001",
    "全宗号": "Z003", "年度": "2026", "保管期限": "D30", "机构或问题": "BGS", "室编件号": "0001", "题名": "关于防火的通知",
    "文件编号": "云州政发〔2026〕1号", "责任者": "云州市人民政府", "日期": "20260301", "文种": "通知", "文件组合类型": "组合文件",
    "页数": "2", "件数": "1",
}  # fmt: skip
GOOD = Seen(
    name="云政收〔2026〕1号", way="received", number="Z003-WS·2026-D30-BGS-0001", fixed=True, values=VALUES,
    columns={"题名": VALUES["题名"]},
    listed=[Listed(p.role, p.name, p.kind, p.size, p.sm3) for p in PARTS if p.role != "metadata"],
    events=(("P1", "2026-03-01T09:00:00+08:00"), ("P1", "2026-03-02T09:00:00+08:00")), people=frozenset({"P1"}), parts=PARTS,
)  # fmt: skip


def batch(*items, **more):
    return Batch(items, date(2026, 11, 1), more.pop("expected", len(items)), more.pop("bytes", 1350), **more)


def value(**change):
    return replace(GOOD, values={**VALUES, **change})


def without(name):
    return replace(GOOD, values={k: v for k, v in VALUES.items() if k != name})


def part(old, **change):
    return replace(GOOD, parts=tuple(replace(p, **change) if p == old else p for p in PARTS))


def failing(of):
    return {number for number, check in examining.AUTOMATIC.items() if check(of).result in (Result.BAD, Result.WARN)}


def test_an_item_that_is_in_order_passes_every_check():
    assert failing(batch(GOOD)) == set()


@pytest.mark.parametrize(
    ("seen", "numbers"),
    [
        (part(SHEET, whole=False), {"1-1", "2-2"}),
        (replace(GOOD, fixed=False), {"1-1"}),
        (replace(GOOD, signatures=(("签发 孟若山", False),)), {"1-1"}),
        (value(题名="长" * 501), {"1-2", "1-10"}),
        (value(室编件号="1"), {"1-3", "1-7"}),
        (value(日期="20260230"), {"1-3"}),
        (value(文种="总结"), {"1-4"}),
        (value(日期="20270101"), {"1-5"}),
        (value(年度="2031"), {"1-5", "1-7"}),
        (value(责任者="云州\ufffd市"), {"1-6"}),
        (replace(GOOD, number="Z003-WS·2026-D30-BGS-0002"), {"1-7"}),
        (replace(GOOD, twins=("云政收〔2026〕9号",)), {"1-8"}),
        (replace(GOOD, listed=[replace(GOOD.listed[0], size=1), *GOOD.listed[1:]]), {"1-9"}),
        (replace(GOOD, columns={"题名": "别的"}), {"1-10"}),
        (without("聚合层次"), {"2-3"}),
        (value(文件编号=" "), {"2-4"}),
        (replace(GOOD, events=()), {"2-5"}),
        (replace(GOOD, events=tuple(reversed(GOOD.events))), {"2-5"}),
        (replace(GOOD, people=frozenset()), {"2-5"}),
        (replace(GOOD, log=-1), {"2-5"}),
        (replace(GOOD, parts=(SHEET, FINAL, METADATA, LOG)), {"2-6"}),
        (replace(GOOD, parts=(FINAL, METADATA, LOG), listed=[one for one in GOOD.listed if one.role != "sheet"]), {"2-7", "2-2"}),
        (part(FINAL, pages=1), {"2-7"}),
        (replace(GOOD, listed=[*GOOD.listed, Listed("attachment", "附表.pdf", "pdf", 1, "e" * 64)]), {"1-9", "2-8"}),
        (replace(GOOD, values=None), {"1-10", "2-3", "2-4", "3-1", "1-7"}),
        (replace(GOOD, number=None), {"3-2"}),
        (part(SHEET, kind="docx", real_kind="docx"), {"3-3"}),
        (part(SHEET, opens=False, pages=None), {"2-7", "3-4"}),
        (part(SHEET, locked=True), {"3-6"}),
        (part(SHEET, real_kind=""), {"4-2"}),
    ],
)
def test_each_check_finds_what_it_is_there_for_and_names_the_item(seen, numbers):
    of = batch(seen)
    assert failing(of) == numbers
    for number in numbers - {"2-2"}:
        assert examining.AUTOMATIC[number](of).faults[0][0] == GOOD.name


def test_totals_and_gaps_are_those_of_the_batch():
    assert failing(batch(GOOD, expected=2)) == {"2-1"}
    assert failing(batch(GOOD, bytes=1)) == {"2-2"}
    assert failing(batch(GOOD, gaps=[("2026-D30", "0003")])) == {"2-6"}


def test_what_is_only_told_blocks_nothing():
    doubles = examining.AUTOMATIC["1-8"](batch(replace(GOOD, twins=("别件",))))
    assert doubles.result == Result.WARN and examining.result([doubles]) == Result.WARN
    assert examining.result([doubles, checks.Outcome(Result.BAD)]) == Result.BAD


def test_the_table_is_whole():
    """Every row is answered by a rule, by the carrier's verification or by a person, and by one of them only."""
    numbers = [check.number for check in checks.CHECKS]
    assert len(set(numbers)) == len(numbers)
    asked = {check.number for check in checks.CHECKS if check.asked}
    assert asked | examining.AUTOMATIC.keys() | examining.CARRIER.keys() == set(numbers)
    assert not asked & (examining.AUTOMATIC.keys() | examining.CARRIER.keys())
    assert not examining.AUTOMATIC.keys() & examining.CARRIER.keys()
    for stage in Stage:
        assert {check.property for check in checks.of_stage(stage)} == set(Property)
        assert checks.asked(stage)
    assert {check.stages for check in checks.CHECKS if check.number in examining.CARRIER} == {frozenset({Stage.TRANSFER})}


def test_codes_carry_the_prefix_of_their_stage():
    check = checks.CHECKS[0]
    assert [checks.code(check, stage) for stage in Stage] == ["GD-1-1", "YJ-1-1", "CQ-1-1"]
    assert checks.check_of("YJ-1-1") == check


def test_every_step_of_a_carrier_that_fails_fails_a_check():
    failed = {step: "x" for steps in examining.CARRIER.values() for step in steps}
    assert all(examining.carrier(number, failed).result == Result.BAD for number in examining.CARRIER)
    assert all(examining.carrier(number, {}).result == Result.GOOD for number in examining.CARRIER)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, None),
        ({"4-1": None}, "请回答"),
        ({"4-1": Answer("maybe")}, "请回答"),
        ({"4-1": Answer("bad")}, "请写明情况"),
        ({"4-1": Answer("bad", "上月到期，正在续")}, None),
        ({"4-1": Answer("none")}, None),
    ],
)
def test_what_is_asked_must_be_answered_and_a_no_needs_its_reason(change, says):
    answers = {number: answer for number, answer in {**checks.affirmed(Stage.FILING), **change}.items() if answer}
    no = checks.answers_objection(Stage.FILING, answers)
    assert (says in no.text) if says else no is None
