"""Sending, packing, answering. What arrives is taken in by `arrival`."""

import logging
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from zhengtong.foundation import clock
from zhengtong.foundation.audit.actions import action, actor_of, record
from zhengtong.foundation.numbers.actions import take
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals.keys import Peer, network_keys, own, trusted

from . import contracts, inside, outbox, package, sequence, troubles
from .models import Outgoing, Trouble

RESEND_AFTER = timedelta(minutes=10)
log = logging.getLogger("zhengtong.ferry")


@action
def send(
    contract: str, payload: Mapping[str, object], files: Mapping[str, Path | bytes], *, by: object, key: str, receiver: str = "",
    secrecy: str = "",
) -> Outgoing:  # fmt: skip
    """Queue a package in the caller's transaction. The same key twice is one package.

    `files` maps names to contents or paths; they are kept until the receiver has answered. Where the contract
    has an inside, those fields are sealed before they are stored, and `files` must be sealed streams already.
    """
    there = receiver or contracts.receiver_of(contract, settings.NETWORK)
    if no := contracts.direction_objection(contract, settings.NETWORK, there):
        raise Refused(no)
    if no := contracts.secrecy_objection(contract, secrecy) or contracts.payload_objection(contract, payload):
        raise Refused(no)
    if known := Outgoing.objects.filter(contract=contract, receiver=there, key=key).first():
        return known
    row = contracts.CONTRACTS[contract]
    if row.inside:
        peer = receiver_key(there)
        if peer is None:
            raise Refused(_("还没有信任%(receiver)s的公钥，不能封存"), receiver=there)
        payload, files = inside.closed(row, payload, files, peer.encryption)
    kept = [[name, outbox.keep(content)] for name, content in files.items()]
    outgoing = Outgoing.objects.create(
        contract=contract, receiver=there, token=secrets.token_hex(8), key=key, payload=dict(payload), files=kept,
        sent_by=actor_of(by).name, queued_at=clock.now(),
    )  # fmt: skip
    if not row.routine:
        record(by, "ferry.send", f"{contract}:{key}", {"receiver": there, "files": len(kept)})
    return outgoing


def turn(resend_after: timedelta = RESEND_AFTER, patient: bool = False) -> tuple[int, int]:
    """One turn of the ferry process: take in, pack, take in what looped back; the numbers imported and packed."""
    from .arrival import accept_all  # what arrives is answered by this module

    taken, packed = accept_all(patient), pack_due(resend_after)
    if packed:
        taken += accept_all(patient)
    return taken, packed


def pack_due(resend_after: timedelta = RESEND_AFTER) -> int:
    """Pack what is queued, and again what nobody answered for long; the number of packages written. Safe to repeat."""
    late = Q(state=sequence.Sent.PACKED.value, packed_at__lt=clock.real_now() - resend_after)
    wanted = Outgoing.objects.filter(Q(state=sequence.Sent.QUEUED.value) | late).order_by("id").values_list("id", flat=True)
    packed = 0
    for pk in list(wanted):
        try:
            packed += _pack(pk, resend_after)
        except OSError as error:  # a full disk, a lost content: told, and the others still go
            log.exception("packing fails", extra={"outgoing": pk})
            troubles.note("unsent", _what(Outgoing.objects.get(pk=pk)), f"{type(error).__name__}: {error}")
    return packed


