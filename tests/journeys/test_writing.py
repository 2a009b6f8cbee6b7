"""What is written other than by typing: from a template, by hand with the mouse, from a Word file with its changes, from a scan."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image

from tests.papers.reading.cast import docx, paragraph, scan
from zhengtong.papers.reading import scans
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Paper, blocks

from .people import starts

SECRETARY, CLERK, UNIT_HEAD = "tang.xiao", "lin.wen", "gao.yuan"
WIDTH, HEIGHT = 1000, 400  # of the field in which an opinion is written by hand
STROKES = (((100, 100), (900, 100)), ((500, 100), (500, 300)))  # 丁
DARK = 100
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_a_template_fills_the_draft_and_the_head_answers_by_hand(come):
    secretary = come("office", SECRETARY).menu("模板和常用语")
    keep(secretary, "年度检查通知", "现将年度检查有关事项通知如下：\n一、检查时间\n二、检查内容", whole=True)
    keep(secretary, "请遵照执行", "请认真遵照执行。")
    clerk = come("office", CLERK).follow("拟写公文")
    clerk.choose("以谁的名义发文", "云岭县人民政府").write("标题", "云岭县人民政府关于开展年度检查的通知").tick("各乡镇人民政府")
    clerk.choose("模板和常用语", "年度检查通知").page.keyboard.press("Enter")  # the cursor stands behind what was put in
    clerk.choose("模板和常用语", "请遵照执行")
    assert [line for line in clerk.body().splitlines() if line] == [
        "现将年度检查有关事项通知如下：", "一、检查时间", "二、检查内容", "请认真遵照执行。",
    ]  # fmt: skip
    clerk.press("保存草稿").act("送审", 意见="请审核")
    head = come("office", UNIT_HEAD).follow("云岭县人民政府关于开展年度检查的通知")
    head.open("审核通过", head.page.get_by_role("group", name="我要办的")).open("手写意见", head.dialog("审核通过"))
    draw(head, head.dialog("审核通过").get_by_role("img", name=starts("手写区")))
    head.press("审核通过", head.dialog("审核通过"))
    drawn = clerk.home().follow("云岭县人民政府关于开展年度检查的通知").main.get_by_role("img", name="高承远的手写意见")
    shows(drawn)


def keep(secretary, name, text, whole=False):
    secretary.write("名称", name).write("内容", text)
    if whole:
        secretary.tick("整篇模板")
    secretary.press("保存").sees(name)


def draw(someone, canvas):
    """With the mouse, stroke by stroke."""
    box, mouse = canvas.bounding_box(), someone.page.mouse
    for stroke in STROKES:
        (start, end) = [(box["x"] + x / WIDTH * box["width"], box["y"] + y / HEIGHT * box["height"]) for x, y in stroke]
        mouse.move(*start)
        mouse.down()
        mouse.move(*end, steps=8)
        mouse.up()


def shows(drawn):
    """The strokes stand as they were drawn, cut to what is written on, and nothing else does."""
    drawn.scroll_into_view_if_needed()
    picture = Image.open(io.BytesIO(drawn.screenshot())).convert("L")
    right, top, bottom = 920, 80, 320
    ink = {
        (x, y): picture.crop(around(x / right * picture.width, (y - top) / (bottom - top) * picture.height)).getextrema()[0] < DARK
        for x, y in ((150, 100), (500, 100), (850, 100), (500, 200), (500, 280), (200, 200), (800, 200), (200, 290), (800, 290))
    }
    assert [place for place, dark in ink.items() if dark] == [(150, 100), (500, 100), (850, 100), (500, 200), (500, 280)]


def around(x, y):
    return (round(x) - 3, round(y) - 3, round(x) + 4, round(y) + 4)


def change(tag, text, who):
    word = "delText" if tag == "del" else "t"
    return (
        f'<w:{tag} w:id="{1 if tag == "del" else 2}" w:author="{who}" w:date="2026-11-02T09:00:00Z">'
        f'<w:r><w:{word} xml:space="preserve">{text}</w:{word}></w:r></w:{tag}>'
    )


def test_a_word_file_comes_in_with_the_changes_of_each_hand(come, tmp_path):
    changes = change("del", "尽快", "贺从文") + change("ins", "于月底前", "贺从文")
    words = [
        paragraph("云岭县人民政府关于开展林区道路检查的通知"),
        paragraph("各乡镇人民政府："),
        f"<w:p><w:r><w:t>各乡镇要</w:t></w:r>{changes}<w:r><w:t>完成检查。</w:t></w:r></w:p>",
    ]
    file = tmp_path / "来稿.docx"
    file.write_bytes(docx(body="".join(words)))
    clerk = bring(come("office", CLERK), file)
    clerk.sees("文件中的修订按各人署名记入留痕")
    assert clerk.field("标题").input_value() == "云岭县人民政府关于开展林区道路检查的通知"
    assert clerk.body() == "各乡镇要于月底前完成检查。"
    clerk.choose("以谁的名义发文", "云岭县人民政府").press("保存草稿").sees("来稿.docx").follow("看花脸稿")
    clerk.sees("贺从文").look()
    marked = clerk.main.get_by_role("article", name="花脸稿")  # each stretch with the number of its hand
    assert (marked.locator("del").inner_text(), marked.locator("ins").inner_text()) == ("尽快1", "于月底前1")


def bring(clerk, file):
    clerk.follow("拟写公文").main.get_by_text("已有文稿？从文件起草").click()
    return clerk.attach("从文件起草", file).press("读入")


@pytest.mark.skipif(scans.engine() is None, reason="this machine has no Tesseract with simplified Chinese")
def test_a_scan_becomes_a_draft_that_is_checked_against_it(come, tmp_path):
    title = "云岭县人民政府关于做好今冬明春森林防火工作的通知"
    page = Paper("云岭县人民政府文件", title, blocks("各乡镇要做好防火工作。"), recipients=("各乡镇人民政府",), signature="云岭县人民政府")
    file = tmp_path / "扫描件.pdf"
    file.write_bytes(scan(press.notice(page, AT).pdf))
    clerk = bring(come("office", CLERK), file).stands_on("识别扫描件")
    clerk.sees("已识别完").look().press("用它起草")
    assert "森林防火" in clerk.field("标题").input_value() and "防火工作" in clerk.body()
    clerk.sees("扫描件.pdf").choose("以谁的名义发文", "云岭县人民政府").press("保存草稿").sees("来稿原件")
