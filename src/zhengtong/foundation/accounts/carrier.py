"""The carrier of a personal key: here a file locked by a PIN; a card with PKCS#11 stands behind the same functions."""

from functools import cache

from zhengtong.foundation import seals


def make(pin: str) -> tuple[str, bytes]:
    """A new SM2 key: the public half in hex, the private half locked by the PIN."""
    private = seals.generate()
    return seals.public_of(private).hex(), seals.lock_key(private, pin)


def relock(locked: bytes, old: str, new: str) -> bytes | None:
    """The same key under a new PIN; None when the old one is wrong."""
    private = _open(locked, old)
    return None if private is None else seals.lock_key(private, new)


def sign(locked: bytes, pin: str, data: bytes) -> bytes | None:
    """Sign `data`; None when the PIN is wrong."""
    private = _open(locked, pin)
    return None if private is None else seals.sign(private, data)


def verify(public: str, data: bytes, signature: bytes) -> bool:
    return seals.verify(bytes.fromhex(public), data, signature)


def waste_time(pin: str) -> None:
    """As much work as a wrong PIN costs, so that an account that doesn't exist answers no faster."""
    _open(_strangers_key(), pin)


@cache
def _strangers_key() -> bytes:
    return make("nobody has this one")[1]


def _open(locked: bytes, pin: str) -> bytes | None:
    try:
        return seals.unlock_key(locked, pin)
    except seals.Broken:
        return None
