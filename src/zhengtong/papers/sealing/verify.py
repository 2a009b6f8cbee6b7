"""Verifying a sealed OFD (验章): one step after the other, each with what it found; no database, no network."""

import hashlib
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509
from lxml import etree

from zhengtong.foundation import seals
from zhengtong.papers.ofd import package

from . import certificates, structures
from .apply import LIST, PROVIDER, TIME, ZONE, O, listing, parsed, places
from .steps import BROKEN, Finding, Report, asked

DIGEST_NAMES = {structures.SM3: "sm3", "SM3": "sm3"}
FORMATS = (TIME, "%Y%m%d%H%M%SZ", "%Y-%m-%dT%H:%M:%S")


def verify(ofd: bytes, now: datetime, trusted: Sequence[bytes] = ()) -> Report:
    """The report on these bytes; `trusted` are the certificates of the authorities that count. Raises package.Unreadable."""
    found = package.read(ofd)
    anchors = [certificates.read(one) for one in trusted]
    return Report(tuple(_Check(found, now, anchors).run()))


@dataclass(frozen=True, slots=True)
class _Signature:
    """One signature's files, read."""

    where: str
    label: str
    root: etree._Element
    raw: bytes
    references: dict[str, bytes]
    method: str
    value: str
    seal: str
    ours: bool


