"""From a clock in the business network to the board, by the ferry that loops back."""

import pytest
from django.conf import settings

from zhengtong.ferry.actions import pack_due
from zhengtong.ferry.arrival import accept_all
from zhengtong.foundation.clock import actions as clocks
from zhengtong.oversight.timelimits import queries


def test_an_event_of_a_clock_stands_on_the_board_after_the_ferrys_turn(cast):
    if settings.NETWORK == "oversight":
        pytest.skip("supervision apart has no clocks of its own: the networks report to it by ferry")
    clocks.start("YL160-2026-000009", "licence.decision", promised=5, title="小餐饮经营许可", organ="YL160")
    clocks.finish("YL160-2026-000009", "licence.decision", "准予")
    assert not queries.board(finished=True)
    pack_due()
    assert accept_all() == 2
    (row,) = queries.board(finished=True)
    assert (row.subject, row.title, row.reading.state.value) == ("YL160-2026-000009", "小餐饮经营许可", "finished")
    assert [event.network for event in queries.history("YL160-2026-000009")] == ["business", "business"]
