"""Signatures inside a PDF: SM2 over SM3 of the whole file, as CMS in a signature dictionary (ISO 32000-1 12.8).

The PDF that was set is kept byte for byte and each signature is an update behind it. Only pages that this house set
are signed, and only signatures of this form are verified; other software may not know SM2 in a PDF.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from asn1crypto import cms, tsp, x509

from zhengtong.foundation import seals
from zhengtong.papers.ofd.package import Unreadable

from . import certificates
from .grants import Press, SealGrant
from .steps import BROKEN, Finding, Report, asked
from .structures import SM2_WITH_SM3, SM3

ROOM = 8192  # hex digits kept free for the CMS
ZONE = ZoneInfo("Asia/Shanghai")
TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*$", re.DOTALL)
SIGNED = re.compile(rb"/Name<([0-9a-f]*)>/ByteRange\[0 (\d{10}) (\d{10}) (\d{10})\]/Contents<([0-9a-f]{%d})>" % ROOM)
SECTION = re.compile(rb"(\d+) (\d+)\s+")
LINK = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)
HOLE = b"/ByteRange[0 %010d %010d %010d]/Contents<"
BOM = "feff"  # before a text in UTF-16


class NotOurs(ValueError):
    """A PDF that this house did not set, or that is signed already."""


def sign(pdf: bytes, grant: SealGrant, key: bytes, at: datetime) -> bytes:
    """The PDF with one more update that holds the signature of the seal's keeper; the organs of a joint document sign in turn."""
    body, start, end = _prepared(pdf, grant.name, at)
    whole = _cms(grant.certificate, key, _digest(body, start, end), at)
    if len(whole) * 2 > ROOM:
        raise NotOurs("the signature does not fit into its room")
    return _filled(body, start, end, whole)


def signed_by(pdf: bytes, presses: Iterable[Press], at: datetime) -> bytes:
    """The PDF signed with each seal in turn."""
    for press in presses:
        pdf = sign(pdf, press.grant, press.private, at)
    return pdf


def verify(pdf: bytes, now: datetime, trusted: Sequence[bytes] = ()) -> Report:
    """The report on a PDF; raises Unreadable when it is none."""
    if not pdf.startswith(b"%PDF-") or not TRAILER.search(pdf[-4096:]):
        raise Unreadable("不是完整的 PDF 文件", "not a whole PDF file")
    return Report(tuple(_steps(pdf, now, [certificates.read(one) for one in trusted])))


def signed(pdf: bytes) -> bool:
    """Whether the PDF says that it carries a signature of this form."""
    return SIGNED.search(pdf) is not None


@dataclass(frozen=True, slots=True)
class _Signature:
    """One signature as it stands in the file: for whom, the edges of its room, and where what it signs ends."""

    name: str
    room: tuple[int, int]
    said: tuple[int, int, int]
    value: bytes

    @property
    def until(self) -> int:
        return self.said[1] + self.said[2]


def _steps(pdf: bytes, now: datetime, anchors: list[x509.Certificate]) -> Iterator[Finding]:
    found = [
        _Signature(
            bytes.fromhex(one[1].decode().removeprefix(BOM)).decode("utf-16-be", "replace"),
            (one.start(5) - 1, one.end(5) + 1),
            (int(one[2]), int(one[3]), int(one[4])),
            one[5],
        )
        for one in SIGNED.finditer(pdf)
        if len(one[1]) % 4 == 0
    ]
    yield Finding("signed", bool(found))
    if not found:
        return
    ends = [one.until for one in found]
    yield Finding("whole", all(one.room == one.said[:2] for one in found) and ends == sorted(set(ends)) and ends[-1] == len(pdf))
    before = 0
    for one in found:
        yield from _signature(pdf, one, before, now, anchors)
        before = one.until


def _signature(pdf: bytes, one: _Signature, before: int, now: datetime, anchors: list[x509.Certificate]) -> Iterator[Finding]:
    """The steps of one signature; `before` is where the signature in front of it ends, 0 for the first."""
    (start, end), value = one.room, one.value
    try:
        size = 4 + int(value[4:8], 16) if value[2:4] == b"82" else 0
        data = bytes.fromhex(value[: 2 * size].decode())
        info = cms.ContentInfo.load(data, strict=True)["content"]
        signer, certificate = info["signer_infos"][0], info["certificates"][0].chosen
        attributes = {a["type"].dotted: a["values"] for a in signer["signed_attrs"]}
        at = attributes[cms.CMSAttributeType("signing_time").dotted][0].chosen.native
        digest = attributes[cms.CMSAttributeType("message_digest").dotted][0].native
        name, public, signature = certificates.common_name(certificate), certificates.public(certificate), signer["signature"].native
        # written anew from its parts it must be the same: nothing stands in it that the signature does not hold
        same = _whole(certificate.dump(), _attributes(certificate.dump(), digest, at), signature) == data
        good = same and value[2 * size :] == b"0" * (ROOM - 2 * size)
        # and what a later organ added is its signature and nothing else: the page that the first one signed stands
        only = not before or pdf[before : one.until] == _filled(*_prepared(pdf[:before], one.name, at), data)[before:]
    except (*BROKEN, IndexError) as error:
        yield Finding("structure", False, one.name, detail=str(error)[:200])
        return
    yield Finding("structure", good, name)
    yield Finding("update", only, name)
    yield Finding("digests", _digest(pdf[: one.until], start, end) == digest, name)
    shown = at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")
    steps: dict[str, Callable[[], tuple[bool | None, str]]] = {
        "signature": lambda: (seals.verify(public, _attributes(certificate.dump(), digest, at).untag().dump(), signature), ""),
        "certificates": lambda: (certificates.valid(certificate, at), ""),
        "time": lambda: (at <= now, shown),
        "issuer": lambda: (_issued(certificate, anchors, at), certificate.issuer.human_friendly),
    }
    for step, ask in steps.items():
        yield asked(step, ask, name)


