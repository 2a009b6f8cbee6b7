"""Every change made behind the code, by SQL, is found and named."""

import pytest
from django.db import DatabaseError, connection, transaction

from zhengtong.foundation import clock
from zhengtong.foundation.audit import checkpoints, rules
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.models import Entry, Head
from zhengtong.foundation.audit.rules import Actor, ActorKind, Fault

ANN = Actor(ActorKind.PERSON, "P1", "林文", "O1")
BOB = Actor(ActorKind.PERSON, "P2", "高远", "O2")


@action
def act(by=ANN, verb="test.act", target="paper", **detail):
    record(by, verb, target, detail)


@pytest.fixture
def behind():
    """SQL as somebody with the database's own password would run it: the refusing triggers are off."""
    statements = {
        "sqlite": ["DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"],
        "postgresql": ["ALTER TABLE audit_entry DISABLE TRIGGER USER"],
    }[connection.vendor]

    def sql(statement, *values):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    for statement in statements:
        sql(statement)
    return sql


@pytest.fixture
def chain(db, network_keys):
    for n in range(5):
        act(n=n)
    act(by=BOB)
    checkpoints.write()


def faults():
    return {(f.fault, f.chain, f.seq) for f in checkpoints.verify()}


def test_an_untouched_log_holds(chain):
    assert faults() == set()


def test_a_changed_entry_is_found(chain, behind):
    behind("UPDATE audit_entry SET actor_name = '别人' WHERE chain = 'O1' AND seq = 3")
    assert (Fault.CHANGED, "O1", 3) in faults()


def test_a_deleted_entry_is_found(chain, behind):
    behind("DELETE FROM audit_entry WHERE chain = 'O1' AND seq = 3")
    assert (Fault.MISSING, "O1", 3) in faults()


def test_an_inserted_entry_is_found(chain, behind):
    copy = Entry.objects.get(chain="O1", seq=5)
    copy.pk, copy.seq, copy.previous, copy.verb = None, 6, copy.hash, "test.forged"
    copy.hash = rules.digest(copy.previous, copy.fields())
    copy.save(force_insert=True)
    assert {chain for _, chain, _ in faults()} == {"O1"}


def test_two_swapped_entries_are_found(chain, behind):
    behind("UPDATE audit_entry SET seq = 900 WHERE chain = 'O1' AND seq = 2")
    behind("UPDATE audit_entry SET seq = 2 WHERE chain = 'O1' AND seq = 3")
    behind("UPDATE audit_entry SET seq = 3 WHERE chain = 'O1' AND seq = 900")
    assert {(Fault.CHANGED, "O1", 2), (Fault.CHANGED, "O1", 3)} <= faults()


def test_a_cut_tail_is_found_even_with_its_head(chain, behind):
    behind("DELETE FROM audit_entry WHERE chain = 'O1' AND seq >= 4")
    last = Entry.objects.get(chain="O1", seq=3)
    Head.objects.filter(chain="O1").update(seq=3, hash=last.hash)
    assert faults() == {(Fault.CUT, "O1", 4)}


def test_a_chain_recomputed_without_the_key_is_found(chain, behind):
    previous = rules.GENESIS
    for entry in Entry.objects.filter(chain="O1").order_by("seq"):
        entry.actor_name = "别人"
        entry.previous, entry.hash = previous, rules.digest(previous, entry.fields())
        behind(
            "UPDATE audit_entry SET actor_name = %s, previous = %s, hash = %s WHERE id = %s",
            "别人",
            entry.previous,
            entry.hash,
            entry.pk,
        )
        previous = entry.hash
    Head.objects.filter(chain="O1").update(hash=previous)
    assert faults() == {(Fault.RECOMPUTED, "O1", 5)}


def test_an_old_copy_of_the_database_is_found(chain, behind):
    old = checkpoints.path().read_text()
    act()
    act(by=BOB)
    checkpoints.write()
    for name, length in (("O1", 5), ("O2", 1)):  # what restoring the copy of before would leave
        behind("DELETE FROM audit_entry WHERE chain = %s AND seq > %s", name, length)
        last = Entry.objects.get(chain=name, seq=length)
        Head.objects.filter(chain=name).update(seq=length, hash=last.hash)
    assert faults() == {(Fault.OLD_COPY, "O1", 6), (Fault.OLD_COPY, "O2", 2)}
    checkpoints.path().write_text(old)
    assert faults() == set()


def restore(behind, lengths):
    """What restoring a copy with chains of these lengths leaves."""
    for name, length in lengths.items():
        behind("DELETE FROM audit_entry WHERE chain = %s AND seq > %s", name, length)
        Head.objects.filter(chain=name).update(seq=length, hash=Entry.objects.get(chain=name, seq=length).hash)


def test_an_old_copy_is_found_although_the_worker_has_signed_it_since(chain, behind):
    act()
    act(by=BOB)
    checkpoints.write()
    restore(behind, {"O1": 5, "O2": 1})
    assert checkpoints.write() is not None
    assert faults() == {(Fault.OLD_COPY, "O1", 6), (Fault.OLD_COPY, "O2", 2)}


def test_an_old_copy_is_found_although_its_chains_have_grown_past_the_end_again(chain, behind):
    act()
    checkpoints.write()
    restore(behind, {"O1": 5})
    for n in range(3):
        act(after=n)
    checkpoints.write()
    assert faults() == {(Fault.RECOMPUTED, "O1", 6)}


def test_a_changed_checkpoint_is_found(chain):
    text = checkpoints.path().read_text()
    checkpoints.path().write_text(text.replace('"O1"', '"O9"'))
    assert (Fault.BAD_SIGNATURE, "checkpoints", 1) in faults()


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_or_delete(chain, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 6 and faults() == set()


def test_a_checkpoint_is_written_only_when_something_moved(chain):
    assert checkpoints.write() is None
    act()
    assert checkpoints.write()["heads"]["O1"][0] == 6


def test_names_for_every_fault():
    assert set(rules.FAULTS) == set(Fault)


def test_time_of_an_entry_comes_from_the_clock(chain):
    assert abs((clock.now() - Entry.objects.last().at).total_seconds()) < 60
