"""Attachments on the way of a document: what is approved, traced and signed covers them, and none is read by who may not."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from zhengtong.foundation.files.actions import store
from zhengtong.foundation.refusal import Refused
from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.models import Attachment, Document, Enclosure
from zhengtong.office.documents.queries.attachments import attached
from zhengtong.office.documents.rules.attachments import Attached

from .conftest import PIN

PLAN = Attached("今冬明春防火工作方案", "一、总体要求\n全县统一部署。\n|乡镇|户数|\n|石桥镇|120|")
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


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


@pytest.mark.parametrize("bad", [(b"MZ\x90\x00program", "a.pdf"), (b"#!/bin/sh\n", "a.txt"), (b"", "a.pdf"), (PDF, "a.docx")])
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
