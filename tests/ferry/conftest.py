"""A business network that exists only as keys and packages, opposite the network under test."""

import secrets
from pathlib import Path

import pytest
from django.conf import settings

from zhengtong.ferry import contracts, inbox, package
from zhengtong.foundation import seals
from zhengtong.foundation.seals import keys

# What the network under test takes from the business network.
CONTRACT = {"office": "directory", "portal": "public_directory"}


class Business:
    """The other side: packs as the real one does."""

    def __init__(self, folder: Path) -> None:
        self.signing, self.decryption = seals.generate(), seals.generate()
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.contract = CONTRACT[settings.NETWORK]
        keys.trust(self.peer)

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
            "made_at": "2026-11-23T09:00:00+08:00",
            "payload": {"snapshot": {"text": text}},
            "files": paths,
            "sign": lambda data: seals.sign(self.signing, data),
            "public": keys.own().encryption,
            **changed,
        }
        target = self.folder / f"business-{settings.NETWORK}-{self.contract}-{seq:08d}.ztp"
        package.pack(target, **values)
        return target

    def deliver(self, path: Path, name: str = "") -> Path:
        target = settings.TRAYS / "in" / (name or path.name)
        target.write_bytes(path.read_bytes())
        return target


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
