import secrets

import pytest
from django.conf import settings

from zhengtong.ferry import inbox
from zhengtong.ferry.arrival import accept_all
from zhengtong.ferry.models import Incoming, Outgoing, Trouble
from zhengtong.foundation import seals
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.refusal import Refused


def aside():
    return {p.name: p.with_suffix(".reason").read_text() for p in (settings.TRAYS / "refused").glob("*.ztp")}


def tray():
    return list((settings.TRAYS / "in").glob("*"))


def receipts():
    return [(o.payload["seq"], o.payload["result"]) for o in Outgoing.objects.filter(contract="receipt")]


def test_a_package_is_imported_once_and_answered(business, taken):
    business.deliver(business.pack(1, "名录", {"a.pdf": b"%PDF" * 50_000}))
    assert accept_all() == 1
    assert taken == [(1, "名录", {"a.pdf": b"%PDF" * 50_000})]
    assert receipts() == [(1, "imported")] and tray() == []
    assert Entry.objects.get(verb="ferry.import").actor_code == "business"
    assert not any(p.is_file() for p in (settings.NETWORK_HOME / "tmp").rglob("*")), "nothing stays in the open"


def test_a_replayed_package_is_answered_again_and_changes_nothing(business, taken):
    path = business.pack(1, "名录")
    business.deliver(path)
    accept_all()
    business.deliver(path)
    assert accept_all() == 0 and len(taken) == 1 and Incoming.objects.count() == 1
    assert receipts() == [(1, "imported")] * 2 and Entry.objects.filter(verb="ferry.replay").count() == 1


def test_a_number_used_for_something_else_is_refused_and_told_to_the_sender(business, taken):
    business.deliver(business.pack(1, "名录"))
    accept_all()
    business.deliver(business.pack(1, "另一份", token="f" * 16))
    accept_all()
    assert len(taken) == 1 and len(aside()) == 1 and receipts() == [(1, "imported"), (1, "refused")]
    assert Outgoing.objects.last().payload["token"] == "f" * 16


def test_a_gap_is_told_waited_for_and_asked_for_once(business, taken):
    business.deliver(business.pack(3, "三"), "elsewhere-named.ztp")
    business.deliver(business.pack(1, "一"))
    accept_all()
    accept_all()
    assert [t[0] for t in taken] == [1] and [p.name for p in tray()] == ["elsewhere-named.ztp"]
    assert Trouble.objects.get().what.endswith("#2") and receipts().count((2, "missing")) == 1
    business.deliver(business.pack(2, "二"))
    accept_all()
    assert [t[0] for t in taken] == [1, 2, 3] and not Trouble.objects.filter(ended_at=None).exists()


def test_names_of_files_decide_nothing(business, taken):
    for name, seq in (("b.ztp", 1), ("a.ztp", 2), ("../c.ztp".replace("/", "_"), 3)):
        business.deliver(business.pack(seq, str(seq)), name)
    assert accept_all() == 3 and [t[0] for t in taken] == [1, 2, 3]


def altered(data: bytes, where: int) -> bytes:
    where %= len(data)
    return data[:where] + bytes([data[where] ^ 1]) + data[where + 1 :]


@pytest.mark.parametrize("share", [0, 0.001, 0.05, 0.2, 0.5, 0.9, 0.9999])
def test_one_changed_bit_anywhere_is_refused_put_aside_and_audited(business, taken, share):
    path = business.deliver(business.pack(1, "名录", {"a": b"x" * 3000}))
    data = path.read_bytes()
    path.write_bytes(altered(data, int(len(data) * share)))
    accept_all()
    assert taken == [] and len(aside()) == 1 and not Incoming.objects.exists() and tray() == []
    assert Entry.objects.filter(verb="ferry.aside").count() == 1


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.99])
def test_a_truncated_package_is_refused(business, taken, share):
    path = business.deliver(business.pack(1, "名录", {"a": b"x" * 200_000}))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    accept_all()
    assert taken == [] and len(aside()) == 1
    business.deliver(business.pack(1, "名录"))
    assert accept_all() == 1, "the true package still has its place"


