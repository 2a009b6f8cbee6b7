"""A package as bytes: pack, inspect, check, unpack. No database, no settings.

Layout: magic; outline (JSON) and its SM2 signature by the sender; body, a stream sealed to the receiver that
holds the payload and the files. The outline names sender, receiver, contract, sequence number and the SM3 of
every item and of the sealed body: one changed byte anywhere is found.
"""

import hashlib
import json
import os
import re
import secrets
import struct
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.seals import Broken, verify
from zhengtong.foundation.seals.envelope import Sealer, opened

MAGIC = b"ZTP1"
LONGEST_OUTLINE = 16 << 20
LONGEST_PAYLOAD = 64 << 20
CHUNK = 1 << 20
SUFFIX = ".ztp"
NAME = re.compile(r"[a-z][a-z_]{0,23}")
DIGEST = re.compile(r"[0-9a-f]{64}")
TOKEN = re.compile(r"[0-9a-f]{16}")
VERSION = re.compile(r"[a-z][a-z_]{0,23}/\d{1,4}\.\d{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing inside: SM3 and size in bytes. The first is the payload."""

    sm3: str
    size: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What anybody who holds the package may read. `token` is the same whenever the same thing is sent again."""

    sender: str
    receiver: str
    version: str
    seq: int
    token: str
    made_at: str
    items: tuple[Item, ...]
    body: str

    @property
    def contract(self) -> str:
        return self.version.partition("/")[0]

    @property
    def lane(self) -> str:
        """The sequence this package belongs to."""
        return f"{self.sender}/{self.receiver}/{self.contract}"

    @property
    def name(self) -> str:
        """The name of the package's file."""
        return f"{self.sender}-{self.receiver}-{self.contract}-{self.seq:08d}{SUFFIX}"


def pack(
    folder: Path, *, sender: str, receiver: str, version: str, seq: int, token: str, made_at: str,
    payload: Mapping[str, object], files: Sequence[tuple[str, Path]], sign: Callable[[bytes], bytes], public: bytes,
) -> tuple[Path, Outline]:  # fmt: skip
    """Write a package into `folder`, complete or not at all. `files` are (name, path); `public` is the receiver's."""
    inside = {"payload": payload, "files": [name for name, _path in files], "salt": secrets.token_hex(16)}
    plain = json.dumps(inside, ensure_ascii=False, sort_keys=True).encode()
    items = [Item(hashlib.new("sm3", plain).hexdigest(), len(plain))]  # salted: the digest tells nobody what is in it
    with tempfile.TemporaryFile(dir=folder) as body:
        sealer = Sealer(body, public)
        sealer.write(plain)
        for _name, path in files:
            digest, size = hashlib.new("sm3"), 0
            for chunk in chunks(path):
                sealer.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            items.append(Item(digest.hexdigest(), size))
        sealer.close()
        body.seek(0)
        outline = Outline(sender, receiver, version, seq, token, made_at, tuple(items), _digest(body))
        head = json.dumps(asdict(outline), ensure_ascii=False, sort_keys=True).encode()
        signature = sign(head)
        body.seek(0)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".half-", delete=False) as out:
            try:
                out.write(MAGIC + struct.pack(">I", len(head)) + head + struct.pack(">H", len(signature)) + signature)
                while chunk := body.read(CHUNK):
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
                os.replace(out.name, folder / outline.name)
            except BaseException:
                Path(out.name).unlink(missing_ok=True)
                raise
    return folder / outline.name, outline


def chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _digest(source: BinaryIO) -> str:
    digest = hashlib.new("sm3")
    while chunk := source.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _head(source: BinaryIO) -> tuple[Outline, bytes, bytes]:
    """Outline, its bytes, and the signature; the source then stands at the body. Raises Broken."""
    source.seek(0)
    try:
        if source.read(len(MAGIC)) != MAGIC:
            raise Broken(_("不是摆渡包"))
        (length,) = struct.unpack(">I", source.read(4))
        if length > LONGEST_OUTLINE:
            raise Broken(_("不是摆渡包"))
        head = source.read(length)
        (size,) = struct.unpack(">H", source.read(2))
        signature = source.read(size)
        values = json.loads(head)
        items = tuple(Item(**item) for item in values.pop("items"))
        outline = Outline(items=items, **values)
    except (struct.error, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Broken(_("不是摆渡包，或者不完整")) from error
    if not _plausible(outline):
        raise Broken(_("摆渡包的清单不合格式"))
    return outline, head, signature


def _plausible(outline: Outline) -> bool:
    """Every value of the type and form it must have: the outline is read before it is believed."""
    texts = (
        (NAME, outline.sender), (NAME, outline.receiver), (VERSION, outline.version), (TOKEN, outline.token), (DIGEST, outline.body),
        *((DIGEST, item.sm3) for item in outline.items),
    )  # fmt: skip
    numbers = (outline.seq - 1 if type(outline.seq) is int else -1, *(i.size if type(i.size) is int else -1 for i in outline.items))
    return (
        all(isinstance(text, str) and form.fullmatch(text) for form, text in texts)
        and all(0 <= number < 1 << 62 for number in numbers)
        and bool(outline.items)
        and outline.items[0].size <= LONGEST_PAYLOAD
        and isinstance(outline.made_at, str)
        and len(outline.made_at) <= 40
    )


def inspect(source: BinaryIO) -> Outline:
    """The outline alone, believed by nobody yet; raises Broken."""
    return _head(source)[0]


def check_outline(source: BinaryIO, public: bytes) -> Outline:
    """The outline, signed by the holder of `public`; the body is not looked at. Raises Broken."""
    outline, head, signature = _head(source)
    if not verify(public, head, signature):
        raise Broken(_("签名不是发件网的"))
    return outline


def check(source: BinaryIO, public: bytes) -> Outline:
    """The outline, its signature by `public` and the digest of the sealed body verified; raises Broken."""
    outline = check_outline(source, public)
    if _digest(source) != outline.body:
        raise Broken(_("内容被改动，或者不完整"))
    return outline


def unpack(source: BinaryIO, private: bytes, folder: Path) -> tuple[dict[str, object], dict[str, Path]]:
    """Payload and files of a checked package; the files are written below `folder`. Raises Broken."""
    outline, _head_bytes, _signature = _head(source)
    stream = _Stream(opened(source, private))
    contents = [_item(stream, item, folder / str(n)) for n, item in enumerate(outline.items)]
    if stream.rest():
        raise Broken(_("内容多于清单"))
    try:
        plain = json.loads(contents[0].read_bytes())
        payload, names = dict(plain["payload"]), plain["files"]
        contents[0].unlink()
        files = dict(zip(names, contents[1:], strict=True))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Broken(_("内容无法读取")) from error
    if len(files) != len(names) or not all(isinstance(name, str) for name in names):
        raise Broken(_("内容无法读取"))
    return payload, files


class _Stream:
    """Plain chunks read by length."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.left = chunks, b""

    def take(self, wanted: int) -> bytes:
        if not self.left:
            self.left = next(self.chunks, b"")
        taken, self.left = self.left[:wanted], self.left[wanted:]
        return taken

    def rest(self) -> bool:
        """Whether anything is left; reads to the end, so that a missing end is found."""
        return bool(self.left) or sum(len(chunk) for chunk in self.chunks) > 0


def _item(stream: _Stream, item: Item, target: Path) -> Path:
    digest, left = hashlib.new("sm3"), item.size
    with target.open("wb") as out:
        while left:
            chunk = stream.take(left)
            if not chunk:
                raise Broken(_("内容被改动，或者不完整"))
            digest.update(chunk)
            out.write(chunk)
            left -= len(chunk)
    if digest.hexdigest() != item.sm3:
        raise Broken(_("有一项内容与清单不符"))
    return target
