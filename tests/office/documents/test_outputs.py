"""What of a document goes out of the browser: the docx of its text, and its handling sheet as form, picture and PDF."""

import zipfile
from io import BytesIO

import pypdfium2
import pytest
from django.urls import reverse

from zhengtong.office.documents import actions, queries
from zhengtong.office.documents.queries.handling import handling
from zhengtong.papers.reading import files
from zhengtong.papers.reading.report import as_json
from zhengtong.papers.typeset import sheet
from zhengtong.papers.word.paper import DRAFT

from .conftest import PIN
from .test_filed import words

pytestmark = pytest.mark.django_db


def word(desk, part, document):
    answer = desk(part).get(reverse("documents:word", args=[document.code]))
    assert answer.status_code == 200 and answer["Content-Disposition"].endswith(f'{document.code}.docx"')
    return answer.content


def heads(data):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if "header" in name]


def box(document, label):
    return next(one for one in handling(document).boxes if one.label == label)


# ---- docx ------------------------------------------------------------------------------------------------------------
def test_before_signing_the_docx_says_that_it_is_a_draft_and_afterwards_not(walk, desk):
    document = walk("unit")
    assert DRAFT in "".join(heads(word(desk, "drafter", document)))
    assert "草稿（docx）" in desk("drafter").get(reverse("documents:page", args=[document.code])).content.decode()
    signed = walk("issued", title="云岭县人民政府关于做好春耕备耕工作的通知")
    data = word(desk, "drafter", signed)
    found = as_json(files.parse(data, "a.docx"))
    assert not heads(data) and (found["number"], found["title"]) == (signed.number, signed.title)
    assert found["recipients"] == ["各乡镇人民政府"] and found["note"] == "（此件公开发布）" and found["signature"] == ["云岭县人民政府"]
    assert [b["text"] for b in found["body"]] == [block["text"] for block in signed.body]


@pytest.mark.parametrize("name", ["word", "sheet", "sheet_pdf"])
def test_whoever_may_not_see_the_document_gets_nothing_of_it(walk, desk, name):
    document = walk("unit")
    for part in ("outsider", "shiqiao"):
        assert desk(part).get(reverse(f"documents:{name}", args=[document.code])).status_code == 404


# ---- 发文稿纸 ----------------------------------------------------------------------------------------------------------
def test_a_sheet_on_its_way_is_blank_where_nothing_is_done_yet(walk):
    document = walk("unit")
    assert box(document, "签发").said == () and box(document, "签发").tall
    assert box(document, "发文字号").text == "" and box(document, "标题").text == document.title
    assert box(document, "拟稿人").text.startswith("drafter　")


def test_every_opinion_has_its_name_and_full_date_and_the_sheet_its_number_and_copies(walk):
    document = walk("issued")
    (signed,) = box(document, "签发").said
    assert (signed.by, signed.text) == ("head", "同意") and "年" in signed.on and signed.on.endswith(f"{document.signed_at:%M}")
    assert [(one.by, one.text) for one in box(document, "会签").said] == [
        ("云岭县教育局 education", "同意"), ("云岭县财政局 finance", "同意"),
    ]  # fmt: skip
    assert box(document, "发文字号").text == document.number and box(document, "份数").text == "2份"
    assert "登记编号 registrar" in box(document, "编号印发").text and "核发分发" in box(document, "编号印发").text
    opinions = [one for each in handling(document).boxes for one in each.said]
    assert all(one.by and one.on for one in opinions)
    text = words(sheet.pdf(handling(document), document.changed_at))
    for expected in ("发文稿纸", document.number, "各乡镇人民政府", "处室审核", "秘书一科", document.content_digest[:20]):
        assert expected in text


def test_a_disagreement_stands_there_with_how_it_was_settled(walk, cast):
    document = walk("countersign")
    actions.answer_consultation(document.code, cast.education, "agree")
    actions.answer_consultation(document.code, cast.finance, "disagree", "经费未列入预算")
    actions.review_office(document.code, cast.reviewer)
    actions.settle_disagreement(document.code, cast.deputy, document.consultations.get(organ__code="YL139").pk, "列入追加预算")
    texts = [(one.by, one.text) for one in box(document, "会签").said]
    assert ("云岭县财政局 finance", "不同意。经费未列入预算") in texts and ("deputy", "协调结果：列入追加预算") in texts


def test_a_returned_document_keeps_who_returned_it_and_why(walk, cast):
    document = walk("unit")
    actions.return_(document.code, cast.unit_head, "请补充依据")
    assert [one.text for one in box(document, "处室审核").said] == ["退回：请补充依据"]


def test_a_handwritten_opinion_is_drawn(walk, cast):
    document = walk("signing")
    strokes = "[[[100,100,50],[300,180,60],[420,120,40]]]"
    actions.by_hand(document.code, cast.head, PIN, strokes, lambda: actions.sign(document.code, cast.head, PIN, "同意"))
    document.refresh_from_db()
    (signed,) = box(document, "签发").said
    assert signed.drawn.startswith("<svg") and "100,100" in signed.drawn
    with pypdfium2.PdfDocument(sheet.pdf(handling(document), document.changed_at)) as pdf:
        assert len(pdf) >= 1


def test_the_sheet_is_shown_as_it_prints(walk, desk):
    document = walk("unit")
    page = desk("drafter").get(reverse("documents:sheet", args=[document.code]))
    assert reverse("documents:sheet_page", args=[document.code, 1]) in page.content.decode()
    assert desk("drafter").get(reverse("documents:sheet_page", args=[document.code, 1])).content.startswith(b"\x89PNG")
    assert desk("drafter").get(reverse("documents:sheet_page", args=[document.code, 9])).status_code == 404
    assert desk("drafter").get(reverse("documents:sheet_pdf", args=[document.code])).content == sheet.pdf(
        handling(queries.for_person(document.drafter, document.code)), document.changed_at
    )
