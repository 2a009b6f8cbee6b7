import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from zhengtong.ferry import contracts, outbox, sequence
from zhengtong.ferry.actions import pack_due, receipt, send
from zhengtong.ferry.inside import NAME
from zhengtong.ferry.models import Outgoing, Trouble
from zhengtong.ferry.package import check, inspect, unpack
from zhengtong.foundation import clock, seals
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.seals import Broken, keys
from zhengtong.foundation.seals.envelope import sealed, unsealed
from zhengtong.foundation.seals.keys import own

FILE = b"%PDF" * 100_000


def out() -> list[Path]:
    return sorted((settings.TRAYS / "out" / "business").glob("*.ztp"))


def stored(business) -> bytes:
    """A file as this network may put it into the box: sealed where the contract has an inside."""
    return sealed(business.peer.encryption, FILE) if settings.NETWORK == "portal" else FILE


def test_sent_packed_opened_by_the_receiver_and_by_nobody_else(business, mine, tmp_path):
    send(*mine, {"a.pdf": stored(business)}, by=None, key="k1")
    assert pack_due() == 1
    folder = tmp_path / "opened"
    folder.mkdir()
    with out()[0].open("rb") as source:
        assert check(source, own().signing).seq == 1
        payload, files = unpack(source, business.decryption, folder)
        content = files["a.pdf"].read_bytes()
        if settings.NETWORK == "portal":
            content = unsealed(business.decryption, content)
            payload |= json.loads(unsealed(business.decryption, files[NAME].read_bytes()))
        assert payload == mine[1] and content == FILE
        for private in (business.signing, keys.network_keys().decryption, keys.network_keys().signing):
            with pytest.raises(Broken):
                unpack(source, private, folder)


def test_the_same_key_twice_is_one_package(business, mine):
    assert send(*mine, {}, by=None, key="k1") == send(*mine, {}, by=None, key="k1")
    assert Outgoing.objects.count() == 1 == Entry.objects.filter(verb="ferry.send").count()


def test_numbers_run_without_gap(business, mine):
    for n in range(3):
        send(*mine, {}, by=None, key=f"k{n}")
    with pytest.raises(Refused):
        send(mine[0], {}, {}, by=None, key="bad")
    send(*mine, {}, by=None, key="k9")
    assert pack_due() == 4 and list(Outgoing.objects.values_list("seq", flat=True)) == [1, 2, 3, 4]


def test_what_is_not_answered_is_sent_again_with_its_number_until_it_is(business, mine):
    send(*mine, {}, by=None, key="k1")
    assert pack_due() == 1 and pack_due() == 0
    with out()[0].open("rb") as source:
        first = inspect(source)
    Outgoing.objects.update(packed_at=clock.real_now() - timedelta(hours=1))
    assert pack_due() == 1 and len(out()) == 1, "a copy that nobody fetched is replaced, not piled up"
    with out()[0].open("rb") as source:
        again = inspect(source)
    assert (again.seq, again.token) == (first.seq, first.token) and again.body != first.body
    receipt(mine[0], 1, "imported", "", "business")
    Outgoing.objects.update(packed_at=clock.real_now() - timedelta(hours=1))
    assert pack_due() == 0 and Outgoing.objects.get().state == "delivered"


def test_a_missing_number_is_packed_at_once_even_when_it_was_delivered_once(business, mine):
    send(*mine, {}, by=None, key="k1")
    pack_due()
    receipt(mine[0], 1, "missing", "", "business")
    assert pack_due() == 1
    receipt(mine[0], 1, "imported", "", "business")
    receipt(mine[0], 1, "missing", "", "business")
    assert pack_due() == 1


def test_a_refusal_is_kept_with_its_reason_and_not_sent_again(business, mine):
    send(*mine, {}, by=None, key="k1")
    pack_due()
    receipt(mine[0], 1, "refused", "没有这个事项", "business")
    assert Outgoing.objects.get().reason == "没有这个事项" and pack_due(timedelta()) == 0
    assert Entry.objects.filter(verb="ferry.refused").count() == 1


@pytest.mark.parametrize(("seq", "by", "token"), [(2, "business", ""), (1, "oversight", ""), (1, "business", "f" * 16)])
def test_an_answer_to_something_else_changes_nothing(business, mine, seq, by, token):
    send(*mine, {}, by=None, key="k1")
    pack_due()
    receipt(mine[0], seq, "imported", "", by, token)
    receipt("nothing", 1, "imported", "", "business")
    assert Outgoing.objects.get().state == "packed"


@pytest.mark.parametrize(("contract", "receiver"), [("release", ""), ("public_document", "portal"), ("nothing", ""), ("rating", "office")])
def test_what_no_contract_allows_is_not_even_queued(business, contract, receiver):
    with pytest.raises(Refused):
        send(contract, {}, {}, by=None, key="k", receiver=receiver)
    assert not Outgoing.objects.exists() and not Entry.objects.filter(verb="ferry.send").exists()


