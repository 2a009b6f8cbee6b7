from datetime import timedelta

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.clock.rules import State
from zhengtong.foundation.refusal import Refused
from zhengtong.oversight.timelimits import actions, queries
from zhengtong.oversight.timelimits.models import Card, Reported


def test_a_report_becomes_a_row_of_the_board_with_its_sender(reported):
    reported()
    (row,) = queries.board()
    assert (row.subject, row.organ, row.reading.state) == ("YL160-2026-000001", "YL130", State.NORMAL)
    assert Entry.objects.get().actor_code == "business"


def test_the_worst_stands_first_and_what_is_finished_is_gone(reported):
    reported("A")
    reported("B", days_ago=60)
    reported("C", days_ago=60)
    reported("C", "finish")
    assert [row.subject for row in queries.board()] == ["B", "A"]
    assert {row.subject for row in queries.board(finished=True)} == {"A", "B", "C"}
    assert queries.counts(queries.board()) == {"red": 1, "yellow": 0, "warning": 0, "normal": 1}


def test_the_board_of_a_past_day_knows_only_what_had_happened_by_then(reported):
    reported("A", days_ago=60)
    reported("A", "finish", days_ago=2)
    reported("B", days_ago=60)
    reported("C", days_ago=10)
    then = clock.today() - timedelta(days=50)
    assert {row.subject for row in queries.board(then)} == {"A", "B"}
    assert {row.subject: row.reading for row in queries.board(finished=True)} == {
        subject: dict(queries.accounts(queries.history(subject), clock.today()))["licence.decision"].reading for subject in "ABC"
    }


def test_a_stopped_clock_calls_for_no_card(reported):
    reported(days_ago=60)
    reported(kind="stop", days_ago=59, reason="hearing")
    assert queries.board()[0].reading.state is State.STOPPED and actions.propose_cards() == 0


def test_a_card_is_proposed_once(reported):
    reported(days_ago=60)
    assert actions.propose_cards() == 1 and actions.propose_cards() == 0
    card = Card.objects.get()
    assert (card.colour, card.state, card.organ) == ("red", "proposed", "YL130")


def test_a_report_that_is_no_event_is_refused_and_nothing_changes(reported):
    for wrong in ({"at": "yesterday"}, {"kind": "begin"}):
        with pytest.raises((Refused, AssertionError, ValueError)):
            reported(**wrong)
    assert not Reported.objects.exists() and not Entry.objects.exists()


def test_the_supervisor_sends_a_card_or_says_why_not(reported, cast):
    reported("A", days_ago=60)
    reported("B", days_ago=60)
    actions.propose_cards()
    sent = actions.confirm(Card.objects.get(subject="A").pk, cast.supervisor)
    kept = actions.dismiss(Card.objects.get(subject="B").pk, cast.supervisor, "系统故障，已核实")
    assert (sent.state, sent.decided_by, kept.state, kept.reason) == ("confirmed", cast.supervisor.code, "dismissed", "系统故障，已核实")
    assert Entry.objects.filter(verb__in=["timelimits.confirm", "timelimits.dismiss"]).count() == 2


@pytest.mark.parametrize("verb", ["confirm", "dismiss"])
def test_nobody_decides_a_card_twice(reported, cast, verb):
    reported(days_ago=60)
    actions.propose_cards()
    card = actions.confirm(Card.objects.get().pk, cast.supervisor)
    before = Entry.objects.count()
    with pytest.raises(Refused, match="别人已先办理"):
        actions.confirm(card.pk, cast.supervisor) if verb == "confirm" else actions.dismiss(card.pk, cast.supervisor, "理由")
    assert Card.objects.get().state == "confirmed" and Entry.objects.count() == before


def test_a_dismissal_gives_its_reason(reported, cast):
    reported(days_ago=60)
    actions.propose_cards()
    with pytest.raises(Refused, match="写明理由"):
        actions.dismiss(Card.objects.get().pk, cast.supervisor, " ")
    assert Card.objects.get().state == "proposed"
