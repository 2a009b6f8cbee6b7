"""The table of what happens between sender and receiver."""

from datetime import timedelta

import pytest

from zhengtong.foundation import clock
from zhengtong.office.dispatch import actions, rules
from zhengtong.office.dispatch.rules import State


def test_every_row_names_its_article_and_every_verb_is_an_action():
    assert all(step.article.startswith("第") for step in rules.STEPS)
    assert all(callable(getattr(actions, step.verb)) for step in rules.STEPS)


def test_what_went_back_only_goes_out_again():
    back = (State.RETURNED, State.RECALLED)
    assert {(s.verb, s.target) for s in rules.STEPS if s.source in back} == {("send_again", State.WAITING)}


@pytest.mark.parametrize(
    ("verb", "state", "reason", "objects"),
    [
        ("sign_for", "waiting", "", False),
        ("sign_for", "signed", "", True),
        ("send_back", "waiting", "不属本机关办理", False),
        ("send_back", "signed", "格式有误", False),
        ("send_back", "waiting", "  ", True),  # 第二十四条（三）: with a reason
        ("send_back", "waiting", "长" * 201, True),
        ("urge", "waiting", "", False),
        ("urge", "signed", "", True),
    ],
)
def test_what_may_follow_what(verb, state, reason, objects):
    assert bool(rules.step_objection(verb, state, reason)) is objects


@pytest.mark.parametrize(("minutes", "objects"), [(None, False), (5, True), (59, True), (61, False)])
def test_a_receiver_is_not_urged_twice_within_the_hour(minutes, objects):
    now = clock.now()
    before = None if minutes is None else now - timedelta(minutes=minutes)
    assert bool(rules.urge_objection(before, now)) is objects


@pytest.mark.parametrize(
    ("recipients", "objects"), [(["YL205"], False), ([], True), (["YL205", "YL205"], True), (["YL205", "YL003"], True)]
)
def test_to_whom_a_document_is_dispatched(recipients, objects):
    assert bool(rules.recipients_objection(recipients, "YL003")) is objects


@pytest.mark.parametrize(
    ("level", "network", "clearances", "objects"),
    [
        ("", False, {}, False),
        ("机密", False, {"镇": ["机密"]}, True),  # the open network dispatches nothing classified
        ("机密", True, {"镇": ["机密"]}, False),
        ("机密", True, {"镇": ["秘密", ""]}, True),
        ("机密", True, {"镇": ["绝密"], "局": []}, True),
        ("内部", True, {"镇": ["绝密"]}, True),
    ],
)
def test_a_classified_document_goes_only_where_somebody_is_cleared(level, network, clearances, objects):
    assert bool(rules.secrecy_objection(level, network, clearances)) is objects


def test_the_buttons_are_those_of_the_table():
    assert rules.verbs("waiting", rules.RECEIVERS) == ["sign_for", "send_back"]
    assert rules.verbs("waiting", rules.SENDERS) == ["urge"]
    assert rules.verbs("returned", rules.RECEIVERS) == []
