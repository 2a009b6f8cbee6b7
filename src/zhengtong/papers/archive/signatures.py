"""电子签名 (DA/T 46-2009 M57–M64): who signed what, so that it can be verified from the kept files alone."""

from base64 import b64encode
from dataclasses import dataclass

from zhengtong.foundation.seals import sm3, verify

from . import xml

# what the signature stands on: the SM3 digest of the content as 32 bytes, or the content itself
OVER_DIGEST = "SM2签名，签名对象为内容的SM3摘要（GB/T 32918.2）"
OVER_CONTENT = "SM2签名，签名对象为内容（GB/T 32918.2，摘要SM3）"
ALGORITHM = "1.2.156.10197.1.501"  # SM2 with SM3 (GB/T 33560)


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature: for what act, over which file, by whom and when. `digest` is the SM3 of that file."""

    act: str
    file: str
    digest: str
    by: str
    at: str
    rule: str
    signature: bytes
    public: bytes


def write(signatures: list[Signed]) -> bytes:
    root = xml.element("电子签名块")
    for number, one in enumerate(signatures, start=1):
        row = xml.put(root, "电子签名")
        for name, value in (
            ("签名标识符", f"签名{number}"), ("业务行为", one.act), ("签名对象", one.file), ("对象摘要", one.digest),
            ("签名规则", one.rule), ("签名时间", one.at), ("签名人", one.by), ("签名结果", b64encode(one.signature).decode()),
            ("证书", b64encode(one.public).decode()), ("签名算法标识", ALGORITHM),
        ):  # fmt: skip
            xml.put(row, name, value)
    return xml.HEAD + xml.canonical(root)


def read(data: bytes) -> list[Signed]:
    """The signatures of a file that `write` made; Unreadable when it is none."""
    root = xml.parse(data)
    if root.tag != xml.tag("电子签名块"):
        raise xml.Unreadable("不是电子签名文件", "not a file of signatures")
    try:
        return [
            Signed(
                *(xml.text(row, name) for name in ("业务行为", "签名对象", "对象摘要", "签名人", "签名时间", "签名规则")),
                xml.strict(xml.text(row, "签名结果")),
                xml.strict(xml.text(row, "证书")),
            )
            for row in root.iterfind(xml.tag("电子签名"))
        ]
    except ValueError as error:
        raise xml.Unreadable("电子签名文件已损坏", "the file of signatures is damaged") from error


def holds(one: Signed, content: bytes) -> bool:
    """Whether this signature stands on exactly this content."""
    digest = sm3(content)
    if digest != one.digest:
        return False
    try:
        return verify(one.public, bytes.fromhex(digest) if one.rule == OVER_DIGEST else content, one.signature)
    except (ValueError, TypeError, ArithmeticError):
        return False
