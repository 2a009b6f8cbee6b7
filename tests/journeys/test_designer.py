"""The secretary arranges her organ's slip: by mouse, by keyboard, on a phone; the next paper goes by it, the one on its way does not."""

import re

from playwright.sync_api import expect

from .looking import DESK, PHONE
from .papers import notice
from .people import starts

SECRETARY, CLERK = "tang.xiao", "lin.wen"
TITLE = "发文办理单模板"
PUBLISHED = re.compile(r"已启用第\d+版")


def rows(someone):
    return someone.main.get_by_role("list", name="各行").get_by_role("listitem")


def row(someone, name):
    return rows(someone).and_(someone.main.get_by_label(name, exact=True))


def drag(someone, name, below, aside=0):
    """Take a row by its grip and let go over the lower edge of another, or to its side; what was changed before has been answered."""
    expect(someone.page.locator("#designer")).not_to_have_class(re.compile("htmx-request"))
    grip = row(someone, name).locator("[data-zt-grip]").bounding_box()
    other = row(someone, below).bounding_box()
    mouse = someone.page.mouse
    mouse.move(grip["x"] + 8, grip["y"] + 8)
    mouse.down()
    mouse.move(grip["x"] + 8 + aside, other["y"] + other["height"] - 4, steps=10)
    mouse.up()


def order(someone, *names):
    """These rows stand one after another, somewhere on the page, and the picture shows them so."""
    for place, name in enumerate(names[1:], start=1):
        expect(row(someone, names[place - 1]).locator("xpath=following-sibling::li[1]")).to_have_attribute("aria-label", name)


def open_designer(someone):
    someone.menu("办理单模板").stands_on("办理单模板")
    return someone.follow("发文").stands_on(TITLE)


def restore(secretary):
    """The county's own template again: later journeys go by it."""
    open_designer(secretary.home()).open("恢复全县通用")
    expect(row(secretary, "合法性审核")).to_have_count(0)
    secretary.press("启用").stands_on("办理单模板").sees(PUBLISHED)


def test_a_slip_is_arranged_by_mouse_and_new_papers_follow_it(come):
    clerk = come("office", CLERK)
    old = notice(clerk, "做好冬季取暖保障工作")
    clerk.act("送审", 意见="请审核")
    secretary = open_designer(come("office", SECRETARY))
    drag(secretary, "办公室审核", "分管领导审批")
    order(secretary, "分管领导审批", "办公室审核", "签发")
    secretary.sees("分管领导审批以前须经办公室审核（第二十条）").look()
    drag(secretary, "分管领导审批", "办公室审核")
    order(secretary, "办公室审核", "分管领导审批", "签发")
    expect(secretary.main.get_by_text("第二十条")).to_have_count(0)
    secretary.open("增加")
    expect(row(secretary, "征求意见")).to_be_visible()
    expect(secretary.main.get_by_role("button", name="增加", exact=True)).to_be_focused()
    secretary.write("环节名称", "合法性审核", row(secretary, "征求意见"))
    secretary.choose("由谁办理", "机关负责人（办公室）", row(secretary, "征求意见"))
    expect(row(secretary, "合法性审核")).to_be_visible()
    drag(secretary, "合法性审核", "合法性审核", aside=90)
    expect(row(secretary, "合法性审核").get_by_label("与上行并行")).to_be_checked()
    secretary.write("这一版改了什么", "增加合法性审核").look()
    secretary.press("启用").stands_on("办理单模板").sees(PUBLISHED)
    secretary.follow("本机关第").sees("增加合法性审核").look()
    new = notice(clerk.home(), "做好冬季交通保障工作")
    clerk.follow("看流程图").sees("合法性审核", clerk.main.get_by_role("table")).look()
    clerk.home().follow("公文", clerk.page.get_by_role("navigation", name="主导航")).follow(old)
    expect(clerk.main.get_by_role("cell", name="合法性审核")).to_have_count(0)
    clerk.follow("看流程图").misses("合法性审核", clerk.main.get_by_role("table"))
    assert new != old
    restore(secretary)


def test_a_slip_is_arranged_by_keyboard_alone(come):
    secretary = open_designer(come("office", SECRETARY))
    before = [row.get_attribute("aria-label") for row in rows(secretary).all()]
    up = secretary.main.get_by_role("button", name=f"上移：{before[2]}")
    secretary.tab_to(up)
    secretary.page.keyboard.press("Enter")
    order(secretary, before[0], before[2], before[1])
    down = secretary.main.get_by_role("button", name=f"下移：{before[2]}")
    expect(secretary.main.get_by_role("button", name=f"上移：{before[2]}")).to_be_focused()
    secretary.page.keyboard.press("Tab")
    expect(down).to_be_focused()
    secretary.page.keyboard.press("Enter")
    order(secretary, before[0], before[1], before[2])
    expect(down).to_be_focused()
    days = row(secretary, "复核").get_by_label("工作日数")
    secretary.tab_to(days)
    secretary.page.keyboard.type("2")
    secretary.page.keyboard.press("Tab")
    expect(secretary.main.get_by_role("img", name="发文")).to_contain_text("限2个工作日")
    expect(days).to_have_value("2")
    secretary.tab_to(secretary.field("这一版改了什么"))
    secretary.page.keyboard.type("复核两日内办完")
    secretary.tab_to(secretary.main.get_by_role("button", name="启用", exact=True))
    secretary.page.keyboard.press("Enter")
    secretary.stands_on("办理单模板").sees(PUBLISHED)
    secretary.page.set_viewport_size(PHONE)
    secretary.follow("本机关第").sees("复核两日内办完").look()
    expect(secretary.main.get_by_role("img", name="发文")).to_contain_text("限2个工作日")
    open_designer(secretary.home()).look()
    secretary.page.set_viewport_size(DESK)
    restore(secretary)


def test_a_template_goes_out_to_another_tool_and_comes_back(come, tmp_path):
    secretary = come("office", SECRETARY).menu("办理单模板")
    incoming = secretary.main.get_by_role("row", name=starts("收文")).first
    secretary.follow("全县通用", incoming).stands_on("收文办理单模板")
    with secretary.page.expect_download() as download:
        secretary.main.get_by_role("button", name="导出BPMN").click()
    file, strange = tmp_path / "template.bpmn", tmp_path / "strange.bpmn"
    download.value.save_as(file)
    assert download.value.suggested_filename.endswith(".bpmn")
    strange.write_text(file.read_text(encoding="utf-8").replace("userTask", "serviceTask"), encoding="utf-8")
    secretary.menu("办理单模板").follow("收文", incoming).stands_on("收文办理单模板")
    before = [row.get_attribute("aria-label") for row in rows(secretary).all()]
    secretary.follow("导入BPMN").stands_on("导入收文办理单模板")
    secretary.attach("BPMN文件", strange).open("导入").sees("serviceTask“签收登记”").look()
    secretary.attach("BPMN文件", file).open("导入").stands_on("收文办理单模板").sees("已导入为草稿").look()
    assert [row.get_attribute("aria-label") for row in rows(secretary).all()] == before
    secretary.press("放弃草稿").sees("草稿已放弃")
