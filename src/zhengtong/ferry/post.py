"""The ferry of a place without a database: trays, keys and a folder of what was sent. The site probe stands on it.

Only unordered contracts go this way. What is sent lies in `trays/kept` until its receipt comes, and is packed again while
none does; what arrives is handed over and answered, an older list after a newer one not handed over again.
"""

import json
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings

from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals import Broken
from zhengtong.foundation.seals.keys import network_keys, trusted

from . import contracts, package

RESEND_AFTER = 600.0  # seconds of real time
Take = Callable[[str, Mapping[str, object]], None]  # contract, payload


class Post:
    """Sends and receives for `settings.NETWORK` below `settings.TRAYS`; one process at a time."""

    def __init__(self, moment: Callable[[], str]) -> None:
        self.moment = moment
        self.kept = settings.TRAYS / "kept"
        self.kept.mkdir(parents=True, exist_ok=True)
        for half in self.kept.glob(".half-*"):
            shutil.rmtree(half, ignore_errors=True)

    def send(self, contract: str, payload: Mapping[str, object], files: Mapping[str, bytes], receiver: str) -> int:
        """Keep a package durably, then pack it; its number. Refuses what no contract allows."""
        if no := contracts.direction_objection(contract, settings.NETWORK, receiver) or contracts.payload_objection(contract, payload):
            raise Refused(no)
        if contracts.CONTRACTS[contract].ordered:
            raise Refused(_("约定“%(contract)s”要求连号，这里不能发送"), contract=contract)
        seq = self._number(f"{receiver}/{contract}")
        half = Path(tempfile.mkdtemp(dir=self.kept, prefix=".half-"))
        for number, content in enumerate(files.values()):
            _write(half / str(number), content)
        row = {
            "contract": contract, "receiver": receiver, "seq": seq, "token": secrets.token_hex(8), "payload": dict(payload),
            "files": list(files),
        }  # fmt: skip
        _write(half / "row.json", json.dumps(row, ensure_ascii=False).encode())
        os.replace(half, self.kept / f"{receiver}-{contract}-{seq:08d}")
        self._pack(self.kept / f"{receiver}-{contract}-{seq:08d}")
        return seq

    def turn(self, take: Take, resend_after: float = RESEND_AFTER) -> int:
        """Take in what lies in the tray and pack what nobody has answered; the number of packages taken in."""
        (settings.TRAYS / "in").mkdir(parents=True, exist_ok=True)
        taken = sum(self._accept(path, take) for path in sorted((settings.TRAYS / "in").glob(f"*{package.SUFFIX}")))
        for folder in sorted(self.kept.glob("[!.]*")):
            packed = folder / "packed"
            if not packed.exists() or packed.stat().st_mtime < time.time() - resend_after:
                self._pack(folder)
        return taken

    def _pack(self, folder: Path) -> None:
        row = json.loads((folder / "row.json").read_bytes())
        there = contracts.host(row["receiver"])
        peer = trusted(there)
        if peer is None:
            return  # not trusted yet: it waits
        tray = settings.TRAYS / "out" / there
        tray.mkdir(parents=True, exist_ok=True)
        package.pack(
            tray, sender=settings.NETWORK, receiver=row["receiver"], version=contracts.CONTRACTS[row["contract"]].version, seq=row["seq"],
            token=row["token"], made_at=self.moment(), payload=row["payload"],
            files=[(name, folder / str(number)) for number, name in enumerate(row["files"])], sign=network_keys().sign,
            public=peer.encryption,
        )  # fmt: skip
        (folder / "packed").touch()
        if row["contract"] == "receipt":
            shutil.rmtree(folder)  # nobody answers a receipt

    def _accept(self, path: Path, take: Take) -> bool:
        """One package; what can't be believed is put aside with the reason."""
        try:
            outline, payload = self._open(path)
        except (Broken, Refused) as no:
            folder = settings.TRAYS / "refused"
            folder.mkdir(parents=True, exist_ok=True)
            os.replace(path, folder / path.name)
            (folder / path.name).with_suffix(".reason").write_text(str(no), encoding="utf-8")
            return False
        if outline.contract == "receipt":
            self._settle(outline.sender, payload)
        else:
            numbers = self._numbers()
            if outline.seq > numbers.get(f"from {outline.lane}", 0):
                take(outline.contract, payload)
                self._note({**numbers, f"from {outline.lane}": outline.seq})
            told = {"contract": outline.contract, "seq": outline.seq, "result": "imported", "token": outline.token}
            self.send("receipt", told, {}, outline.sender)
        path.unlink(missing_ok=True)
        return True

    def _open(self, path: Path) -> tuple[package.Outline, dict[str, object]]:
        with path.open("rb") as source:
            outline = package.inspect(source)
            peer = trusted(outline.sender)
            if outline.receiver != settings.NETWORK or peer is None:
                raise Refused(_("不是发给本网的包，或者发件网未被信任"))
            package.check(source, peer.signing)
            no = contracts.version_objection(outline.version)
            if no := no or contracts.direction_objection(outline.contract, outline.sender, outline.receiver):
                raise Refused(no)
            with tempfile.TemporaryDirectory(dir=settings.TRAYS) as folder:
                payload, _files = package.unpack(source, network_keys().decryption, Path(folder))
            payload = contracts.known_fields(outline.version, payload)
        if no := contracts.payload_objection(outline.contract, payload):
            raise Refused(no)
        return outline, payload

    def _settle(self, sender: str, receipt: Mapping[str, object]) -> None:
        """Imported or refused: it is answered, and a refusal is told. Missing: pack it again."""
        for folder in self.kept.glob(f"*-{receipt['contract']}-{int(str(receipt['seq'])):08d}"):
            row = json.loads((folder / "row.json").read_bytes())
            if contracts.host(row["receiver"]) != sender or receipt.get("token") not in ("", None, row["token"]):
                continue
            if receipt["result"] == "missing":
                (folder / "packed").unlink(missing_ok=True)
                continue
            if receipt["result"] == "refused":
                print(f"✗ {folder.name}: {receipt.get('reason') or ''}", flush=True)
            shutil.rmtree(folder)

    def _numbers(self) -> dict[str, int]:
        path = settings.TRAYS / "numbers.json"
        return dict(json.loads(path.read_bytes())) if path.exists() else {}

    def _note(self, numbers: Mapping[str, int]) -> None:
        half = settings.TRAYS / "numbers.half"
        _write(half, json.dumps(dict(numbers)).encode())
        os.replace(half, settings.TRAYS / "numbers.json")

    def _number(self, lane: str) -> int:
        """The next number of a lane, on the disk before it is used: after a crash it is skipped, never used twice."""
        numbers = self._numbers()
        numbers[lane] = numbers.get(lane, 0) + 1
        self._note(numbers)
        return numbers[lane]


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
