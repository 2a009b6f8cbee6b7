"""The seals that an installation holds, as files: for each organ its key, certificate and seal below one folder.

A county's own seals are put there by hand. Where there is none and a test seal may stand in, key, certificate
and seal are made at first use under a test authority of the installation, and say 测试 on their face.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from asn1crypto import pem
from asn1crypto.keys import PrivateKeyInfo

from zhengtong.foundation import seals
from zhengtong.foundation.seals.libcrypto import private_info
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Seal

from . import certificates
from .grants import SealGrant, make_seal

TEST = "测试"
AUTHORITY = "政务内网电子印章测试机构"
BEFORE, AFTER = timedelta(days=366), timedelta(days=5 * 366)  # how long a test seal is valid around its making


@dataclass(frozen=True, slots=True)
class Held:
    """A seal ready for use: what it is, and the key that signs with it."""

    grant: SealGrant
    key: bytes


def held(folder: Path, code: str, name: str, at: datetime, *, make: bool) -> Held | None:
    """The organ's seal; where there is none a test seal if one may be made, else None."""
    place = folder / f"{code}-{seals.sm3(name.encode())[:8]}"  # an organ that was renamed has another seal
    if not (place / "seal.esl").exists():
        if not make:
            return None
        _make(folder, place, code, name, at)
    grant = SealGrant((place / "seal.esl").read_bytes(), (place / "certificate.cer").read_bytes())
    return Held(grant, _key(place / "key.pem"))


def authority(folder: Path) -> Path:
    """The certificate of the test authority, to be given to `zhengtong doc verify --trust`."""
    return folder / "authority" / "certificate.cer"


def _make(folder: Path, place: Path, code: str, name: str, at: datetime) -> None:
    above, known = _authority(folder, at)
    key = _kept_key(place / "key.pem")
    since, until = at - BEFORE, at + AFTER
    own = certificates.issue(certificates.name(name), seals.public_of(key), certificates.name(AUTHORITY), above, since, until)
    own = _kept(place / "certificate.cer", own)
    seal = make_seal(code, name, press.seal_picture(Seal(name, TEST)), [own], known, above, since, until)
    _kept(place / "seal.esl", seal)


def _authority(folder: Path, at: datetime) -> tuple[bytes, bytes]:
    """The test authority's key and certificate; it makes the seals, too."""
    key, name = _kept_key(folder / "authority" / "key.pem"), certificates.name(AUTHORITY)
    own = certificates.issue(name, seals.public_of(key), name, key, at - 2 * BEFORE, at + 2 * AFTER, authority=True)
    return key, _kept(authority(folder), own)


def _kept_key(path: Path) -> bytes:
    _kept(path, pem.armor("PRIVATE KEY", private_info(seals.generate())))
    return _key(path)


def _key(path: Path) -> bytes:
    _kind, _headers, der = pem.unarmor(path.read_bytes())
    return int(PrivateKeyInfo.load(der)["private_key"].parsed["private_key"].native).to_bytes(32, "big")


def _kept(path: Path, data: bytes) -> bytes:
    """What the file holds, written now if it is not there; of two processes the first one's stays."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(half, path)
        half.unlink()
    return path.read_bytes()
