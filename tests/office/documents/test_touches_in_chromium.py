"""The head on a tablet and on a phone: from the list to the signature in three touches; the PIN is typed without a touch before it."""

import re

import pytest
from playwright.sync_api import expect

from zhengtong.foundation.slips import actions as slips

from .conftest import PIN

pytestmark = pytest.mark.django_db(transaction=True)
TABLET, PHONE = {"width": 820, "height": 1180}, {"width": 390, "height": 844}


class Finger:
    """Touches what is seen, and counts."""

    def __init__(self, page):
        self.page, self.touches = page, 0

    def touch(self, target):
        expect(target).to_be_in_viewport()  # nothing has to be looked for first
        target.tap()
        self.touches += 1


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_from_the_list_to_the_signature_in_three_touches(sit, cast, walk, size):
    document = walk("signing")
    page = sit("head", "/", viewport=size, has_touch=True, is_mobile=True)
    finger = Finger(page)
    finger.touch(page.get_by_role("link", name=document.title))
    finger.touch(page.get_by_role("group", name="我要办的").get_by_role("button", name="签发", exact=True))
    dialog = page.get_by_role("dialog", name="签发")
    expect(dialog.locator("input[name=pin]")).to_be_focused()
    page.keyboard.type(PIN)
    finger.touch(dialog.get_by_role("button", name="签发", exact=True))
    expect(page.get_by_text("已办：签发")).to_be_visible()
    document.refresh_from_db()
    assert document.state == "recheck" and finger.touches == 3


def test_two_papers_that_were_read_are_signed_at_one_pin_and_stand_in_the_dialog_before(sit, cast, walk):
    papers = [walk("signing", title=f"云岭县人民政府关于做好{what}工作的通知") for what in ("防火", "防汛")]
    for document in papers:
        slips.look(document.slip, cast.head, digest=document.content_digest)
    page = sit("head", "/", viewport=TABLET, has_touch=True, is_mobile=True)
    page.get_by_role("button", name="签发所选各件").tap()
    dialog = page.get_by_role("dialog", name="签发所选各件")
    expect(dialog.get_by_text("还没有勾选文件")).to_be_visible()
    page.keyboard.press("Escape")
    for document in papers:
        page.get_by_role("checkbox", name=f"签发《{document.title}》").tap()
    expect(page).to_have_url(re.compile(r"/$"))  # a tick opens no paper
    page.get_by_role("button", name="签发所选各件").tap()
    assert dialog.get_by_role("listitem").filter(has_text="云岭县").all_inner_texts() == [d.title for d in papers]
    page.keyboard.type(PIN)
    dialog.get_by_role("button", name="签发", exact=True).tap()
    expect(page.get_by_text("已签发2件")).to_be_visible()
    for document in papers:
        document.refresh_from_db()
        assert document.state == "recheck"
