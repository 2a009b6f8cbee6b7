"""Finding a paper by a word of its text: with the key `/`, on a phone, and never what is none of one's business."""

from playwright.sync_api import expect

from .papers import notice
from .people import starts

CLERK, UNIT_HEAD, OTHER_ORGAN = "lin.wen", "gao.yuan", "bai.lan"


def test_a_clerk_finds_a_paper_by_its_text_and_nobody_else_does(come):
    clerk = come("office", CLERK)
    title = notice(clerk, "做好灌区清淤工作")
    clerk.home().page.keyboard.press("/")
    clerk.page.keyboard.type("灌区清淤")
    clerk.page.keyboard.press("Enter")
    clerk.stands_on("查找").sees("找到").picture("office-search")
    hit = clerk.main.get_by_role("link", name=title)
    expect(hit.locator("mark").first).to_have_text("灌区清淤")
    hit.click()
    clerk.stands_on(starts(title))
    stranger = come("office", OTHER_ORGAN).menu("查找").sees("写上要找的字")
    stranger.write("标题、正文、文号", "灌区清淤").sees("没有找到")


def test_on_a_phone_the_search_is_in_the_menu_and_keeps_its_words(come):
    clerk = come("office", CLERK, width=390, device="phone")
    clerk.menu("查找").write("标题、正文、文号", "节假日值班").sees("找到").look()
    clerk.choose("年份", "2026")
    expect(clerk.field("标题、正文、文号")).to_have_value("节假日值班")
