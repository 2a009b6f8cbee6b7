"""Attachments on the way of a document: what is approved, traced and signed covers them, and none is read by who may not."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from tests.papers.reading.cast import EMPTY_PDF, LOCKED_PDF, docx
from tests.papers.typeset.cast import open_pdf

from zhengtong.ferry.models import Outgoing
from zhengtong.foundation import clock
from zhengtong.foundation.files.actions import store
from zhengtong.foundation.files.queries import read as stored
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.search import queries as search
from zhengtong.office.archive.models import Part
from zhengtong.office.dispatch.models import Receipt
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.models import Attachment, Document, Enclosure
from zhengtong.office.documents.queries import brought
from zhengtong.office.documents.queries.attachments import attached, files_of
from zhengtong.office.documents.rules import tracked
from zhengtong.office.documents.rules.attachments import Attached
from zhengtong.office.incoming import actions as incoming
from zhengtong.office.incoming.rules.elements import Elements

from .conftest import PIN

PLAN = Attached("今冬明春防火工作方案", "一、总体要求\n全县统一部署。\n|乡镇|户数|\n|石桥镇|120|")
PDF = EMPTY_PDF


@pytest.fixture
def roster(cast):
    return actions.lay(cast.drafter, PDF, "附件2：重点户名单.pdf")


def save(document, by, **changes):
    document.refresh_from_db()
    return actions.save(document.code, by, replace(actions.content_of(document), **changes), version=document.version)


def test_a_draft_keeps_its_attachments_in_their_order_and_as_they_came(walk, roster):
    document = walk("draft", attachments=(PLAN, roster))
    plan, file = attached(document)
    assert (plan.name, plan.text, plan.sm3) == (PLAN.name, PLAN.text, "")
    assert (file.name, file.file, file.sm3) == ("重点户名单", "附件2：重点户名单.pdf", roster.sm3)
    assert document.content()["attachments"][1] == {"name": "重点户名单", "file": [roster.sm3, "附件2：重点户名单.pdf"]}
    assert queries.verified(document)


def test_a_document_without_attachments_has_the_digest_that_it_always_had(walk):
    assert "attachments" not in walk("draft").content()


def test_every_change_of_an_attachment_is_traced_and_replays(walk, cast, roster):
    document = walk("draft", attachments=(PLAN,))
    save(document, cast.drafter, attachments=(roster, *attached(document)))
    plan = attached(document)[1]
    save(document, cast.drafter, attachments=(replace(plan, name="今冬防火工作方案", text=plan.text.replace("120", "121")),))
    document.refresh_from_db()
    assert document.version == 3 and queries.verified(document)
    struck = [b for b in queries.marked(document).blocks if b.cut]
    assert [b.key[0] for b in struck] == ["a", "f"] and roster.sm3 in "".join(p.text for p in struck[1].pieces)
    assert any("121" in "".join(mark.text for mark in line) for line in queries.changes(document)[-1].lines)


def test_moving_attachments_about_keeps_their_ids_and_none_is_given_twice(walk, cast):
    document = walk("draft", attachments=(PLAN, Attached("任务表", "第一项")))
    first, second = attached(document)
    save(document, cast.drafter, attachments=(second, first, Attached("新表", "甲")))
    assert [one.key for one in attached(document)][:2] == [second.key, first.key]
    save(document, cast.drafter, attachments=(second,))
    save(document, cast.drafter, attachments=(second, Attached("又一表", "乙")))
    document.refresh_from_db()
    given = [str(step.op["block"]) for step in queries.steps(document) if step.op["do"] == "put" and str(step.op["block"])[0] == "a"]
    assert len(set(given)) == 4 and given.count(attached(document)[1].key) == 1
    assert queries.verified(document)


def test_every_change_of_an_attachment_after_signing_voids_the_signature(walk, cast, roster):
    document = walk("recheck", attachments=(PLAN, roster))
    other = actions.lay(cast.reviewer, PDF + b"%more\n", "名单.pdf")
    changes = (
        lambda plan, file: (replace(plan, name="方案"), file),
        lambda plan, file: (replace(plan, text=plan.text + "\n另行通知。"), file),
        lambda plan, file: (plan, replace(other, name=file.name)),
        lambda plan, file: (file, plan),
        lambda plan, file: (plan,),
    )
    for change in changes:
        document = save(document, cast.reviewer, attachments=change(*attached(document)))
        assert document.signed_by is None and document.state == "signing"
        document = actions.sign(document.code, cast.head, PIN)
    assert actions.recheck(document.code, cast.reviewer).state == "numbering"


def test_an_attachment_changed_behind_the_rules_stops_the_document(walk, cast):
    document = walk("numbering", attachments=(PLAN,))
    one = document.attachments.get()
    one.body = [{**block, "text": block["text"].replace("统一", "分别")} for block in one.body]
    one.save()
    with pytest.raises(Refused, match="不一致"):
        actions.number(document.code, cast.registrar, PIN)
    assert not queries.verified(document) and not Document.objects.get(pk=document.pk).number


def test_nobody_attaches_a_file_that_he_did_not_bring(walk, cast, roster):
    secret = store(PDF + b"%secret\n", "a.pdf")
    with pytest.raises(Refused, match="重新选择"), transaction.atomic():
        walk("draft", attachments=(Attached("名单", sm3=secret.sm3, file="a.pdf"),))
    assert not Document.objects.exists() and not Attachment.objects.exists()
    document = walk("draft", attachments=(roster,))
    with pytest.raises(Refused, match="重新选择"):
        save(document, cast.drafter, attachments=(replace(roster, sm3=secret.sm3),))
    assert attached(document)[0].sm3 == roster.sm3


@pytest.mark.parametrize(
    "bad",
    [
        (b"MZ\x90\x00program", "a.pdf"),
        (b"#!/bin/sh\n", "a.txt"),
        (b"", "a.pdf"),
        (PDF, "a.docx"),
        (LOCKED_PDF, "a.pdf"),
        (PDF[:40], "a.pdf"),
    ],
)
def test_what_is_no_document_by_its_content_is_not_laid_ready(cast, bad):
    with pytest.raises(Refused):
        actions.lay(cast.drafter, *bad)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ((Attached(" ", "甲"),), "没有名称"),
        ((Attached("表", "|" + "|\n|".join("甲" * 1001) + "|"),), "1000行"),
        ((Attached("长", "字" * 200_001),), "200000字"),
        (tuple(Attached(f"第{n}个", "甲") for n in range(31)), "最多30个"),
    ],
)
def test_what_would_not_fit_is_refused_at_its_field_and_nothing_is_stored(walk, bad, said):
    with pytest.raises(Refused, match=said) as no:
        walk("draft", attachments=bad)
    assert no.value.objection.field == "attachments" and not Document.objects.exists()


def test_an_attachment_without_text_waits_until_the_draft_is_sent(walk, cast):
    document = walk("draft", attachments=(Attached("方案"),))
    with pytest.raises(Refused, match="还没有内容"):
        actions.submit(document.code, cast.drafter)
    assert Document.objects.get().state == "draft"


def test_a_note_typed_by_hand_beside_the_list_is_pointed_out(walk, cast, content):
    document = walk("draft", text=content.text + "\n附件：防火工作方案", attachments=(PLAN,))
    with pytest.raises(Refused, match="自动"):
        actions.submit(document.code, cast.drafter)


def form(content, *rows, **more):
    """What the browser hands in: one list for each part of a row."""
    parts = ("key", "name", "text", "sm3", "file", "gone")
    lists = {f"attachment_{part}": [row.get(part, "") for row in rows] for part in parts}
    plain = {"organ": "YL003", "kind": content.kind, "title": content.title, "text": content.text, "groups": "各乡镇人民政府"}
    return {**plain, "publication": "proactive", "version": "0", **lists, **more}


def test_a_drafter_writes_and_adds_attachments_in_the_form(desk, cast, content, roster):
    rows = ({"key": "n1", "name": "方案", "text": "一、总则"}, {"key": "n2", "name": "名单", "sm3": roster.sm3, "file": roster.file})
    answer = desk("drafter").post("/documents/new/", form(content, *rows, {"key": "n3", "name": "不要的", "text": "甲", "gone": "1"}))
    document = Document.objects.get()
    assert answer.status_code == 302 and [one.name for one in attached(document)] == ["方案", "名单"]
    page = desk("drafter").get(f"/documents/{document.code}/edit/").content.decode()
    assert "一、总则" in page and roster.file in page and "不要的" not in page


def test_a_refused_form_keeps_every_row_and_says_why_at_the_field(desk, cast, content, roster):
    rows = ({"key": "n1", "name": "", "text": "写好的附件"}, {"key": "n2", "name": "名单", "sm3": roster.sm3, "file": roster.file})
    answer = desk("drafter").post("/documents/new/", form(content, *rows))
    page = answer.content.decode()
    assert answer.status_code == 422 and not Document.objects.exists()
    assert "没有名称" in page and "写好的附件" in page and roster.sm3 in page


def test_what_is_typed_in_attachments_is_kept_and_offered_again(desk, cast, content, roster):
    client = desk("drafter")
    rows = ({"key": "n1", "name": "方案", "text": "写了一半"}, {"key": "n2", "name": "名单", "sm3": roster.sm3, "file": roster.file})
    assert client.post("/documents/new/keep/", form(content, *rows)).status_code == 200
    page = client.get("/documents/new/?kept=1").content.decode()
    assert "写了一半" in page and roster.sm3 in page and 'value="方案"' in page


def test_a_stale_form_keeps_its_attachments(desk, walk, cast, content):
    document = walk("draft", attachments=(PLAN,))
    key = attached(document)[0].key
    save(document, cast.drafter, attachments=())
    typed = form(content, {"key": key, "name": PLAN.name, "text": "我改的附件"}, version="1")
    answer = desk("drafter").post(f"/documents/{document.code}/edit/", typed)
    assert answer.status_code == 422 and "我改的附件" in answer.content.decode() and not attached(document)
    assert desk("drafter").post(f"/documents/{document.code}/edit/", typed | {"version": "2"}).status_code == 302
    document.refresh_from_db()
    assert attached(document)[0].text == "我改的附件" and queries.verified(document)


def test_a_file_goes_up_at_once_and_a_program_is_refused(desk, cast):
    client = desk("drafter")
    answer = client.post("/documents/attachments/", {"file": SimpleUploadedFile("附件1.名单.pdf", PDF), "key": "n7"})
    page = answer.content.decode()
    assert answer.status_code == 200 and 'value="n7"' in page and 'value="名单"' in page
    assert Enclosure.objects.get().file.sm3 in page
    refused = client.post("/documents/attachments/", {"file": SimpleUploadedFile("名单.pdf", b"MZ\x90\x00")})
    assert refused.status_code == 422 and "程序" in refused.content.decode() and Enclosure.objects.count() == 1


def test_the_page_as_one_types_shows_the_attachments(desk, cast, content):
    answer = desk("drafter").post("/documents/preview/", form(content, {"key": "n1", "name": "方案", "text": "一、总则"}))
    plain = desk("drafter").post("/documents/preview/", form(content))
    assert answer.content.decode().count("<img") > plain.content.decode().count("<img")


def test_only_who_may_see_the_document_opens_its_files(desk, walk, cast, roster):
    document = walk("draft", attachments=(PLAN, roster))
    plan, file = attached(document)
    address = f"/documents/{document.code}/attachments/"
    answer = desk("drafter").get(f"{address}{file.key}/")
    assert b"".join(answer.streaming_content) == PDF and "attachment" in answer["Content-Disposition"]
    assert desk("drafter").get(f"{address}{plan.key}/").status_code == 404
    assert desk("outsider").get(f"{address}{file.key}/").status_code == 404


def test_the_page_names_them_below_the_text_and_binds_the_texts_in(walk, roster):
    document = walk("draft", attachments=(PLAN, roster))
    plan, file = queries.paper(document).attachments
    assert (plan.name, file.name, file.body) == (PLAN.name, "重点户名单", ()) and len(plan.body) == 3
    pages = [page.extract_text() for page in open_pdf(queries.preview(document).pdf).pages]
    assert any(f"附件：1. {PLAN.name}\n2. 重点户名单" in page for page in pages)
    assert pages[-2].startswith(f"附件1\n{PLAN.name}") and "印发" in pages[-1]
    assert not [note for note in queries.notes(document) if note.rule.startswith("ATT")]


def test_the_rule_book_objects_to_a_name_with_a_mark_at_its_end_and_to_one_that_is_not_there(desk, cast, content):
    client = desk("drafter")
    said = client.post("/documents/findings/", form(content, {"key": "n1", "name": "《方案》；", "text": "甲"})).content.decode()
    assert "ATT-03" in said
    missing = client.post("/documents/findings/", form(content, text=content.text + "\n详见附件2。")).content.decode()
    assert "ATT-08" in missing and "ATT-03" not in missing


def test_the_marked_up_draft_shows_them_and_the_docx_holds_them(walk, cast, roster, desk):
    document = walk("draft", attachments=(PLAN, roster))
    plan, file = attached(document)
    save(document, cast.drafter, attachments=(replace(plan, text=plan.text.replace("统一", "分级")), replace(file, name="重点户")))
    document.refresh_from_db()
    page = desk("drafter").get(f"/documents/{document.code}/traces/").content.decode()
    assert "附件2：重点户名单.pdf" in page and "分级" in page and "对不上" not in page
    assert desk("drafter").get(f"/documents/{document.code}/traces/beside/").status_code == 200
    assert desk("drafter").get(f"/documents/{document.code}/traces/timeline/").status_code == 200
    written = tracked.docx(queries.marked(document))
    back = brought.read(written, "a.docx", cast.drafter, clock.now()).fields
    assert back["attachment_name"] == [PLAN.name, "重点户"]
    assert back["attachment_text"][0] == PLAN.text.replace("统一", "分级")


def test_an_uploaded_file_becomes_a_draft_with_its_attachments(desk, cast):
    text = (
        "云岭县人民政府关于放假的通知\n各乡镇人民政府：\n放假三天，详见附件。\n附件：1.值班表\n2.应急方案\n云岭县人民政府\n2026年9月28日\n"
        "附件1\n值班表\n请各乡镇按表值班。\n附件2\n应急方案\n一、组织领导\n成立领导小组。"
    )
    client = desk("drafter")
    answer = client.post("/documents/new/upload/", {"file": SimpleUploadedFile("来稿.docx", docx(text))})
    page = client.get(answer["Location"])
    first, second = page.context["form"].attachment_rows
    assert (first.one.name, first.one.text) == ("值班表", "请各乡镇按表值班。")
    assert (second.one.name, second.one.text) == ("应急方案", "一、组织领导\n成立领导小组。")
    assert "附件：" not in page.context["form"]["text"].value()


def test_they_go_along_to_the_receivers_the_register_the_archive_and_the_public(walk, desk, cast, roster):
    document = walk("issued", attachments=(PLAN, replace(roster, name="名单")))
    (file,) = files_of(document)
    assert file.name == "附件2：重点户名单.pdf"
    copy = Receipt.objects.get(organ__code="YL205")
    receiver = desk("shiqiao")
    assert file.name in receiver.get(f"/received/{copy.pk}/").content.decode()
    address = f"/received/{copy.pk}/attachments/{file.key}/"
    assert b"".join(receiver.get(address).streaming_content) == PDF
    other = desk("liuhe").get(address)
    assert other.status_code == 404 and desk("outsider").get(address).status_code in (403, 404)
    assert file.name in desk("registrar").get(f"/dispatch/{copy.dispatch_id}/").content.decode()
    registered = incoming.register_copy(copy.pk, Elements(title="", sender=""), cast.shiqiao)
    assert [sheet.file.sm3 for sheet in registered.sheets.all()] == [document.pdf.sm3, roster.sm3]
    parts = list(Part.objects.filter(item__document=document.code, role="attachment").select_related("file"))
    assert [(part.name, part.file.sm3) for part in parts] == [(file.name, roster.sm3)]
    signed = Part.objects.get(item__document=document.code, role="signed").file
    assert PLAN.name in stored(signed.sm3).decode() and roster.sm3 in stored(signed.sm3).decode()
    actions.propose_release(document.code, cast.drafter)
    actions.review_release(document.code, cast.discloser)
    actions.release(document.code, cast.director, PIN)
    sent = Outgoing.objects.get(contract="public_document")
    assert [name for name, _place in sent.files] == [f"{document.code}.pdf", file.name]
    (text,) = sent.payload["attachments"]
    assert text["name"] == PLAN.name and text["body"][2]["rows"] == [["乡镇", "户数"], ["石桥镇", "120"]]


def test_what_stands_in_an_attachment_is_found_by_who_may_see_it(walk, cast, roster):
    document = walk("draft", attachments=(replace(PLAN, text="瞭望塔值守安排"), roster))
    assert [hit.title for hit in search.find(cast.drafter, "瞭望塔")] == [document.title]
    assert [hit.title for hit in search.find(cast.drafter, "重点户名单")] == [document.title]
    assert not search.find(cast.outsider, "瞭望塔").exists()
