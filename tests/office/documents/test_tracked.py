"""The marked-up draft as docx: every change with its author; accepted it is the clean text, undone the base. And back again."""

import subprocess
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from lxml import etree
from tests.provide import office

from zhengtong.office.documents import queries
from zhengtong.office.documents.models import Document, Sitting
from zhengtong.office.documents.queries import brought
from zhengtong.office.documents.rules import body, traces, tracked
from zhengtong.papers.reading import files, stages

from .test_traces import EDITS, START, History, told
from .test_views import form

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITLE = "云岭县人民政府关于做好防火工作的通知"
VERSIONS = (
    ("各乡镇要落实责任，做好防火工作。\n一、压实责任\n各乡镇要明确专人包片负责。\n|乡镇|户数|\n|石桥|12|\n请认真执行。", "张三"),
    (
        "各乡镇要落实责任，切实做好防火工作。\n一、压实责任\n各乡镇要明确干部包片负责。\n新增一段话在这里。\n|乡镇|户数|\n|石桥|120|\n请认真执行。",
        "李四",
    ),
    ("各乡镇要落实责任，做好防火工作。\n一、压实责任\n新增一段话。\n|乡镇|户数|\n|石桥|120|\n|柳河|7|\n请认真执行。", "王五"),
)


def history():
    found = History()
    for text, hand in VERSIONS:
        found.edit(text, TITLE, hand, "")
    return found


def document_xml(data):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return etree.fromstring(archive.read("word/document.xml"))


def accepted(root, sign):
    """The paragraphs' text with all changes accepted (+) or undone (-), read without our own reader."""
    gone = (f"{W}del",) if sign == "+" else (f"{W}ins",)
    word = (f"{W}t",) if sign == "+" else (f"{W}t", f"{W}delText")
    texts = []
    for paragraph in root.iter(f"{W}p"):
        kept = [t.text or "" for t in paragraph.iter(*word) if not any(a.tag in gone for a in t.iterancestors())]
        texts.append("".join(kept))
    return "".join(texts)


def test_every_change_carries_its_author_and_time():
    root = document_xml(tracked.docx(traces.marked(history().steps)))
    changes = list(root.iter(f"{W}ins", f"{W}del"))
    assert {c.get(f"{W}author") for c in changes} == {"李四", "王五"}
    assert {c.get(f"{W}date") for c in changes} == {f"{START + timedelta(hours=n):%Y-%m-%dT%H:%M:%SZ}" for n in (2, 3)}
    ids = [c.get(f"{W}id") for c in changes]
    assert len(set(ids)) == len(ids)
    assert all(t.tag == f"{W}delText" for d in root.iter(f"{W}del") for t in d.iter(f"{W}t", f"{W}delText"))


@settings(max_examples=150, deadline=None)
@given(EDITS)
def test_accepted_it_is_the_clean_text_and_undone_the_base(edits):
    found = told(edits)
    root = document_xml(tracked.docx(traces.marked(found.steps)))

    def plain(sheet):
        cells = ["".join("".join(row) for row in body.rows(t)) if t.startswith("|") else t for _key, t in sheet.blocks]
        return "".join([sheet.title, *cells])

    def squeezed(text):
        return "".join(text.split())

    assert squeezed(accepted(root, "+")) == squeezed(plain(found.sheets[-1]))
    assert squeezed(accepted(root, "-")) == squeezed(plain(found.sheets[1]))


def test_it_comes_back_with_each_hand_and_each_hands_text():
    data = tracked.docx(traces.marked(history().steps))
    found = stages.stages(data)
    assert [s.hand for s in found] == ["", "李四", "王五"]
    assert [brought.text(files.parse(s.data, "a.docx")) for s in found] == [text for text, _hand in VERSIONS]


def test_characters_that_xml_can_not_hold_are_shown_as_missing():
    found = told([("甲\x07乙<&>", "题", "张\x01", ""), ("甲\x07丙<&>", "题", "李\x01", "")])
    assert "〓" in accepted(document_xml(tracked.docx(traces.marked(found.steps))), "+")


def test_libreoffice_sees_as_many_changes(tmp_path):
    data = tracked.docx(traces.marked(history().steps))
    assert len(list(document_xml(data).iter(f"{W}ins", f"{W}del"))) > 8
    (tmp_path / "a.docx").write_bytes(data)
    words = [office(), "--headless", f"-env:UserInstallation=file://{tmp_path}/p", "--convert-to", "fodt", "--outdir", tmp_path]
    subprocess.run([*words, tmp_path / "a.docx"], check=True, capture_output=True, timeout=120)
    text = (tmp_path / "a.fodt").read_text()
    assert text.count("<dc:creator>李四") and text.count("<dc:creator>王五") and "text:insertion" in text and "text:deletion" in text


@pytest.mark.django_db
def test_an_uploaded_docx_becomes_a_draft_with_its_hands_and_its_original(desk, cast):
    data = tracked.docx(traces.marked(history().steps))
    client = desk("drafter")
    answer = client.post(reverse("documents:upload"), {"file": SimpleUploadedFile("来稿.docx", data)})
    assert answer.status_code == 302 and not Document.objects.exists()
    page = client.get(answer["Location"])
    initial = page.context["form"].initial
    assert (initial["title"], initial["text"]) == (TITLE, VERSIONS[-1][0]) and "来稿.docx" in page.content.decode()
    client.post(reverse("documents:draft"), form(title=initial["title"], text=initial["text"] + "\n末段。", origin=initial["origin"]))
    document = Document.objects.get()
    assert queries.verified(document)
    assert traces.hands(queries.steps(document)) == ["李四", "王五", "drafter"]
    assert [r.text for r in document.revisions.all()] == [*(t for t, _hand in VERSIONS), VERSIONS[-1][0] + "\n末段。"]
    kept = document.originals.get()
    got = client.get(reverse("documents:original", args=[document.code, kept.pk]))
    assert b"".join(got.streaming_content) == data and not Sitting.objects.exists()
    out = client.get(reverse("documents:tracked", args=[document.code])).content
    assert {c.get(f"{W}author") for c in document_xml(out).iter(f"{W}ins", f"{W}del")} == {"李四", "王五", "drafter"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("坏.docx", b"PK\x03\x04broken", "不能"),
        ("程序.txt", b"MZ\x00\x01", "可执行程序"),
        ("空.txt", b" ", "空"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "损坏"),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_with_a_sentence(desk, name, data, said):
    answer = desk("drafter").post(reverse("documents:upload"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Sitting.objects.exists() and not Document.objects.exists()
