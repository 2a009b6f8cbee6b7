"""The sealed OFD and the signed PDF reach the receiver as they were made, and can be checked by anybody who has them."""

import io
import zipfile

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.files import actions as store
from zhengtong.foundation.files.models import File
from zhengtong.foundation.files.queries import read
from zhengtong.office.dispatch.models import Dispatch
from zhengtong.office.documents import queries
from zhengtong.papers.sealing import authority, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(walk):
    document = walk("issued")
    return Dispatch.objects.get(document=document.code), document


def test_the_receiver_gets_the_very_file_that_was_sealed(sent, desk):
    sent, document = sent
    copy = sent.receipts.get(organ__code="YL205")
    answer = desk("shiqiao").get(f"/received/{copy.pk}/ofd/")
    assert answer["Content-Type"] == "application/ofd"
    given = b"".join(answer.streaming_content)
    assert given == read(document.ofd.sm3) and zipfile.ZipFile(io.BytesIO(given)).testzip() is None


def test_each_step_of_verification_is_shown_to_receiver_and_sender(sent, desk):
    sent, _document = sent
    copy = sent.receipts.get(organ__code="YL205")
    for part, address in (("shiqiao", f"/received/{copy.pk}/seals/"), ("registrar", f"/dispatch/{sent.pk}/seals/")):
        page = desk(part).get(address).content.decode()
        assert "印章有效，盖章后内容没有改动。" in page and "证书由信任的机构签发" in page and "不符" not in page


def test_the_pdf_is_signed_with_the_seals_key_and_verified_beside_the_ofd(sent, desk, settings):
    sent, document = sent
    copy = sent.receipts.get(organ__code="YL205")
    given = b"".join(desk("shiqiao").get(f"/received/{copy.pk}/pdf/").streaming_content)
    report = pdf.verify(given, clock.now(), [authority.certificate(settings.KEYS / "seals").read_bytes()])
    assert given == read(document.pdf.sm3) and all(finding.good for finding in report.findings)
    assert {finding.of for finding in report.findings if finding.step == "signature"} == {"云岭县人民政府"}
    page = desk("shiqiao").get(f"/received/{copy.pk}/seals/").content.decode()
    assert page.count("印章有效，盖章后内容没有改动。") == 2 and "整个文件受签名保护" in page


def test_an_altered_pdf_is_said_to_be_altered_and_an_unsigned_one_to_prove_nothing(sent, desk):
    sent, document = sent
    copy, whole = sent.receipts.get(organ__code="YL205"), read(document.pdf.sm3)
    changed = bytearray(whole)
    changed[len(whole) // 3] ^= 1
    for data, said in ((bytes(changed), "验章没有通过"), (queries.formal(document, clock.now()).pdf, "没有电子签名")):
        Dispatch.objects.filter(pk=sent.pk).update(pdf=store.store(data, "x.pdf", allowed=("pdf",)))
        page = desk("shiqiao").get(f"/received/{copy.pk}/seals/").content.decode()
        assert said in page and page.count("印章有效，盖章后内容没有改动。") == 1


def test_an_altered_file_is_said_to_be_altered(sent, desk):
    sent, document = sent
    with zipfile.ZipFile(io.BytesIO(read(document.ofd.sm3))) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    (page,) = [name for name in files if name.endswith("Page_0/Content.xml")]
    files[page] = files[page].replace("防".encode(), "访".encode(), 1) + b" "
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as forged:
        for name, content in files.items():
            forged.writestr(name, content)
    Dispatch.objects.filter(pk=sent.pk).update(ofd=store.store(other.getvalue(), "x.ofd", allowed=("ofd",)))
    copy = sent.receipts.get(organ__code="YL205")
    page = desk("shiqiao").get(f"/received/{copy.pk}/seals/").content.decode()
    assert "验章没有通过" in page and "文件内容被改动" in page


def test_nobody_else_gets_it(sent, desk):
    sent, _document = sent
    copy = sent.receipts.get(organ__code="YL205")
    for part in ("liuhe", "outsider", "drafter"):
        assert desk(part).get(f"/received/{copy.pk}/ofd/").status_code in (403, 404)
        assert desk(part).get(f"/received/{copy.pk}/seals/").status_code in (403, 404)
    assert File.objects.filter(sm3=sent.ofd.sm3).count() == 1
