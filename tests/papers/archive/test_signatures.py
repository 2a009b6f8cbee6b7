"""Signatures kept as a file hold on exactly what was signed; pages are counted from the content itself."""

import io
import zipfile
from dataclasses import replace

import pytest

from zhengtong.foundation import seals
from zhengtong.papers.archive import paging, signatures, xml
from zhengtong.papers.archive.signatures import OVER_CONTENT, OVER_DIGEST, Signed

from .cast import PRIVATE

CONTENT = "定稿".encode()
DIGEST = seals.sm3(CONTENT)
PUBLIC = seals.public_of(PRIVATE)
HEAD = Signed("签发", "a.json", DIGEST, "孟若山", "2026-03-01", OVER_DIGEST, seals.sign(PRIVATE, bytes.fromhex(DIGEST)), PUBLIC)
SEAL = Signed("用印", "a.pdf", DIGEST, "云岭县人民政府", "2026-03-01", OVER_CONTENT, seals.sign(PRIVATE, CONTENT), PUBLIC)


def test_signatures_come_back_as_they_were_written():
    assert signatures.read(signatures.write([HEAD, SEAL])) == [HEAD, SEAL]


@pytest.mark.parametrize("one", [HEAD, SEAL])
def test_a_signature_holds_on_its_content_and_on_nothing_else(one):
    assert signatures.holds(one, CONTENT)
    assert not signatures.holds(one, CONTENT + b"x")
    assert not signatures.holds(replace(one, digest=seals.sm3(b"x")), CONTENT)
    assert not signatures.holds(replace(one, signature=one.signature[:-1] + b"\x00"), CONTENT)
    assert not signatures.holds(replace(one, public=b"\x04" + bytes(64)), CONTENT)


@pytest.mark.parametrize(
    "data", [b"", b"<a/>", signatures.write([HEAD]).replace(b"</\xe8\xaf\x81\xe4\xb9\xa6>", b"!</\xe8\xaf\x81\xe4\xb9\xa6>")]
)
def test_what_is_no_file_of_signatures_is_refused(data):
    with pytest.raises(xml.Unreadable):
        signatures.read(data)


def ofd(pages):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("Doc_0/Document.xml", "<ofd:Pages>" + "<ofd:Page ID='1'/>" * pages + "</ofd:Pages>")
    return out.getvalue()


@pytest.mark.parametrize(("data", "kind", "pages"), [(ofd(3), "ofd", 3), (b"x", "png", 1), (b"x", "txt", None)])
def test_pages_are_counted_from_the_content(data, kind, pages):
    assert paging.pages(data, kind) == pages


@pytest.mark.parametrize(("data", "kind"), [(b"%PDF-1.7 x", "pdf"), (b"PK\x03\x04", "ofd"), (b"x", "ofd")])
def test_what_does_not_open_has_no_pages(data, kind):
    with pytest.raises(ValueError, match=r"readable|pages"):
        paging.pages(data, kind)
