"""What is asked once in an action, and what makes it ask again."""

import pytest

from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.once import forget, once

pytestmark = pytest.mark.django_db


class Asked:
    """Counts how often it was asked; each answer differs."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return self.times


@pytest.fixture
def asked():
    return Asked()


@action
def twice(asked, between=lambda: None):
    first = once("question", asked)
    between()
    return first, once("question", asked)


@action
def failing(asked):
    once("question", asked)
    raise ZeroDivisionError


def survive(verb, *given):
    with pytest.raises(ZeroDivisionError):
        verb(*given)


def test_within_an_action_and_those_inside_it_a_question_is_asked_once(asked):
    assert twice(asked, lambda: twice(asked)) == (1, 1) and asked.times == 1


def test_the_next_action_asks_again(asked):
    assert (twice(asked), twice(asked)) == ((1, 1), (2, 2))


def test_outside_actions_every_question_is_asked(asked):
    assert (once("question", asked), once("question", asked)) == (1, 2)


def test_other_questions_have_answers_of_their_own(asked):
    @action
    def ask():
        return once(("roles", 1), asked), once(("roles", 2), asked)

    assert ask() == (1, 2)


def test_what_changes_the_answer_makes_it_asked_again(asked):
    assert twice(asked, forget) == (1, 2)


def test_after_an_inner_action_failed_its_answers_hold_no_more(asked):
    assert twice(asked, lambda: survive(failing, asked)) == (1, 2)


def test_after_an_action_failed_nothing_is_remembered(asked):
    survive(failing, asked)
    assert once("question", asked) == 2
