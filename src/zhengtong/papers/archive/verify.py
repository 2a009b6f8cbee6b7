"""Verification of a package, step by step, from its bytes alone: no database, no settings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from zhengtong.foundation.seals import sm3
from zhengtong.foundation.seals import verify as holds

from . import carrier, eep, xml
from .record import MAIN, REQUIRED, Record

# fmt: off
STEPS = {
    # step         it holds                                        it does not
    "form":       ("文件按规范写成，没有多余的字节",               "文件不是按规范写成的，或者被改动",
                   "written by the standard, not a byte besides",  "not written by the standard, or altered"),
    "structure":  ("结构符合DA/T 48-2009",                         "结构不符合DA/T 48-2009",
                   "the structure is that of DA/T 48-2009",        "the structure is not that of DA/T 48-2009"),
    "signature":  ("签名有效，内容与签名时一致",                   "签名无效，内容被改动",
                   "the signature holds, nothing was altered",     "the signature does not hold: something was altered"),
    "lock":       ("锁定签名有效，签名块与锁定时一致",             "锁定签名无效，签名块被改动",
                   "the lock over the signature holds",            "the lock over the signature does not hold"),
    "key":        ("签名公钥是所给的公钥",                         "签名公钥不是所给的公钥",
                   "signed with the key that was given",           "signed with another key than the one given"),
    "listed":     ("载体上的文件与固化清单逐一对应",               "载体上缺少文件或有多余文件",
                   "every file on the carrier is on the signed list", "files are missing from the carrier, or too many"),
    "digests":    ("各文件的字节数和SM3摘要相符",                  "有文件被改动",
                   "sizes and SM3 digests agree",                  "a file was altered"),
    "catalogue":  ("说明文件和文件目录齐全，件数与实有相符",            "说明文件或文件目录缺失，或者件数与实有不符",
                   "the note and the catalogue are there and count right", "the note or the catalogue is missing or counts wrong"),
    "layout":     ("文件按年度、类别、档号分文件夹存放",             "有文件没有按年度、类别、档号存放",
                   "the files lie by year, class and number",      "some files do not lie by year, class and number"),
    "formats":    ("内容数据都是长期保存格式",                      "有内容数据不是长期保存格式",
                   "all contents are in lasting formats",          "some contents are in no lasting format"),
    "contents":   ("内容数据能够还原，与元数据所记一致",           "内容数据与元数据所记不一致",
                   "the contents agree with their metadata",       "the contents differ from their metadata"),
    "metadata":   ("必填的元数据齐全（DA/T 46-2009）",             "缺少必填的元数据",
                   "the required metadata are there (DA/T 46-2009)", "required metadata are missing"),
}
# fmt: on


LASTING = frozenset({"ofd", "pdf", "jpg", "jpeg", "png", "tif", "tiff", "xml", "json", "txt"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One step's result; `good` is None where it could not be asked."""

    step: str
    good: bool | None
    detail: str = ""

    @property
    def zh(self) -> str:
        return STEPS[self.step][1 if self.good is False else 0]

    @property
    def en(self) -> str:
        return STEPS[self.step][3 if self.good is False else 2]


@dataclass(frozen=True, slots=True)
class Report:
    """What verification found; `signer` is the SM3 fingerprint of the key that signed."""

    findings: tuple[Finding, ...]
    signer: str = ""
    records: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        return all(finding.good is not False for finding in self.findings)


def verify(path: Path, key: bytes | None = None) -> Report:
    """A package file or the folder of a transfer; raises Unreadable when it is neither."""
    return verify_folder(path, key) if path.is_dir() else verify_file(path.read_bytes(), key)


def verify_file(data: bytes, key: bytes | None = None) -> Report:
    """电子文件封装包: one changed byte anywhere fails one of these steps."""
    root = xml.parse(data)
    if root.tag != xml.tag("电子文件封装包"):
        raise xml.Unreadable("不是电子文件封装包", "not an encapsulated record")
    right = _made_of(root, "封装包格式描述", "版本", "被签名对象", "电子签名块", "锁定签名")
    right = right and root[0].text == eep.FORMAT and root[1].text == eep.VERSION
    found = [Finding("form", data == xml.HEAD + xml.canonical(root)), Finding("structure", right)]
    signed, signer = _signature(root, key)
    return _judged([*found, *signed], signer, lambda: [(eep.read(data), root)])


