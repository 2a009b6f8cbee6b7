"""SM2 in plain Python (GB/T 32918): the reference, and the fallback where libcrypto knows no SM2.

Not constant-time: signing with it leaks timing, so production refuses to start on it (`seals.checks`).
Keys are 32 bytes (private) and 65 bytes `04‖x‖y` (public); signatures and ciphertexts are DER as OpenSSL writes them.
"""

import hashlib
import secrets
from typing import NamedTuple

from asn1crypto.core import Integer, OctetString, Sequence

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
GX = 0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7
GY = 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0
IDENTITY = b"1234567812345678"  # the default user identity of GM/T 0009

Point = tuple[int, int, int]  # Jacobian; z = 0 is infinity
G: Point = (GX, GY, 1)


class Signature(Sequence):
    _fields = [("r", Integer), ("s", Integer)]


class Ciphertext(Sequence):
    """C1 (x, y), C3, C2: the order of GB/T 32918.4."""

    _fields = [("x", Integer), ("y", Integer), ("hash", OctetString), ("cipher", OctetString)]


def _double(p: Point) -> Point:
    x, y, z = p
    if not z or not y:
        return (1, 1, 0)
    yy = y * y % P
    s = 4 * x * yy % P
    m = 3 * (x - z * z) * (x + z * z) % P  # a = -3
    nx = (m * m - 2 * s) % P
    return nx, (m * (s - nx) - 8 * yy * yy) % P, 2 * y * z % P


def _add(p: Point, q: Point) -> Point:
    if not p[2]:
        return q
    if not q[2]:
        return p
    z1, z2 = p[2] * p[2] % P, q[2] * q[2] % P
    u1, u2 = p[0] * z2 % P, q[0] * z1 % P
    s1, s2 = p[1] * z2 * q[2] % P, q[1] * z1 * p[2] % P
    if u1 == u2:
        return _double(p) if s1 == s2 else (1, 1, 0)
    h, r = (u2 - u1) % P, (s2 - s1) % P
    hh = h * h % P
    hhh, v = h * hh % P, u1 * hh % P
    x = (r * r - hhh - 2 * v) % P
    return x, (r * (v - x) - s1 * hhh) % P, h * p[2] * q[2] % P


def multiply(k: int, p: Point = G) -> Point:
    result: Point = (1, 1, 0)
    for bit in bin(k)[2:]:
        result = _double(result)
        if bit == "1":
            result = _add(result, p)
    return result


def affine(p: Point) -> tuple[int, int]:
    inverse = pow(p[2], -1, P)
    return p[0] * inverse * inverse % P, p[1] * inverse * inverse * inverse % P


def _bytes(number: int) -> bytes:
    return number.to_bytes(32, "big")


def point(public: bytes) -> Point:
    """The point of a public key; ValueError when it does not lie on the curve."""
    if len(public) != 65 or public[0] != 4:
        raise ValueError("not an uncompressed SM2 point")
    x, y = int.from_bytes(public[1:33], "big"), int.from_bytes(public[33:], "big")
    if x >= P or y >= P or (y * y - x * x * x - A * x - B) % P:
        raise ValueError("not a point of the SM2 curve")
    return x, y, 1


def generate() -> bytes:
    """A fresh private key."""
    return _bytes(secrets.randbelow(N - 2) + 1)


def public_of(private: bytes) -> bytes:
    x, y = affine(multiply(int.from_bytes(private, "big")))
    return b"\x04" + _bytes(x) + _bytes(y)


def _digest(public: bytes, message: bytes) -> int:
    """e = SM3(Z ‖ message), Z over identity, curve and key (GB/T 32918.2 5.5)."""
    z = hashlib.new("sm3", (len(IDENTITY) * 8).to_bytes(2, "big") + IDENTITY)
    for number in (A, B, GX, GY):
        z.update(_bytes(number))
    z.update(public[1:])
    return int.from_bytes(hashlib.new("sm3", z.digest() + message).digest(), "big")


