"""The file itself, without a database."""

import json
import struct
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from zhengtong.ferry import package
from zhengtong.foundation import seals
from zhengtong.foundation.seals import Broken

SENDER, RECEIVER = seals.generate(), seals.generate()


def make(folder: Path, files=(("a.pdf", b"%PDF" * 60_000), ("b", b"")), **changed) -> bytes:
    paths = []
    for n, (name, content) in enumerate(files):
        (folder / f"in{n}").write_bytes(content)
        paths.append((name, folder / f"in{n}"))
    values = {
        "sender": "office", "receiver": "business", "version": "public_document/1.0", "seq": 7, "token": "0" * 16, "made_at": "2026",
        "payload": {"title": "通知"}, "files": paths, "sign": lambda data: seals.sign(SENDER, data), "public": seals.public_of(RECEIVER),
        **changed,
    }  # fmt: skip
    path, _outline = package.pack(folder, **values)
    return path.read_bytes()


def read(data: bytes, private: bytes = RECEIVER):
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as source:
        source.write(data)
        outline = package.check(source, seals.public_of(SENDER))
        payload, files = package.unpack(source, private, Path(folder))
        return outline, payload, {name: path.read_bytes() for name, path in files.items()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return make(tmp_path_factory.mktemp("pack"))


def test_the_receiver_reads_what_was_packed(whole):
    outline, payload, files = read(whole)
    assert (outline.sender, outline.receiver, outline.contract, outline.seq) == ("office", "business", "public_document", 7)
    assert outline.name == "office-business-public_document-00000007.ztp" and len(outline.items) == 3
    assert payload == {"title": "通知"} and files == {"a.pdf": b"%PDF" * 60_000, "b": b""}


def test_nobody_else_reads_it_not_even_the_sender(whole):
    assert "通知".encode() not in whole and b"%PDF" not in whole
    for private in (SENDER, seals.generate()):
        with pytest.raises(Broken):
            read(whole, private)


def test_the_same_payload_twice_shows_different_digests(tmp_path):
    one, two = (read(make(tmp_path))[0] for _ in range(2))
    assert one.items[0].sm3 != two.items[0].sm3, "else a guess at a short payload could be confirmed by its digest"


@effort(max_examples=150, deadline=None)
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), cut=st.booleans())
def test_nothing_altered_or_cut_anywhere_is_believed(whole, where, bit, cut):
    at = int(where * len(whole))
    broken = whole[:at] if cut else whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :]
    with pytest.raises(Broken):
        read(broken)


def test_nothing_added_is_believed(whole):
    with pytest.raises(Broken):
        read(whole + b"x")


def reworked(data: bytes, change) -> bytes:
    """The same package with another outline, signed by the true sender: what only a broken sender would make."""
    (length,) = struct.unpack(">I", data[4:8])
    outline = json.loads(data[8 : 8 + length])
    (size,) = struct.unpack(">H", data[8 + length : 10 + length])
    change(outline)
    head = json.dumps(outline).encode()
    signature = seals.sign(SENDER, head)
    return data[:4] + struct.pack(">I", len(head)) + head + struct.pack(">H", len(signature)) + signature + data[10 + length + size :]


@pytest.mark.parametrize(
    "change",
    [
        lambda o: o.update(seq=0),
        lambda o: o.update(seq="7"),
        lambda o: o.update(seq=True),
        lambda o: o.update(sender="../office"),
        lambda o: o.update(sender=["office"]),
        lambda o: o.update(version="public_document"),
        lambda o: o.update(token="x"),
        lambda o: o.update(items=[]),
        lambda o: o["items"][0].update(size=-1),
        lambda o: o["items"][0].update(size=1 << 40),
        lambda o: o["items"][1].update(size=3),
        lambda o: o["items"].pop(),
        lambda o: o["items"].append(o["items"][0]),
        lambda o: o.update(more=1),
        lambda o: o.pop("made_at"),
        lambda o: o.update(body="0" * 64),
    ],
)
def test_an_outline_that_is_not_as_it_must_be_is_refused_whoever_signed_it(whole, change):
    with pytest.raises(Broken):
        read(reworked(whole, change))


@pytest.mark.parametrize("data", [b"", b"ZTP1", b"PK\x03\x04", b"ZTP1\xff\xff\xff\xff", b"ZTP1\0\0\0\x02[]\0\0", b"ZTP1\0\0\0\x02{}\0\0"])
def test_what_is_no_package_is_refused(data):
    with pytest.raises(Broken):
        read(data)


def test_a_package_that_can_not_be_finished_leaves_nothing(tmp_path):
    def fails(data):
        raise OSError("no key")

    folder = tmp_path / "tray"
    folder.mkdir()
    with pytest.raises(OSError, match="no key"):
        make(folder, sign=fails)
    assert sorted(p.name for p in folder.iterdir()) == ["in0", "in1"]
