"""Sealing (用章): digests of every file, the signature file, the signature over it, and the seal's place on the page."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import quoteattr
from zoneinfo import ZoneInfo

from lxml import etree

from zhengtong.foundation import seals
from zhengtong.papers.ofd import marks, package

from .grants import SealGrant
from .structures import SM2_WITH_SM3, SM3, VERSION, Seal, Signature, ToSign

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
O = "{http://www.ofdspec.org/2016}"  # noqa: E741  the prefix that every OFD uses
FOLDER = "Doc_0/Signs"
LIST = f"{FOLDER}/Signatures.xml"
PROVIDER = "Zhengtong"
ELEMENTS = "Doc_0/Tags/Elements.xml"
ZONE = ZoneInfo("Asia/Shanghai")
TIME = "%Y-%m-%d %H:%M:%S"


class NoPlace(ValueError):
    """The document leaves no place for this seal."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a seal stands: for whom, the page's ID, left, top, width and height in mm."""

    name: str
    page: int
    box: tuple[float, float, float, float]


def parsed(data: bytes) -> etree._Element:
    """XML without entities or network; ValueError when it is none."""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def places(files: dict[str, bytes]) -> tuple[Place, ...]:
    """The places that a document leaves for seals, in order; a page that has them drawn leaves none."""
    if ELEMENTS not in files:
        return ()
    found = parsed(files[ELEMENTS]).iterfind(f"{{{marks.VOCABULARY}}}Seal[@Boundary]")
    return tuple(
        Place(one.get("Label", ""), int(one.get("PageRef", "0")), tuple(float(v) for v in one.get("Boundary", "").split())) for one in found
    )


def seal(ofd: bytes, grant: SealGrant, key: bytes, at: datetime, place: Place | None = None) -> bytes:
    """The document with this seal on it, signed with `key` at `at`.

    Each organ of a joint document seals in turn; every later signature protects the earlier ones. Without `place`
    the seal stands where the document left room for the organ's name.
    """
    files = dict(package.read(ofd).files)
    done = sum(1 for name in files if name.endswith("/Signature.xml"))
    where = place or next((p for p in places(files) if p.name == grant.name), None)
    if where is None:
        raise NoPlace(f"文件没有为“{grant.name}”留出盖章的位置 / no place for this seal")
    if LIST not in files:
        files["OFD.xml"] = _with_signatures(files["OFD.xml"])
    folder = f"{FOLDER}/Sign_{done}"
    files[f"{folder}/Seal.esl"] = grant.seal
    moment = at.astimezone(UTC).replace(microsecond=0)
    signed = _signature(files, folder, where, moment).encode()
    to_sign = ToSign(
        {
            "version": VERSION,
            "seal": Seal.load(grant.seal),
            "time": moment,
            "digest": hashlib.new("sm3", signed).digest(),
            "property": f"/{folder}/Signature.xml",
        }
    )
    value = Signature(
        {"to_sign": to_sign, "certificate": grant.certificate, "algorithm": SM2_WITH_SM3, "signature": seals.sign(key, to_sign.dump())}
    )
    files[f"{folder}/Signature.xml"], files[f"{folder}/SignedValue.dat"] = signed, value.dump()
    files[LIST] = listing(done + 1).encode()
    return package.write(files)


def listing(count: int) -> str:
    """Signatures.xml: it grows with every seal, so no signature protects it; `verify` knows how it must read."""
    rows = "".join(f'<ofd:Signature ID="s{n + 1:03}" Type="Seal" BaseLoc="/{FOLDER}/Sign_{n}/Signature.xml"/>' for n in range(count))
    return f"{HEAD}<ofd:Signatures {OFD}>{rows}</ofd:Signatures>"


def _with_signatures(entry: bytes) -> bytes:
    """OFD.xml with its reference to the signatures; written before the digests, for it is among what they protect."""
    end = b"</ofd:DocRoot>"
    if entry.count(end) != 1:
        raise ValueError("not an OFD.xml of one document as this house writes it")
    return entry.replace(end, end + f"<ofd:Signatures>{LIST}</ofd:Signatures>".encode())


def _signature(files: dict[str, bytes], folder: str, where: Place, at: datetime) -> str:
    rows = "".join(
        f"<ofd:Reference FileRef={quoteattr('/' + name)}>"
        f"<ofd:CheckValue>{b64encode(hashlib.new('sm3', data).digest()).decode()}</ofd:CheckValue></ofd:Reference>"
        for name, data in files.items()
        if name != LIST
    )
    box = " ".join(f"{v:.3f}".rstrip("0").rstrip(".") for v in where.box)
    return (
        f'{HEAD}<ofd:Signature {OFD}><ofd:SignedInfo><ofd:Provider ProviderName="{PROVIDER}" Version="1.0"/>'
        f"<ofd:SignatureMethod>{SM2_WITH_SM3}</ofd:SignatureMethod>"
        f"<ofd:SignatureDateTime>{at.astimezone(ZONE).strftime(TIME)}</ofd:SignatureDateTime>"
        f'<ofd:References CheckMethod="{SM3}">{rows}</ofd:References>'
        f'<ofd:StampAnnot ID="stamp{where.page}" PageRef="{where.page}" Boundary="{box}"/>'
        f"<ofd:Seal><ofd:BaseLoc>/{folder}/Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>"
        f"<ofd:SignedValue>/{folder}/SignedValue.dat</ofd:SignedValue></ofd:Signature>"
    )
