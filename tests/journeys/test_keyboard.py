"""Without a mouse: from the door to the to-do list, the paper, its dialog and back."""

from playwright.sync_api import expect

from .papers import notice
from .people import starts

UNIT_HEAD, CLERK = "gao.yuan", "lin.wen"


def test_a_unit_head_reviews_by_keyboard_alone(come):
    clerk = come("office", CLERK)
    title = notice(clerk, "做好冬季供水保障工作")
    clerk.act("送审", 意见="请审核")
    head = come("office", UNIT_HEAD, signed_in=False)
    keys = head.page.keyboard
    keys.type(UNIT_HEAD)  # the cursor stands in the first field
    keys.press("Tab")
    keys.type(head.secret)
    keys.press("Enter")
    head.stands_on("等我办理")
    keys.press("Tab")
    expect(head.page.get_by_role("link", name="跳到正文")).to_be_focused()  # the first stop of every page
    keys.press("Enter")
    head.tab_to(head.main.get_by_role("link", name=title))
    keys.press("Enter")
    head.stands_on(starts(title))
    opener = head.main.get_by_role("button", name="审核通过", exact=True)
    head.tab_to(opener)
    keys.press("Enter")
    dialog = head.dialog("审核通过")
    expect(dialog.get_by_label(starts("意见"))).to_be_focused()
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()  # back where it was opened
    keys.press("Enter")
    keys.type("同意")
    head.tab_to(dialog.get_by_role("button", name="审核通过", exact=True))
    keys.press("Enter")
    head.sees("确定会签").sees("已办：审核通过").look()


def test_the_shortcuts_of_a_page_are_shown_and_work(come):
    clerk = come("office", CLERK)
    clerk.page.keyboard.press("?")
    expect(clerk.dialog("键盘快捷键")).to_be_visible()
    clerk.look().page.keyboard.press("Escape")
    clerk.page.keyboard.press("n")
    clerk.stands_on("拟写公文")
