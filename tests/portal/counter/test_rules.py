from datetime import UTC, date, datetime, timedelta

import pytest

from zhengtong.portal.counter import rules

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_receipt_number_names_the_day_and_counts_in_the_portals_own_series():
    assert rules.receipt_number(date(2026, 11, 23), 1) == "YL-20261123-000001"


def test_a_code_is_eight_characters_in_two_groups_and_the_same_for_the_same_form():
    code = rules.code_of("secret", "token")
    assert len(code) == 8 and set(code) <= set(rules.ALPHABET) and rules.spoken(code) == f"{code[:4]}-{code[4:]}"
    assert code == rules.code_of("secret", "token") != rules.code_of("secret", "other")


def test_no_letter_of_a_code_is_mistaken_for_another():
    assert not set("01ILO") & set(rules.ALPHABET)


@pytest.mark.parametrize("typed", ["ABCD-2345", "abcd2345", " ａｂｃｄ－２３４５ ", "abcd—2345"])
def test_a_code_is_understood_however_it_is_typed(typed):
    assert rules.plain_code(typed) == "ABCD2345"


@pytest.mark.parametrize(("wrong", "waits"), [(4, False), (5, True), (9, True)])
def test_the_fifth_wrong_code_makes_a_source_wait(wrong, waits):
    assert bool(rules.wait_objection([NOON] * wrong, NOON)) is waits


def test_the_wait_ends_after_an_hour():
    assert rules.wait_objection([NOON] * 5, NOON + rules.WAIT) is None
    no = rules.wait_objection([NOON] * 5, NOON + timedelta(minutes=50))
    assert no and no.params == {"minutes": 11}


@pytest.mark.parametrize(
    ("state", "done", "now"),
    [
        ("sent", [], "提交申请"),
        ("completing", ["提交申请"], "核对材料"),
        ("deciding", ["提交申请", "核对材料", "部门办理"], "作出决定"),
        ("granted", ["提交申请", "核对材料", "部门办理", "作出决定", "办结"], None),
        ("not_accepted", ["提交申请", "核对材料", "办结"], None),
    ],
)
def test_the_way_shows_what_is_done_and_where_it_is(state, done, now):
    way = rules.way(state, {})
    assert [stage.label for stage in way if stage.done] == done
    assert next((stage.label for stage in way if stage.now), None) == now
