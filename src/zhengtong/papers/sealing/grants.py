"""Making a seal (制章): its information, who may sign with it, and its maker's signature over both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from zhengtong.foundation import seals

from . import certificates
from .structures import BY_CERTIFICATE, ORGAN, SM2_WITH_SM3, VERSION, Certificates, Seal, SealInfo

VENDOR = "ZT"
SIZE = 42  # mm, the diameter of a county government's seal (国发〔1999〕25号)


@dataclass(frozen=True, slots=True)
class SealGrant:
    """What a keeper holds beside the private key: the seal and the certificate that signs with it, both DER."""

    seal: bytes
    certificate: bytes

    @property
    def name(self) -> str:
        """The organ whose seal it is."""
        return str(Seal.load(self.seal)["info"]["property"]["name"].native)


@dataclass(frozen=True, slots=True)
class Press:
    """A seal in its keeper's hand for one document: the registry's code, the grant and the private key."""

    code: str
    grant: SealGrant
    private: bytes


def make_seal(
    number: str,
    organ: str,
    picture: bytes,
    signers: Sequence[bytes],
    maker: bytes,
    key: bytes,
    since: datetime,
    until: datetime,
    size: int = SIZE,
) -> bytes:
    """An organ's seal with its picture (PNG), for the certificates `signers`, signed by the maker's `key`; DER."""
    info = SealInfo(
        {
            "header": {"id": "ES", "version": VERSION, "vid": VENDOR},
            "id": number,
            "property": {
                "type": ORGAN,
                "name": organ,
                "list_type": BY_CERTIFICATE,
                "list": Certificates(list(signers)),
                "created": _whole(since),
                "since": _whole(since),
                "until": _whole(until),
            },
            "picture": {"type": "PNG", "data": picture, "width": size, "height": size},
        }
    )
    values = {"info": info, "certificate": maker, "algorithm": SM2_WITH_SM3, "signature": seals.sign(key, info.dump())}
    certificates.read(maker)
    return bytes(Seal(values).dump())


def _whole(at: datetime) -> datetime:
    """The moment in UTC to the second, as DER writes times."""
    return at.astimezone(UTC).replace(microsecond=0)
