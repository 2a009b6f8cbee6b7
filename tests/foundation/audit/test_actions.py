import pytest
from django.db import connection, transaction

from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.models import Entry, Head
from zhengtong.foundation.audit.rules import Actor, ActorKind
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.numbers.models import Series

pytestmark = pytest.mark.django_db
ANN = Actor(ActorKind.PERSON, "P1", "林文", "O1")


@action
def number():
    took = take("云政发", "O1", 2026)
    record(ANN, "test.number", f"云政发〔2026〕{took}号", {"took": took})
    return took


@action
def outer(fail_inner):
    number()
    try:
        inner(fail_inner)
    except ZeroDivisionError:
        pass
    record(ANN, "test.outer", "paper")


@action
def inner(fail):
    record(ANN, "test.inner", "paper")
    if fail:
        raise ZeroDivisionError


def test_an_action_leaves_one_entry_in_its_organs_chain():
    number()
    entry = Entry.objects.get()
    assert (entry.chain, entry.seq, entry.verb, entry.actor_name) == ("O1", 1, "test.number", "林文")
    assert Head.objects.get().hash == entry.hash


@pytest.mark.parametrize(("fails", "verbs"), [(False, ["number", "inner", "outer"]), (True, ["number", "outer"])])
def test_an_inner_action_that_fails_takes_its_entry_with_it(fails, verbs):
    outer(fails)
    assert list(Entry.objects.values_list("verb", flat=True)) == [f"test.{v}" for v in verbs]


def test_a_refused_action_leaves_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        inner(True)
    assert not Entry.objects.exists()


def test_nothing_is_recorded_outside_an_action():
    with pytest.raises(RuntimeError):
        record(ANN, "test.alone", "paper")
    assert not Entry.objects.exists()


class Crash(Exception):
    """The process dies at this statement."""


def crash_at(n):
    seen = iter(range(n + 1))

    def wrapper(execute, sql, params, many, context):
        if next(seen, None) == n:
            raise Crash(sql)
        return execute(sql, params, many, context)

    return wrapper


@pytest.mark.django_db(transaction=True)
def test_a_crash_at_any_statement_leaves_both_change_and_entry_or_neither():
    number()
    statements = 0
    while True:
        before = (Series.objects.get().last, Entry.objects.count())
        assert before[0] == before[1]
        try:
            with connection.execute_wrapper(crash_at(statements)):
                number()
        except Crash:
            connection.close()
            assert (Series.objects.get().last, Entry.objects.count()) == before
            statements += 1
            continue
        break
    assert statements >= 4 and Series.objects.get().last == Entry.objects.count() == 2
