"""SM2 through libcrypto (OpenSSL 3), by ctypes: fast, and constant-time where OpenSSL is.

Same functions as `sm2`; `load()` gives None when no libcrypto with SM2 is found that passes the self-test.
"""

import ctypes as c
import ctypes.util
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from asn1crypto.keys import ECPrivateKey, NamedCurve, PrivateKeyInfo, PublicKeyInfo

from . import sm2

V = c.c_void_p
# fmt: off
SIGNATURES = {
    "EVP_MD_CTX_new":        (V, []),
    "EVP_MD_CTX_free":       (None, [V]),
    "EVP_MD_CTX_set_pkey_ctx": (None, [V, V]),
    "EVP_PKEY_CTX_new":      (V, [V, V]),
    "EVP_PKEY_CTX_free":     (None, [V]),
    "EVP_PKEY_CTX_set1_id":  (c.c_int, [V, c.c_char_p, c.c_int]),
    "EVP_sm3":               (V, []),
    "EVP_DigestSignInit":    (c.c_int, [V, V, V, V, V]),
    "EVP_DigestSign":        (c.c_int, [V, c.c_char_p, c.POINTER(c.c_size_t), c.c_char_p, c.c_size_t]),
    "EVP_DigestVerifyInit":  (c.c_int, [V, V, V, V, V]),
    "EVP_DigestVerify":      (c.c_int, [V, c.c_char_p, c.c_size_t, c.c_char_p, c.c_size_t]),
    "EVP_PKEY_encrypt_init": (c.c_int, [V]),
    "EVP_PKEY_encrypt":      (c.c_int, [V, c.c_char_p, c.POINTER(c.c_size_t), c.c_char_p, c.c_size_t]),
    "EVP_PKEY_decrypt_init": (c.c_int, [V]),
    "EVP_PKEY_decrypt":      (c.c_int, [V, c.c_char_p, c.POINTER(c.c_size_t), c.c_char_p, c.c_size_t]),
    "EVP_PKEY_free":         (None, [V]),
    "d2i_AutoPrivateKey":    (V, [V, c.POINTER(c.c_char_p), c.c_long]),
    "d2i_PUBKEY":            (V, [V, c.POINTER(c.c_char_p), c.c_long]),
    "ERR_clear_error":       (None, []),
}
# fmt: on
OID = "1.2.156.10197.1.301"
NamedCurve.register("sm2p256v1", OID, 32)
CURVE = {"algorithm": "ec", "parameters": ("named", OID)}


def public_info(public: bytes) -> bytes:
    """SubjectPublicKeyInfo of an SM2 key."""
    return bytes(PublicKeyInfo({"algorithm": CURVE, "public_key": public}).dump())


def private_info(private: bytes) -> bytes:
    """PKCS #8 of an SM2 key."""
    key = ECPrivateKey({"version": 1, "private_key": int.from_bytes(private, "big"), "public_key": sm2.public_of(private)})
    key["private_key"].set_encoded_width(32)
    return bytes(PrivateKeyInfo({"version": 0, "private_key_algorithm": CURVE, "private_key": key}).dump())


