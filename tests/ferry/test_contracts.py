import itertools

import pytest

from zhengtong.ferry import contracts
from zhengtong.ferry.contracts import (
    CONTRACTS,
    direction_objection,
    known_fields,
    payload_objection,
    receiver_of,
    secrecy_objection,
    version_objection,
)

from .conftest import DOCUMENT

NETWORKS = ("office", "classified", "business", "portal", "oversight", "probe")
ALLOWED = {
    ("public_document", "office", "business"), ("directory", "business", "office"), ("release", "business", "portal"),
    ("public_directory", "business", "portal"), ("application", "portal", "business"), ("rating", "portal", "business"),
    ("case_status", "business", "portal"), ("information_request", "portal", "business"), ("disclosure_desks", "business", "portal"),
    ("letter", "portal", "business"), ("mailbox", "business", "portal"),
    *itertools.product(("clock_events", "figures"), ("office", "business"), ("oversight",)),
    ("audit_heads", "portal", "business"), ("audit_heads", "business", "office"),
    *itertools.product(("receipt",), ("office",), ("business",)), ("receipt", "business", "office"),
    ("receipt", "business", "portal"), ("receipt", "portal", "business"),
    ("clock_events", "portal", "oversight"), ("figures", "portal", "oversight"), ("published_site", "business", "oversight"),
    *itertools.product(("receipt",), ("office", "business", "portal", "probe"), ("oversight",)), ("receipt", "business", "probe"),
    ("receipt", "probe", "business"), ("watch", "business", "probe"), ("visited", "probe", "oversight"),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTRACTS)
@pytest.mark.parametrize(("sender", "receiver"), list(itertools.product(NETWORKS, NETWORKS)))
def test_every_contract_goes_its_own_way_and_no_other(name, sender, receiver):
    assert (direction_objection(name, sender, receiver) is None) == ((name, sender, receiver) in ALLOWED)


APART = {("receipt", "oversight", network) for network in ("office", "business", "portal", "probe")} | {("watch", "oversight", "probe")}


@pytest.mark.parametrize("name", CONTRACTS)
@pytest.mark.parametrize(("sender", "receiver"), list(itertools.product(NETWORKS, NETWORKS)))
def test_supervision_apart_answers_for_itself_and_nothing_else_changes(monkeypatch, name, sender, receiver):
    monkeypatch.setitem(contracts.HOSTS, "oversight", "oversight")
    assert (direction_objection(name, sender, receiver) is None) == ((name, sender, receiver) in ALLOWED | APART)


@pytest.mark.parametrize(
    ("name", "sender", "receiver"),
    [
        ("public_document", "office", "business"),
        ("clock_events", "business", "oversight"),
        ("audit_heads", "portal", "business"),
        ("audit_heads", "business", "office"),
        ("receipt", "business", ""),
        ("rating", "office", ""),
        ("nothing", "office", ""),
    ],
)
def test_the_receiver_is_known_where_there_is_only_one(name, sender, receiver):
    assert receiver_of(name, sender) == receiver


def test_what_the_sender_may_not_read_again_is_written_in_the_contract():
    assert {c.name: set(c.inside) for c in CONTRACTS.values() if c.inside} == {
        **{
            name: {"handed_in_at", "status_key", "answers", "attachments", "completes"}
            for name in ("application", "information_request", "letter")
        },
        "rating": {"stars", "words", "at"},
    }
    assert all("portal" in c.senders for c in CONTRACTS.values() if c.inside)


def test_fields_of_a_later_minor_version_are_left_out_and_of_our_own_kept():
    payload = {"receipt": "R", "status": "s", "more": 1}
    assert known_fields("case_status/1.1", payload) == {"receipt": "R", "status": "s"}
    assert known_fields("case_status/1.0", payload) == payload


def test_nothing_leaves_the_classified_network():
    assert not [c for c in CONTRACTS.values() if "classified" in c.senders + c.receivers]


@pytest.mark.parametrize("secrecy", ["秘密", "机密★5年", "绝密"])
@pytest.mark.parametrize("name", CONTRACTS)
def test_no_contract_carries_a_secrecy_mark(name, secrecy):
    assert secrecy_objection(name, secrecy) and not secrecy_objection(name, "")


@pytest.mark.parametrize(
    ("version", "good"),
    [
        ("rating/1.0", True),
        ("rating/0.9", True),
        ("rating/2.0", False),
        ("rating/一", False),
        ("rating/1", False),
        ("rating", False),
        ("x/1.0", False),
    ],
)
def test_own_major_version_and_the_one_before(version, good):
    assert (version_objection(version) is None) is good


@pytest.mark.parametrize(
    ("changed", "good"),
    [
        ({}, True),
        ({"release_approval": {"digest": "cd", "approved_by": "YLP1"}}, False),
        ({"release_approval": {"digest": "ab"}}, False),
        ({"release_approval": {}}, False),
        ({"content_digest": "", "release_approval": {"digest": "", "approved_by": "x"}}, False),
        ({"title": 7}, False),
        ({"surplus": "x"}, False),
    ],
)
def test_a_document_crosses_only_with_an_approval_of_this_content(changed, good):
    assert (payload_objection("public_document", {**DOCUMENT, **changed}) is None) is good
