"""Each behaviour in Chromium, as a person meets it."""

from pathlib import Path

import pytest

from .conftest import Draft, render
from .test_pages_in_chromium import DESK, PHONE, chromium, show  # noqa: F401  the fixture is used by name

pytestmark = [
    pytest.mark.urls("tests.foundation.ui.urls"),
    pytest.mark.off("portal"),  # it serves no working screens; its behaviours are in test_public_behaviours
]


@pytest.fixture
def page(chromium, sample):  # noqa: F811
    pages = []

    def opened(name="paper", width=DESK, html="", **more):
        pages.append(show(chromium, html or sample(name, **more), width))
        return pages[-1]

    yield opened
    for each in pages:
        assert each.said == []
        each.close()


def test_an_official_act_opens_closes_and_puts_the_cursor_into_its_first_field(page):
    paper = page()
    paper.get_by_role("button", name="签发").click()
    dialog = paper.get_by_role("dialog", name="签发")
    assert dialog.is_visible() and paper.evaluate("document.activeElement.name") == "opinion"
    paper.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_after_a_refused_pin_the_act_stands_open_at_the_pin(page):
    paper = page(pin_error="口令不对")
    assert paper.get_by_role("dialog", name="签发").is_visible()
    assert paper.evaluate("document.activeElement.name") == "pin"


def test_shortcuts_work_and_are_listed(page):
    paper = page()
    paper.keyboard.press("?")
    assert "签发" in paper.locator("#shortcuts").inner_text()
    paper.keyboard.press("Escape")
    paper.keyboard.press("s")
    assert paper.get_by_role("dialog", name="签发").is_visible()


def test_a_shortcut_does_nothing_while_somebody_types(page):
    paper = page("form")
    paper.get_by_label("标题").press_sequentially("a?/")
    assert paper.get_by_label("标题").input_value() == "a?/" and not paper.locator("#shortcuts").is_visible()


def test_characters_are_counted_and_too_many_are_shown_not_cut(page):
    form = page("form")
    form.get_by_label("意见").fill("字" * 205)
    assert "已超出 5 字" in form.locator(".zt-counter-over").inner_text()


def test_files_are_listed_with_their_size_and_too_big_ones_refused(page, tmp_path):
    big, small = tmp_path / "扫描件.pdf", tmp_path / "小.pdf"
    big.write_bytes(b"0" * (21 * 1024 * 1024))
    small.write_bytes(b"0" * 3000)
    form = page("form")
    form.get_by_label("附件").set_input_files(str(big))
    assert "超过大小限制" in form.locator(".zt-upload-list").inner_text()
    form.get_by_label("附件").set_input_files(str(small))
    assert "3 KB" in form.locator(".zt-upload-list").inner_text()
    form.get_by_role("button", name="移除").click()
    assert form.locator(".zt-upload-list li").count() == 0


def test_the_answer_to_an_upload_takes_the_place_of_the_page(page, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"0" * 300000)
    form = page("form")
    form.get_by_label("附件").set_input_files(str(tmp_path / "a.pdf"))
    form.route(
        "**/draft",
        lambda route: route.fulfill(
            body="<title>收到</title><body class=zt><h1>已收到</h1></body>", content_type="text/html; charset=utf-8"
        ),
    )
    form.get_by_role("button", name="保存并写正文").click()
    form.get_by_role("heading", name="已收到").wait_for()
    assert form.url.endswith("/draft")


def test_an_upload_that_does_not_arrive_says_so_and_keeps_the_form(page, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"0" * 3000)
    form = page("form")
    form.get_by_label("标题").fill("关于修路的请示")
    form.get_by_label("附件").set_input_files(str(tmp_path / "a.pdf"))
    form.route("**/draft", lambda route: route.abort())
    form.get_by_role("button", name="保存并写正文").click()
    form.get_by_text("没有送达").wait_for()
    assert form.get_by_label("标题").input_value() == "关于修路的请示"
    form.said.clear()  # the browser itself notes the lost connection


def test_good_news_floats_and_can_be_closed(page):
    note = '<c-alert toast="yes" role="status">已签收</c-alert>'
    frame = page(html=render('{% extends "ui/base.html" %}{% block content %}' + note + "{% endblock %}"))
    assert "zt-toast" in frame.get_by_role("status").filter(has_text="已签收").get_attribute("class")
    frame.get_by_role("button", name="关闭").last.click()
    assert frame.get_by_text("已签收").count() == 0


def test_a_row_opens_by_its_first_link_and_is_named_on_phones(page):
    rows = page("list")
    rows.locator("tbody tr").nth(1).get_by_text("县交通运输局").click()
    assert rows.url.endswith("#p2")
    assert page("list", width=PHONE).locator("tbody td").nth(1).get_attribute("data-label") == "来自"


def test_filters_apply_as_they_are_chosen_and_stay_in_the_address(page):
    rows = page("list")
    rows.get_by_label("状态").select_option("red")
    rows.wait_for_url("**/*state=red*")


def test_typing_into_the_search_field_asks_once_it_pauses(page):
    rows = page("list")
    rows.keyboard.press("/")
    rows.keyboard.type("shuili")
    rows.wait_for_url("**/*q=shuili*")


def test_the_side_bar_opens_on_a_phone(page):
    rows = page("list", width=PHONE)
    assert not rows.get_by_role("navigation", name="主导航").is_visible()
    rows.get_by_role("button", name="菜单").click()
    assert rows.get_by_role("link", name="公文登记簿").is_visible()


def test_unsaved_changes_are_guarded(page):
    form = page("form")
    form.get_by_label("标题").fill("改了")
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.get_by_role("link", name="公文登记簿").click()
    form.wait_for_url("**/register/")
    assert asked == ["beforeunload"]


def test_how_long_ago_follows_simulated_time(page, settings, own_home):
    (settings.HOME / "time").write_text("7200")
    from zhengtong.foundation import clock

    stamp = '{% extends "ui/base.html" %}{% block content %}<c-time :at="at" relative />{% endblock %}'
    assert "2小时前" in page(html=render(stamp, at=clock.real_now())).locator(".zt-ago").inner_text().replace(" ", "")


def test_the_browser_part_of_every_behaviour_stays_small():
    folder = Path(__file__).parents[3] / "frontend"
    long = [f.name for f in folder.rglob("*.js") if len(f.read_text().splitlines()) >= 150]
    assert long == [] and Draft is not None
