"""Who may touch the log in the database itself: on PostgreSQL the role has no right, on SQLite a trigger refuses."""

from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from zhengtong.foundation.audit import checkpoints
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.audit.rules import Actor, ActorKind
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.numbers.queries import used

ROLE = "zt application"  # a name that must be quoted
ANN = Actor(ActorKind.PERSON, "P1", "林文", "O1")
LACKS_RIGHT = "42501"


@action
def number():
    record(ANN, "test.number", f"{take('云政发', 'O1', 2026)}号")


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def as_application(db, network_keys):
    """A context in which the database knows us as the application; roles exist on PostgreSQL only."""
    number()
    if connection.vendor == "postgresql":
        sql(f'CREATE ROLE "{ROLE}"')
        call_command("grants", ROLE, verbosity=0)

    @contextmanager
    def application():
        if connection.vendor == "postgresql":
            sql(f'SET LOCAL ROLE "{ROLE}"')
        yield
        if connection.vendor == "postgresql":
            sql("RESET ROLE")

    return application


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry", "UPDATE audit_entry SET seq = seq + 1 WHERE seq = 1"],
)
def test_the_application_can_not_change_or_delete_an_entry(as_application, statement):
    before = list(Entry.objects.values())
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), as_application():
        sql(statement)
    if connection.vendor == "postgresql":
        assert refused.value.__cause__.sqlstate == LACKS_RIGHT
    else:
        assert "append only" in str(refused.value)
    assert list(Entry.objects.values()) == before and checkpoints.verify() == []


def test_the_application_can_not_empty_the_log_or_silence_its_triggers(as_application):
    """On SQLite whoever holds the file holds all; there the signed checkpoints find it out (test_tampering)."""
    before = Entry.objects.count()
    for statement in ("TRUNCATE audit_entry", "ALTER TABLE audit_entry DISABLE TRIGGER USER"):
        with pytest.raises(DatabaseError), transaction.atomic(), as_application():
            sql(statement)
    assert Entry.objects.count() == before


def test_the_application_can_do_its_work(as_application):
    with transaction.atomic(), as_application():
        number()
    assert used("云政发", "O1", 2026) == Entry.objects.filter(verb="test.number").count() == 2
    assert checkpoints.verify() == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["nobody here", "zt"])
def test_no_rights_are_given_to_an_unknown_role_or_to_the_owner(role):
    with pytest.raises(CommandError):
        call_command("grants", role)
    assert not Entry.objects.exists()


def test_giving_rights_is_itself_in_the_log(as_application):
    given = Entry.objects.filter(verb="audit.grants")
    assert [e.target for e in given] == ([ROLE] if connection.vendor == "postgresql" else [])
