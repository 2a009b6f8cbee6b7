"""The formal page: each kind in its own format, as PDF and as OFD with the organ's electronic seal."""

import io
import zipfile

import pytest

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Entry
from zhengtong.foundation.files import queries as files
from zhengtong.foundation.refusal import Refused
from zhengtong.office.documents import actions, queries
from zhengtong.office.stamps import actions as stamp
from zhengtong.office.stamps import queries as stamps
from zhengtong.office.stamps.models import Stamp, Use
from zhengtong.papers import sealing
from zhengtong.papers.sealing import authority
from zhengtong.papers.typeset.paper import Form, Heading, Para

from .conftest import PIN


def test_printing_stores_a_sealed_ofd_beside_the_pdf_that_anyone_can_verify(walk, settings):
    document = walk("dispatching")
    data = files.read(document.ofd.sm3)
    report = sealing.verify(data, clock.now(), [authority.certificate(settings.KEYS / "seals").read_bytes()])
    assert all(finding.good for finding in report.findings)
    assert {f.of for f in report.findings if f.step == "signature"} == {"云岭县人民政府"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entry = package.read("OFD.xml").decode()
    assert document.number in entry and document.title in entry
    assert Entry.objects.filter(verb="documents.typeset").last().detail["ofd"] == document.ofd.sm3


def test_every_use_of_a_seal_is_logged_and_none_before_signing_and_numbering(walk, cast):
    assert walk("numbering").ofd is None and not Use.objects.exists()
    document = walk("dispatching")
    used = Use.objects.get()
    assert (used.paper, used.number, used.digest, used.by) == (document.code, document.number, document.ofd.sm3, cast.registrar)
    assert stamps.holds(used, files.read(document.pdf.sm3))


def test_without_its_seal_in_use_an_organ_prints_nothing(walk, cast):
    document = walk("printing")
    stamp.advance("suspend", Stamp.objects.get(organ=document.organ).code, cast.registrar, "外出")
    with pytest.raises(Refused):
        actions.typeset(document.code, cast.registrar, PIN)
    document.refresh_from_db()
    assert document.pdf is None and document.state == "printing" and not Use.objects.exists()


@pytest.mark.parametrize(
    ("kind", "form", "mark"),
    [
        ("notice", Form.GENERAL, "云岭县人民政府文件"),
        ("letter", Form.LETTER, "云岭县人民政府"),
        ("order", Form.ORDER, "云岭县人民政府令"),
        ("minutes", Form.MINUTES, "云岭县人民政府会议纪要"),
    ],
)
def test_each_kind_is_set_in_its_own_format(walk, kind, form, mark):
    document = walk("draft")
    document.kind = kind
    paper = queries.paper(document, sealed=True)
    assert (paper.form, paper.issuer_mark) == (form, mark)
    assert bool(paper.seal) is (kind in ("notice", "letter"))
    assert queries.formal(document, clock.now()).pages >= 1
    assert queries.sealed_ofd(document, queries.formal(document, clock.now()), clock.now(), None).startswith(b"PK")


def test_an_order_carries_the_stamp_of_whoever_signed_it(walk, cast):
    document = walk("recheck")
    document.kind = "order"
    (stamp,) = queries.paper(document).stamps
    assert (stamp.office, stamp.name) == ("head", "head")
    document.kind = "notice"
    assert queries.paper(document).stamps == ()


def test_minutes_take_who_was_there_from_the_last_lines_of_the_text(walk):
    document = walk("draft", text="会议议定：\n一、抓好防火\n出席：张大为、李小明\n请假：王五")
    document.kind = "minutes"
    paper = queries.paper(document)
    assert [(row.label, row.names) for row in paper.attendance] == [("出席", "张大为、李小明"), ("请假", "王五")]
    assert [type(block) for block in paper.body] == [Para, Heading]
