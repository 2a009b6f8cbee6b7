"""Story 1 by hand: a notice from the first draft to the county's site."""

import pypdfium2

from .people import starts

SUBJECT = "做好今冬明春森林防火工作"
TITLE = f"云岭县人民政府关于{SUBJECT}的通知"
TEXT = """为切实做好今冬明春森林防火工作，保护人民生命财产和生态安全，现就有关事项通知如下：
一、提高思想认识
各乡镇要充分认识当前防火形势的严峻性，把防火责任落实到每一个山头地块。
二、抓好重点环节
（一）管住野外火源。清明、冬至等重点时段，要在进山路口设卡值守。
（二）备足扑火力量。各乡镇应当组建不少于30人的半专业扑火队伍。
三、严格值班值守
县教育局、县财政局要按照职责做好宣传教育和经费保障。
请各乡镇于11月30日前将工作方案报县人民政府办公室。"""
CLERK, UNIT_HEAD, REVIEWER, DEPUTY, HEAD = "lin.wen", "gao.yuan", "shen.he", "luo.qing", "meng.shan"
DOCUMENTS_UNIT, ARCHIVIST, SECRECY_REVIEWER, DIRECTOR = "fang.mo", "gu.nian", "ye.cheng", "song.yan"
EDITOR, PUBLISHER = "su.qi", "liang.hang"


def test_a_notice_goes_from_the_first_draft_to_the_countys_site(come, visit):
    draft(come)
    review(come)
    consult(come)
    send_back_once(come)
    head = come("office", HEAD, width=390)
    approve_and_sign(come, head)
    change_after_signing(come, head)
    register_and_print(come)
    hand_out(come)
    file_away(come)
    release(come)
    publish(come)
    read(visit)


def draft(come):
    """A clerk writes the notice to all townships and hands it in."""
    clerk = come("office", CLERK).picture("office-home")
    clerk.follow("拟写公文")
    clerk.choose("以谁的名义发文", "云岭县人民政府").choose("文种", "通知").write("标题", TITLE)
    clerk.tick("各乡镇人民政府").tick("各街道办事处").write("正文", TEXT).tick("加急").tick("主动公开")
    clerk.page.get_by_alt_text("第1页").wait_for()
    clerk.picture("office-draft").press("保存草稿")
    clerk.stands_on(starts(TITLE)).act("送审", 意见="请审核").sees("处室审核")


def review(come):
    """The unit head changes a paragraph and passes it on."""
    head = come("office", UNIT_HEAD)
    head.follow(TITLE).picture("office-document").follow("修改")
    head.write("正文", head.body().replace("不少于30人", "不少于40人")).press("保存修改")
    head.follow("看花脸稿").sees("备足扑火力量").picture("office-traces")
    head.home().follow(TITLE).act("审核通过", 意见="已改动第二部分，同意")


def consult(come):
    """Education and finance are asked side by side and agree."""
    come("office", CLERK).follow(TITLE).act("送会签", 会签机关="云岭县教育局、云岭县财政局", 附言="请于今日内答复")
    for username in ("qin.shu", "cai.jin"):
        asked = come("office", username).follow(TITLE)
        asked.open("答复会签", asked.page.get_by_role("group", name="我要办的"))
        asked.tick("同意", asked.dialog("答复会签")).confirm("答复会签", "答复会签", pin=False, 意见="无不同意见")


def send_back_once(come):
    """The office returns it with a reason; the clerk mends it and hands in again."""
    come("office", REVIEWER).follow(TITLE).act("退回修改", 理由="请补充值班电话的公布要求")
    clerk = come("office", CLERK)
    clerk.follow(TITLE).sees("请补充值班电话的公布要求").picture("office-returned").follow("修改")
    clerk.write("正文", clerk.body().replace("三、严格值班值守", "三、严格值班值守\n要向社会公布值班电话。"))
    clerk.press("保存修改").act("送审", 意见="已按意见补充")
    come("office", REVIEWER).follow(TITLE).act("审核通过", 意见="会签已办，文种格式无误")


