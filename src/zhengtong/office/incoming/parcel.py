"""The city's exchange package: a ZIP with `message.xml` and the files it names. Reading and writing only; no table, no folder.

The format is written down in docs/exchange.md. A package from outside is never trusted: names, sizes, digests and
the XML itself are checked before anything of it is believed.
"""

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from lxml import etree

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

VERSION = "1.0"
MESSAGE = "message.xml"
MOST_FILES = 50
MOST_BYTES = 200 * 1024 * 1024
MOST_XML = 1024 * 1024
CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{3,79}$")
NAME = re.compile(r"^files/[^/\\:*?\"<>|\x00-\x1f]{1,120}$")
# whatever the library stumbles over in a torn or forged package, it is one and the same to us
TORN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, NotImplementedError, RuntimeError)
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same message gives the same bytes


class Kind(StrEnum):
    """What a package says: send, receipt (签收回执), return (退文), status (办理情况)."""

    DOCUMENT = "document"
    RECEIPT = "receipt"
    RETURN = "return"
    STATUS = "status"


class Broken(Exception):
    """A package that can't be believed; the objection says why."""

    def __init__(self, text: str, **params: object) -> None:
        self.objection = Objection(text, params)
        super().__init__(text)

    def __str__(self) -> str:
        from zhengtong.foundation.refusal import Refused

        return str(Refused(self.objection))


@dataclass(frozen=True, slots=True)
class Message:
    """One package: from whom to whom, about which document, and what it carries."""

    code: str
    kind: Kind
    sent: datetime
    sender: str
    sender_name: str
    receiver: str
    receiver_name: str
    about: str = ""
    who: str = ""
    text: str = ""
    document: Mapping[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()


FIELDS = ("number", "title", "kind", "dated", "urgency", "secrecy", "secrecy-mark", "copies", "attachments")


def write(message: Message) -> bytes:
    """The package as it goes into the folder."""
    root = etree.Element("exchange", version=VERSION, type=message.kind.value, id=message.code, sent=message.sent.isoformat())
    etree.SubElement(root, "from", code=message.sender, name=message.sender_name)
    etree.SubElement(root, "to", code=message.receiver, name=message.receiver_name)
    if message.about:
        etree.SubElement(root, "about", id=message.about)
    if message.who or message.text:
        etree.SubElement(root, "answer", by=message.who).text = message.text
    if message.kind is Kind.DOCUMENT:
        given = {name: message.document[name] for name in FIELDS if message.document.get(name)}
        etree.SubElement(root, "document", given)
    for name, content in message.files:
        digest = hashlib.new("sm3", content).hexdigest()
        etree.SubElement(root, "file", name=f"files/{name}", size=str(len(content)), sm3=digest)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo(MESSAGE, EPOCH), etree.tostring(root, encoding="utf-8", xml_declaration=True))
        for name, content in message.files:
            package.writestr(zipfile.ZipInfo(f"files/{name}", EPOCH), content)
    return out.getvalue()


def read(data: bytes) -> Message:
    """The message of a package; `Broken` with the reason when anything of it is not as promised."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _read(package)
    except TORN as error:
        raise Broken(_("不是完整的ZIP包")) from error


def _read(package: zipfile.ZipFile) -> Message:
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    if MESSAGE not in names:
        raise Broken(_("包内没有message.xml"))
    if len(set(names)) != len(names):
        raise Broken(_("包内有重名文件"))
    if len(names) > MOST_FILES + 1 or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Broken(_("包内文件太多或太大"))
    if package.getinfo(MESSAGE).file_size > MOST_XML:
        raise Broken(_("message.xml太大"))
    root = _parsed(package.read(MESSAGE))
    files = tuple(_file(package, element) for element in root.findall("file"))
    extra = set(names) - {MESSAGE, *(f"files/{name}" for name, _content in files)}
    if extra:
        raise Broken(_("包内有没有登记的文件：%(names)s"), names="、".join(sorted(extra))[:200])
    return _message(root, files)


def _parsed(xml: bytes) -> etree._Element:
    """The XML without document type, entities or network: what could read other files or grow without end is refused."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Broken(_("message.xml不得含文档类型或实体声明"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Broken(_("message.xml不是合格的XML")) from error
    if root.tag != "exchange" or root.get("version", "").split(".")[0] != VERSION.split(".")[0]:
        raise Broken(_("不认识的交换格式或版本"))
    return root


def _file(package: zipfile.ZipFile, element: etree._Element) -> tuple[str, bytes]:
    name = element.get("name", "")
    if not NAME.match(name) or ".." in name:
        raise Broken(_("文件名不合规定：%(name)s"), name=name[:80])
    try:
        content = package.read(name)
    except KeyError as error:
        raise Broken(_("缺少文件：%(name)s"), name=name) from error
    if hashlib.new("sm3", content).hexdigest() != element.get("sm3", "").lower():
        raise Broken(_("文件与摘要不符：%(name)s"), name=name)
    return name.removeprefix("files/"), content


def _message(root: etree._Element, files: tuple[tuple[str, bytes], ...]) -> Message:
    kind, code = root.get("type", ""), root.get("id", "")
    if kind not in set(Kind):
        raise Broken(_("不认识的交换类型：%(kind)s"), kind=kind[:20])
    if not CODE.match(code):
        raise Broken(_("交换编号不合规定"))
    try:
        sent = datetime.fromisoformat(root.get("sent", ""))
    except ValueError as error:
        raise Broken(_("发送时间不合规定")) from error
    if sent.tzinfo is None:
        raise Broken(_("发送时间须带时区"))
    sender, receiver = _party(root, "from"), _party(root, "to")
    about, answer, document = root.find("about"), root.find("answer"), root.find("document")
    if kind == Kind.DOCUMENT:
        if document is None or not document.get("title", "").strip():
            raise Broken(_("缺少公文要素"))
        if not files:
            raise Broken(_("没有正文文件"))
    elif about is None or not CODE.match(about.get("id", "")):
        raise Broken(_("回执没有写明是哪一份"))
    return Message(
        code=code, kind=Kind(kind), sent=sent, sender=sender[0], sender_name=sender[1], receiver=receiver[0], receiver_name=receiver[1],
        about=about.get("id", "") if about is not None else "", who=(answer.get("by", "") if answer is not None else "")[:60],
        text=((answer.text or "") if answer is not None else "").strip()[:500],
        document={name: document.get(name, "").strip() for name in FIELDS} if document is not None else {}, files=files,
    )  # fmt: skip


def _party(root: etree._Element, tag: str) -> tuple[str, str]:
    found = root.find(tag)
    if found is None or not found.get("code"):
        raise Broken(_("没有写明发送或接收机关"))
    return found.get("code", "")[:20], found.get("name", "")[:120]
