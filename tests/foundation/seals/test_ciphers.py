import io
import os
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from zhengtong.foundation import seals
from zhengtong.foundation.seals import Broken, libcrypto, sm2
from zhengtong.foundation.seals.envelope import FRAME, Sealer, opened, sealed, unsealed

PRIVATE = seals.generate()
PUBLIC = seals.public_of(PRIVATE)


def test_sm3_of_the_standards_example():
    assert seals.sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905 A.1


@pytest.mark.parametrize("engine", [sm2, libcrypto.load()], ids=["python", "libcrypto"])
def test_an_engine_reproduces_the_standards_examples(engine):
    assert libcrypto.works(engine)


@pytest.mark.parametrize("engine", [sm2, libcrypto.load()], ids=["python", "libcrypto"])
def test_signatures_hold_for_this_key_and_this_data_only(engine):
    signature = engine.sign(PRIVATE, b"data")
    assert sm2.verify(PUBLIC, b"data", signature) and libcrypto.load().verify(PUBLIC, b"data", signature)
    assert not engine.verify(PUBLIC, b"Data", signature)
    assert not engine.verify(seals.public_of(seals.generate()), b"data", signature)
    assert not engine.verify(PUBLIC, b"data", signature[:-1]) and not engine.verify(PUBLIC[:-1], b"data", signature)


@pytest.mark.parametrize(("one", "other"), [(sm2, libcrypto.load()), (libcrypto.load(), sm2)], ids=["to libcrypto", "to python"])
def test_encryption_agrees_between_two_engines(one, other):
    assert other.decrypt(PRIVATE, one.encrypt(PUBLIC, b"sixteen byte key")) == b"sixteen byte key"
    with pytest.raises(ValueError, match=r"."):
        other.decrypt(seals.generate(), one.encrypt(PUBLIC, b"sixteen byte key"))


def openssl(*words, data=b""):
    return subprocess.run(["openssl", *words], input=data, capture_output=True, check=True).stdout


def openssl_knows_sm2():
    return bool(shutil.which("openssl")) and b"SM2" in openssl("ecparam", "-list_curves")


def test_both_ways_with_the_openssl_command(tmp_path):
    if not openssl_knows_sm2():
        missing = "the openssl command with SM2 is not here: signatures and ciphertexts were NOT cross-checked with it"
        assert os.environ.get("CI") != "true", missing
        pytest.skip(missing)
    key, public, plain, signature = (tmp_path / n for n in ("key", "public", "plain", "signature"))
    key.write_bytes(openssl("pkey", "-inform", "DER", data=libcrypto.private_info(PRIVATE)))
    public.write_bytes(openssl("pkey", "-pubin", "-inform", "DER", data=libcrypto.public_info(PUBLIC)))
    plain.write_bytes("云岭县".encode())
    identity = ["-pkeyopt", f"distid:{sm2.IDENTITY.decode()}"]
    theirs = openssl("pkeyutl", "-sign", "-inkey", str(key), "-rawin", "-digest", "sm3", "-in", str(plain), *identity)
    assert seals.verify(PUBLIC, plain.read_bytes(), theirs)
    signature.write_bytes(seals.sign(PRIVATE, plain.read_bytes()))
    openssl(
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        str(public),
        "-rawin",
        "-digest",
        "sm3",
        "-in",
        str(plain),
        "-sigfile",
        str(signature),
        *identity,
    )
    assert openssl("pkeyutl", "-decrypt", "-inkey", str(key), data=seals.encrypt(PUBLIC, b"key")) == b"key"
    assert seals.decrypt(PRIVATE, openssl("pkeyutl", "-encrypt", "-pubin", "-inkey", str(public), data=b"key")) == b"key"


def test_a_locked_key_opens_with_its_pin_only():
    locked = seals.lock_key(PRIVATE, "123456")
    assert seals.unlock_key(locked, "123456") == PRIVATE
    with pytest.raises(Broken):
        seals.unlock_key(locked, "123457")


@given(data=st.binary(max_size=200), flip=st.integers(0, 10_000))
def test_gcm_finds_every_changed_bit(data, flip):
    key = b"k" * 16
    sealed = bytearray(seals.encrypt_with(key, data))
    assert seals.decrypt_with(key, bytes(sealed)) == data
    sealed[flip % len(sealed)] ^= 1
    with pytest.raises(Broken):
        seals.decrypt_with(key, bytes(sealed))


def sealed_stream(data: bytes, step: int) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, PUBLIC)
    for at in range(0, len(data), step):
        sealer.write(data[at : at + step])
    sealer.close()
    return out.getvalue()


@pytest.mark.parametrize("size", [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME])
@pytest.mark.parametrize("step", [1000, FRAME, 10 * FRAME])
def test_a_stream_opens_as_it_was_written(size, step):
    data = bytes(n % 251 for n in range(size))
    stream = sealed_stream(data, step)
    assert b"".join(opened(io.BytesIO(stream), PRIVATE)) == data
    assert size < 100 or data[:64] not in stream


@effort(max_examples=60, deadline=None)
@given(cut=st.integers(0, 140_000), flip=st.integers(0, 140_000))
def test_a_stream_cut_or_changed_anywhere_does_not_open(cut, flip):
    whole = SEALED
    with pytest.raises(Broken):
        b"".join(opened(io.BytesIO(whole[: cut % len(whole)]), PRIVATE))
    changed = bytearray(whole)
    changed[flip % len(whole)] ^= 1
    with pytest.raises(Broken):
        b"".join(opened(io.BytesIO(bytes(changed)), PRIVATE))


SEALED = sealed_stream(b"x" * (2 * FRAME + 10), 5000)


def test_frames_can_not_change_places():
    head = len(SEALED) - sum(4 + n for n in (FRAME + 16, FRAME + 16, 10 + 16))
    one, two = SEALED[head : head + 4 + FRAME + 16], SEALED[head + 4 + FRAME + 16 : head + 2 * (4 + FRAME + 16)]
    with pytest.raises(Broken):
        b"".join(opened(io.BytesIO(SEALED[:head] + two + one + SEALED[head + len(one) + len(two) :]), PRIVATE))


def test_data_of_any_length_is_sealed_in_memory():
    data = os.urandom(3 * FRAME)
    assert unsealed(PRIVATE, sealed(PUBLIC, data)) == data
    with pytest.raises(Broken):
        unsealed(seals.generate(), sealed(PUBLIC, data))
