"""What is uploaded is ciphertext on the disk from the first byte to the last."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhengtong.ferry import outbox
from zhengtong.foundation.forms.rules import Material
from zhengtong.foundation.seals.envelope import unsealed
from zhengtong.portal.counter import uploads
from zhengtong.portal.counter.models import Submission

from .conftest import PDF

MARKER = "云岭绝密标记7Q".encode()
PLAN = Material("plan", "平面图")


def everything(home):
    """Every byte that the portal's process has on a disk: its folders, and files without a name that it holds open."""
    for path in home.rglob("*"):
        if path.is_file():
            yield path, path.read_bytes()
    for handle in Path("/proc/self/fd").iterdir():
        try:
            target = os.readlink(handle)
            if target.startswith((str(home), "/tmp")) and (handle.stat().st_mode & 0o170000) == 0o100000:
                yield target, handle.read_bytes()
        except OSError:
            continue


def docx(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/media/picture.png", os.urandom(700_000))
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def test_while_a_large_upload_runs_no_file_holds_a_word_of_it(business, filled, resident, own_home, monkeypatch):
    looked, write = [], uploads.SealedUpload.write

    def spied(upload, chunk):
        write(upload, chunk)
        if len(looked) % 40 == 0:
            assert not [where for where, data in everything(own_home) if MARKER in data]
        looked.append(len(chunk))

    monkeypatch.setattr(uploads.SealedUpload, "write", spied)
    content = PDF + MARKER * (20 * (1 << 20) // len(MARKER))
    answer = resident.post("/counter/apply/YL-1/", filled(m_plan=SimpleUploadedFile("图.pdf", content)))
    assert answer.status_code == 302
    assert sum(looked) == len(content) and len(looked) > 300
    found = dict(everything(own_home))
    assert not [where for where, data in found.items() if MARKER in data]
    sealed = [data for where, data in found.items() if outbox.folder() in Path(where).parents and len(data) > 20 << 20]
    assert len(sealed) == 1 and unsealed(business.decryption, sealed[0]) == content


def test_with_every_key_of_the_portal_nothing_that_was_handed_in_opens_and_with_the_business_key_all_does(business, handed_in, own_home):
    from zhengtong.foundation.seals import Broken
    from zhengtong.foundation.seals.keys import network_keys

    keys, sealed = network_keys(), [path.read_bytes() for path in outbox.folder().glob("??/*")]
    assert len(sealed) == 2
    for data in sealed:
        for key in (keys.decryption, keys.signing):
            with pytest.raises(Broken):
                unsealed(key, data)
    plain = b"".join(unsealed(business.decryption, data) for data in sealed)
    assert "龘靐齉爩".encode() in plain and b"%PDF" in plain


def test_neither_name_nor_number_nor_file_name_nor_code_stays_on_the_portal(business, handed_in, own_home, django_db_blocker):
    from django.db import connection

    words = ["龘靐", "530899196801155237", "13800000001", "图.pdf", handed_in.code.replace("-", ""), handed_in.code]
    for _where, data in everything(own_home):
        assert not [word for word in words if word.encode() in data]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            text = repr(cursor.fetchall())
            assert not [word for word in words if word in text or word.encode("unicode_escape").decode() in text], table


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("图.pdf", b"MZ" + b"\0" * 9000, "不是可接收的类型"),
        ("图.pdf", b"#!/bin/sh\n", "不是可接收的类型"),
        ("图.png", PDF + b"x" * 9000, "扩展名与内容不符"),
        ("图.pdf", b"", "空文件"),
    ],
)
def test_a_file_is_judged_by_its_content(business, name, content, says):
    upload = uploads.seal([content], name, PLAN)
    assert upload.objection and says in upload.objection.text
    assert not list(uploads.folder().glob("*"))


def test_a_file_past_its_limit_is_cut_off_while_it_comes(business):
    small = Material("plan", "平面图", limit_mb=1)
    upload = uploads.SealedUpload("图.pdf", small)
    for chunk in [PDF, *[b"x" * 65536] * 17]:
        upload.write(chunk)
    assert upload.file.closed  # the rest is not even sealed
    assert upload.finish().objection.text == "“%(name)s”超过%(limit)d兆字节"


@pytest.mark.parametrize(("names", "taken"), [(("word/document.xml",), True), (("word/document.xml", "word/vbaProject.bin"), False)])
def test_a_zip_is_judged_by_its_directory_at_the_end(business, names, taken):
    data = docx(*names)
    upload = uploads.seal([data[n : n + 65536] for n in range(0, len(data), 65536)], "方案.docx", Material("plan", "方案", kinds=("docx",)))
    assert (upload.objection is None) is taken


class Line(io.BytesIO):
    """A connection that drops."""

    def read(self, size=-1):
        data = super().read(size)
        if not data:
            raise OSError("connection reset")
        return data


def test_an_upload_that_breaks_off_leaves_no_file(business, own_home, monkeypatch):
    """The line drops after two megabytes."""
    came, write = [], uploads.SealedUpload.write

    def counted(upload, chunk):
        write(upload, chunk)
        came.append(len(chunk))

    monkeypatch.setattr(uploads.SealedUpload, "write", counted)
    body = b'--x\r\nContent-Disposition: form-data; name="m_plan"; filename="a.pdf"\r\n\r\n' + PDF + b"y" * (2 << 20)
    line = {"wsgi.input": Line(body), "CONTENT_LENGTH": str(20 << 20)}
    resident = Client(enforce_csrf_checks=True)
    resident.get("/counter/apply/YL-1/")
    answer = resident.post("/counter/apply/YL-1/", b"-", content_type="multipart/form-data; boundary=x", **line)
    assert answer.status_code == 403 and sum(came) > 1 << 20
    assert not [path for path in (own_home / "tmp").rglob("*") if path.is_file()]
    assert not Submission.objects.exists()


def test_a_file_that_no_page_asks_for_is_thrown_away(business, filled, resident, own_home):
    answer = resident.post(
        "/counter/apply/YL-1/", filled(m_other=SimpleUploadedFile("a.pdf", PDF), m_plan=SimpleUploadedFile("b.pdf", PDF))
    )
    assert answer.status_code == 302
    assert len(list(outbox.folder().glob("??/*"))) == 2
