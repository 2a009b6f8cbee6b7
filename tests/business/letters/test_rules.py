import pytest

from zhengtong.business.letters import rules
from zhengtong.foundation.clock.rules import LIMITS


def test_every_limit_of_a_kind_is_a_row_of_the_clock():
    for row in rules.KINDS.values():
        assert all(limit in LIMITS for limit in (row.limit, row.extended) if limit)
    assert rules.limit_of("complaint", order=True, extended=False) == "letter.order"
    assert rules.limit_of("report", order=True, extended=False) == rules.limit_of("", False, False) == ""


@pytest.mark.parametrize(("text", "found"), [("反映县农业局的张三", {1}), ("农业", set()), ("", set()), ("县农业局和审批局", {1, 2})])
def test_who_is_named_in_a_text(text, found):
    assert rules.named(text, [(1, ("云岭县农业局", "县农业局")), (2, ("审批局", "")), (3, ("张",))]) == found


def test_routing_learns_from_earlier_letters():
    duties = [(1, "农业灌溉水渠"), (2, "证照办理")]
    assert rules.suggest("水渠淤堵", duties, []) == [1]
    assert rules.suggest("路灯不亮", duties, [(2, "路灯不亮了")]) == [2]
    assert rules.suggest("", duties, []) == rules.suggest("，。", duties, []) == []


def test_nothing_of_a_report_is_done_in_the_open_inbox():
    assert {rules.role_of(step.verb, "report") for step in rules.STEPS} == {rules.CONFIDENTIAL}
    for state in rules.State:
        facts = rules.Facts("report", state.value)
        assert {s.verb for s in rules.offered(facts, rules.ROLES)} <= {"classify", "transfer"} or state not in ("received", "sorted")
        assert not rules.offered(facts, {rules.CENTER, rules.HANDLER, rules.CHECKER})
