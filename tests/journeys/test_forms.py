"""Forms that are refused: said at the field, in plain words, and nothing that was typed is lost."""

from .papers import notice
from .people import starts
from .residents import Application

CLERK, UNIT_HEAD = "lin.wen", "gao.yuan"
OPINION = "已核对造林地块清单，第一部分同意；请于下周前把各村任务补成附表。"


def test_who_comes_too_late_is_told_so_and_keeps_what_he_wrote(come):
    clerk = come("office", CLERK)
    title = notice(clerk, "做好春季造林备耕工作")
    clerk.act("送审", 意见="请审核").sees("处室审核")
    head = come("office", UNIT_HEAD).follow(title)
    head.open("审核通过", head.page.get_by_role("group", name="我要办的")).write("意见", OPINION, head.dialog("审核通过"))
    come("office", UNIT_HEAD, width=390, device="phone").follow(title).act("退回修改", 理由="请补上责任单位")  # forgotten at the desk
    head.press("审核通过", head.dialog("审核通过"))
    head.sees("别人先办了这一步").sees(OPINION).picture("office-stale").follow("看最新情况").stands_on(starts(title))
    head.misses("审核通过", head.page.get_by_role("group", name="我要办的"))
    clerk.home().follow(title).sees("请补上责任单位").misses(OPINION)


def test_two_people_who_mend_the_same_text_do_not_overwrite_each_other(come):
    clerk, phone = come("office", CLERK), come("office", CLERK, width=390, device="phone")
    title = notice(clerk, "做好苗木调运工作")
    clerk.follow("修改")
    phone.home().follow(title).follow("修改")
    text = clerk.body()
    clerk.write("正文", f"{text}\n二、抓好落实\n各乡镇、街道要明确专人负责。").press("保存修改")
    phone.write("正文", f"{text}\n二、保障苗木\n由县林业部门统一调配。").press("保存修改")
    assert "统一调配" in phone.picture("office-overtaken").body(), "what was written is still there"
    assert "明确专人负责" in clerk.home().follow(title).follow("修改").body()


def test_a_draft_that_breaks_the_rules_is_refused_at_its_fields(come):
    clerk = come("office", CLERK).follow("拟写公文")
    clerk.choose("文种", "请示").write("标题", "关于几件事").write("主送：单个机关", "云岭县人民政府、月亮镇人民政府").write(
        "正文", "一行字。"
    )
    clerk.press("保存草稿").sees("没有“月亮镇人民政府”").picture("office-refused")
    said = clerk.field("主送：单个机关")
    assert said.get_attribute("aria-invalid") == "true"
    assert said.input_value() == "云岭县人民政府、月亮镇人民政府"
    assert (clerk.field("标题").input_value(), clerk.body()) == ("关于几件事", "一行字。")


def test_a_resident_is_told_what_is_wrong_and_writes_nothing_twice(visit, tmp_path):
    resident = visit("portal", width=390)
    application = Application(resident, tmp_path, "钱小满")
    application.find()
    application.fill_in()
    resident.write("身份证号", "530899198003155048").write("联系电话", "12").main.get_by_role("button", name="提交申请").click()
    resident.sees("身份证号").look().picture("portal-refused")
    assert resident.field("身份证号").get_attribute("aria-invalid") == "true"
    assert resident.field("联系电话").get_attribute("aria-invalid") == "true"
    assert resident.field("申请人姓名").input_value() == "钱小满"
    assert resident.field("店铺名称").input_value() == "云岭早点铺"


def test_a_program_is_no_paper(visit, tmp_path):
    """An upload is judged by what is in it, not by its name."""
    resident = visit("portal")
    application = Application(resident, tmp_path, "钱小满")
    application.find()
    application.fill_in()
    disguised = tmp_path / "平面图.pdf"
    disguised.write_bytes(b"MZ\x90\x00" + bytes(4096))
    resident.attach("经营场所平面图", disguised).main.get_by_role("button", name="提交申请").click()
    resident.sees("在线申请").look()
    assert resident.field("经营场所平面图").get_attribute("aria-invalid") == "true"
    assert resident.field("申请人姓名").input_value() == "钱小满"
