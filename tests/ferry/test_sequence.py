import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhengtong.ferry.sequence import ANSWERS, Fate, Sent, answered, due, fate, missing

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_every_state_is_reached_and_every_answer_leads_somewhere():
    assert {state for state, _answer in ANSWERS} == set(Sent)
    assert {answer for _state, answer in ANSWERS} == {"imported", "refused", "missing"}
    assert answered("delivered", "imported") == Sent.DELIVERED and answered("packed", "nonsense") == Sent.PACKED


def test_a_number_is_taken_once_in_order_and_belongs_to_one_thing():
    assert fate(1, "a", 0, None, True) is Fate.IMPORT
    assert fate(1, "a", 1, "a", True) is Fate.REPLAY
    assert fate(1, "b", 1, "a", True) is Fate.CONFLICT
    assert fate(3, "c", 1, None, True) is Fate.WAIT
    assert fate(3, "c", 1, None, False) is Fate.IMPORT


def test_what_is_missing_lies_below_what_waits():
    assert missing(2, [5, 7]) == [3, 4, 6]
    assert missing(2, [3]) == [] == missing(2, [])
    assert len(missing(0, [10**9])) == 100


def test_what_is_not_answered_is_due_again():
    assert due("queued", None, NOW, timedelta(minutes=1))
    assert due("packed", NOW - timedelta(minutes=2), NOW, timedelta(minutes=1))
    assert not due("packed", NOW, NOW, timedelta(minutes=1)) and not due("delivered", NOW, NOW, timedelta())


@given(count=st.integers(1, 12), seed=st.integers(0, 1 << 30), loss=st.floats(0, 0.8))
def test_over_any_road_everything_arrives_once_and_in_order(count, seed, loss):
    road = random.Random(seed)
    sent = dict.fromkeys(range(1, count + 1), Sent.QUEUED)
    taken: list[int] = []
    tray: list[int] = []
    for _turn in range(2000):
        travelling = [n for n, state in sent.items() if state in (Sent.QUEUED, Sent.PACKED)]
        for n in travelling:
            sent[n] = Sent.PACKED
        tray += [n for n in travelling * road.choice([1, 1, 2]) if road.random() >= loss]
        road.shuffle(tray)
        rest: list[int] = []
        for n in tray:
            verdict = fate(n, str(n), len(taken), str(n) if n in taken else None, True)
            if verdict is Fate.WAIT:
                rest.append(n)
                continue
            if verdict is Fate.IMPORT:
                taken.append(n)
            if road.random() >= loss:
                sent[n] = answered(sent[n], "imported")
        for n in missing(len(taken), rest):
            if road.random() >= loss:
                sent[n] = answered(sent[n], "missing")
        tray = rest
        if set(sent.values()) == {Sent.DELIVERED}:
            break
    assert taken == list(range(1, count + 1)) and set(sent.values()) == {Sent.DELIVERED}
