import itertools

import pytest

from zhengtong.ferry.contracts import CONTRACTS, direction_objection, payload_objection, secrecy_objection, version_objection

NETWORKS = ("office", "classified", "business", "portal", "oversight")
ALLOWED = {
    ("public_document", "office", "business"), ("directory", "business", "office"), ("release", "business", "portal"),
    ("public_directory", "business", "portal"), ("application", "portal", "business"), ("rating", "portal", "business"),
    ("case_status", "business", "portal"),
    *itertools.product(("clock_events", "figures"), ("office", "business"), ("oversight",)),
    ("audit_heads", "portal", "business"), ("audit_heads", "business", "office"),
    *itertools.product(("receipt",), ("office",), ("business",)), ("receipt", "business", "office"),
    ("receipt", "business", "portal"), ("receipt", "portal", "business"),
    ("clock_events", "portal", "oversight"), ("figures", "portal", "oversight"),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTRACTS)
@pytest.mark.parametrize(("sender", "receiver"), list(itertools.product(NETWORKS, NETWORKS)))
def test_every_contract_goes_its_own_way_and_no_other(name, sender, receiver):
    assert (direction_objection(name, sender, receiver) is None) == ((name, sender, receiver) in ALLOWED)


def test_nothing_leaves_the_classified_network():
    assert not [c for c in CONTRACTS.values() if "classified" in c.senders + c.receivers]


@pytest.mark.parametrize("secrecy", ["秘密", "机密★5年", "绝密"])
@pytest.mark.parametrize("name", CONTRACTS)
def test_no_contract_carries_a_secrecy_mark(name, secrecy):
    assert secrecy_objection(name, secrecy) and not secrecy_objection(name, "")


@pytest.mark.parametrize(
    ("version", "good"),
    [("rating/1.0", True), ("rating/0.9", True), ("rating/2.0", False), ("rating", False), ("x/1.0", False), ("rating/一", False)],
)
def test_own_major_version_and_the_one_before(version, good):
    assert (version_objection(version) is None) is good


DOCUMENT = {
    "code": "D1", "number": "云政发〔2026〕1号", "title": "通知", "organ": "YL130", "organ_name": "县政府", "kind": "notice", "body": [],
    "date": "2026-11-23", "content_digest": "ab", "release_approval": {"digest": "ab", "approved_by": "YLP1"},
}  # fmt: skip


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
