"""What an audit entry is, how entries are chained, and what a broken chain looks like.

One chain for each organ; every entry carries the SM3 digest of its predecessor. Checkpoints over all
heads are signed and kept outside the database, so that a cut, a recomputed chain or an old copy of the
whole database is found (GB/T 22239-2019 8.1.4.3, sheet §6.4).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhengtong.foundation.refusal import gettext_noop as _

GENESIS = "0" * 64


class ActorKind(StrEnum):
    PERSON = "person"
    RESIDENT = "resident"
    NETWORK = "network"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted, as values that stay readable when the directory changes."""

    kind: ActorKind
    code: str
    name: str
    organ: str = ""


SYSTEM = Actor(ActorKind.SYSTEM, "system", "系统")


class Fault(StrEnum):
    CHANGED = "changed"
    MISSING = "missing"
    SWAPPED = "swapped"
    INSERTED = "inserted"
    CUT = "cut"
    RECOMPUTED = "recomputed"
    OLD_COPY = "old_copy"
    BAD_SIGNATURE = "bad_signature"


FAULTS = {
    Fault.CHANGED: _("内容与摘要不符（被改动）"),
    Fault.MISSING: _("序号中断（有记录被删除）"),
    Fault.SWAPPED: _("与前一条记录不衔接（次序被调换）"),
    Fault.INSERTED: _("序号重复或多出（有记录被插入）"),
    Fault.CUT: _("链尾短于检查点（末尾被截去）"),
    Fault.RECOMPUTED: _("与已签名的检查点不符（整链被重算）"),
    Fault.OLD_COPY: _("早于检查点（数据库被换成旧副本）"),
    Fault.BAD_SIGNATURE: _("检查点签名无效（检查点文件被改动）"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: in which chain, at which sequence number."""

    fault: Fault
    chain: str
    seq: int


def canonical(fields: Mapping[str, object]) -> bytes:
    """The one byte form of an entry that is digested."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(previous: str, fields: Mapping[str, object]) -> str:
    """SM3 over the predecessor's digest and this entry, as 64 hex digits (GB/T 32905)."""
    return hashlib.new("sm3", previous.encode() + canonical(fields)).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as verification sees it."""

    chain: str
    seq: int
    previous: str
    hash: str
    fields: Mapping[str, object]


def chain_faults(links: Sequence[Link]) -> list[Finding]:
    """Faults inside one chain, in order of sequence number; an empty list when it holds."""
    found: list[Finding] = []
    previous, expected = GENESIS, 1
    for link in links:
        if link.seq > expected:
            found.append(Finding(Fault.MISSING, link.chain, expected))
        elif link.seq < expected:
            found.append(Finding(Fault.INSERTED, link.chain, link.seq))
        if digest(link.previous, link.fields) != link.hash:
            found.append(Finding(Fault.CHANGED, link.chain, link.seq))
        elif link.previous != previous and link.seq == expected:
            found.append(Finding(Fault.SWAPPED, link.chain, link.seq))
        previous, expected = link.hash, link.seq + 1
    return found


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain at the moment of a checkpoint."""

    chain: str
    seq: int
    hash: str


def checkpoint_faults(recorded: Iterable[Head], hashes: Mapping[tuple[str, int], str], lengths: Mapping[str, int]) -> list[Finding]:
    """Compare the heads of all signed checkpoints with what the chains hold now.

    `hashes` maps (chain, seq) to the digest stored now, `lengths` a chain to its last number. When every chain
    that moved is short, the database is an old copy; when only some are, their tails were cut. A chain that has
    grown again after that no longer holds the digests that were signed before.
    """
    heads = set(recorded)
    furthest: dict[str, Head] = {}
    for head in sorted(heads, key=lambda h: h.seq):
        furthest[head.chain] = head
    short = [h for h in furthest.values() if lengths.get(h.chain, 0) < h.seq]
    fault = Fault.OLD_COPY if len(furthest) > 1 and len(short) == len(furthest) else Fault.CUT
    found = [Finding(fault, h.chain, lengths.get(h.chain, 0) + 1) for h in short]
    other: dict[str, int] = {}
    for head in heads:
        if hashes.get((head.chain, head.seq), head.hash) != head.hash:
            other[head.chain] = min(head.seq, other.get(head.chain, head.seq))
    return found + [Finding(Fault.RECOMPUTED, chain, seq) for chain, seq in sorted(other.items())]
