import pytest

from zhengtong.business.cases import rules
from zhengtong.business.cases.rules import STEPS, State


def test_every_step_names_its_article_and_who_does_it():
    assert all(step.article and step.role for step in STEPS)


def test_every_state_is_reached_and_only_the_closed_ones_are_ends():
    assert {step.target for step in STEPS} | {State.RECEIVED} == set(State)
    assert set(State) - {step.source for step in STEPS} == rules.CLOSED


def test_every_state_has_a_word_and_a_plain_sentence():
    assert set(rules.STATES) == set(rules.PLAIN) == set(State)


@pytest.mark.parametrize("verb", ["ask_completion", "not_accept", "refuse"])
def test_who_sends_a_resident_back_says_why(verb):
    state = next(step.source for step in STEPS if step.verb == verb)
    no = rules.objection(verb, state, "  ", 0)
    assert no and no.field == "reason"


def test_completion_is_asked_for_once():
    assert rules.objection("ask_completion", State.RECEIVED, "缺照片", 0) is None
    no = rules.objection("ask_completion", State.RECEIVED, "又缺照片", 1)
    assert no and "一次" in no.text


@pytest.mark.parametrize("state", sorted(rules.CLOSED))
def test_nothing_moves_a_closed_case(state):
    assert not [step for step in STEPS if rules.objection(step.verb, state, "理由", 0) is None]


def test_buttons_are_what_the_role_may_do_in_the_state():
    assert {s.verb for s in rules.verbs(State.RECEIVED, frozenset({"window_clerk"}))} == {"accept", "ask_completion", "not_accept"}
    assert {s.verb for s in rules.verbs(State.DECIDING, frozenset({"approver"}))} == {"grant", "refuse"}
    assert not rules.verbs(State.EXAMINING, frozenset({"window_clerk"}))