def test_a_package_signed_by_a_stranger_is_refused(business, taken):
    stranger = seals.generate()
    business.deliver(business.pack(1, "假", sign=lambda data: seals.sign(stranger, data)))
    accept_all()
    assert taken == [] and "签名" in next(iter(aside().values()))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"receiver": "oversight"}, "不是发给本网"),
        ({"sender": "classified"}, "未被信任"),
        ({"sender": settings.NETWORK}, "签名"),
        ({"version": "application/1.0"}, "不允许"),
        ({"version": "nothing/1.0"}, "不认识"),
        ({"version": "directory/9.0"}, "不认识"),
    ],
)
def test_what_no_contract_allows_is_refused(business, taken, changed, said):
    business.deliver(business.pack(1, "名录", **changed))
    accept_all()
    assert taken == [] and said in next(iter(aside().values())) and Entry.objects.filter(verb="ferry.aside").count() == 1


def test_fields_that_a_later_minor_version_added_are_left_out(business, taken):
    payload = {"snapshot": {"text": "新"}, "added": 1}
    business.deliver(business.pack(1, payload=payload, version=f"{business.contract}/1.7"))
    assert accept_all() == 1 and taken[0][1] == "新"


def test_a_payload_that_does_not_fit_is_refused_and_takes_its_place(business, taken):
    business.deliver(business.pack(1, payload={"snapshot": {}, "extra": 1}))
    business.deliver(business.pack(2, "二"))
    accept_all()
    assert [t[0] for t in taken] == [2] and receipts() == [(1, "refused"), (2, "imported")]
    assert len(aside()) == 1 and tray() == []


def test_a_room_that_refuses_is_answered_with_its_reason_and_leaves_nothing(business, monkeypatch):
    def take(*_args):
        Trouble.objects.create(kind="gap", what="written before the refusal", reason="", at="2026-11-23T09:00:00Z")
        raise Refused("没有这个机构")

    monkeypatch.setitem(inbox._takers, business.contract, take)
    business.deliver(business.pack(1, "名录"))
    accept_all()
    assert Incoming.objects.get().state == "refused" and Outgoing.objects.get().payload["reason"] == "没有这个机构"
    assert not Trouble.objects.exists()


def test_a_contract_that_no_room_takes_is_refused(business, monkeypatch):
    monkeypatch.delitem(inbox._takers, business.contract, raising=False)
    business.deliver(business.pack(1, "名录"))
    accept_all()
    assert receipts() == [(1, "refused")]


def test_an_import_that_fails_is_kept_rests_and_is_tried_again(business, taken, monkeypatch):
    tries = []

    def fails(*_args):
        tries.append(1)
        raise OSError("disk full")

    good = inbox._takers[business.contract]
    monkeypatch.setitem(inbox._takers, business.contract, fails)
    business.deliver(business.pack(1, "名录"))
    business.deliver(business.pack(2, "二"))
    accept_all(patient=True)
    accept_all(patient=True)
    assert len(tries) == 1 and len(tray()) == 2 and not Incoming.objects.exists()
    assert [t.kind for t in Trouble.objects.all()] == ["failing"], "what waits behind it is no gap"
    monkeypatch.setitem(inbox._takers, business.contract, good)
    accept_all()
    assert tray() == [] and len(taken) == 2 and not Trouble.objects.filter(ended_at=None).exists()


def test_another_keys_holder_can_not_open_it(business, taken):
    business.deliver(business.pack(1, "名录", public=seals.public_of(seals.generate())))
    accept_all()
    assert taken == [] and len(aside()) == 1 and not Incoming.objects.exists()


def test_a_copy_of_the_inside_of_an_honest_package_under_another_number_is_refused(business, taken):
    first = business.pack(1, "一").read_bytes()
    second = business.pack(2, "二").read_bytes()
    head = len(second) - (len(first) - first.index(b"ZTE1"))
    (settings.TRAYS / "in" / "x.ztp").write_bytes(second[:head] + first[first.index(b"ZTE1") :])
    business.deliver(business.folder / f"business-{settings.NETWORK}-{business.contract}-00000001.ztp")
    accept_all()
    assert [t[0] for t in taken] == [1] and len(aside()) == 1


def test_foreign_files_of_any_kind_break_nothing(business, taken):
    for n in range(6):
        (settings.TRAYS / "in" / f"{secrets.token_hex(4)}.ztp").write_bytes(secrets.token_bytes(n * 700))
    (settings.TRAYS / "in" / "readme.txt").write_text("not looked at")
    business.deliver(business.pack(1, "名录"))
    assert accept_all() == 1 and len(aside()) == 6 and [p.name for p in tray()] == ["readme.txt"]
