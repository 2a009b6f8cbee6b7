"""A network's own keys and those of the networks it trusts, as files below `keys/` (mode 0600)."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import pem
from asn1crypto.keys import PrivateKeyInfo
from django.conf import settings

from . import generate, libcrypto, public_of, sign, sm2, sm3

PEERS = ("office", "business", "portal", "oversight", "probe")  # the classified network trusts nobody and is trusted by nobody


@dataclass(frozen=True, slots=True)
class NetworkKeys:
    """The signing and the decryption key of this network."""

    signing: bytes
    decryption: bytes

    @property
    def public(self) -> bytes:
        """The public key that verifies this network's signatures."""
        return public_of(self.signing)

    def sign(self, data: bytes) -> bytes:
        return sign(self.signing, data)


@dataclass(frozen=True, slots=True)
class Peer:
    """What is known of a trusted network: the key of its signature and the key to encrypt to it."""

    network: str
    signing: bytes
    encryption: bytes

    @property
    def fingerprint(self) -> str:
        """The SM3 fingerprint that two people compare by voice before they trust a key."""
        return sm3(self.network.encode() + self.signing + self.encryption)

    def text(self) -> str:
        return json.dumps({"network": self.network, "signing": self.signing.hex(), "encryption": self.encryption.hex()}, indent=1)


def peer(text: str) -> Peer:
    """A peer from its exported text; ValueError when it is none."""
    try:
        values = json.loads(text)
        found = Peer(str(values["network"]), bytes.fromhex(values["signing"]), bytes.fromhex(values["encryption"]))
        sm2.point(found.signing)
        sm2.point(found.encryption)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("not an exported public key") from error
    if found.network not in PEERS:
        raise ValueError("not a network that can be a peer")
    return found


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _read(name: str) -> bytes:
    _kind, _headers, der = pem.unarmor((settings.KEYS / f"{name}.pem").read_bytes())
    return PrivateKeyInfo.load(der)["private_key"].parsed["private_key"].native.to_bytes(32, "big")


def initialise() -> bool:
    """Make what is missing of signing and decryption keys and a random secret; False when nothing was. Never replaces a key."""
    made = False
    for name in ("signing", "decryption"):
        if not (settings.KEYS / f"{name}.pem").exists():
            _write(settings.KEYS / f"{name}.pem", pem.armor("PRIVATE KEY", libcrypto.private_info(generate())))
            made = True
    if not (settings.KEYS / "secret").exists():
        _write(settings.KEYS / "secret", secrets.token_urlsafe(48).encode())
        made = True
    return made


def network_keys() -> NetworkKeys:
    """This network's own keys; FileNotFoundError before `keys init`."""
    return NetworkKeys(_read("signing"), _read("decryption"))


def own() -> Peer:
    """What this network shows to the others."""
    keys = network_keys()
    return Peer(settings.NETWORK, keys.public, public_of(keys.decryption))


def trust(found: Peer) -> None:
    """Believe this key from now on."""
    path = settings.KEYS / "trusted" / f"{found.network}.json"
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    _write(half, found.text().encode())
    os.replace(half, path)


def trusted(network: str) -> Peer | None:
    """The key of a network that was trusted, or None; names of no network have none, whatever a package calls itself."""
    if network not in PEERS:
        return None
    path = settings.KEYS / "trusted" / f"{network}.json"
    return peer(path.read_text()) if path.exists() else None


def all_trusted() -> list[Peer]:
    return [peer(path.read_text()) for path in sorted((settings.KEYS / "trusted").glob("*.json"))]
