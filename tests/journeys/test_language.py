"""The other language: one button, the same page, kept until the way back."""

import re

HAN = re.compile(r"[\u4e00-\u9fff]")


def test_a_clerk_works_in_english_and_goes_back_to_chinese(come):
    clerk = come("office", "lin.wen")
    clerk.press("English", clerk.page.get_by_role("banner")).stands_on("Waiting for me").picture("office-english")
    side = clerk.page.get_by_role("navigation", name="Main navigation")
    assert not HAN.search(side.inner_text()), side.inner_text()
    clerk.follow("Write a document").stands_on("Write a document")
    labels = [label for label in clerk.main.locator("label:visible, legend:visible").all_inner_texts() if label.strip()]
    assert "Title" in labels and not [label for label in labels[:4] if HAN.search(label)], labels
    clerk.press("中文", clerk.page.get_by_role("banner")).stands_on("拟写公文")
    clerk.home().stands_on("等我办理")


def test_a_stranger_reads_the_door_in_english(come):
    stranger = come("business", "su.qi", signed_in=False)
    stranger.press("English", stranger.page.get_by_role("banner")).stands_on("Sign in")
    stranger.page.get_by_label("Account").fill("su.qi")
    stranger.page.get_by_label("Password").fill("wrong")
    stranger.press("Sign in").sees("not correct")
