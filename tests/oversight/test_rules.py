from datetime import date

import pytest

from zhengtong.foundation.clock.rules import Reading, State
from zhengtong.oversight.timelimits import rules


def test_every_step_has_a_role_and_leads_out_of_proposed():
    assert all(step.role == "supervisor" and step.source == rules.CardState.PROPOSED for step in rules.STEPS)


def test_a_card_once_decided_is_decided_for_good():
    for verb in ("confirm", "dismiss"):
        assert rules.step(verb, rules.CardState.PROPOSED)
        assert not rules.step(verb, rules.CardState.CONFIRMED) and not rules.step(verb, rules.CardState.DISMISSED)


def test_the_board_knows_a_place_for_every_state():
    assert set(rules.GRAVITY) == set(State) and rules.GRAVITY[0] is State.RED


@pytest.mark.parametrize(
    ("state", "card"), [("red", "red"), ("yellow", "yellow"), ("warning", None), ("stopped", None), ("finished", None)]
)
def test_only_yellow_and_red_call_for_a_card(state, card):
    assert rules.card(Reading(State(state), date(2026, 12, 1), date(2026, 12, 1), 0, 0)) == card
