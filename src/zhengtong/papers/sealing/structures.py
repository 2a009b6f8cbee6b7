"""The ASN.1 of an electronic seal and of a signature made with it (GB/T 38540-2020, version 4)."""

from asn1crypto.core import (
    Any,
    GeneralizedTime,
    IA5String,
    Integer,
    ObjectIdentifier,
    OctetBitString,
    OctetString,
    PrintableString,
    Sequence,
    SequenceOf,
    UTF8String,
)

VERSION = 4
SM2_WITH_SM3 = "1.2.156.10197.1.501"
SM3 = "1.2.156.10197.1.401"
ORGAN = 1  # a seal of a unit; 2 is a person's
BY_CERTIFICATE, BY_DIGEST = 1, 2  # how the seal names who may sign with it


class Header(Sequence):
    _fields = [("id", IA5String), ("version", Integer), ("vid", IA5String)]


class Certificates(SequenceOf):
    _child_spec = OctetString


class Digest(Sequence):
    _fields = [("type", PrintableString), ("value", OctetString)]


class Digests(SequenceOf):
    _child_spec = Digest


class Extension(Sequence):
    _fields = [("id", ObjectIdentifier), ("critical", Any, {"optional": True}), ("value", OctetString)]


class Extensions(SequenceOf):
    _child_spec = Extension


class Property(Sequence):
    """What the seal is: its kind, name, who may sign with it, since when and until when."""

    _fields = [
        ("type", Integer),
        ("name", UTF8String),
        ("list_type", Integer),
        ("list", Any),
        ("created", GeneralizedTime),
        ("since", GeneralizedTime),
        ("until", GeneralizedTime),
    ]
    _spec_callbacks = {"list": lambda self: Digests if self["list_type"].native == BY_DIGEST else Certificates}


class Picture(Sequence):
    """How the seal looks; width and height in mm."""

    _fields = [("type", IA5String), ("data", OctetString), ("width", Integer), ("height", Integer)]


class SealInfo(Sequence):
    _fields = [
        ("header", Header),
        ("id", IA5String),
        ("property", Property),
        ("picture", Picture),
        ("extensions", Extensions, {"explicit": 0, "optional": True}),
    ]


class Seal(Sequence):
    """SESeal: the seal's information and its maker's signature over it."""

    _fields = [("info", SealInfo), ("certificate", OctetString), ("algorithm", ObjectIdentifier), ("signature", OctetBitString)]


class ToSign(Sequence):
    """TBS_Sign: the seal, the moment, the digest of what is sealed and where that stands."""

    _fields = [
        ("version", Integer),
        ("seal", Seal),
        ("time", GeneralizedTime),
        ("digest", OctetBitString),
        ("property", IA5String),
        ("extensions", Extensions, {"explicit": 0, "optional": True}),
    ]


class Signature(Sequence):
    """SES_Signature: what is signed, the signer's certificate, the signature."""

    _fields = [
        ("to_sign", ToSign),
        ("certificate", OctetString),
        ("algorithm", ObjectIdentifier),
        ("signature", OctetBitString),
        ("timestamp", OctetBitString, {"explicit": 0, "optional": True}),
    ]


def exactly(kind: type[Sequence], data: bytes) -> Sequence:
    """The structure in `data`; ValueError when there is anything else, or another way to write the same."""
    found = kind.load(data, strict=True)
    _ = found.native  # every part is read, so that a broken one is found here
    if found.copy().dump(force=True) != data:
        raise ValueError("not the one way in which DER writes this")
    return found
