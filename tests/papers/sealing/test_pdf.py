"""A signed PDF stays the PDF that was set, opens as before, and shows every change."""

import hashlib
import io
import json
import random
import re
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

from .cast import AT, BUREAU, GOVERNMENT, LATER, SINCE, authority, county, notice


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
        assert "whole" in failed(signed() + more)
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
    start, end = int(found.group(2)), int(found.group(3))
    digest = hashlib.new("sm3", signed()[:start] + signed()[end:]).digest()
    assert digest in bytes.fromhex(found.group(5).decode())


# ---- joint documents: each organ signs in turn ------------------------------------------------------------------
@cache
def joint():
    _known, keys, grants = county()
    return pdf.sign(signed(), grants[BUREAU], keys[BUREAU], AT + timedelta(minutes=5))


def test_each_organ_of_a_joint_document_signs_behind_the_others():
    _known, keys, grants = county()
    third = pdf.sign(joint(), grants[GOVERNMENT], keys[GOVERNMENT], AT + timedelta(minutes=9))
    for data, names in ((joint(), [GOVERNMENT, BUREAU]), (third, [GOVERNMENT, BUREAU, GOVERNMENT])):
        report = pdf.verify(data, LATER, [county()[0].certificate])
        assert report.good and [f.of for f in report.findings if f.step == "signature"] == names
        assert pypdfium2.PdfDocument(data).get_page_size(0) and pdfium.FPDF_GetSignatureCount(pypdfium2.PdfDocument(data).raw) == len(names)
    assert joint().startswith(signed())


def test_any_changed_byte_of_a_joint_pdf_is_found():
    dice, data = random.Random(32001), joint()
    for at in [dice.randrange(len(data)) for _ in range(60)] + [dice.randrange(len(plain()), len(data)) for _ in range(120)]:
        changed = bytearray(data)
        changed[at] ^= dice.randrange(1, 256)
        try:
            assert failed(bytes(changed)), at
        except package.Unreadable:
            pass


def test_a_later_organ_can_add_its_signature_and_nothing_else():
    """Whoever holds the second key sets another first page under the signatures of both."""
    _known, keys, grants = county()
    number = re.search(rb"/Annots\[\d+ 0 R\]", signed())
    page = int(re.findall(rb"(\d+) 0 obj\s*<<", signed()[: number.start()])[-1])
    table, trailer = len(signed()), pdf.TRAILER.search(signed()[-4096:])
    other = signed() + b"%d 0 obj\n<</Type/Page/MediaBox[0 0 9 9]/Parent 2 0 R/Annots[%d 0 R]>>\nendobj\n" % (page, page)
    at = len(other)
    other += b"xref\n%d 1\n%010d 00000 n\r\n" % (page, table)
    other += b"trailer\n<<%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (re.sub(rb"/Prev \d+", b"", trailer[1]), trailer[2], at)
    forged = pdf.sign(other, grants[BUREAU], keys[BUREAU], AT + timedelta(minutes=5))
    assert "update" in failed(forged)


def test_a_pdf_that_was_not_set_here_is_not_signed():
    _known, keys, grants = county()
    foreign = plain().replace(b"/Type /Catalog", b"/AcroForm<<>>/Type /Catalog").replace(b"/Type/Catalog", b"/AcroForm<<>>/Type/Catalog")
    assert foreign != plain()
    for data in (foreign, b"%PDF-1.7\n", plain()[: len(plain()) // 2]):
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
