"""The writing desk in a real browser: the editor, what it keeps, who else is there."""

import re

import pytest

from zhengtong.office.documents import actions
from zhengtong.office.documents.models import Document, Sitting

from .conftest import BODY

pytestmark = pytest.mark.django_db(transaction=True)
WORD = """<html><body><!--StartFragment-->
<h1 style='text-align:center'>关于防火的通知</h1>
<h2 style='color:red'>压实责任</h2>
<p class=MsoNormal style='font-size:16pt'><b>各乡镇</b>要<span lang=EN-US>明确</span>专人。<o:p></o:p></p>
<p class=MsoListParagraph><span style='mso-list:Ignore'>（一）<span>&nbsp;</span></span>落实包片</p>
<h2>排查隐患</h2>
<table border=1><tr><td colspan=2>项目</td></tr><tr><td><p>户数</p></td><td>12</td></tr></table>
<script>alert(1)</script><!--EndFragment--></body></html>"""
PASTE = """([html]) => { const data = new DataTransfer(); data.setData('text/html', html);
document.querySelector('.ProseMirror').dispatchEvent(
  new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }"""


def text_of(page):
    return page.locator("textarea[name=text]").input_value()


def test_the_body_is_written_in_the_editor_and_saved(sit, government):
    page = sit("drafter", "/documents/new/")
    page.get_by_label("以谁的名义发文").select_option("YL003")
    page.get_by_label("标题").fill("云岭县人民政府关于做好防火工作的通知")
    page.get_by_label("正文").fill(BODY)
    assert text_of(page) == BODY
    assert page.get_by_role("textbox", name="正文").locator("p.zt-line-1").count() == 2
    page.get_by_alt_text("第1页").wait_for()
    page.get_by_label("主动公开").check()
    page.get_by_role("button", name="保存草稿").click()
    page.wait_for_url(re.compile("/documents/D2"))
    assert Document.objects.get().text == BODY and not Sitting.objects.exists()


def test_levels_are_set_and_counted_by_the_menu(sit):
    page = sit("drafter", "/documents/new/")
    editor = page.get_by_label("正文")
    editor.click()
    for line in ("甲", "乙", "丙"):
        page.keyboard.type(line)
        page.keyboard.press("Control+Alt+1")
        page.keyboard.press("Enter")
    page.keyboard.type("丁")
    assert text_of(page) == "一、甲\n二、乙\n三、丙\n丁"
    page.get_by_role("toolbar").get_by_role("button", name="（一）").click()
    assert text_of(page).endswith("\n（一）丁")
    page.locator(".ProseMirror p").nth(1).click()
    page.get_by_role("button", name="普通段").click()
    assert text_of(page) == "一、甲\n乙\n二、丙\n（一）丁"


def test_a_paste_from_word_keeps_structure_and_drops_styling(sit):
    page = sit("drafter", "/documents/new/")
    page.get_by_label("正文").click()
    page.evaluate(PASTE, [WORD])
    assert text_of(page) == ("关于防火的通知\n一、压实责任\n各乡镇要明确专人。\n（一）落实包片\n二、排查隐患\n|项目||\n|户数|12|")
    assert page.locator(".ProseMirror [style], .ProseMirror b, .ProseMirror script").count() == 0


def test_a_table_is_made_and_filled_by_keyboard(sit):
    page = sit("drafter", "/documents/new/")
    page.get_by_label("正文").click()
    page.keyboard.type("见下表。")
    page.get_by_role("button", name="插入表格").click()
    page.keyboard.type("甲")
    page.keyboard.press("Tab")
    page.keyboard.type("乙|丙")
    page.get_by_role("button", name="删列").click()
    page.get_by_role("button", name="删行").click()
    page.keyboard.press("Control+z")
    assert text_of(page).startswith("见下表。\n|甲||\n|||\n|||")
    page.get_by_role("button", name="改用纯文本").click()
    page.get_by_label("正文").fill("见下表。\n|甲|乙|")
    page.get_by_role("button", name="改用结构编辑").click()
    assert page.locator(".ProseMirror td").all_inner_texts() == ["甲", "乙"]


def test_what_was_typed_is_offered_again(sit, cast):
    page = sit("drafter", "/documents/new/")
    page.get_by_label("标题").fill("写了一半的题目")
    page.get_by_label("正文").fill("写了一半的正文")
    page.get_by_text("已自动暂存").wait_for()
    page.close()
    again = sit("drafter", "/documents/new/")
    again.get_by_role("link", name="接着写").click()
    assert again.get_by_label("标题").input_value() == "写了一半的题目"
    assert again.get_by_label("正文").inner_text() == "写了一半的正文"


def test_a_lost_line_leaves_the_text_in_the_browser(sit):
    page = sit("drafter", "/documents/new/")
    page.route("**/keep/", lambda route: route.fulfill(status=200, content_type="text/html", body="请登录"))
    page.get_by_label("正文").fill("断线时写的")
    page.get_by_text("已留在这台电脑上").wait_for()
    page.unroute("**/keep/")
    page.evaluate("() => window.onbeforeunload = null")
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/keep/", lambda route: route.fulfill(status=200, content_type="text/html", body="请登录"))
    page.reload()
    page.get_by_role("button", name="取回").click()
    assert page.get_by_label("正文").inner_text() == "断线时写的"


def test_two_at_the_same_draft_are_told(sit, walk):
    document = walk("unit")
    actions.sit(document.drafter, document)
    page = sit("unit_head", f"/documents/{document.code}/edit/")
    page.get_by_text("还有人也在改这份文件").wait_for()
    assert "drafter" in page.locator("[data-zt-others]").inner_text()