@action
def _pack(pk: int, resend_after: timedelta) -> bool:
    outgoing = Outgoing.objects.select_for_update().get(pk=pk)
    if not sequence.due(outgoing.state, outgoing.packed_at, clock.real_now(), resend_after):
        return False  # another ferry process was faster
    peer = receiver_key(outgoing.receiver)
    if peer is None:
        return False  # not trusted yet: it waits
    contract = contracts.CONTRACTS[outgoing.contract]
    if outgoing.seq is None:
        outgoing.seq = take(f"ferry:{outgoing.contract}", outgoing.receiver, 0)
    _path, made = package.pack(
        tray_of(outgoing.receiver), sender=settings.NETWORK, receiver=outgoing.receiver, version=contract.version, seq=outgoing.seq,
        token=outgoing.token, made_at=clock.now().isoformat(), payload=outgoing.payload,
        files=[(name, outbox.place(sm3)) for name, sm3 in outgoing.files], sign=network_keys().sign, public=peer.encryption,
    )  # fmt: skip
    # nobody answers a receipt; when one is lost the sender sends its package again and gets another
    outgoing.state = (sequence.Sent.DELIVERED if contract.name == "receipt" else sequence.Sent.PACKED).value
    outgoing.packed_at, outgoing.packed_times = clock.real_now(), outgoing.packed_times + 1
    outgoing.save(update_fields=["seq", "state", "packed_at", "packed_times"])
    troubles.over(_what(outgoing), "unsent")
    if not contract.routine:
        record(
            None, "ferry.pack", f"{outgoing.contract}#{outgoing.seq}",
            {"key": outgoing.key, "receiver": outgoing.receiver, "body": made.body, "times": outgoing.packed_times},
        )  # fmt: skip
    return True


def _what(outgoing: Outgoing) -> str:
    """How a package is named before it has a number."""
    return f"{outgoing.contract}:{outgoing.key} → {outgoing.receiver}"[:160]


def tray_of(receiver: str) -> Path:
    """The folder where packages for this receiver are laid: what loops back goes straight to our own door, with the same checks."""
    there = contracts.host(receiver)
    folder: Path = settings.TRAYS / "in" if there == settings.NETWORK else settings.TRAYS / "out" / there
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def receiver_key(receiver: str) -> Peer | None:
    """The key to encrypt to: our own for what loops back, else that of the trusted network."""
    there = contracts.host(receiver)
    return own() if there == settings.NETWORK else trusted(there)


@action
def answer(sender: str, contract: str, seq: int, result: str, reason: str = "", token: str = "") -> None:
    """A receipt: imported, refused, or missing (send that number again)."""
    if contract == "receipt":
        return
    if sender == settings.NETWORK:  # what loops back needs no package for its answer
        receipt(contract, seq, result, reason, sender, token)
        return
    payload = {"contract": contract, "seq": seq, "result": result, "reason": reason, "token": token}
    send("receipt", payload, {}, by=None, key=f"{contract}/{seq}/{secrets.token_hex(6)}", receiver=sender)


@action
def receipt(contract: str, seq: int, result: str, reason: str, answered_by: str, token: str = "") -> None:
    """What the receiver says of package `seq`. `missing` makes it be packed anew."""
    row = contracts.CONTRACTS.get(contract)
    receivers = [r for r in row.receivers if contracts.host(r) == answered_by] if row else []
    outgoing = Outgoing.objects.select_for_update().filter(contract=contract, seq=seq, receiver__in=receivers).first()
    if outgoing is None or (token and token != outgoing.token):
        return
    state = sequence.answered(outgoing.state, result)
    if state == outgoing.state:
        return
    outgoing.state, outgoing.reason, outgoing.answered_at = state.value, reason, clock.now()
    outgoing.save(update_fields=["state", "reason", "answered_at"])
    if row and not row.routine:
        record(None, f"ferry.{state.value}", f"{contract}#{seq}", {"key": outgoing.key, "by": answered_by, "reason": reason})


@action
def settle(trouble_id: int, by: object) -> None:
    """A person has looked at what was put aside. Gaps and failing imports end by themselves when the package comes right."""
    trouble = Trouble.objects.select_for_update().filter(pk=trouble_id).first()
    if trouble is None or trouble.ended_at:
        raise Refused(_("这一条已有他人处理"))
    if trouble.kind != "aside":
        raise Refused(_("缺号与出错的包到齐后自行消除，不能手工消除"))
    trouble.ended_at = max(clock.now(), trouble.at)
    trouble.save(update_fields=["ended_at"])
    record(by, "ferry.settle", trouble.what, {"reason": trouble.reason})
