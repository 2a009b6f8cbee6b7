from datetime import timedelta

import pytest
from django.conf import settings

from zhengtong.ferry.actions import pack_due, receipt, send, store
from zhengtong.ferry.models import Outgoing
from zhengtong.ferry.package import check, inspect, unpack
from zhengtong.ferry.tool import explain
from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.seals import Broken
from zhengtong.foundation.seals.keys import own

RATING = {"receipt": "R1", "stars": 5, "at": "2026-11-23"}
DOCUMENT = {
    "code": "D1", "number": "云政发〔2026〕1号", "title": "通知", "organ": "YL130", "organ_name": "县政府", "kind": "notice", "body": [],
    "date": "2026-11-23", "content_digest": "ab", "release_approval": {"digest": "ab", "approved_by": "YLP1"},
}  # fmt: skip


@pytest.fixture
def mine():
    """What the network under test may send to business."""
    return {"office": ("public_document", DOCUMENT), "portal": ("rating", RATING)}[settings.NETWORK]


def out():
    return sorted((settings.TRAYS / "out" / "business").glob("*.ztp"))


def test_sent_packed_opened_by_the_receiver_and_by_nobody_else(business, mine, tmp_path):
    sent = send(mine[0], mine[1], {"a.pdf": b"%PDF" * 100_000}, by=None, key="k1")
    assert pack_due() == 1
    assert check(out()[0], own().signing).seq == sent.seq == 1
    folder = tmp_path / "opened"
    folder.mkdir()
    payload, files = unpack(out()[0], business.decryption, folder)
    assert payload == mine[1] and files["a.pdf"].read_bytes() == b"%PDF" * 100_000
    with pytest.raises(Broken):
        unpack(out()[0], business.signing, folder)


def test_the_same_key_twice_is_one_package(business, mine):
    assert send(*mine, {}, by=None, key="k1") == send(*mine, {}, by=None, key="k1")
    assert Outgoing.objects.count() == 1 == Entry.objects.filter(verb="ferry.send").count()


def test_numbers_run_without_gap(business, mine):
    for n in range(3):
        send(*mine, {}, by=None, key=f"k{n}")
    with pytest.raises(Refused):
        send(mine[0], {}, {}, by=None, key="bad")
    assert send(*mine, {}, by=None, key="k9").seq == 4


def test_what_is_not_answered_is_sent_again_with_its_number_until_it_is(business, mine):
    send(*mine, {}, by=None, key="k1")
    assert pack_due() == 1 and pack_due() == 0
    Outgoing.objects.update(packed_at=clock.real_now() - timedelta(hours=1))
    assert pack_due() == 1 and len(out()) == 2 and {inspect(p).seq for p in out()} == {1}
    receipt(mine[0], 1, "imported", "", "business")
    Outgoing.objects.update(packed_at=clock.real_now() - timedelta(hours=1))
    assert pack_due() == 0 and Outgoing.objects.get().state == "delivered"


def test_a_missing_number_is_packed_at_once(business, mine):
    send(*mine, {}, by=None, key="k1")
    pack_due()
    receipt(mine[0], 1, "missing", "", "business")
    assert pack_due() == 1


def test_a_refusal_is_kept_with_its_reason_and_not_sent_again(business, mine):
    send(*mine, {}, by=None, key="k1")
    pack_due()
    receipt(mine[0], 1, "refused", "没有这个事项", "business")
    assert Outgoing.objects.get().reason == "没有这个事项" and pack_due(timedelta()) == 0


@pytest.mark.parametrize(("contract", "receiver"), [("release", ""), ("public_document", "portal"), ("nothing", ""), ("rating", "office")])
def test_what_no_contract_allows_is_not_even_queued(business, contract, receiver):
    with pytest.raises(Refused):
        send(contract, {}, {}, by=None, key="k", receiver=receiver)
    assert not Outgoing.objects.exists() and not Entry.objects.filter(verb="ferry.send").exists()


def test_a_secrecy_mark_never_crosses(business, mine):
    with pytest.raises(Refused, match="密级"):
        send(*mine, {"f": b"x"}, by=None, key="k", secrecy="机密★5年")
    assert not Outgoing.objects.exists()


def test_a_package_waits_while_its_receiver_is_not_trusted(db, network_keys, mine):
    send(*mine, {}, by=None, key="k1")
    assert pack_due() == 0 and Outgoing.objects.get().state == "queued"


def test_contents_are_kept_by_digest(business, mine):
    sent = send(*mine, {"a": b"same", "b": b"same"}, by=None, key="k1")
    assert len({sm3 for _, sm3 in sent.files}) == 1 and store(sent.files[0][1]).read_bytes() == b"same"


def test_inspect_explains_a_package_to_a_person(business, mine):
    send(*mine, {"a": b"x"}, by=None, key="k1")
    pack_due()
    lines = "\n".join(explain(out()[0], own().signing))
    assert "business" in lines and mine[0] in lines and "✓" in lines
    out()[0].write_bytes(out()[0].read_bytes()[:-1])
    with pytest.raises(Broken):
        explain(out()[0], own().signing)