class _Check:
    """One run over one package."""

    def __init__(self, found: package.Package, now: datetime, anchors: list[x509.Certificate]) -> None:
        self.files, self.intact, self.now, self.anchors = found.files, found.intact, now, anchors

    def run(self) -> Iterator[Finding]:
        try:
            signatures = self.signatures()
        except BROKEN as error:
            yield Finding("package", self.intact)
            yield Finding("structure", False, detail=str(error)[:200])
            return
        ours = any(s.ours for s in signatures)
        # a package of another maker carries no checksum of itself; one of ours always does
        yield Finding("package", self.intact if self.intact is not None or not ours else False)
        yield Finding("signed", bool(signatures))
        if not signatures:
            return
        yield asked("places", lambda: self.places(signatures))
        yield asked("coverage", lambda: self.coverage(signatures))
        for signature in signatures:
            yield asked("digests", lambda one=signature: self.digests(one), signature.label)
            yield from self.values(signature)

    # ---- the files of XML ------------------------------------------------------------------------------------
    def signatures(self) -> list[_Signature]:
        entry = parsed(self.files["OFD.xml"])
        location = entry.findtext(f"{O}DocBody/{O}Signatures")
        if location is None:
            return []
        listed = package.resolve("OFD.xml", location)
        rows = parsed(self.files[listed]).findall(f"{O}Signature")
        found = [self.signature(package.resolve(listed, row.get("BaseLoc", ""))) for row in rows]
        if found and all(s.ours for s in found) and (listed != LIST or self.files[listed] != listing(len(found)).encode()):
            raise ValueError("Signatures.xml")
        return found

    def signature(self, where: str) -> _Signature:
        raw = self.files[where]
        root = parsed(raw)
        info = root.find(f"{O}SignedInfo")
        references = {
            package.resolve(where, one.get("FileRef", "")): b64decode(one.findtext(f"{O}CheckValue") or "", validate=True)
            for one in info.iterfind(f"{O}References/{O}Reference")
        }
        return _Signature(
            where=where,
            label=where.rsplit("/", 2)[-2],
            root=root,
            raw=raw,
            references=references,
            method=info.find(f"{O}References").get("CheckMethod", "MD5"),
            value=package.resolve(where, root.findtext(f"{O}SignedValue") or ""),
            seal=package.resolve(where, info.findtext(f"{O}Seal/{O}BaseLoc") or ""),
            ours=info.find(f"{O}Provider").get("ProviderName") == PROVIDER,
        )

    def places(self, signatures: list[_Signature]) -> tuple[bool, str]:
        """Every place that the document left for a seal carries the stamp of one signature."""
        stamped = [
            (int(one.get("PageRef", "0")), [round(float(v), 2) for v in one.get("Boundary", "").split()])
            for signature in signatures
            for one in signature.root.iterfind(f"{O}SignedInfo/{O}StampAnnot")
        ]
        open_ = [p.name for p in places(self.files) if (p.page, [round(v, 2) for v in p.box]) not in stamped]
        return not open_, "、".join(open_)

    def coverage(self, signatures: list[_Signature]) -> tuple[bool, str]:
        """Each signature protects the document; the last protects all but itself and the list."""
        last = signatures[-1]
        free = {last.where, last.value, package.resolve("OFD.xml", parsed(self.files["OFD.xml"]).findtext(f"{O}DocBody/{O}Signatures"))}
        open_ = set(self.files) - set(last.references) - free
        own = {name for s in signatures for name in (s.where, s.value, s.seal)} | free
        for signature in signatures:
            open_ |= set(self.files) - own - set(signature.references)
        return not open_, "、".join(sorted(open_))

    def digests(self, signature: _Signature) -> tuple[bool, str]:
        """Each protected file is there and has its digest."""
        name = DIGEST_NAMES.get(signature.method)
        if name is None:
            return False, f"CheckMethod {signature.method}"
        wrong = [
            f for f, value in signature.references.items() if f not in self.files or hashlib.new(name, self.files[f]).digest() != value
        ]
        return not wrong, "、".join(wrong)

    # ---- the signed values ------------------------------------------------------------------------------------
    def values(self, signature: _Signature) -> Iterator[Finding]:
        try:
            whole = structures.exactly(structures.Signature, self.files[signature.value])
            to_sign, signer = whole["to_sign"], certificates.read(whole["certificate"].native)
            seal = to_sign["seal"]
            maker = certificates.read(seal["certificate"].native)
            fit = to_sign["version"].native == structures.VERSION and whole["algorithm"].dotted == structures.SM2_WITH_SM3
        except BROKEN as error:
            yield Finding("structure", False, signature.label, str(error)[:200])
            return
        name = str(seal["info"]["property"]["name"].native)
        yield Finding("structure", fit, name)
        at = to_sign["time"].native
        property_, shown = seal["info"]["property"], at.astimezone(ZONE).strftime(TIME)
        steps: dict[str, Callable[[], tuple[bool, str]]] = {
            "content": lambda: (self.content(signature, to_sign), ""),
            "seal": lambda: (self.seal(signature, seal), ""),
            "maker": lambda: (seals.verify(certificates.public(maker), seal["info"].dump(), seal["signature"].native), ""),
            "validity": lambda: (property_["since"].native <= at <= property_["until"].native, ""),
            "signer": lambda: (self.listed(seal, whole["certificate"].native), certificates.common_name(signer)),
            "signature": lambda: (seals.verify(certificates.public(signer), to_sign.dump(), whole["signature"].native), ""),
            "certificates": lambda: (certificates.valid(signer, at) and certificates.valid(maker, at), ""),
            "time": lambda: (self.time(signature, at), shown),
        }
        for step, ask in steps.items():
            yield asked(step, ask, name)
        yield self.issuer(name, signer, maker, at)

    def content(self, signature: _Signature, to_sign: structures.ToSign) -> bool:
        where = package.resolve("OFD.xml", to_sign["property"].native)
        return bool(to_sign["digest"].native == hashlib.new("sm3", signature.raw).digest() and where == signature.where)

    def seal(self, signature: _Signature, seal: structures.Seal) -> bool:
        """The seal in the package is the one signed, and of a version that is known here."""
        header = seal["info"]["header"]
        known = header["id"].native == "ES" and header["version"].native == structures.VERSION
        return bool(known and seal["algorithm"].dotted == structures.SM2_WITH_SM3 and self.files.get(signature.seal) == seal.dump())

    def listed(self, seal: structures.Seal, certificate: bytes) -> bool:
        """Whether the seal names this certificate, whole or by its digest."""
        held = seal["info"]["property"]
        if held["list_type"].native == structures.BY_DIGEST:
            return hashlib.new("sm3", certificate).digest() in [row["value"] for row in held["list"].native]
        return certificate in held["list"].native

    def time(self, signature: _Signature, at: datetime) -> bool:
        """The time in the signature file is the one signed, and it is past."""
        said = signature.root.findtext(f"{O}SignedInfo/{O}SignatureDateTime") or ""
        for form in FORMATS:
            try:
                moment = datetime.strptime(said, form).replace(tzinfo=at.tzinfo if form.endswith("Z") else ZONE)
            except ValueError:
                continue
            return moment == at and at <= self.now
        return False

    def issuer(self, name: str, signer: x509.Certificate, maker: x509.Certificate, at: datetime) -> Finding:
        """Both certificates lead to a trusted authority; without one named the step can't be asked."""
        if not self.anchors:
            return Finding("issuer", None, name, f"未指定信任的机构，签发者自称：{signer.issuer.human_friendly}")
        good = all(self.leads(one, at) for one in (signer, maker))
        return Finding("issuer", good, name, signer.issuer.human_friendly)

    def leads(self, certificate: x509.Certificate, at: datetime) -> bool:
        """The certificate is an authority's own, or one of them signed it and was valid then."""
        if certificate.dump() in [anchor.dump() for anchor in self.anchors]:
            return True
        return any(certificates.signed_by(certificate, anchor) and certificates.valid(anchor, at) for anchor in self.anchors)
