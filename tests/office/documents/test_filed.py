"""What a completed document hands to the archive: everything of it, readable and provable without this system."""

from dataclasses import replace

import pypdfium2
import pytest

from zhengtong.foundation import seals
from zhengtong.foundation.files.queries import read
from zhengtong.office.archive import queries as archive
from zhengtong.office.archive.queries import records
from zhengtong.office.documents import actions
from zhengtong.office.documents.rules import body

from .conftest import BODY, PIN

pytestmark = pytest.mark.django_db


def words(data):
    with pypdfium2.PdfDocument(data) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf).replace("\r\n", "")


def parts(document):
    return {part.role: part for part in archive.parts(archive.of_document(document.code))}


def test_everything_of_an_issued_document_is_kept(walk):
    document = walk("issued")
    kept = parts(document)
    assert list(kept) == ["final", "page", "sheet", "draft", "signed", "traces", "metadata", "log", "signatures"]
    assert (kept["final"].file, kept["page"].file) == (document.ofd, document.pdf)
    assert kept["final"].pages == kept["page"].pages == archive.of_document(document.code).pages
    sheet = words(read(kept["sheet"].file.sm3))
    for expected in ("发文稿纸", document.number, "签发", "会签", "云岭县财政局", "各乡镇人民政府", "registrar"):
        assert expected in sheet
    assert "请认真贯彻执行" in words(read(kept["draft"].file.sm3))
    assert "没有改动" in words(read(kept["traces"].file.sm3))


def test_the_heads_signature_and_the_seal_hold_on_the_kept_files(walk):
    document = walk("issued")
    kept = parts(document)
    assert seals.sm3(read(kept["signed"].file.sm3)) == document.content_digest == body.digest(document.content())
    shown = archive.signed(archive.of_document(document.code))
    assert {(one.act, one.file) for one in shown} == {
        ("签发", "签发内容.json"),
        ("用印", "正本.pdf"),
        ("电子印章", "正本.ofd"),
        ("电子印章", "正本.pdf"),
    }
    assert all(one.good for one in shown)


def test_the_metadata_tell_what_the_document_was_and_who_did_what(walk):
    document = walk("issued")
    told = records.described(parts(document)["metadata"])
    assert told.values["文件编号"] == document.number and told.values["主送"] == "各乡镇人民政府"
    assert told.values["责任者"] == "云岭县人民政府" and told.values["控制标识"] == "开放" and told.values["附注"] == "承办处室：秘书一科"
    steps = [event.action for event in told.events]
    assert steps[0] == "起草" and steps[-1] == "核发分发" and "签发" in steps
    assert next(event.basis for event in told.events if event.action == "签发") == "第二十二条"
    named = {agent.code for agent in told.agents}
    assert {event.agent for event in told.events} <= named and "YL205" in named


def test_the_marked_up_draft_shows_who_struck_and_wrote(walk, cast, content):
    document = walk("unit")
    actions.save(document.code, cast.unit_head, replace(content, text=BODY.replace("专人包片", "两人包片")), version=document.version)
    actions.review_unit(document.code, cast.unit_head)
    actions.skip_consultation(document.code, cast.drafter, "不涉及其他部门")
    actions.review_office(document.code, cast.reviewer)
    actions.approve_deputy(document.code, cast.deputy)
    actions.sign(document.code, cast.head, PIN)
    actions.recheck(document.code, cast.reviewer)
    for verb in (actions.number, actions.typeset, actions.dispatch):
        verb(document.code, cast.registrar, PIN)
    kept = parts(document)
    marked = words(read(kept["traces"].file.sm3))
    assert "unit_head" in marked and "专" in marked and "两" in marked and "共2稿" in marked
    assert "两人包片" in words(read(kept["draft"].file.sm3))
