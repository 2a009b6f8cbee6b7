"""A signature inside a PDF: SM2 over SM3 of the whole file, as CMS in a signature dictionary (ISO 32000-1 12.8).

The PDF that was set is kept byte for byte and an update is written behind it. Only pages that this house set are
signed, and only signatures of this form are verified; other software may not know SM2 in a PDF.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from asn1crypto import cms, tsp, x509

from zhengtong.foundation import seals
from zhengtong.papers.ofd.package import Unreadable

from . import certificates
from .grants import SealGrant
from .steps import Finding, Report
from .structures import SM2_WITH_SM3, SM3

ROOM = 8192  # hex digits kept free for the CMS
ZONE = ZoneInfo("Asia/Shanghai")
TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)
SIGNED = re.compile(rb"/ByteRange\[0 (\d{10}) (\d{10}) (\d{10})\]/Contents<([0-9a-f]{%d})>" % ROOM)
HOLE = b"/ByteRange[0 %010d %010d %010d]/Contents<"


class NotOurs(ValueError):
    """A PDF that this house did not set, or that is signed already."""


def sign(pdf: bytes, grant: SealGrant, key: bytes, at: datetime) -> bytes:
    """The PDF with an update that holds the signature of the seal's keeper."""
    update, start = _update(pdf, grant.name, at)
    end = start + ROOM + 2
    body = update.replace(HOLE % (0, 0, 0), HOLE % (start, end, len(update) - end))
    whole = _cms(grant.certificate, key, _digest(body, start, end), at)
    if len(whole) * 2 > ROOM:
        raise NotOurs("the signature does not fit into its room")
    return body[: start + 1] + whole.hex().encode().ljust(ROOM, b"0") + body[end - 1 :]


def verify(pdf: bytes, now: datetime, trusted: Sequence[bytes] = ()) -> Report:
    """The report on a PDF; raises Unreadable when it is none."""
    if not pdf.startswith(b"%PDF-") or not TRAILER.search(pdf[-4096:]):
        raise Unreadable("不是完整的 PDF 文件", "not a whole PDF file")
    return Report(tuple(_steps(pdf, now, [certificates.read(one) for one in trusted])))


def _steps(pdf: bytes, now: datetime, anchors: list[x509.Certificate]) -> Iterator[Finding]:
    found = list(SIGNED.finditer(pdf))
    yield Finding("signed", len(found) == 1)
    if len(found) != 1:
        return
    start, end, rest = (int(n) for n in found[0].groups()[:3])
    value = found[0].group(4)
    yield Finding("coverage", (start, end, end + rest) == (found[0].start(4) - 1, found[0].end(4) + 1, len(pdf)))
    try:
        size = 4 + int(value[4:8], 16) if value[2:4] == b"82" else 0
        data = bytes.fromhex(value[: 2 * size].decode())
        info = cms.ContentInfo.load(data, strict=True)["content"]
        signer, certificate = info["signer_infos"][0], info["certificates"][0].chosen
        attributes = {a["type"].dotted: a["values"] for a in signer["signed_attrs"]}
        at = attributes[cms.CMSAttributeType("signing_time").dotted][0].chosen.native
        digest = attributes[cms.CMSAttributeType("message_digest").dotted][0].native
        public, signature = certificates.public(certificate), signer["signature"].native
        # written anew from its parts it must be the same: nothing stands in it that the signature does not hold
        same = _whole(certificate.dump(), _attributes(certificate.dump(), digest, at), signature) == data
        good = same and value[2 * size :] == b"0" * (ROOM - 2 * size)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        yield Finding("structure", False, detail=str(error)[:200])
        return
    name = certificates.common_name(certificate)
    yield Finding("structure", good, name)
    yield Finding("digests", hashlib.new("sm3", pdf[:start] + pdf[end:]).digest() == digest, name)
    yield Finding("signature", seals.verify(public, _attributes(certificate.dump(), digest, at).untag().dump(), signature), name)
    yield Finding("certificates", certificates.valid(certificate, at), name)
    yield Finding("time", at <= now, name, at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S"))
    known = [anchor for anchor in anchors if certificates.signed_by(certificate, anchor) and certificates.valid(anchor, at)]
    yield Finding("issuer", bool(known) if anchors else None, name, certificate.issuer.human_friendly)


# ---- CMS ---------------------------------------------------------------------------------------------------------
def _digest(body: bytes, start: int, end: int) -> bytes:
    return hashlib.new("sm3", body[:start] + body[end:]).digest()


def _attributes(certificate: bytes, digest: bytes, at: datetime) -> cms.CMSAttributes:
    bound = tsp.SigningCertificateV2(
        {"certs": [{"hash_algorithm": {"algorithm": SM3}, "cert_hash": hashlib.new("sm3", certificate).digest()}]}
    )
    return cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": at.astimezone(UTC).replace(microsecond=0)})]}),
            cms.CMSAttribute({"type": "message_digest", "values": [digest]}),
            cms.CMSAttribute({"type": "signing_certificate_v2", "values": [bound]}),
        ]
    )


