"""电子文件封装包 .eep (DA/T 48-2009): one record, wrapped, signed with SM2 and locked."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from . import xml
from .record import Record

SUFFIX = ".eep"
FORMAT = "本封装包根据中华人民共和国档案行业标准DA/T 48-2009《基于XML的电子文件封装规范》生成"
VERSION = "2009"
RULE = "SM2签名，签名对象为被签名对象的规范XML（GB/T 32918.2，摘要SM3）"
ALGORITHM = "1.2.156.10197.1.501"  # SM2 with SM3 (GB/T 33560)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: name, public key and what signs with the private one."""

    name: str
    public: bytes
    sign: Callable[[bytes], bytes]


def write(record: Record, signer: Signer, at: datetime) -> bytes:
    """The package of a record. The signature covers all that is wrapped, the lock covers the signature."""
    root = xml.element("电子文件封装包")
    xml.put(root, "封装包格式描述", FORMAT)
    xml.put(root, "版本", VERSION)
    signed = xml.put(root, "被签名对象", eep版本=VERSION)
    xml.put(signed, "封装包类型", "原始型")
    xml.put(signed, "封装包类型描述", "原始型封装包，未经修改")
    xml.put(signed, "封装包创建时间", at.isoformat(timespec="seconds"))
    xml.put(signed, "封装包创建单位", signer.name)
    signed.append(xml.wrap(record))
    seal(root, signed, signer, at)
    return xml.HEAD + xml.canonical(root)


def seal(root: etree._Element, signed: etree._Element, signer: Signer, at: datetime) -> None:
    """Append the signature block over `signed`, and the lock over that block."""
    block = xml.put(root, "电子签名块")
    one = xml.put(block, "电子签名")
    xml.put(one, "签名标识符", "修改0-签名1")
    xml.put(one, "签名规则", RULE)
    xml.put(one, "签名时间", at.isoformat(timespec="seconds"))
    xml.put(one, "签名人", signer.name)
    xml.put(one, "签名结果", b64encode(signer.sign(xml.canonical(signed))).decode())
    xml.put(xml.put(one, "证书块"), "证书", b64encode(signer.public).decode())
    xml.put(one, "签名算法标识", ALGORITHM)
    xml.put(root, "锁定签名", b64encode(signer.sign(xml.canonical(block))).decode())


def read(data: bytes) -> Record:
    """The record inside; verify first whether it is still what was wrapped."""
    inside = xml.parse(data).find(f"{xml.tag('被签名对象')}/{xml.tag('封装内容')}")
    if inside is None:
        raise xml.Unreadable("不是电子文件封装包", "not an encapsulated record")
    return xml.unwrap(inside)
