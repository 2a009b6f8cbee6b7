"""A signed PDF stays the PDF that was set, opens as before, and shows every change."""

import hashlib
import io
import json
import random
import subprocess
import sys
from datetime import timedelta
from functools import cache

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from zhengtong.foundation import seals
from zhengtong.papers import sealing
from zhengtong.papers.ofd import package
from zhengtong.papers.sealing import pdf
from zhengtong.papers.typeset import press

from .cast import AT, GOVERNMENT, LATER, SINCE, authority, county, notice


@cache
def plain():
    return press.notice(notice(), AT).pdf


@cache
def signed():
    _known, keys, grants = county()
    return pdf.sign(plain(), grants[GOVERNMENT], keys[GOVERNMENT], AT)


def failed(data, now=LATER, trusted=True):
    return {f.step for f in pdf.verify(data, now, [county()[0].certificate] if trusted else []).failed}


def test_the_pdf_stands_unchanged_before_its_signature():
    assert signed().startswith(plain().rstrip(b"\n"))
    assert pdf.verify(signed(), LATER, [county()[0].certificate]).good


def test_it_opens_with_the_same_pages_and_other_software_finds_the_signature():
    with pdfplumber.open(io.BytesIO(signed())) as after, pdfplumber.open(io.BytesIO(plain())) as before:
        assert [page.extract_text() for page in after.pages] == [page.extract_text() for page in before.pages]
    document = pypdfium2.PdfDocument(signed())
    assert pdfium.FPDF_GetSignatureCount(document.raw) == 1


def test_any_changed_byte_is_found():
    dice, data = random.Random(32000), signed()
    begin = len(plain())
    for at in [dice.randrange(len(data)) for _ in range(150)] + [dice.randrange(begin, len(data)) for _ in range(250)]:
        changed = bytearray(data)
        changed[at] ^= dice.randrange(1, 256)
        try:
            assert failed(bytes(changed)), at
        except package.Unreadable:
            pass


@pytest.mark.parametrize("more", [b" ", b"\n", b"%%EOF\n", b"1 0 obj\n<<>>\nendobj\n"])
def test_what_is_written_behind_the_signature_is_found(more):
    try:
        assert "coverage" in failed(signed() + more)
    except package.Unreadable:
        pass


def test_a_pdf_without_signature_and_what_is_no_pdf_are_told_apart():
    assert failed(plain()) == {"signed"}
    for data in (b"", b"%PDF-1.7", b"PK\x03\x04"):
        with pytest.raises(package.Unreadable):
            pdf.verify(data, LATER)


def test_a_strangers_key_another_authority_and_a_wrong_time_fail_at_their_steps():
    _known, keys, grants = county()
    assert failed(pdf.sign(plain(), grants[GOVERNMENT], seals.generate(), AT)) == {"signature"}
    forged = authority().grant(GOVERNMENT, keys[GOVERNMENT])
    assert failed(pdf.sign(plain(), forged, keys[GOVERNMENT], AT)) == {"issuer"}
    assert failed(pdf.sign(plain(), forged, keys[GOVERNMENT], AT), trusted=False) == set()
    assert failed(signed(), now=AT - timedelta(seconds=1)) == {"time"}
    assert failed(pdf.sign(plain(), grants[GOVERNMENT], keys[GOVERNMENT], SINCE - timedelta(days=1))) == {"certificates"}


def test_the_digest_signed_is_that_of_all_but_the_signature():
    found = pdf.SIGNED.search(signed())
    start, end = int(found.group(1)), int(found.group(2))
    digest = hashlib.new("sm3", signed()[:start] + signed()[end:]).digest()
    assert digest in bytes.fromhex(found.group(4).decode())


def test_a_pdf_that_is_signed_already_or_was_not_set_here_is_not_signed():
    _known, keys, grants = county()
    for data in (signed(), b"%PDF-1.7\n", plain()[: len(plain()) // 2]):
        with pytest.raises(pdf.NotOurs):
            pdf.sign(data, grants[GOVERNMENT], keys[GOVERNMENT], AT)


def test_the_command_verifies_a_pdf_too(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(signed())
    words = [sys.executable, "-m", "zhengtong.cli", "doc", "verify", str(file), "--json", "--at", LATER.isoformat()]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0 and json.loads(done.stdout)["good"] is True
    file.write_bytes(signed().replace(b"/SigFlags 3", b"/SigFlags 1"))
    assert json.loads(subprocess.run(words, capture_output=True, text=True).stdout)["failed"] == ["digests"]


def test_an_ofd_is_not_taken_for_a_pdf():
    with pytest.raises(package.Unreadable):
        sealing.verify(signed(), LATER)
