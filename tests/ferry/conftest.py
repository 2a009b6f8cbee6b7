"""A business network that exists only as keys, packages and the two tables of `sequence`, opposite the network under test."""

import secrets
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from zhengtong.ferry import contracts, inbox, package, sequence
from zhengtong.foundation import clock, seals
from zhengtong.foundation.seals import Broken, keys

# What the network under test takes from the business network.
CONTRACT = {"office": "directory", "portal": "public_directory"}
DOCUMENT = {
    "code": "D1", "number": "云政发〔2026〕1号", "title": "通知", "organ": "YL130", "organ_name": "县政府", "kind": "notice", "body": [],
    "date": "2026-11-23", "content_digest": "ab", "release_approval": {"digest": "ab", "approved_by": "YLP1"},
}  # fmt: skip


class Business:
    """The other side: packs, takes in and answers as the real one does, and remembers it in plain dictionaries."""

    def __init__(self, folder: Path) -> None:
        self.signing, self.decryption = seals.generate(), seals.generate()
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.contract = CONTRACT[settings.NETWORK]
        self.forget()
        keys.trust(self.peer)

    def forget(self) -> None:
        self.sent = {}  # (contract, seq) → [state, token, payload, packed at]
        self.came = {}  # (contract, seq) → (token, payload)

    @property
    def peer(self) -> keys.Peer:
        return keys.Peer("business", seals.public_of(self.signing), seals.public_of(self.decryption))

    def pack(self, seq: int, text: str = "", files: dict[str, bytes] | None = None, **changed) -> Path:
        paths = []
        for name, content in (files or {}).items():
            path = self.folder / f"f{secrets.token_hex(6)}"
            path.write_bytes(content)
            paths.append((name, path))
        values = {
            "sender": "business",
            "receiver": settings.NETWORK,
            "version": contracts.CONTRACTS[self.contract].version,
            "seq": seq,
            "token": f"{seq:016x}",
            "made_at": "2026-11-23T09:00:00+08:00",
            "payload": {"snapshot": {"text": text}},
            "files": paths,
            "sign": lambda data: seals.sign(self.signing, data),
            "public": keys.own().encryption,
            **changed,
        }
        path, _outline = package.pack(self.folder, **values)
        return path

    def deliver(self, path: Path, name: str = "") -> Path:
        target = settings.TRAYS / "in" / (name or path.name)
        target.write_bytes(path.read_bytes())
        return target

    def send(self, contract: str, payload: dict) -> None:
        seq = max((s for c, s in self.sent if c == contract), default=0) + 1
        self.sent[contract, seq] = [sequence.Sent.QUEUED, secrets.token_hex(8), payload, None]

    def pack_due(self, resend_after: timedelta) -> list[bytes]:
        made = []
        for (contract, seq), row in self.sent.items():
            if sequence.due(row[0], row[3], clock.real_now(), resend_after):
                version = contracts.CONTRACTS[contract].version
                made.append(self.pack(seq, token=row[1], payload=row[2], version=version).read_bytes())
                row[0] = sequence.Sent.DELIVERED if contract == "receipt" else sequence.Sent.PACKED
                row[3] = clock.real_now()
        return made

    def accept(self, trays: list[Path]) -> None:
        """Take in what lies there; only what waits for an earlier one stays."""
        for path in trays:
            with path.open("rb") as source:
                try:
                    outline = package.check(source, keys.own().signing)
                except Broken:
                    path.unlink()
                    continue
                with tempfile.TemporaryDirectory(dir=self.folder) as folder:
                    payload, _files = package.unpack(source, self.decryption, Path(folder))
            lane = {seq: token for (contract, seq), (token, _payload) in self.came.items() if contract == outline.contract}
            ordered = contracts.CONTRACTS[outline.contract].ordered
            fate = sequence.fate(outline.seq, outline.token, max(lane, default=0), lane.get(outline.seq), ordered)
            if fate is sequence.Fate.WAIT:
                continue
            path.unlink()
            if fate is sequence.Fate.IMPORT:
                self.came[outline.contract, outline.seq] = (outline.token, payload)
            if outline.contract != "receipt":
                self.send("receipt", {"contract": outline.contract, "seq": outline.seq, "result": "imported", "token": outline.token})
            elif row := self.sent.get((payload["contract"], payload["seq"])):
                row[0] = sequence.answered(row[0], payload["result"])


@pytest.fixture
def business(db, network_keys, tmp_path):
    return Business(tmp_path / "business-desk")


@pytest.fixture
def taken(business, monkeypatch):
    """What the room took in, in order."""
    arrived = []

    def take(payload, files, outline):
        arrived.append((outline.seq, payload["snapshot"]["text"], {n: p.read_bytes() for n, p in files.items()}))

    monkeypatch.setitem(inbox._takers, business.contract, take)
    return arrived


@pytest.fixture
def mine():
    """What the network under test may send to business."""
    rating = {"receipt": "R1", "stars": 5, "words": "很快", "at": "2026-11-23"}
    return {"office": ("public_document", DOCUMENT), "portal": ("rating", rating)}[settings.NETWORK]
