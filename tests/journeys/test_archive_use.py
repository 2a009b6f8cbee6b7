"""The archive's readers and its appraisal: a paper of another organ is borrowed, what is old enough opened, what is over destroyed."""

ARCHIVIST, RECEIVER, DIRECTOR, RELEASE_REVIEWER, UNIT_HEAD = "gu.nian", "ma.tian", "song.yan", "ye.cheng", "gao.yuan"
CLERK, DOCUMENTS_UNIT, OTHER_CLERK = "lin.wen", "fang.mo", "bai.lan"
BORROWED, OPENED = "云州政发〔2012〕15号", "云州市人民政府关于做好防汛抗洪工作的通知"  # of earlier years, filed by the demo county
DOOMED, KEPT = "云州市人民政府关于报送夏粮生产进度的通知", "云州市人民政府关于做好油菜花观赏期交通保障的通知"
WHY = "已无查考价值"


def test_a_township_borrows_a_paper_of_the_county_and_gives_it_back(come):
    reader = come("office", RECEIVER).menu("查阅档案")
    reader.write("档号或文号", BORROWED).press("查找").sees("其他机关有这件档案").picture("office-archive-find").follow("申请借阅")
    reader.misses("农田水利")
    reader.press("提交申请").sees("用途")
    assert reader.field("用途").get_attribute("aria-invalid") == "true"
    reader.choose("利用目的", "工作查考").write("用途", "核对2012年水利设施台账").write("天数", "3").press("提交申请").sees("待审批")
    director = come("office", DIRECTOR).follow("档案借阅申请")
    director.act("批准", pin=True, 意见="同意").sees("可阅读").sees("农田水利").look()
    reader.menu("查阅档案").follow("我的借阅").follow("云州市人民政府关于检查春季农田水利建设的通知")
    reader.press("阅读正本").sees("只供本人使用").main.get_by_alt_text("第1页").wait_for()
    reader.picture("office-archive-reading").follow("Z")
    reader.act("归还", 利用效果="台账已核对").sees("已归还")
    assert reader.main.get_by_role("button", name="阅读正本").count() == 0
    archivist = come("office", ARCHIVIST).menu("利用登记").sees("马恬然").follow("统计")
    archivist.sees("利用统计").look()


def test_what_is_old_enough_is_opened_and_then_read_by_anybody(come):
    archivist = come("office", ARCHIVIST)
    code = draw_up(archivist, "开放审核", "拟制开放审核表", OPENED)
    archivist.act("送审")
    come("office", RELEASE_REVIEWER).follow(f"开放审核表 {code}").act("审核同意", pin=True, 意见="内容可以开放")
    come("office", DIRECTOR).follow(f"开放审核表 {code}").act("批准", pin=True, 意见="同意开放").sees("已完成")
    anybody = come("office", OTHER_CLERK).menu("查阅档案").write("题名", "防汛抗洪").press("查找").sees("已开放").follow(OPENED)
    anybody.choose("利用目的", "编史修志").write("用途", "编写水利志").press("提交申请").sees("现在就可以阅读")
    anybody.press("阅读正本").main.get_by_alt_text("第1页").wait_for()


def test_what_is_over_is_destroyed_by_two_approvals_and_two_witnesses(come):
    archivist = come("office", ARCHIVIST)
    code = draw_up(archivist, "到期鉴定", "拟制销毁清册", DOOMED, KEPT)
    archivist.choose(f"{DOOMED}的鉴定意见", "销毁").write(f"{DOOMED}的理由", "已无查考价值")
    archivist.choose(f"{KEPT}的鉴定意见", "继续保存").write(f"{KEPT}的理由", "有地方史料价值")
    hand_in(archivist, "林雯舒", "方墨言").sees("请选择新的保管期限").look()
    archivist.choose(f"{KEPT}续存的期限", "改为定期30年").picture("office-appraisal")
    hand_in(archivist, "林雯舒", "方墨言").sees("已办：送审")
    for username, verb in ((UNIT_HEAD, "审核同意"), (DIRECTOR, "批准"), (CLERK, "已清点核对"), (DOCUMENTS_UNIT, "已清点核对")):
        come("office", username).follow(f"销毁清册 {code}").act(verb, pin=True, 意见="同意").look()
    archivist.home().follow(f"销毁清册 {code}").act("执行销毁", pin=True).sees("销毁登记").picture("office-destroyed")
    reader = come("office", CLERK).menu("查阅档案").write("题名", "夏粮").press("查找").sees("已销毁").follow(DOOMED)
    reader.sees("内容已按批准的清册销毁").misses("提交申请")


def hand_in(archivist, *witnesses):
    """With the two who will witness; what was judged on the page goes with it."""
    archivist.open("送审", archivist.page.get_by_role("group", name="我要办的"))
    dialog = archivist.dialog("送审")
    for label, name in zip(("监销人之一", "监销人之二"), witnesses, strict=True):
        choice = archivist.field(label, dialog)
        choice.select_option(label=choice.get_by_role("option").filter(has_text=name).inner_text())
    return archivist.press("送审", dialog)


def draw_up(archivist, kind, button, *titles):
    """A new sheet of these items; gives its number."""
    due = archivist.menu("档案鉴定").main.locator("dl > div").filter(has_text=kind)
    archivist.follow("", due).tick_only(f"选择{titles[0]}")
    for title in titles[1:]:
        archivist.tick(f"选择{title}")
    archivist.open(button).confirm(button, "拟制", pin=False)
    return archivist.main.get_by_role("heading", level=1).inner_text().split()[-1]