def _issued(certificate: x509.Certificate, anchors: list[x509.Certificate], at: datetime) -> bool | None:
    """Whether a trusted authority issued the certificate; None where none was named."""
    known = (anchor for anchor in anchors if certificates.signed_by(certificate, anchor) and certificates.valid(anchor, at))
    return any(True for _anchor in known) if anchors else None


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
def _prepared(pdf: bytes, name: str, at: datetime) -> tuple[bytes, int, int]:
    """The file with its update, the signature left empty, and the edges of the signature's room."""
    update, start = _update(pdf, name, at)
    end = start + ROOM + 2
    head, _hole, tail = update.rpartition(HOLE % (0, 0, 0))
    return head + HOLE % (start, end, len(update) - end) + tail, start, end


def _filled(body: bytes, start: int, end: int, whole: bytes) -> bytes:
    return body[: start + 1] + whole.hex().encode().ljust(ROOM, b"0") + body[end - 1 :]


def _update(pdf: bytes, name: str, at: datetime) -> tuple[bytes, int]:
    found = TRAILER.search(pdf[-4096:])
    root, size = (re.search(rb"/%s (\d+)" % word, found.group(1)) if found else None for word in (b"Root", b"Size"))
    if found is None or root is None or size is None:
        raise NotOurs("not a PDF that was set here")
    count, before, earlier = int(size.group(1)), int(found.group(2)), len(SIGNED.findall(pdf))
    places = _places(pdf, before)
    page = _first_page(pdf, places, int(root.group(1)))
    moment = at.astimezone(ZONE).strftime("D:%Y%m%d%H%M%S+08'00'").encode()
    who = f"<{BOM}{name.encode('utf-16-be').hex()}>".encode()
    signature = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/M(%s)/Name%s" % (moment, who)
    signature += HOLE % (0, 0, 0) + b"0" * ROOM + b">>>"
    field = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature%d)/F 132/Rect[0 0 0 0]/P %d 0 R/V %d 0 R>>" % (earlier + 1, page, count)
    objects = {
        int(root.group(1)): _with(_object(pdf, places[int(root.group(1))]), b"/AcroForm<</SigFlags 3/Fields[", count + 1, b"]>>", earlier),
        page: _with(_object(pdf, places[page]), b"/Annots[", count + 1, b"]", earlier),
        count: signature,
        count + 1: field,
    }
    out, at_byte = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n"), {}
    for number, content in sorted(objects.items()):
        at_byte[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n\r\n" % (number, place) for number, place in sorted(at_byte.items()))
    kept = re.sub(rb"/Prev \d+", b"", re.sub(rb"/Size \d+", b"/Size %d" % (count + 2), found.group(1)))
    out += b"trailer\n<<%s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (kept, before, table)
    return bytes(out), out.rindex(HOLE % (0, 0, 0)) + len(HOLE % (0, 0, 0)) - 1


def _places(pdf: bytes, table: int) -> dict[int, int]:
    """Where each object stands, by the cross-reference tables from the last update back to the first page set."""
    found: dict[int, int] = {}
    for _depth in range(100):
        if pdf[table : table + 4] != b"xref":
            raise NotOurs("no plain cross-reference table")
        at = table + 5
        while head := SECTION.match(pdf, at):
            first, rows = int(head[1]), pdf[head.end() : head.end() + 20 * int(head[2])]
            for n in range(len(rows) // 20):
                if rows[20 * n + 17 : 20 * n + 18] == b"n":
                    found.setdefault(first + n, int(rows[20 * n : 20 * n + 10]))
            at = head.end() + len(rows)
        trailer = LINK.match(pdf, at)
        before = re.search(rb"/Prev (\d+)", trailer[1]) if trailer else None
        if before is None:
            return found
        table = int(before[1])
    raise NotOurs("too many updates")


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


def _with(dictionary: bytes, begin: bytes, number: int, end: bytes, earlier: int) -> bytes:
    """The dictionary with one more reference in the list that `begin` opens; only our own signatures may stand there already."""
    if not earlier and begin.split(b"[")[0].split(b"<")[0] in dictionary:
        raise NotOurs("the PDF has fields or annotations already")
    if not earlier:
        return dictionary[:-2] + begin + b"%d 0 R" % number + end + b">>"
    before, opened, after = dictionary.partition(begin)
    listed, closed, rest = after.partition(end)
    if not opened or not closed:
        raise NotOurs("no list of signatures where one should be")
    return before + opened + listed + b" %d 0 R" % number + closed + rest
