"""What a network tells of itself without being asked: its clocks to supervision, its audit heads to a neighbour.

The directory is handed on here as well: the business network masters it (design §3a).
"""

import json
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from zhengtong.foundation import seals
from zhengtong.foundation.audit import checkpoints
from zhengtong.foundation.audit import rules as audit
from zhengtong.foundation.audit.actions import action
from zhengtong.foundation.clock.models import ClockEvent
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals.keys import trusted

from .actions import send
from .contracts import CONTRACTS, direction_objection
from .models import Outgoing
from .package import Outline


def clock_event(event: ClockEvent) -> None:
    """Report one event of a clock, in its transaction. Titles stay in the office: there they may be of papers not released."""
    if direction_objection("clock_events", settings.NETWORK, "oversight"):
        return
    payload: dict[str, object] = {
        "network": settings.NETWORK, "subject": event.subject, "limit": event.limit, "kind": event.kind, "at": event.at.isoformat(),
        "reason": event.reason, "promised": event.promised, "organ": event.organ,
        "title": "" if settings.NETWORK == "office" else event.title,
    }  # fmt: skip
    send("clock_events", payload, {}, by=None, key=f"clock/{event.pk}")


@action
def send_heads() -> int:
    """Send the last signed checkpoint to every neighbour that may have it; the number queued. Safe to repeat."""
    point = checkpoints.latest()
    if point is None:
        return 0
    there = [r for r in CONTRACTS["audit_heads"].receivers if direction_objection("audit_heads", settings.NETWORK, r) is None]
    for receiver in there:
        payload = {"network": settings.NETWORK, "checkpoint": point}
        send("audit_heads", payload, {}, by=None, key=str(point["at"]), receiver=receiver)
    return len(there)


def heads_of(network: str) -> Path:
    """Where the checkpoints of another network are kept, for the day when its own are doubted."""
    return Path(settings.LOGS) / "heads" / f"{network}.jsonl"


def take_heads(payload: Mapping[str, object], files: Mapping[str, Path], package: Outline) -> None:
    """Keep a neighbour's checkpoint; refuses one that the neighbour did not sign."""
    point, peer = payload["checkpoint"], trusted(package.sender)
    assert isinstance(point, dict) and peer
    signed = audit.canonical({k: v for k, v in point.items() if k != "signature"})
    try:
        good = point.get("network") == package.sender and seals.verify(peer.signing, signed, bytes.fromhex(str(point.get("signature"))))
    except ValueError:
        good = False
    if not good:
        raise Refused(_("审计检查点不是%(network)s签署的"), network=package.sender)
    path = heads_of(package.sender)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(json.dumps(point, ensure_ascii=False, sort_keys=True) + "\n")


@action
def send_directory(by: object = None) -> int:
    """Send the directory up to the office when it differs from what was sent last; the number queued. Safe to repeat."""
    from zhengtong.foundation.orgs.queries import snapshot  # only networks with people have the room

    if direction_objection("directory", settings.NETWORK, "office"):
        return 0
    tables = snapshot()
    digest = seals.sm3(json.dumps({**tables, "as_of": ""}, ensure_ascii=False, sort_keys=True).encode())
    last = Outgoing.objects.filter(contract="directory").order_by("-id").values_list("key", flat=True).first() or ""
    if last.endswith(digest):
        return 0
    send("directory", {"snapshot": tables}, {}, by=by, key=f"{tables['as_of']}/{digest}")
    return 1


def take_directory(payload: Mapping[str, object], files: Mapping[str, Path], package: Outline) -> None:
    """Take over the directory; changes of posts wait for the security administrator (design §3b.6)."""
    from zhengtong.foundation.orgs.actions import apply_snapshot

    from .arrival import by

    sent = payload["snapshot"]
    assert isinstance(sent, dict)
    apply_snapshot(sent, by(package))
