"""Signed checkpoints over all heads, kept outside the database in `logs/checkpoints.jsonl`.

Each line is one checkpoint: when, which heads, and the network's SM2 signature over both and over the
line before, so that the file itself can't be shortened in the middle.
"""

import hashlib
import json
import os
from pathlib import Path

from django.conf import settings

from zhengtong.foundation import clock, seals
from zhengtong.foundation.seals.keys import network_keys

from . import rules
from .models import Entry, Head


def path() -> Path:
    return settings.LOGS / "checkpoints.jsonl"


def _lines() -> list[str]:
    return path().read_text().splitlines() if path().exists() else []


def _signed(point: dict[str, object]) -> bytes:
    return rules.canonical({k: v for k, v in point.items() if k != "signature"})


def write() -> dict[str, object] | None:
    """Sign the present heads and append them; None when nothing moved since the last checkpoint."""
    heads = {h.chain: [h.seq, h.hash] for h in Head.objects.order_by("chain")}
    lines = _lines()
    if not heads or (lines and json.loads(lines[-1])["heads"] == heads):
        return None
    before = hashlib.new("sm3", lines[-1].encode()).hexdigest() if lines else rules.GENESIS
    point: dict[str, object] = {"at": clock.now().isoformat(), "network": settings.NETWORK, "heads": heads, "before": before}
    point["signature"] = network_keys().sign(_signed(point)).hex()
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a") as file:
        file.write(json.dumps(point, ensure_ascii=False, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return point


def latest() -> dict[str, object] | None:
    lines = _lines()
    return json.loads(lines[-1]) if lines else None


def verify() -> list[rules.Finding]:
    """Every fault in the chains and against every signed checkpoint; empty when all holds."""
    found: list[rules.Finding] = []
    lengths: dict[str, int] = {}
    heads = {rules.Head(c, s, h) for line in _lines() for c, (s, h) in json.loads(line)["heads"].items()}
    pointed = {(head.chain, head.seq) for head in heads}
    stored: dict[tuple[str, int], str] = {}
    chains = Entry.objects.order_by("chain").values_list("chain", flat=True).distinct()
    for chain in set(chains) | set(Head.objects.values_list("chain", flat=True)):
        links = [e.link() for e in Entry.objects.filter(chain=chain).order_by("seq", "id").iterator()]
        found += rules.chain_faults(links)
        stored |= {(chain, link.seq): link.hash for link in links if (chain, link.seq) in pointed}
        lengths[chain] = links[-1].seq if links else 0
        head = Head.objects.filter(chain=chain).first()
        end = links[-1].hash if links else rules.GENESIS
        if head is None or (head.seq, head.hash) != (lengths[chain], end):
            fault = rules.Fault.CUT if head and head.seq > lengths[chain] else rules.Fault.CHANGED
            found.append(rules.Finding(fault, chain, lengths[chain] + 1 if fault == rules.Fault.CUT else lengths[chain]))
    before = rules.GENESIS
    public = network_keys().public if _lines() else None
    for number, line in enumerate(_lines(), 1):
        point = json.loads(line)
        good = public is not None and seals.verify(public, _signed(point), bytes.fromhex(point["signature"]))
        if not good or point["before"] != before:
            found.append(rules.Finding(rules.Fault.BAD_SIGNATURE, "checkpoints", number))
        before = hashlib.new("sm3", line.encode()).hexdigest()
    return found + rules.checkpoint_faults(heads, stored, lengths)
