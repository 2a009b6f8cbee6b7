"""Sending, packing, answering. What arrives is taken in by `arrival`."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, actor_of, record
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.seals.keys import Peer, network_keys, own, trusted

from . import contracts, package
from .models import Outgoing

RESEND_AFTER = timedelta(minutes=10)


@action
def send(
    contract: str, payload: Mapping[str, object], files: Mapping[str, Path | bytes], *, by: object, key: str, receiver: str = "",
    secrecy: str = "",
) -> Outgoing:  # fmt: skip
    """Queue a package in the caller's transaction. The same key twice is one package.

    `files` maps names to contents or paths; they are kept until the receiver has answered.
    """
    row = contracts.CONTRACTS.get(contract)
    there = receiver or (row.receivers[0] if row else "")
    refused = contracts.direction_objection(contract, settings.NETWORK, there)
    refused = refused or contracts.secrecy_objection(contract, secrecy) or contracts.payload_objection(contract, payload)
    if refused:
        raise Refused(refused)
    if known := Outgoing.objects.filter(contract=contract, key=key).first():
        return known
    kept = [[name, keep(content)] for name, content in files.items()]
    outgoing = Outgoing.objects.create(
        contract=contract, receiver=there, seq=take(f"ferry:{contract}", there, 0), key=key, payload=dict(payload), files=kept,
        sent_by=actor_of(by).name, queued_at=clock.now(),
    )  # fmt: skip
    if contract != "receipt":
        record(by, "ferry.send", f"{contract}#{outgoing.seq}", {"receiver": there, "files": len(kept)})
    return outgoing


def store(sm3: str) -> Path:
    """Where the outbox keeps a content."""
    return settings.NETWORK_HOME / "files" / "outbox" / sm3[:2] / sm3[2:]


def keep(content: Path | bytes) -> str:
    """Put a content into the outbox store, synced; its SM3."""
    (settings.NETWORK_HOME / "files" / "outbox").mkdir(parents=True, exist_ok=True)
    digest = hashlib.new("sm3")
    with tempfile.NamedTemporaryFile(dir=settings.NETWORK_HOME / "files" / "outbox", delete=False) as out:
        for chunk in [content] if isinstance(content, bytes) else package.chunks(content):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    target = store(digest.hexdigest())
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(out.name, target)
    return digest.hexdigest()


def pack_due(resend_after: timedelta = RESEND_AFTER) -> int:
    """Pack what is queued, and again what nobody answered for long; the number of packages written. Safe to repeat."""
    late = Q(state="packed", packed_at__lt=clock.real_now() - resend_after)
    wanted = Outgoing.objects.filter(Q(state="queued") | late).order_by("id").values_list("id", flat=True)
    return sum(_pack(pk) for pk in list(wanted))


@action
def _pack(pk: int) -> bool:
    outgoing = Outgoing.objects.select_for_update().get(pk=pk)
    if outgoing.state not in ("queued", "packed"):
        return False
    peer = receiver_key(outgoing.receiver)
    if peer is None:
        return False  # not trusted yet: it waits
    there = contracts.host(outgoing.receiver)
    folder = settings.TRAYS / "in" if there == settings.NETWORK else settings.TRAYS / "out" / there  # loop-back: same door, same checks
    folder.mkdir(parents=True, exist_ok=True)
    contract = contracts.CONTRACTS[outgoing.contract]
    again = f"-{outgoing.packed_times}" if outgoing.packed_times else ""
    name = f"{settings.NETWORK}-{outgoing.receiver}-{outgoing.contract}-{outgoing.seq:08d}{again}{package.SUFFIX}"
    made = package.pack(
        folder / name, sender=settings.NETWORK, receiver=outgoing.receiver, version=contract.version, seq=outgoing.seq,
        made_at=clock.now().isoformat(), payload=outgoing.payload, files=[(n, store(sm3)) for n, sm3 in outgoing.files],
        sign=network_keys().sign, public=peer.encryption,
    )  # fmt: skip
    # nobody answers a receipt; when one is lost the sender sends its package again and gets another
    outgoing.state = "packed" if contract.name != "receipt" else "delivered"
    outgoing.packed_at, outgoing.packed_times = clock.real_now(), outgoing.packed_times + 1
    outgoing.save(update_fields=["state", "packed_at", "packed_times"])
    if contract.name != "receipt":
        record(None, "ferry.pack", f"{outgoing.contract}#{outgoing.seq}", {"body": made.body, "times": outgoing.packed_times})
    return True


def receiver_key(receiver: str) -> Peer | None:
    """The key to encrypt to: our own for what loops back, else that of the trusted network."""
    there = contracts.host(receiver)
    return own() if there == settings.NETWORK else trusted(there)


@action
def answer(sender: str, contract: str, seq: int, result: str, reason: str = "") -> None:
    """A receipt: imported, refused, or missing (send that number again)."""
    if contract == "receipt":
        return
    if sender == settings.NETWORK:  # what loops back needs no package for its answer
        receipt(contract, seq, result, reason, sender)
        return
    turn = take(f"receipt:{contract}", sender, 0)
    payload = {"contract": contract, "seq": seq, "result": result, "reason": reason}
    send("receipt", payload, {}, by=None, key=f"{sender}/{contract}/{seq}/{turn}", receiver=sender)


@action
def receipt(contract: str, seq: int, result: str, reason: str, answered_by: str) -> None:
    """What the receiver says of package `seq`. `missing` makes it be packed anew."""
    receivers = [r for r in contracts.CONTRACTS[contract].receivers if contracts.host(r) == answered_by]
    outgoing = Outgoing.objects.select_for_update().filter(contract=contract, seq=seq, receiver__in=receivers).first()
    if outgoing is None or outgoing.state in ("delivered", "refused"):
        return
    outgoing.state = {"imported": "delivered", "refused": "refused"}.get(result, "queued")
    outgoing.reason, outgoing.answered_at = reason, clock.now()
    outgoing.save(update_fields=["state", "reason", "answered_at"])
    record(None, f"ferry.{outgoing.state}", f"{contract}#{seq}", {"by": answered_by, "reason": reason})