def approve_and_sign(come, head):
    """The deputy approves, the county head signs on his phone."""
    come("office", DEPUTY).follow(TITLE).act("同意，呈签发", 意见="拟同意，请县长签发")
    head.home().picture("office-head").follow(TITLE)
    head.open("签发", head.page.get_by_role("group", name="我要办的")).picture("office-sign")
    head.write("意见", "同意印发", head.dialog("签发")).write("密钥口令", "Wrong-2026", head.dialog("签发"))
    head.press("签发", head.dialog("签发"))
    assert head.dialog("签发").get_by_role("textbox", name="意见").input_value() == "同意印发"
    head.confirm("签发", "签发").sees("复核")


def change_after_signing(come, head):
    """A change after signing voids the signature; the head signs again."""
    recheck = come("office", REVIEWER)
    recheck.follow(TITLE).follow("修改").sees("保存任何改动都会使签发失效")
    recheck.write("正文", recheck.body().replace("于11月30日前", "于12月10日前")).press("保存修改")
    recheck.sees("签发已失效").picture("office-void")
    head.home().follow(TITLE).act("签发", pin=True, 意见="同意")
    recheck.home().follow(TITLE).act("复核通过", 意见="手续完备")


def register_and_print(come):
    """It gets its number and its formal page, and the page has its text."""
    unit = come("office", DOCUMENTS_UNIT).follow(TITLE)
    unit.act("编号", pin=True).act("排版用印", pin=True).picture("office-printed")
    text = words(unit.save("正式版面"))
    assert SUBJECT in text and "12月10日前" in text


def words(path):
    """The text of a PDF, without its line breaks."""
    with pypdfium2.PdfDocument(path) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf).replace("\r\n", "")


def hand_out(come):
    """Two townships sign for it, one is urged."""
    come("office", DOCUMENTS_UNIT).follow(TITLE).act("分发", pin=True)
    for username in ("ma.tian", "he.lu"):
        town = come("office", username).follow(TITLE)
        if username == "ma.tian":
            town.picture("office-received")
        town.press("签收").sees("签收")
    unit = come("office", DOCUMENTS_UNIT)
    unit.menu("分发与签收").follow(TITLE).picture("office-receipts").press("催办云城街道办").sees("已催办1次")
    come("office", "ding.xue").sees("已催办")


def file_away(come):
    """The archivist confirms period and class; only now it gets an archival number."""
    archivist = come("office", ARCHIVIST)
    archivist.menu("待归档").tick_only(f"归档{TITLE}")
    archivist.choose(f"{TITLE}的类目", archivist.field(f"{TITLE}的类目").get_by_role("option").nth(1).inner_text())
    archivist.open("归档所选各件").picture("office-filing")
    for question in archivist.dialog("归档").get_by_role("checkbox").all():
        question.check()
    archivist.confirm("归档", "归档所选各件")
    archivist.menu("归档文件目录").sees(TITLE).follow(TITLE).picture("office-filed")


def release(come):
    """The clerk proposes it for the public, secrecy is reviewed, the director approves."""
    come("office", CLERK).menu("公文").follow(TITLE).act("送公开", 意见="属于主动公开范围")
    come("office", SECRECY_REVIEWER).follow(TITLE).act("审查通过，可以公开", 意见="经审查不涉密，可以公开")
    come("office", DIRECTOR).follow(TITLE).act("批准公开", pin=True, 意见="同意公开").picture("office-released")


def publish(come):
    """The ferry brings it; an editor finds the draft in its column and completes it, a publisher publishes it."""
    editor = come("business", EDITOR)
    editor.until(TITLE, lambda: editor.menu("文章")).picture("business-articles").follow(TITLE)
    editor.sees("政策文件").picture("business-article").follow("编辑")
    editor.main.get_by_role("textbox", name="关键词").fill("云岭，通知，森林防火")  # the panel around it has the same name
    editor.picture("business-desk").press("保存草稿")
    publisher = come("business", PUBLISHER).menu("文章").follow(TITLE).open("发布").picture("business-publish")
    publisher.confirm("发布文章", "发布").sees("公开地址")


def read(visit):
    """Anybody finds it on the county's site and takes the PDF home."""
    anybody = visit("portal").picture("portal-home")
    anybody.until(TITLE, lambda: anybody.column("政府信息公开").follow("政策文件")).picture("portal-policy").follow(TITLE)
    anybody.sees("不少于40人").picture("portal-document")
    assert "12月10日前" in words(anybody.save(starts(TITLE)))
