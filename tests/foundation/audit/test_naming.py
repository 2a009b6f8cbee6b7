"""The log in the auditor's words."""

import pytest

from zhengtong.foundation.audit import naming, queries
from zhengtong.foundation.audit.actions import action, record


def test_a_verb_is_read_by_its_name_and_an_unknown_one_by_its_code():
    assert naming.name("seals.trust") == "信任对方密钥"
    assert naming.name("seals.of_an_older_version") == "seals.of_an_older_version"
    assert naming.name("nowhere.done") == "nowhere.done"


@pytest.mark.django_db
def test_the_log_is_found_by_the_name_of_the_verb(network_keys):
    @action
    def note(verb: str) -> None:
        record(None, verb, "peer")

    note("seals.trust")
    note("clock.load_notice")
    assert [entry.verb_name for entry in queries.entries("信任对方")] == ["信任对方密钥"]
    assert [entry.verb for entry in queries.entries("trust")] == ["seals.trust"]
