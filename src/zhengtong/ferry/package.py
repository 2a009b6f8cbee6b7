"""A package as bytes: pack, inspect, open. No database, no settings.

Layout: magic; outline (JSON) and its SM2 signature by the sender; body, a stream sealed to the receiver that
holds the payload and the files. The outline names sender, receiver, contract, sequence number and the SM3 of
every item and of the sealed body: one changed byte anywhere is found.
"""

import hashlib
import json
import os
import struct
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from zhengtong.foundation.seals import Broken, verify
from zhengtong.foundation.seals.envelope import Sealer, opened

MAGIC = b"ZTP1"
LONGEST_OUTLINE = 16 << 20
CHUNK = 1 << 20
SUFFIX = ".ztp"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing inside: SM3 and size in bytes. The first is the payload."""

    sm3: str
    size: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What anybody who holds the package may read."""

    sender: str
    receiver: str
    version: str
    seq: int
    made_at: str
    items: tuple[Item, ...]
    body: str

    @property
    def contract(self) -> str:
        return self.version.partition("/")[0]

    @property
    def name(self) -> str:
        """The name of the package's file."""
        return f"{self.sender}-{self.receiver}-{self.contract}-{self.seq:08d}{SUFFIX}"


def pack(
    target: Path, *, sender: str, receiver: str, version: str, seq: int, made_at: str,
    payload: Mapping[str, object], files: Sequence[tuple[str, Path]], sign: Callable[[bytes], bytes], public: bytes,
) -> Outline:  # fmt: skip
    """Write a package to `target`, complete or not at all. `files` are (name, path); `public` is the receiver's."""
    plain = json.dumps({"payload": payload, "files": [name for name, _ in files]}, ensure_ascii=False, sort_keys=True).encode()
    items = [Item(hashlib.new("sm3", plain).hexdigest(), len(plain))]
    with tempfile.TemporaryFile(dir=target.parent) as body:
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
        outline = Outline(sender, receiver, version, seq, made_at, tuple(items), _digest(body))
        head = json.dumps(asdict(outline), ensure_ascii=False, sort_keys=True).encode()
        signature = sign(head)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as out:
            out.write(MAGIC + struct.pack(">I", len(head)) + head + struct.pack(">H", len(signature)) + signature)
            body.seek(0)
            while chunk := body.read(CHUNK):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    os.replace(out.name, target)
    return outline


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
    try:
        if source.read(len(MAGIC)) != MAGIC:
            raise Broken("not a package")
        (length,) = struct.unpack(">I", source.read(4))
        if length > LONGEST_OUTLINE:
            raise Broken("not a package")
        head = source.read(length)
        (size,) = struct.unpack(">H", source.read(2))
        signature = source.read(size)
        values = json.loads(head)
        items = tuple(Item(str(i["sm3"]), int(i["size"])) for i in values.pop("items"))
        return Outline(items=items, **{**values, "seq": int(values["seq"])}), head, signature
    except (struct.error, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Broken("not a package, or cut short") from error


def inspect(path: Path) -> Outline:
    """The outline alone, believed by nobody yet; raises Broken."""
    with path.open("rb") as source:
        return _head(source)[0]


def check(path: Path, public: bytes) -> Outline:
    """The outline, its signature by `public` and the digest of the sealed body verified; raises Broken."""
    with path.open("rb") as source:
        outline, head, signature = _head(source)
        if not verify(public, head, signature):
            raise Broken("the signature is not the sender's")
        if _digest(source) != outline.body:
            raise Broken("altered, or cut short")
    return outline


def unpack(path: Path, private: bytes, folder: Path) -> tuple[dict[str, object], dict[str, Path]]:
    """Payload and files of a checked package; the files are written below `folder`. Raises Broken."""
    with path.open("rb") as source:
        outline, _head_bytes, _signature = _head(source)
        stream = _Stream(opened(source, private))
        contents = [_item(stream, item, folder / str(n)) for n, item in enumerate(outline.items)]
        if stream.rest():
            raise Broken("more inside than the outline names")
    try:
        plain = json.loads(contents[0].read_bytes())
        payload, names = plain["payload"], plain["files"]
        contents[0].unlink()
        return payload, dict(zip(names, contents[1:], strict=True))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise Broken("the payload can't be read") from error


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
                raise Broken("cut short")
            digest.update(chunk)
            out.write(chunk)
            left -= len(chunk)
    if digest.hexdigest() != item.sm3:
        raise Broken("an item is not what the outline names")
    return target
