import io
import zipfile

import pytest

from zhengtong.foundation.files import queries, rules
from zhengtong.foundation.files.actions import place, safe_name, store
from zhengtong.foundation.files.models import File
from zhengtong.foundation.refusal import Refused

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + b"\0" * 32


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (archive("word/document.xml"), "docx"),
        (archive("xl/workbook.xml"), "xlsx"),
        (archive("OFD.xml"), "ofd"),
        (archive("word/document.xml", "word/vbaProject.bin"), ""),  # macros
        (archive("evil.exe"), ""),
        (b"MZ\x90\x00 program", ""),
        (b"\x7fELF", ""),
        (b"#!/bin/sh\nrm", ""),
        ("云岭县".encode() * 2000, "txt"),
        (b"\x00\x01\x02", ""),
        ("云岭".encode("gb18030"), "txt"),
        ("云岭县𰻝".encode("utf-16"), "txt"),
        ("云岭".encode("gb18030") + b"\xff", ""),
    ],
)
def test_a_kind_is_told_by_content(content, kind):
    assert rules.kind(content[: rules.HEAD_BYTES], content) == kind


@pytest.mark.django_db
def test_the_same_content_is_kept_once():
    first, second = store(PDF, "a.pdf"), store(io.BytesIO(PDF), "b.pdf")
    assert first == second and File.objects.count() == 1 and queries.read(first.sm3) == PDF and queries.is_whole(first)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name"), [(PDF, "a.docx"), (b"", "a.pdf"), (b"MZ..", "a.pdf"), (PDF * 60000, "big.pdf"), (PNG, "photo.png")]
)
def test_what_may_not_be_stored_is_refused_and_leaves_nothing(content, name):
    with pytest.raises(Refused):
        store(content, name, limit_mb=1, allowed=("pdf", "docx"))
    assert not File.objects.exists()


@pytest.mark.django_db
def test_a_changed_file_is_noticed():
    file = store(PDF, "a.pdf")
    place(file.sm3).write_bytes(PDF + b"x")
    assert not queries.is_whole(file)


def test_a_download_name_holds_no_folder():
    assert safe_name("../../etc/pass wd") == "pass_wd"
