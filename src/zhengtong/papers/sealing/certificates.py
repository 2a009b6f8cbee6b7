"""X.509 certificates over SM2 keys: what a seal's maker, its keeper and the authority above both show."""

from datetime import datetime

from asn1crypto import pem, x509
from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.keys import PublicKeyInfo

from zhengtong.foundation import seals
from zhengtong.foundation.seals.libcrypto import public_info

from .structures import SM2_WITH_SM3


def name(common: str, organ: str = "") -> x509.Name:
    """The name in a certificate."""
    return x509.Name.build({"country_name": "CN", "organization_name": organ or common, "common_name": common})


def issue(
    subject: x509.Name, public: bytes, issuer: x509.Name, key: bytes, since: datetime, until: datetime, *, authority: bool = False
) -> bytes:
    """A certificate for `public`, signed with the issuer's `key`; DER."""
    use = {"key_cert_sign", "crl_sign"} if authority else {"digital_signature", "non_repudiation"}
    extensions = [
        {"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": authority}},
        {"extn_id": "key_usage", "critical": True, "extn_value": use},
    ]
    # of the key and the name alone, so that the same certificate asked for twice has one number
    serial = int(seals.sm3(subject.dump() + public + str(int(since.timestamp())).encode())[:30], 16)
    algorithm = SignedDigestAlgorithm({"algorithm": SM2_WITH_SM3})
    content = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": serial,
            "signature": algorithm,
            "issuer": issuer,
            "validity": {"not_before": x509.Time({"general_time": since}), "not_after": x509.Time({"general_time": until})},
            "subject": subject,
            "subject_public_key_info": PublicKeyInfo.load(public_info(public)),
            "extensions": extensions,
        }
    )
    whole = {"tbs_certificate": content, "signature_algorithm": algorithm, "signature_value": seals.sign(key, content.dump())}
    return bytes(x509.Certificate(whole).dump())


def read(data: bytes) -> x509.Certificate:
    """A certificate, DER or PEM; ValueError when it is none over an SM2 key."""
    if pem.detect(data):
        data = pem.unarmor(data)[2]
    found = x509.Certificate.load(data, strict=True)
    if len(public(found)) != 65:
        raise ValueError("not a certificate over an SM2 key")
    return found


def public(certificate: x509.Certificate) -> bytes:
    """The public key in it."""
    return bytes(certificate["tbs_certificate"]["subject_public_key_info"]["public_key"])


def signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer, by name and by key, signed the certificate and may do so."""
    constraints = issuer.basic_constraints_value
    return bool(
        constraints is not None
        and constraints["ca"].native
        and certificate.issuer.dump() == issuer.subject.dump()
        and certificate["signature_algorithm"]["algorithm"].dotted == SM2_WITH_SM3
        and seals.verify(public(issuer), certificate["tbs_certificate"].dump(), bytes(certificate["signature_value"].native))
    )


def valid(certificate: x509.Certificate, at: datetime) -> bool:
    """Whether the moment lies between its two dates."""
    return bool(certificate.not_valid_before <= at <= certificate.not_valid_after)


def common_name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.native.get("common_name", ""))