def test_the_classified_network_sends_nothing(business, mine, settings):
    settings.NETWORK = "classified"
    for name in contracts.CONTRACTS:
        for receiver in (*contracts.NETWORKS, "classified", ""):
            with pytest.raises(Refused):
                send(name, mine[1], {}, by=None, key="k", receiver=receiver)
    assert not Outgoing.objects.exists()


def test_a_secrecy_mark_never_crosses(business, mine):
    with pytest.raises(Refused, match="密级"):
        send(*mine, {"f": b"x"}, by=None, key="k", secrecy="机密★5年")
    assert not Outgoing.objects.exists() and not outbox.folder().exists()


def test_a_document_without_approval_of_this_content_never_crosses(business):
    from .conftest import DOCUMENT

    if settings.NETWORK == "portal":
        with pytest.raises(Refused, match="不允许"):
            send("public_document", DOCUMENT, {}, by=None, key="k")
    else:
        with pytest.raises(Refused, match="公开批准"):
            send("public_document", {**DOCUMENT, "content_digest": "cd"}, {}, by=None, key="k")
    assert not Outgoing.objects.exists()


def test_it_waits_until_the_receiver_is_trusted(business, mine):
    send(*mine, {}, by=None, key="k1")
    (settings.KEYS / "trusted" / "business.json").unlink()
    assert pack_due() == 0 and Outgoing.objects.get().state == "queued"
    keys.trust(business.peer)
    assert pack_due() == 1


def test_one_that_can_not_be_packed_is_told_and_the_others_go(business, mine):
    lost = send(*mine, {"f": stored(business)}, by=None, key="k1")
    send(*mine, {}, by=None, key="k2")
    place = outbox.place(lost.files[-1][1])
    content = place.read_bytes()
    place.unlink()
    assert pack_due() == 1 and Trouble.objects.get().kind == "unsent"
    place.write_bytes(content)
    assert pack_due() == 1 and not Trouble.objects.filter(ended_at=None).exists()
    assert sorted(Outgoing.objects.values_list("seq", flat=True)) == [1, 2]


def test_contents_stay_until_long_after_the_answer_and_are_then_removed(business, mine):
    send(*mine, {"f": stored(business)}, by=None, key="k1")
    row = Outgoing.objects.get()
    place = outbox.place(row.files[-1][1])
    old = clock.real_now().timestamp() - 3 * 24 * 3600
    orphan = outbox.place(outbox.keep(b"of an act that was rolled back"))
    for path in (place, orphan):
        os.utime(path, (old, old))
    assert outbox.sweep() == 1 and place.exists() and not orphan.exists()
    pack_due()
    receipt(mine[0], 1, "imported", "", "business")
    assert outbox.sweep() == 0
    Outgoing.objects.update(answered_at=clock.now() - outbox.KEPT_AFTER_ANSWER - timedelta(days=1))
    for _name, sm3 in row.files:
        os.utime(outbox.place(sm3), (old, old))
    assert outbox.sweep() == len(row.files) and not place.exists()


def test_due_and_answers_are_the_tables_of_sequence():
    assert {s.value for s in sequence.Sent} == {value for value, _label in Outgoing._meta.get_field("state").choices}


@pytest.mark.on("portal")
def test_what_a_resident_hands_in_is_nowhere_on_the_portals_disk(business, own_home):
    public = business.peer.encryption
    application = {
        "item": "I1", "receipt": "R1", "handed_in_at": "2026-11-23T09:00:00+08:00", "status_key": "ab" * 16,
        "answers": {"name": "龘靐齉爩"}, "attachments": {"plan": "方案.pdf"},
    }  # fmt: skip
    with pytest.raises(Refused, match="没有封存"):
        send("application", application, {"plan": FILE}, by=None, key="R1")
    send("application", application, {"plan": sealed(public, FILE)}, by=None, key="R1")
    pack_due()
    assert Outgoing.objects.get().payload == {"item": "I1", "receipt": "R1"}
    for path in own_home.rglob("*"):
        if path.is_file():
            assert "龘靐".encode() not in path.read_bytes() and b"\\u9f98" not in path.read_bytes() and FILE[:64] not in path.read_bytes()
    mine = keys.network_keys()
    for _name, sm3 in Outgoing.objects.get().files:
        for private in (mine.signing, mine.decryption):
            with pytest.raises(Broken):
                unsealed(private, outbox.place(sm3).read_bytes())
        assert unsealed(business.decryption, outbox.place(sm3).read_bytes())


def test_without_a_trusted_receiver_nothing_is_sealed_and_nothing_is_kept(business, mine):
    (settings.KEYS / "trusted" / "business.json").unlink()
    if settings.NETWORK == "portal":
        with pytest.raises(Refused, match="公钥"):
            send(*mine, {}, by=None, key="k1")
        assert not Outgoing.objects.exists()
    else:
        assert send(*mine, {}, by=None, key="k1").state == "queued"


def test_a_digest_names_its_content(business):
    assert outbox.keep(b"abc") == seals.sm3(b"abc") and outbox.place(seals.sm3(b"abc")).read_bytes() == b"abc"
