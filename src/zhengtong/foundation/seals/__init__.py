"""Keys, seals and digests: SM2, SM3 and SM4 behind one door (密码法; GB/T 39786-2021).

A county's certified module is plugged in here: everything else in the house calls only these functions.
Private keys are 32 bytes, public keys 65 bytes, an SM4 key 16 bytes; signatures are DER.
"""

import hashlib
import os
import secrets
from functools import cache
from types import ModuleType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from zhengtong.foundation.refusal import gettext_noop as _

from . import libcrypto, sm2

SM4_KEY = 16
NONCE = 12
TAG = 16


class Broken(ValueError):
    """Something sealed does not open: altered, cut short, or for another key."""


@cache
def engine() -> libcrypto.Library | ModuleType:
    """libcrypto where it knows SM2, else the plain Python code (demo only); tested at first use."""
    found = libcrypto.load()
    if found is None and not libcrypto.works(sm2):
        raise RuntimeError("the SM2 self-test fails on this machine")
    return found or sm2


def fast() -> bool:
    """Whether SM2 runs in libcrypto; production refuses to start without (`checks`)."""
    return libcrypto.load() is not None


def sm3(data: bytes) -> str:
    """The SM3 digest as 64 hex digits (GB/T 32905)."""
    return hashlib.new("sm3", data).hexdigest()


def generate() -> bytes:
    """A fresh SM2 private key."""
    return sm2.generate()


def public_of(private: bytes) -> bytes:
    return sm2.public_of(private)


def sign(private: bytes, data: bytes) -> bytes:
    """The SM2 signature over `data` (GB/T 32918.2), DER."""
    return engine().sign(private, data)


def verify(public: bytes, data: bytes, signature: bytes) -> bool:
    """Whether the signature is this key's over exactly this data."""
    return engine().verify(public, data, signature)


def encrypt(public: bytes, data: bytes) -> bytes:
    """Short data, such as a key, to the holder of `public` (GB/T 32918.4, C1C3C2, DER)."""
    return engine().encrypt(public, data)


def decrypt(private: bytes, sealed: bytes) -> bytes:
    """What `encrypt` sealed; raises Broken."""
    try:
        return engine().decrypt(private, sealed)
    except (ValueError, TypeError) as error:
        raise Broken(_("解不开：内容被改动，或者不是封给这把密钥的")) from error


def gcm_seal(key: bytes, nonce: bytes, data: bytes, bound: bytes = b"") -> bytes:
    """SM4-GCM (GB/T 32907): ciphertext and tag; `bound` is authenticated, not encrypted."""
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bound)
    return encryptor.update(data) + encryptor.finalize() + encryptor.tag


def gcm_open(key: bytes, nonce: bytes, sealed: bytes, bound: bytes = b"") -> bytes:
    """The data, or Broken when a bit of it or of `bound` differs."""
    if len(sealed) < TAG:
        raise Broken(_("密文太短，不完整"))
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, sealed[-TAG:])).decryptor()
    decryptor.authenticate_additional_data(bound)
    try:
        return decryptor.update(sealed[:-TAG]) + decryptor.finalize()
    except InvalidTag as error:
        raise Broken(_("解不开：内容被改动，或者不是封给这把密钥的")) from error


def encrypt_with(key: bytes, data: bytes) -> bytes:
    """Data under a 16-byte SM4 key: nonce, ciphertext, tag."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + gcm_seal(key, nonce, data)


def decrypt_with(key: bytes, sealed: bytes) -> bytes:
    """What `encrypt_with` sealed; raises Broken."""
    return gcm_open(key, sealed[:NONCE], sealed[NONCE:])


def key_from(code: str, salt: bytes) -> bytes:
    """A 16-byte SM4 key from something a person remembers: scrypt, about 50 ms and 16 MiB."""
    return hashlib.scrypt(code.encode(), salt=salt, n=1 << 14, r=8, p=1, dklen=SM4_KEY)


def lock_key(private: bytes, pin: str) -> bytes:
    """A private key locked by a PIN: salt, nonce, ciphertext, tag."""
    salt = os.urandom(16)
    return salt + encrypt_with(key_from(pin, salt), private)


def unlock_key(locked: bytes, pin: str) -> bytes:
    """The private key; Broken when the PIN is wrong."""
    return decrypt_with(key_from(pin, locked[:16]), locked[16:])