def sign(private: bytes, message: bytes) -> bytes:
    d, e = int.from_bytes(private, "big"), _digest(public_of(private), message)
    while True:
        k = secrets.randbelow(N - 1) + 1
        r = (e + affine(multiply(k))[0]) % N
        s = pow(1 + d, -1, N) * (k - r * d) % N
        if r and s and r + k != N:
            return bytes(Signature({"r": r, "s": s}).dump())


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        pair, key = Signature.load(signature, strict=True), point(public)
        r, s = int(pair["r"].native), int(pair["s"].native)
    except (ValueError, TypeError):
        return False
    t = (r + s) % N
    if not (1 <= r < N and 1 <= s < N and t):
        return False
    found = _add(multiply(s), multiply(t, key))
    return bool(found[2]) and (_digest(public, message) + affine(found)[0]) % N == r


def _mask(x: int, y: int, length: int) -> bytes:
    """The key derivation of GB/T 32918.4 5.4.3."""
    seed, out, count = _bytes(x) + _bytes(y), b"", 1
    while len(out) < length:
        out += hashlib.new("sm3", seed + count.to_bytes(4, "big")).digest()
        count += 1
    return out[:length]


def encrypt(public: bytes, data: bytes) -> bytes:
    key = point(public)
    while True:
        k = secrets.randbelow(N - 1) + 1
        x1, y1 = affine(multiply(k))
        x2, y2 = affine(multiply(k, key))
        mask = _mask(x2, y2, len(data))
        if any(mask):
            break
    cipher = bytes(a ^ b for a, b in zip(data, mask, strict=True))
    check = hashlib.new("sm3", _bytes(x2) + data + _bytes(y2)).digest()
    return bytes(Ciphertext({"x": x1, "y": y1, "hash": check, "cipher": cipher}).dump())


def decrypt(private: bytes, sealed: bytes) -> bytes:
    """The plain bytes; ValueError when the ciphertext is broken or not for this key."""
    parts = Ciphertext.load(sealed, strict=True)
    first = point(b"\x04" + _bytes(parts["x"].native) + _bytes(parts["y"].native))
    x2, y2 = affine(multiply(int.from_bytes(private, "big"), first))
    cipher = parts["cipher"].native
    data = bytes(a ^ b for a, b in zip(cipher, _mask(x2, y2, len(cipher)), strict=True))
    if hashlib.new("sm3", _bytes(x2) + data + _bytes(y2)).digest() != parts["hash"].native:
        raise ValueError("the ciphertext does not open with this key")
    return data


class Example(NamedTuple):
    """A worked example that every engine must reproduce."""

    private: bytes
    public: bytes
    message: bytes
    signature: bytes
    plain: bytes
    sealed: bytes


def _number(text: str) -> int:
    return int(text.replace(" ", ""), 16)


# GB/T 32918.5-2017, annexes A.2 (signature) and C.2 (encryption).
EXAMPLE = Example(
    private=_bytes(_number("3945208F 7B2144B1 3F36E38A C6D39F95 88939369 2860B51A 42FB81EF 4DF7C5B8")),
    public=b"\x04"
    + _bytes(_number("09F9DF31 1E5421A1 50DD7D16 1E4BC5C6 72179FAD 1833FC07 6BB08FF3 56F35020"))
    + _bytes(_number("CCEA490C E26775A5 2DC6EA71 8CC1AA60 0AED05FB F35E084A 6632F607 2DA9AD13")),
    message=b"message digest",
    signature=Signature(
        {
            "r": _number("F5A03B06 48D2C463 0EEAC513 E1BB81A1 5944DA38 27D5B741 43AC7EAC EEE720B3"),
            "s": _number("B1B6AA29 DF212FD8 763182BC 0D421CA1 BB9038FD 1F7F42D4 840B69C4 85BBC1AA"),
        }
    ).dump(),
    plain=b"encryption standard",
    sealed=Ciphertext(
        {
            "x": _number("04EBFC71 8E8D1798 62043226 8E77FEB6 415E2EDE 0E073C0F 4F640ECD 2E149A73"),
            "y": _number("E858F9D8 1E5430A5 7B36DAAB 8F950A3C 64E6EE6A 63094D99 283AFF76 7E124DF0"),
            "hash": _bytes(_number("59983C18 F809E262 923C53AE C295D303 83B54E39 D609D160 AFCB1908 D0BD8766")),
            "cipher": bytes.fromhex("21886CA989CA9C7D58087307CA93092D651EFA"),
        }
    ).dump(),
)