class Library:
    """One loaded libcrypto."""

    def __init__(self, path: str) -> None:
        self.lib = c.CDLL(path)
        for name, (result, arguments) in SIGNATURES.items():
            function = getattr(self.lib, name)
            function.restype, function.argtypes = result, arguments
        self.sm3 = self.lib.EVP_sm3()

    def _key(self, info: bytes, reader: str) -> int:
        key = getattr(self.lib, reader)(None, c.byref(c.c_char_p(info)), len(info))
        if not key:
            self.lib.ERR_clear_error()
            raise ValueError("libcrypto can't read this SM2 key")
        return int(key)

    def _digesting(self, key: int) -> tuple[int, int]:
        digest, context = self.lib.EVP_MD_CTX_new(), self.lib.EVP_PKEY_CTX_new(key, None)
        self.lib.EVP_PKEY_CTX_set1_id(context, sm2.IDENTITY, len(sm2.IDENTITY))
        self.lib.EVP_MD_CTX_set_pkey_ctx(digest, context)
        return digest, context

    def sign(self, private: bytes, message: bytes) -> bytes:
        key = self._key(private_info(private), "d2i_AutoPrivateKey")
        digest, context = self._digesting(key)
        try:
            size, out = c.c_size_t(128), c.create_string_buffer(128)
            good = self.lib.EVP_DigestSignInit(digest, None, self.sm3, None, key) == 1
            if not (good and self.lib.EVP_DigestSign(digest, out, size, message, len(message)) == 1):
                raise ValueError("libcrypto can't sign with this key")
            return out.raw[: size.value]
        finally:
            self.lib.EVP_MD_CTX_free(digest)
            self.lib.EVP_PKEY_CTX_free(context)
            self.lib.EVP_PKEY_free(key)

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
        try:
            sm2.point(public)
            key = self._key(public_info(public), "d2i_PUBKEY")
        except ValueError:
            return False
        digest, context = self._digesting(key)
        try:
            good = self.lib.EVP_DigestVerifyInit(digest, None, self.sm3, None, key) == 1
            return good and self.lib.EVP_DigestVerify(digest, signature, len(signature), message, len(message)) == 1
        finally:
            self.lib.ERR_clear_error()
            self.lib.EVP_MD_CTX_free(digest)
            self.lib.EVP_PKEY_CTX_free(context)
            self.lib.EVP_PKEY_free(key)

    def _transform(self, verb: str, info: bytes, reader: str, data: bytes) -> bytes:
        key = self._key(info, reader)
        context = self.lib.EVP_PKEY_CTX_new(key, None)
        try:
            run, size = getattr(self.lib, f"EVP_PKEY_{verb}"), c.c_size_t(0)
            good = getattr(self.lib, f"EVP_PKEY_{verb}_init")(context) == 1
            good = good and run(context, None, size, data, len(data)) == 1
            out = c.create_string_buffer(size.value or 1)
            if not (good and run(context, out, size, data, len(data)) == 1):
                raise ValueError("the ciphertext does not open with this key")
            return out.raw[: size.value]
        finally:
            self.lib.ERR_clear_error()
            self.lib.EVP_PKEY_CTX_free(context)
            self.lib.EVP_PKEY_free(key)

    def encrypt(self, public: bytes, data: bytes) -> bytes:
        sm2.point(public)
        return self._transform("encrypt", public_info(public), "d2i_PUBKEY", data)

    def decrypt(self, private: bytes, sealed: bytes) -> bytes:
        return self._transform("decrypt", private_info(private), "d2i_AutoPrivateKey", sealed)


def candidates() -> Iterator[str]:
    """Where a libcrypto may be: the system's, the one Python's own ssl uses, those that installed packages brought."""
    if found := ctypes.util.find_library("crypto"):
        yield found
    yield from ("libcrypto.so.3", "libcrypto.3.dylib", "libcrypto-3-x64.dll")
    maps = Path("/proc/self/maps")
    if maps.exists():
        yield from {line.split()[-1] for line in maps.read_text().splitlines() if "/libcrypto" in line}
    for folder in sysconfig.get_path("purelib"), sysconfig.get_path("platlib"):
        yield from (str(path) for path in sorted(Path(folder).glob("*.libs/libcrypto*")))


def works(engine: "Library | ModuleType") -> bool:
    """The self-test: the standard's own examples, and what this engine makes the plain Python code can read and the other way round."""
    private = sm2.generate()
    public = sm2.public_of(private)
    return (
        sm2.public_of(sm2.EXAMPLE.private) == sm2.EXAMPLE.public
        and engine.verify(sm2.EXAMPLE.public, sm2.EXAMPLE.message, sm2.EXAMPLE.signature)
        and engine.decrypt(sm2.EXAMPLE.private, sm2.EXAMPLE.sealed) == sm2.EXAMPLE.plain
        and sm2.verify(public, b"zt", engine.sign(private, b"zt"))
        and not engine.verify(public, b"zT", sm2.sign(private, b"zt"))
        and engine.verify(public, b"zt", sm2.sign(private, b"zt"))
        and engine.decrypt(private, sm2.encrypt(public, b"zt")) == b"zt"
        and sm2.decrypt(private, engine.encrypt(public, b"zt")) == b"zt"
    )


@cache
def load() -> Library | None:
    """The first libcrypto that passes the self-test; None when none does."""
    for path in candidates():
        try:
            library = Library(path)
            if works(library):
                return library
        except (OSError, AttributeError, ValueError):
            continue
    return None
