"""The carrier of a personal key: here a file locked by a PIN; a card with PKCS#11 stands behind the same four functions."""

from functools import cache

from zhengtong.foundation import seals


def make(pin: str) -> tuple[str, bytes]:
    """A new SM2 key: the public half in hex, the private half locked by the PIN."""
    pair = seals.KeyPair.generate()
    return pair.public.hex(), seals.lock_key(pair, pin)


def relock(locked: bytes, old: str, new: str) -> bytes | None:
    """The same key under a new PIN; None when the old one is wrong."""
    pair = _open(locked, old)
    return None if pair is None else seals.lock_key(pair, new)


def sign(locked: bytes, pin: str, data: bytes) -> bytes | None:
    """Sign `data`; None when the PIN is wrong."""
    pair = _open(locked, pin)
    return None if pair is None else seals.sign(pair, data)


def verify(public: str, data: bytes, signature: bytes) -> bool:
    return seals.verify(bytes.fromhex(public), data, signature)


def waste_time(pin: str) -> None:
    """As much work as a wrong PIN costs, so that an account that doesn't exist answers no faster."""
    _open(_strangers_key(), pin)


@cache
def _strangers_key() -> bytes:
    return make("a PIN that nobody has")[1]


def _open(locked: bytes, pin: str) -> "seals.KeyPair | None":
    try:
        return seals.unlock_key(locked, pin)
    except ValueError:
        return None
