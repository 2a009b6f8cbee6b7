"""A draft from a file: what can't be taken is said at the field in the reader's language, and nothing is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.papers.reading.cast import LOCKED_PDF, docx, table
from tests.papers.reading.test_old import DOC

from zhengtong.foundation.files.models import File
from zhengtong.foundation.files.queries import read
from zhengtong.office.documents.models import Document, Sitting
from zhengtong.office.documents.rules import body

from .test_views import form

pytestmark = pytest.mark.django_db
TEXT = "云岭县人民政府关于放假的通知\n各乡镇人民政府：\n一、放假三天。"


def send(client, name, data, **more):
    return client.post(reverse("documents:upload"), {"file": SimpleUploadedFile(name, data), **more})


@pytest.mark.parametrize(
    ("name", "data", "chinese", "english"),
    [
        ("坏.docx", docx(TEXT)[:300], "已损坏", "damaged"),
        ("锁.pdf", LOCKED_PDF, "密码", "password"),
        ("宏.docx", docx(TEXT, parts={"word/vbaProject.bin": b"x"}), "宏", "macros"),
        ("宏.docm", docx(TEXT), "宏", "macros"),
        ("错.docx", TEXT.encode(), "扩展名", "name ends in"),
        ("程序.docx", b"MZ\x90\x00\x03\x00", "程序", "program"),
        ("长.txt", ("云岭县" * 150_000).encode(), "正文字数", "characters of the text"),
    ],
)
def test_what_can_not_be_read_is_said_at_the_field_in_both_languages(desk, name, data, chinese, english):
    client = desk("drafter")
    for language, said in (("zh-hans", chinese), ("en", english)):
        client.cookies["django_language"] = language
        answer = client.post(reverse("documents:upload"), {"file": SimpleUploadedFile(name, data)}, HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 422 and said in str(answer.context["upload"]["file"].errors)
    assert not Sitting.objects.exists() and not Document.objects.exists() and not File.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_in_each_encoding_is_taken_and_kept_as_it_came(desk, encoding):
    client, data = desk("drafter"), (TEXT + "𰻝䶮").encode(encoding)
    page = client.get(send(client, "来稿.txt", data)["Location"])
    assert page.context["form"].initial["text"] == "一、放假三天。𰻝䶮"
    assert read(Sitting.objects.get().file.sm3) == data


@pytest.mark.parametrize("name", ["来稿.doc", "来稿.wps"])
def test_an_old_word_or_wps_file_becomes_a_draft_and_is_kept_as_it_came(desk, name):
    client = desk("drafter")
    page = client.get(send(client, name, DOC)["Location"])
    initial = page.context["form"].initial
    assert (initial["kind"], initial["title"]) == ("request", "云岭县人民政府关于追加防汛经费的请示")
    assert "|石桥镇|12|已报|" in initial["text"] and "请各乡镇于月底前办理。" in initial["text"]
    assert read(Sitting.objects.get().file.sm3) == DOC


def test_what_was_taken_out_is_said_beside_the_draft(desk):
    client = desk("drafter")
    page = client.get(send(client, "来稿.docx", docx(TEXT + "\u202e好😀"))["Location"]).content.decode()
    assert "改变书写方向" in page and "表情符号" in page


def test_what_was_typed_gives_way_to_a_file_only_when_its_writer_says_so(desk):
    client = desk("drafter")
    client.post(reverse("documents:keep_new"), form(title="半截题目", text="半截正文"))
    answer = send(client, "来稿.txt", TEXT.encode())
    assert answer.status_code == 422 and "还没有保存" in str(answer.context["upload"]["replace"].errors)
    assert Sitting.objects.get().typed["title"] == ["半截题目"]
    assert send(client, "来稿.txt", TEXT.encode(), replace="on").status_code == 302
    assert Sitting.objects.get().typed["title"] == ["云岭县人民政府关于放假的通知"]


def test_a_text_too_long_for_a_document_is_said_at_its_field_and_stays_there(desk):
    answer = desk("drafter").post(reverse("documents:draft"), form(text="好" * (body.LONGEST + 1)))
    assert answer.status_code == 422 and answer.context["form"]["text"].errors and not Document.objects.exists()


def test_a_long_table_is_sketched_by_its_first_pages(desk):
    rows = [[str(n), "石桥镇", "12"] for n in range(2000)]
    client = desk("drafter")
    page = client.get(send(client, "表.docx", docx(body=table([["云岭县人民政府关于放假的通知"]]) + table(rows)))["Location"])
    drawn = client.post(reverse("documents:preview"), form(text=page.context["form"].initial["text"])).content.decode()
    assert drawn.count("<img") == 12 and "只排出前12页" in drawn


def test_a_joint_file_fills_in_whose_name_it_is_written_and_who_issues_with_it(desk, cast):
    client, own = desk("drafter"), cast["drafter"].organ.name
    for order in (f"{own}\n云岭县教育局\n云岭县卫生健康局  文件", f"云岭县教育局\n{own}  文件\n云岭县卫生健康局"):
        text = f"{order}\n云应急发〔2026〕12号\n\n{own} 云岭县教育局\n云岭县卫生健康局关于放假的通知\n\n各乡镇人民政府：\n放假三天。"
        page = client.get(send(client, "联合.txt", text.encode(), replace="on")["Location"])
        initial = page.context["form"].initial
        assert (initial["organ"], initial["issuers"]) == (cast["drafter"].organ.code, "云岭县教育局、云岭县卫生健康局")
        assert initial["title"] == f"{own} 云岭县教育局 云岭县卫生健康局关于放假的通知"


def test_a_file_of_another_organ_says_nothing_of_issuers(desk):
    client = desk("drafter")
    page = client.get(send(client, "来稿.txt", "云岭县邮政局文件\n\n云岭县邮政局关于放假的通知\n\n放假三天。".encode())["Location"])
    assert "issuers" not in page.context["form"].initial
