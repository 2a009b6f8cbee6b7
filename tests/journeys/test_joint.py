"""A joint document by hand: the government, the court and the procuratorate, from the draft to the verified seals."""

from tests.journeys.test_document import words
from zhengtong.papers import tool

TITLE = "云岭县人民政府云岭县人民法院云岭县人民检察院关于建立府院府检联动机制的通知"
TEXT = """为推进法治政府建设，及时化解行政争议，决定建立府院府检联动机制，现就有关事项通知如下：
一、联席会议
联席会议每季度召开一次，由县人民政府召集。
二、日常联络
县人民政府办公室、县人民法院综合办公室、县人民检察院综合办公室为联络单位。
请认真贯彻执行。"""
ORGANS = ("云岭县人民政府", "云岭县人民法院", "云岭县人民检察院")
PRESIDENT, PROCURATOR, COURT, PROCURATORATE = "cheng.zhao", "li.xing", "zou.huai", "jian.ruo"
HEAD, REVIEWER, DOCUMENTS_UNIT = "meng.shan", "shen.he", "fang.mo"


def test_three_organs_issue_one_document(come, county, tmp_path, capsys):
    draft(come)
    review(come)
    sign(come)
    seal(come)
    verified(come, county, tmp_path, capsys)


def draft(come):
    """The clerk names the two other organs; an organ of another level is refused, and nothing written is lost."""
    clerk = come("office", "lin.wen")
    clerk.follow("拟写公文").choose("以谁的名义发文", "云岭县人民政府").choose("文种", "通知").write("标题", TITLE)
    clerk.tick("各乡镇人民政府").write("正文", TEXT).tick("主动公开")
    clerk.main.get_by_text("与其他机关联合行文").click()
    clerk.write("联合发文机关", "云岭县人民法院、云岭县财政局").press("保存草稿").sees("不同级")
    clerk.picture("joint-refused")
    clerk.write("联合发文机关", "云岭县人民法院、云岭县检察院").tick("列出全部机关")
    clerk.page.get_by_alt_text("第1页").wait_for()
    clerk.picture("joint-draft").press("保存草稿").sees("云岭县人民政府、云岭县人民法院、云岭县人民检察院")
    clerk.act("送审", 意见="请审核")


def review(come):
    come("office", "gao.yuan").follow(TITLE).act("审核通过", 意见="同意")
    come("office", "lin.wen").follow(TITLE).act("不需会签", 理由="已与两院会商一致")
    come("office", REVIEWER).follow(TITLE).act("审核通过", 意见="文种格式无误")
    come("office", "luo.qing").follow(TITLE).act("同意，呈签发", 意见="拟同意")


def sign(come):
    """The county head signs first, then the president on his phone; the chief procurator returns it, and all sign anew."""
    come("office", HEAD).follow(TITLE).act("签发", pin=True, 意见="同意")
    president = come("office", PRESIDENT, width=390)
    president.picture("joint-todo").follow(TITLE).act("联合签发", pin=True, 意见="同意").sees("已签发")
    come("office", PROCURATOR).follow(TITLE).picture("joint-cosign").act("退回修改", 理由="请写明召集人")
    clerk = come("office", "lin.wen").follow(TITLE).sees("请写明召集人").follow("修改")
    clerk.write("正文", clerk.body().replace("由县人民政府召集", "由常务副县长召集")).press("保存修改").act("送审", 意见="已补充")
    come("office", HEAD).follow(TITLE).sees("未签发").act("签发", pin=True, 意见="同意")
    president.home().follow(TITLE).act("联合签发", pin=True)
    come("office", PROCURATOR).follow(TITLE).act("联合签发", pin=True, 意见="同意")
    come("office", REVIEWER).follow(TITLE).act("复核通过", 意见="手续完备")


def seal(come):
    """The lead organ prints and seals; every co-issuer's keeper sets his own organ's seal."""
    unit = come("office", DOCUMENTS_UNIT).follow(TITLE)
    unit.act("编号", pin=True).act("排版用印", pin=True).sees("联合用印中")
    come("office", COURT).follow(TITLE).picture("joint-seal").act("联合用印", pin=True)
    come("office", PROCURATORATE).follow(TITLE).act("联合用印", pin=True).sees("正式版面")
    come("office", COURT).menu("电子印章").follow("云岭县人民法院").sees(TITLE).picture("joint-stamp")
    unit.home().follow(TITLE).picture("joint-sealed").act("分发", pin=True)


def verified(come, county, tmp_path, capsys):
    """The co-issuer receives its copy; the OFD bears three seals, each named by the tool."""
    come("office", COURT).follow(TITLE).press("签收").sees("签收")
    unit = come("office", DOCUMENTS_UNIT).menu("公文").sees("云岭县政府、云岭县法院、云岭县检察院").picture("joint-register")
    unit.follow(TITLE)
    text = words(unit.save("正式版面"))
    assert "由常务副县长召集" in text and all(name in text for name in ORGANS)
    file = tmp_path / "joint.ofd"
    file.write_bytes(unit.save("电子签章版面").read_bytes())
    assert tool.main(["verify", str(file)]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in ORGANS)
