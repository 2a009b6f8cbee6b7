import pytest
from django.conf import settings

from zhengtong.ferry import contracts, inbox, outbox, reports
from zhengtong.ferry.actions import pack_due
from zhengtong.ferry.arrival import accept_all
from zhengtong.ferry.models import Incoming, Outgoing
from zhengtong.foundation.audit import checkpoints
from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.clock import actions as clocks
from zhengtong.foundation.processes.ticks import ticks

LIMIT = "licence.decision"


def test_every_event_of_a_clock_is_reported_in_its_transaction(business):
    clocks.start("C1", LIMIT, title="关于某事的件", organ="YL130")
    clocks.finish("C1", LIMIT, "办结")
    sent = [row.payload for row in Outgoing.objects.filter(contract="clock_events")]
    assert [(e["subject"], e["kind"]) for e in sent] == [("C1", "start"), ("C1", "finish")] and sent[0]["organ"] == "YL130"
    assert sent[0]["title"] == ("" if settings.NETWORK == "office" else "关于某事的件"), "titles of papers not released stay in the office"
    if settings.NETWORK == "office":
        assert pack_due() == 2 and len(list((settings.TRAYS / "out" / "business").glob("*-oversight-*.ztp"))) == 2


def test_a_clock_in_the_classified_network_reports_nothing(business, settings):
    settings.NETWORK = "classified"
    clocks.start("C1", LIMIT)
    assert not Outgoing.objects.exists()


@pytest.fixture
def looping(business, settings, monkeypatch):
    """This network with supervision in its own process, as the business network has it."""
    monkeypatch.setitem(contracts.HOSTS, "oversight", settings.NETWORK)
    arrived = []
    monkeypatch.setitem(inbox._takers, "clock_events", lambda payload, files, outline: arrived.append((outline.seq, payload["subject"])))
    return arrived


def test_what_loops_back_takes_the_same_door_sequence_and_checks(looping):
    for n in (1, 2, 3):
        clocks.start(f"C{n}", LIMIT)
    assert pack_due() == 3
    trays = sorted((settings.TRAYS / "in").glob("*.ztp"))
    kept = trays[1].read_bytes()
    trays[1].write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    accept_all()
    assert looping == [(1, "C1")] and Incoming.objects.count() == 1
    assert Outgoing.objects.get(seq=2).state == "queued", "the gap was asked for"
    pack_due()
    accept_all()
    assert looping == [(1, "C1"), (2, "C2"), (3, "C3")]
    assert set(Outgoing.objects.values_list("contract", "state")) == {("clock_events", "delivered")}


def checkpoint_of(business, **changed):
    from zhengtong.foundation import seals
    from zhengtong.foundation.audit import rules

    point = {"at": "2026-11-23T09:00:00+08:00", "network": "business", "heads": {"YL130": [3, "ab"]}, "before": "0" * 64}
    point["signature"] = seals.sign(business.signing, rules.canonical(point)).hex()
    return {**point, **changed}


@pytest.mark.off("portal")
def test_a_neighbours_audit_heads_are_kept_when_he_signed_them(business):
    good, bad = checkpoint_of(business), checkpoint_of(business, heads={"YL130": [2, "aa"]})
    for seq, point in enumerate((good, bad), 1):
        payload = {"network": "business", "checkpoint": point}
        business.deliver(business.pack(seq, payload=payload, version="audit_heads/1.0"))
    accept_all()
    assert len(reports.heads_of("business").read_text().splitlines()) == 1
    assert list(Incoming.objects.order_by("seq").values_list("state", flat=True)) == ["imported", "refused"]


@action
def note(code):
    record(None, "test.note", code)


@pytest.mark.off("office")
def test_the_portals_heads_go_to_business_once_for_each_checkpoint(business):
    note("C1")
    checkpoints.write()
    assert reports.send_heads() == reports.send_heads() == 1
    assert Outgoing.objects.get(contract="audit_heads").payload["checkpoint"] == checkpoints.latest()


@pytest.mark.off("portal")
def test_a_directory_from_business_is_taken_over(business):
    from zhengtong.foundation.orgs.models import Organ

    organ = {"code": "YL900", "name": "云岭县某局", "kind": "department", "short_name": "某局", "letters": "云某", "level": "county"}
    snapshot = {"as_of": "2026-11-23", "organs": [organ]}
    business.deliver(business.pack(1, payload={"snapshot": snapshot}))
    accept_all()
    assert Incoming.objects.get().state == "imported", Incoming.objects.get().reason
    assert Organ.objects.get(code="YL900").name == "云岭县某局" and reports.send_directory() == 0, "only business sends it"


@pytest.mark.off("portal")
def test_a_directory_is_sent_when_it_changed(business, settings, monkeypatch):
    from zhengtong.foundation.orgs.models import Organ

    settings.NETWORK = "business"
    assert reports.send_directory() == 1 and reports.send_directory() == 0
    Organ.objects.create(code="YL901", name="云岭县新设局", kind="department")
    assert reports.send_directory() == 1 and reports.send_directory() == 0


def test_the_worker_sends_heads_and_sweeps_by_itself():
    works = {tick.work for tick in ticks()}
    assert {reports.send_heads, outbox.sweep} <= works
