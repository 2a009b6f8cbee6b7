"""Who makes the seals of an installation: its authority's key and certificate, as files below one folder.

A county puts there what its superior's authority gave it. Where a test authority may stand in, it makes itself at first
use, and the seals that it makes say 测试 on their face.
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
NAME = "政务内网电子印章测试机构"
AROUND = timedelta(days=20 * 366)  # how long a test authority is valid around its making


@dataclass(frozen=True, slots=True)
class Authority:
    """A maker of seals; `test` ones mark what they make."""

    key: bytes
    certificate: bytes
    test: bool

    def grant(self, code: str, name: str, public: bytes, since: datetime, until: datetime) -> SealGrant:
        """The seal of an organ and the certificate of its key (制作)."""
        issuer = certificates.read(self.certificate).subject
        own = certificates.issue(certificates.name(name), public, issuer, self.key, since, until)
        picture = press.seal_picture(Seal(name, TEST if self.test else ""))
        return SealGrant(make_seal(code, name, picture, [own], self.certificate, self.key, since, until), own)


def certificate(folder: Path) -> Path:
    """The authority's certificate, to be given to `zhengtong doc verify --trust`."""
    return folder / "certificate.cer"


def authority(folder: Path, at: datetime, *, make: bool) -> Authority | None:
    """The installation's authority; where there is none a test authority if one may be made, else None."""
    if not (folder / "key.pem").exists():
        if not make:
            return None
        _kept(folder / "test", b"")  # first: whoever sees a key made here must see that it is a test's
        _kept(folder / "key.pem", pem.armor("PRIVATE KEY", private_info(seals.generate())))
    _kind, _headers, der = pem.unarmor((folder / "key.pem").read_bytes())
    key = int(PrivateKeyInfo.load(der)["private_key"].parsed["private_key"].native).to_bytes(32, "big")
    test = (folder / "test").exists()
    if test:
        name = certificates.name(NAME)
        _kept(certificate(folder), certificates.issue(name, seals.public_of(key), name, key, at - AROUND, at + AROUND, authority=True))
    return Authority(key, certificate(folder).read_bytes(), test)


def _kept(path: Path, data: bytes) -> None:
    """Written if it is not there; of two processes the first one's stays."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(half, path)
    half.unlink()