def _cms(certificate: bytes, key: bytes, digest: bytes, at: datetime) -> bytes:
    attributes = _attributes(certificate, digest, at)
    return _whole(certificate, attributes, seals.sign(key, attributes.dump()))


def _whole(certificate: bytes, attributes: cms.CMSAttributes, signature: bytes) -> bytes:
    holder = x509.Certificate.load(certificate)
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {"issuer_and_serial_number": cms.IssuerAndSerialNumber({"issuer": holder.issuer, "serial_number": holder.serial_number})}
        ),
        "digest_algorithm": {"algorithm": SM3},
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": SM2_WITH_SM3},
        "signature": signature,
    }
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": SM3}],
            "encap_content_info": {"content_type": "data"},
            "certificates": [holder],
            "signer_infos": [signer],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


# ---- the update behind the file --------------------------------------------------------------------------------------
def _update(pdf: bytes, name: str, at: datetime) -> tuple[bytes, int]:
    """The file with its update, the signature left empty, and where the signature's room begins."""
    found = TRAILER.search(pdf[-4096:])
    root, size = (re.search(rb"/%s (\d+)" % word, found.group(1)) if found else None for word in (b"Root", b"Size"))
    if found is None or root is None or size is None or SIGNED.search(pdf):
        raise NotOurs("not a PDF that was set here, or signed already")
    count, before = int(size.group(1)), int(found.group(2))
    places = _places(pdf, before)
    page = _first_page(pdf, places, int(root.group(1)))
    moment = at.astimezone(ZONE).strftime("D:%Y%m%d%H%M%S+08'00'").encode()
    who = b"<feff" + name.encode("utf-16-be").hex().encode() + b">"
    signature = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/M(%s)/Name%s" % (moment, who)
    signature += HOLE % (0, 0, 0) + b"0" * ROOM + b">>>"
    field = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/F 132/Rect[0 0 0 0]/P %d 0 R/V %d 0 R>>" % (page, count)
    form = b"/AcroForm<</SigFlags 3/Fields[%d 0 R]>>" % (count + 1)
    objects = {
        int(root.group(1)): _with(_object(pdf, places[int(root.group(1))]), form),
        page: _with(_object(pdf, places[page]), b"/Annots[%d 0 R]" % (count + 1)),
        count: signature,
        count + 1: field,
    }
    out, at_byte = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n"), {}
    for number, content in sorted(objects.items()):
        at_byte[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n\r\n" % (number, place) for number, place in sorted(at_byte.items()))
    kept = re.sub(rb"/Size \d+", b"/Size %d" % (count + 2), found.group(1))
    out += b"trailer\n<<%s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (kept, before, table)
    return bytes(out), out.index(HOLE % (0, 0, 0)) + len(HOLE % (0, 0, 0)) - 1


def _places(pdf: bytes, table: int) -> dict[int, int]:
    """Where each object stands, by the cross-reference table."""
    head = re.match(rb"xref\s+0 (\d+)\s+", pdf[table : table + 40])
    if head is None:
        raise NotOurs("no plain cross-reference table")
    rows = pdf[table + head.end() : table + head.end() + 20 * int(head.group(1))]
    return {n: int(rows[20 * n : 20 * n + 10]) for n in range(int(head.group(1))) if rows[20 * n + 17 : 20 * n + 18] == b"n"}


def _object(pdf: bytes, place: int) -> bytes:
    found = re.compile(rb"\d+ 0 obj\s*(<<.*?>>)\s*endobj", re.DOTALL).match(pdf, place)
    if found is None:
        raise NotOurs("no dictionary where one should be")
    return found.group(1)


def _first_page(pdf: bytes, places: dict[int, int], root: int) -> int:
    number, word = root, rb"/Pages (\d+) 0 R"
    for _depth in range(20):
        found = re.search(word, _object(pdf, places[number]))
        if found is None:
            raise NotOurs("no page")
        number, word = int(found.group(1)), rb"/Kids\s*\[\s*(\d+) 0 R"
        if re.search(rb"/Type\s*/Page\b", _object(pdf, places[number])):
            return number
    raise NotOurs("pages too deep")


def _with(dictionary: bytes, entry: bytes) -> bytes:
    if entry.split(b"[")[0].split(b"<")[0] in dictionary:
        raise NotOurs("the PDF has fields or annotations already")
    return dictionary[:-2] + entry + b">>"