def verify_folder(folder: Path, key: bytes | None = None) -> Report:
    """移交载体: the signed list first, then every file against it, then every record."""
    try:
        data = (folder / carrier.SEAL).read_bytes()
    except OSError as error:
        raise xml.Unreadable("载体上没有固化信息", "there is no signed list on the carrier") from error
    root = xml.parse(data)
    right = root.tag == xml.tag("固化信息") and _made_of(root, "被签名对象", "电子签名块", "锁定签名")
    found = [Finding("form", data == xml.HEAD + xml.canonical(root)), Finding("structure", right)]
    signed, signer = _signature(root, key)
    listed = {xml.text(one, "路径"): (xml.text(one, "字节数"), xml.text(one, "SM3")) for one in root.iterfind(f".//{xml.tag('文件')}")}
    there = dict(carrier.files(folder))
    wrong = sorted({*listed, carrier.SEAL} ^ there.keys())
    found += [*signed, Finding("listed", not wrong, "、".join(wrong[:5]))]
    changed = [name for name, told in listed.items() if name in there and _facts(there[name]) != told]
    found.append(Finding("digests", not changed, "、".join(changed[:5])))
    report = _judged(found, signer, lambda: ((record, None) for record in carrier.read(folder)))
    return Report((*report.findings, *_carried(folder, there)), report.signer, report.records)


def _carried(folder: Path, there: Mapping[str, Path]) -> list[Finding]:
    """How the carrier is laid out, and in which formats its contents are."""
    wrong, odd, homes = [], [], []
    try:
        homes = carrier.homes(folder)
        for home, told in homes:
            number, row = told
            wrong += [] if carrier.place_of(*row) == home else [number]
    except (xml.Unreadable, OSError):
        return [Finding("catalogue", False), Finding("layout", None), Finding("formats", None)]
    kept = [name for name in there if name.startswith(f"{carrier.RECORDS}/")]
    wrong += [name for name in kept if name.rpartition("/")[0] not in {home for home, _told in homes}]
    odd = [name for name in kept if name.rpartition(".")[2].lower() not in LASTING]
    counted = carrier.counted(there.get(carrier.NOTE)) == len(homes)
    return [
        Finding("catalogue", counted and bool(homes)),
        Finding("layout", not wrong, "、".join(wrong[:5])),
        Finding("formats", not odd, "、".join(odd[:5])),
    ]


def _made_of(root: etree._Element, *names: str) -> bool:
    """Exactly these children and nothing between them: what no signature covers must be fixed."""
    if root.attrib or root.text or any(child.tail for child in root):
        return False
    if [child.tag for child in root] != [xml.tag(name) for name in names]:
        return False
    plain = [child for child in root if xml.tag("被签名对象") != child.tag != xml.tag("电子签名块")]
    return not any(len(child) or child.attrib for child in plain)


def _facts(path: Path) -> tuple[str, str]:
    if path.is_symlink():
        return "", ""
    data = path.read_bytes()
    return str(len(data)), sm3(data)


def _signature(root: etree._Element, key: bytes | None) -> tuple[list[Finding], str]:
    """The signature over the signed object, the lock over the signature block, and whose key it is."""
    signed, block, lock = (root.find(xml.tag(name)) for name in ("被签名对象", "电子签名块", "锁定签名"))
    try:
        if signed is None or block is None or lock is None:
            raise ValueError("no signature")
        public = xml.strict(xml.text(block, "证书"))
        good = _holds(public, signed, xml.text(block, "签名结果"))
        locked = _holds(public, block, lock.text)
    except ValueError:
        return [Finding("signature", False), Finding("lock", False)], ""
    same = None if key is None else public == key
    told = sm3(public)
    return [Finding("signature", good), Finding("lock", locked), Finding("key", same, told)], told


def _holds(public: bytes, over: etree._Element, signature: str | None) -> bool:
    try:
        return holds(public, xml.canonical(over), xml.strict(signature))
    except (ValueError, TypeError, ArithmeticError):
        return False


def _judged(found: list[Finding], signer: str, read: Callable[[], Iterable[tuple[Record, etree._Element | None]]]) -> Report:
    """The steps that ask what is inside: contents against what is told of them, required metadata."""
    odd, lacking, numbers = [], [], []
    try:
        for record, root in read():
            numbers.append(record.number)
            if not record.contents or record.contents[0].role != MAIN:
                odd.append(record.number)
            if root is not None:
                told = [xml.told(one)[1:] for one in root.iterfind(f".//{xml.tag('文档')}")]
                odd += [c.name for c, t in zip(record.contents, told, strict=True) if (c.digest, str(len(c.data))) != t]
            lacking += [f"{record.number} {name}" for name in REQUIRED if not record.values.get(name)]
    except (xml.Unreadable, OSError) as why:
        return Report((*found, Finding("contents", False, getattr(why, "zh", "")), Finding("metadata", None)), signer)
    found += [Finding("contents", not odd, "、".join(odd[:5])), Finding("metadata", not lacking, "、".join(lacking[:5]))]
    return Report(tuple(found), signer, tuple(numbers))
