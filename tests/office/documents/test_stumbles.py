"""What people stumbled over: each screen says the next thing to do, in words, also without script."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from zhengtong.office.documents.models import Document, Enclosure
from zhengtong.office.documents.rules import desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "title", "recipients", "text", "lacks"),
    [
        ("notice", "", [], "", ["标题", "主送机关", "正文"]),
        ("notice", "关于防火的通知", [], "正文", ["主送机关"]),
        ("minutes", "关于防火的纪要", [], " ", ["正文"]),  # no main recipients in minutes
        ("notice", "关于防火的通知", ["各乡镇人民政府"], "正文", []),
        ("", "", [], "", ["标题", "主送机关", "正文"]),
    ],
)
def test_what_a_draft_still_lacks(kind, title, recipients, text, lacks):
    assert desk.unwritten(kind, title, recipients, text) == lacks


def test_an_empty_draft_is_told_what_is_missing_and_a_whole_one_is_not(county, enter):
    client = enter(county.drafter)
    empty = client.post(reverse("documents:findings"), {"organ": "YL003", "kind": "notice"}).content.decode()
    assert "还没有写：标题、主送机关、正文" in empty and "没有发现问题" not in empty
    given = {
        "organ": "YL003",
        "kind": "notice",
        "title": "关于防火的通知",
        "recipients": "石桥镇人民政府",
        "text": "正文。",
    }
    assert "还没有写" not in client.post(reverse("documents:findings"), given).content.decode()


def test_files_are_attached_without_script_and_nothing_typed_is_lost(county, enter):
    client = enter(county.drafter)
    typed = {"organ": "YL003", "kind": "notice", "title": "关于防火的通知", "text": "写了一半", "lay": "files"}
    laid = [SimpleUploadedFile("名单.txt", "第一组".encode()), SimpleUploadedFile("坏的.exe", b"MZ")]
    page = client.post(reverse("documents:lay_new"), {**typed, "laid": laid}, follow=True).content.decode()
    assert "写了一半" in page and 'value="关于防火的通知"' in page
    assert "名单.txt" in page and Enclosure.objects.count() == 1
    assert "坏的.exe" in page  # named in the refusal
    assert not Document.objects.exists()
    page = client.post(reverse("documents:lay_new"), {**typed, "lay": "text"}, follow=True).content.decode()
    assert page.count('name="attachment_text"') == 2  # the new row and the pattern of rows


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=2000)
def test_a_form_above_the_limit_is_answered_in_words_and_changes_nothing(county, enter):
    client = enter(county.drafter)
    answer = client.post(reverse("documents:draft"), {"title": "长" * 3000})
    assert answer.status_code == 413
    assert "您写的还在" in answer.content.decode()
    english = client.post(reverse("documents:draft"), {"title": "长" * 3000}, headers={"accept-language": "en"})
    assert english.status_code == 413 and '<html lang="en"' in english.content.decode()
    assert not Document.objects.exists()
