"""Attachments at the writing desk in a real browser: written, added, ordered, removed and taken back by keyboard; nothing is lost."""

import re

import pytest
from tests.papers.reading.cast import EMPTY_PDF

from zhengtong.office.documents.models import Document
from zhengtong.office.documents.queries.attachments import attached
from zhengtong.office.documents.rules.attachments import Attached

pytestmark = pytest.mark.django_db(transaction=True)
ROSTER = {"name": "附件2.重点户名单.pdf", "mimeType": "application/pdf", "buffer": EMPTY_PDF}
PROGRAM = {"name": "名单.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00"}


def part(page):
    return page.get_by_role("region", name="附件")


def test_attachments_are_written_added_ordered_and_saved(sit, government):
    page = sit("drafter", "/documents/new/")
    page.get_by_label("以谁的名义发文").select_option("YL003")
    page.get_by_label("标题").fill("云岭县人民政府关于做好防火工作的通知")
    page.get_by_label("正文").fill("请做好防火工作，详见附件。")
    part(page).get_by_role("button", name="写一个附件").press("Enter")
    page.keyboard.type("防火工作方案")  # the name has the focus
    part(page).get_by_role("textbox", name="附件内容").fill("一、总则\n全县统一部署。")
    part(page).locator("input[type=file]").set_input_files([ROSTER, PROGRAM])
    part(page).get_by_text("程序和含宏的文件一律不收").wait_for()
    names = part(page).locator("[name=attachment_name]")
    assert [one.input_value() for one in names.all()] == ["防火工作方案", "重点户名单"]
    assert part(page).locator("[data-zt-label]").all_inner_texts() == ["附件1", "附件2"]
    part(page).get_by_role("button", name="上移 附件2").press("Enter")
    part(page).get_by_role("button", name="移去 附件2").press("Enter")
    assert part(page).locator("[data-zt-label]").first.inner_text() == "附件"
    part(page).get_by_role("button", name="恢复").press("Enter")  # it has the focus where the row was
    page.locator("#sketch img").nth(1).wait_for()  # the page of the attachment
    page.get_by_role("button", name="保存草稿").click()
    page.wait_for_url(re.compile(r"/documents/D"))
    file, text = attached(Document.objects.get())
    assert (file.name, text.name, text.text) == ("重点户名单", "防火工作方案", "一、总则\n全县统一部署。")
    assert page.get_by_role("link", name="附件2.重点户名单.pdf").or_(page.get_by_role("link", name="重点户名单")).count()


def test_a_lost_line_leaves_the_attachments_in_the_browser(sit, walk):
    document = walk("draft", attachments=(Attached("方案", "一、总则"), Attached("不要的", "甲")))
    address = f"/documents/{document.code}/edit/"
    page = sit("drafter", address)
    page.route("**/edit/keep/", lambda route: route.fulfill(status=200, content_type="text/html", body="请登录"))
    editor, written = part(page).get_by_role("textbox", name="附件内容").first, "一、总则\n断线时写的。"
    for _try in range(5):  # an editor that is still taking its first focus puts what is filled in before what stands there
        editor.click()
        editor.fill(written)
        if part(page).locator("textarea").first.input_value() == written:
            break
    part(page).get_by_role("button", name="移去 附件2").click()
    page.get_by_text("内容已留在这台电脑上").wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute("**/edit/keep/")
    assert part(page).locator("textarea").first.input_value() == "一、总则"
    page.get_by_role("button", name="取回").click()
    assert part(page).locator("textarea").first.input_value() == "一、总则\n断线时写的。"
    assert part(page).get_by_role("button", name="恢复").count() == 1
    page.get_by_role("button", name="保存修改").click()
    page.wait_for_url(re.compile(rf"/documents/{document.code}/$"))
    document.refresh_from_db()
    (only,) = attached(document)
    assert (only.name, only.text) == ("方案", "一、总则\n断线时写的。")
