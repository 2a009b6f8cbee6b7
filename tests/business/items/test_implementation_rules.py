"""The national implementation list: codes, integrity, differences. No database."""

import json
from datetime import date

import pytest

from zhengtong.business.items import demo
from zhengtong.business.items.rules import codes, sheets
from zhengtong.business.items.rules import implementation as rules
from zhengtong.business.items.rules.integrity import INTEGRITY

ROW = json.loads(demo.LISTED.read_text(encoding="utf-8"))[0]
BELOW = {key: ROW[key] for key in rules.SHEETS_BY_KEY}
VALUES = {key: text for key, text in ROW.items() if key not in BELOW}


@pytest.mark.parametrize("code", ["11440100007482575H3440118009000", "12441500196720244T3442199806003"])
def test_real_codes_are_good(code):
    assert codes.task_objection(code) is None and codes.handle_objection(code + "01") is None
    assert codes.base_objection(codes.parts(code)[2]) is None or codes.parts(code)[2][2:4] not in codes.TASK_TYPES


@pytest.mark.parametrize("place", range(18))
def test_one_changed_digit_of_the_credit_code_is_found(place):
    good = "11440100007482575H3440118009000"
    other = "1" if good[place] == "0" else "0"
    assert codes.task_objection(good[:place] + other + good[place + 1 :])


@pytest.mark.parametrize(
    "code", ["", "1" * 30, "11440100007482575H9440118009000", "11440100007482575H3449918009000", "11440100007482575H344011800900a"]
)
def test_other_codes_are_refused(code):
    assert codes.task_objection(code)


@pytest.mark.parametrize("code", ["11440100007482575H3440118009000", "11440100007482575H34401180090000x", ""])
def test_a_handling_code_has_two_digits_more(code):
    assert codes.handle_objection(code)


@pytest.mark.parametrize("row", json.loads(demo.LISTED.read_text(encoding="utf-8")), ids=lambda row: row["local_task_code"])
def test_every_row_of_the_demo_is_whole(row):
    below = {key: row[key] for key in rules.SHEETS_BY_KEY}
    values = {key: text for key, text in row.items() if key not in below}
    assert rules.objections(values, below) == [] and rules.gaps(values, below) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"promise_day": "21"}, "promise_day"),  # 承诺≤法定
        ({"promise_type": "2"}, "promise_type"),
        ({"project_type": "1"}, "promise_day"),  # 即办件
        ({"anticipate_day": "45"}, "anticipate_explain"),  # 行政许可法 第四十二条
        ({"anticipate_type": "2", "promise_type": "2"}, "anticipate_type"),  # 第八十二条
        ({"is_fee": "1"}, "is_fee"),
        ({"is_online": "0"}, "limit_scene_explain"),
        ({"dept_type": "3"}, "entrust_name"),
        ({"result_name": ""}, "result_name"),
        ({"promise_day": "2"}, "promise_day"),  # the flow takes longer
        ({"catalog_code": "000160001001"}, "catalog_code"),
        ({"dept_code": "11440100007482575H"}, "dept_code"),
        ({"use_level": "3"}, "use_level"),
        ({"task_type": "20", "anticipate_explain": "x"}, "task_type"),
        ({"promise_day": "-1"}, "promise_day"),
        ({"promise_day": "５"}, "promise_day"),
        ({"power_source": "9"}, "power_source"),
        ({"plan_cancel_date": "2026-02-30"}, "plan_cancel_date"),
        ({"task_name": "长" * 1001}, "task_name"),
    ],
)
def test_an_integrity_rule_objects_at_its_field(changed, field):
    assert field in [no.field for no in rules.objections(VALUES | changed, BELOW)]


def test_a_longer_limit_with_its_law_is_good():
    assert rules.objections(VALUES | {"anticipate_day": "45", "anticipate_explain": "行政许可法第四十二条第二款"}, BELOW) == []


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("materials", [{"name": "材料", "type": "8", "source": "1", "copies": "1", "need": "1"}]),
        ("materials", [{"name": "材料"}]),
        ("flow", [{"step": "2", "who": "窗口", "days": "x"}]),
        ("handle_items", [{"code": "11440100007482575H344011800900001", "name": "别人的"}]),
        ("handle_items", BELOW["handle_items"] * 2),
        ("faq", [{"question": "问", "answer": "答"}] * 201),
    ],
)
def test_a_wrong_line_is_told_at_its_sheet(key, lines):
    assert key in [no.field for no in rules.objections(VALUES, BELOW | {key: lines})]


@pytest.mark.parametrize("field", [f.key for f in rules.FIELDS if f.required])
def test_a_gap_is_named(field):
    assert [no.field for no in rules.gaps({k: v for k, v in VALUES.items() if k != field}, BELOW)] == [field]


def test_every_integrity_rule_has_its_source_and_every_step_its_rule():
    assert all(source for _rule, source in INTEGRITY) and all(step.source_rule for step in rules.STEPS)
    assert {s.target for s in rules.STEPS} | {rules.State.DRAFT} == set(rules.State)
    assert not [s for s in rules.STEPS if s.source is rules.State.PUBLISHED], "what is published never changes"


def test_a_claimed_row_gives_only_its_own_fields():
    assert rules.claim_objections(VALUES, VALUES | {"promise_day": "4", "transact_addr": "别处"}) == []
    assert [no.field for no in rules.claim_objections(VALUES, VALUES | {"by_law": "另一部法"})] == ["by_law"]


def test_differences_name_the_field_and_show_words():
    after = VALUES | {"promise_day": "4", "is_online": "0"}
    found = rules.differences((VALUES, BELOW), (after, BELOW | {"faq": []}))
    assert found[:2] == [rules.Difference("承诺办结时限", "5", "4"), rules.Difference("是否网上办理", "是", "否")]
    assert [one.after for one in found[2:]] == [""] * len(BELOW["faq"])


@pytest.mark.parametrize(
    ("effective", "last", "objects"),
    [
        (date(2026, 3, 2), None, False),
        (date(2026, 3, 1), None, True),
        (date(2026, 3, 2), date(2026, 3, 2), True),
        (date(2026, 3, 3), date(2026, 3, 2), False),
    ],
)
def test_nothing_takes_effect_backwards(effective, last, objects):
    assert bool(rules.effective_objection(effective, date(2026, 3, 2), last)) is objects


@pytest.mark.parametrize(("text", "code"), [("上报件", "2"), ("即办件", "1"), ("2", "2"), ("x", "x")])
def test_older_kinds_of_handling_are_translated(text, code):
    assert sheets.read_cell(rules.BY_KEY["project_type"], text) == code


def test_a_spreadsheets_lost_zero_comes_back():
    assert sheets.read_cell(rules.BY_KEY["task_type"], "1") == "01"


@pytest.mark.parametrize("data", [{}, [3], [{"task_name": 3}], [{"materials": "x"}], [{"materials": [{"x": "y"}]}], [{"unknown": "x"}]])
def test_json_of_another_shape_is_a_problem_of_its_row(data):
    assert sheets.from_json(data)[1]
