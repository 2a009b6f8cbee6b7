"""The classified network by hand: a document at 机密★5年 takes the same way, and no way leads out."""

TITLE = "云岭县人民政府关于做好山鹰专项保障工作的通知"
TEXT = "现就山鹰专项保障工作通知如下：\n一、明确任务\n按照预定方案执行山鹰任务。\n请遵照执行。"
READERS = ("林雯舒", "高承远", "沈知禾", "罗映清", "孟若山", "方墨言", "马恬然", "何露晞")
# fmt: off
WAY = (
    # who          verb             PIN    what is written
    ("lin.wen",   "送审",           False, {"意见": "请审核"}),
    ("gao.yuan",  "审核通过",       False, {}),
    ("lin.wen",   "不需会签",       False, {"理由": "不涉及其他部门职责"}),
    ("shen.he",   "审核通过",       False, {}),
    ("luo.qing",  "同意，呈签发",   False, {}),
    ("meng.shan", "签发",           True,  {"意见": "同意"}),
    ("shen.he",   "复核通过",       False, {}),
    ("fang.mo",   "编号",           True,  {}),
    ("fang.mo",   "排版用印",       True,  {}),
    ("fang.mo",   "分发",           True,  {}),
)
# fmt: on


def test_a_classified_notice_is_issued_and_its_release_refused_with_the_reason(come):
    clerk = come("classified", "lin.wen")
    clerk.follow("拟写公文").choose("以谁的名义发文", "云岭县人民政府").write("标题", TITLE).write("正文", TEXT)
    clerk.write("主送：单个机关", "云岭县石桥镇人民政府、云岭县柳河镇人民政府").tick("不予公开").write("不予公开的理由", "属于国家秘密")
    clerk.choose("密级", "机密").write("保密期限", "5年").write("定密依据", "保密事项范围第三条")
    for name in READERS:
        clerk.tick(name)
    clerk.picture("classified-draft").press("保存草稿").sees("机密★5年")
    for username, verb, pin, written in WAY:
        come("classified", username).follow(TITLE).act(verb, pin=pin, **written)
    come("classified", "gu.nian").misses(TITLE)  # not within 知悉范围: not even the title
    clerk.home().menu("公文").follow(TITLE).picture("classified-document").act("送公开", 意见="请公开")
    clerk.sees("涉密").picture("classified-refused")
    assert "公开" not in clerk.page.get_by_role("table", name="发文办理单").inner_text()
