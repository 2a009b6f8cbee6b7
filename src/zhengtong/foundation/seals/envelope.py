"""A sealed stream: what is written is ciphertext from the first chunk on, and only the receiver can open it.

Layout: magic, length and SM2 ciphertext of (SM4 key ‖ nonce prefix), then frames of (length, SM4-GCM). The
frame's number and whether it is the last are bound into each, so that a cut, doubled or reordered stream
does not open.
"""

import io
import secrets
import struct
from collections.abc import Iterator
from typing import BinaryIO

from zhengtong.foundation.refusal import gettext_noop as _

from . import SM4_KEY, TAG, Broken, decrypt, encrypt, gcm_open, gcm_seal

MAGIC = b"ZTE1"
PREFIX = 8
FRAME = 1 << 16
LONGEST = FRAME + TAG


def _nonce(prefix: bytes, number: int) -> bytes:
    return prefix + struct.pack(">I", number)


class Sealer:
    """Writes plain chunks as sealed frames to `out`; the stream opens only when `close` was called."""

    def __init__(self, out: BinaryIO, public: bytes) -> None:
        self.out, self.number, self.rest = out, 0, b""
        self.key, self.prefix = secrets.token_bytes(SM4_KEY), secrets.token_bytes(PREFIX)
        wrapped = encrypt(public, self.key + self.prefix)
        out.write(MAGIC + struct.pack(">H", len(wrapped)) + wrapped)

    def write(self, data: bytes) -> None:
        waiting, at = self.rest + data, 0
        while len(waiting) - at > FRAME:  # the last frame is known only at `close`
            self._frame(waiting[at : at + FRAME], last=False)
            at += FRAME
        self.rest = waiting[at:]

    def close(self) -> None:
        self._frame(self.rest, last=True)
        self.rest = b""

    def _frame(self, data: bytes, last: bool) -> None:
        sealed = gcm_seal(self.key, _nonce(self.prefix, self.number), data, b"last" if last else b"more")
        self.out.write(struct.pack(">I", len(sealed)) + sealed)
        self.number += 1


def _exactly(source: BinaryIO, count: int) -> bytes:
    data = source.read(count)
    if len(data) != count:
        raise Broken(_("封存的内容不完整"))
    return data


def opened(source: BinaryIO, private: bytes) -> Iterator[bytes]:
    """The plain chunks in order; raises Broken at the first frame that is not as it was sealed, or when the end is missing."""
    if _exactly(source, len(MAGIC)) != MAGIC:
        raise Broken(_("不是封存的内容"))
    opened_key = decrypt(private, _exactly(source, struct.unpack(">H", _exactly(source, 2))[0]))
    key, prefix = opened_key[:SM4_KEY], opened_key[SM4_KEY:]
    if len(key) != SM4_KEY or len(prefix) != PREFIX:
        raise Broken(_("不是封存的内容"))
    number, frame = 0, source.read(4)
    while frame:  # whether a frame is the last is bound into it: a stream that ends early fails on its new last frame
        if len(frame) != 4 or not TAG <= (size := struct.unpack(">I", frame)[0]) <= LONGEST:
            raise Broken(_("封存的内容不完整"))
        sealed, frame = _exactly(source, size), source.read(4)
        yield gcm_open(key, _nonce(prefix, number), sealed, b"more" if frame else b"last")
        number += 1
    if not number:
        raise Broken(_("封存的内容不完整"))


def sealed(public: bytes, data: bytes) -> bytes:
    """Data of any length to the holder of `public`, in memory."""
    out = io.BytesIO()
    sealer = Sealer(out, public)
    sealer.write(data)
    sealer.close()
    return out.getvalue()


def unsealed(private: bytes, data: bytes) -> bytes:
    """What `sealed` sealed; raises Broken."""
    return b"".join(opened(io.BytesIO(data), private))
