"""A few papers that keep every rule, and the same with one part changed."""

ORDER = ("top", "mark", "number", "title", "to", "body", "att", "sign", "date", "note", "bound", "cc", "imprint")
COUNTY = "云岭县人民政府"
# fmt: off
NOTICE = {
    "mark": "云岭县人民政府文件", "number": "云政发〔2026〕12号", "title": "云岭县人民政府关于做好今冬森林防火工作的通知",
    "to": "各乡镇人民政府，县政府各部门：", "body": "为做好今冬森林防火工作，现就有关事项通知如下：\n一、压实责任\n各乡镇要落实包片责任。\n二、严管火源\n（一）设卡检查。进山路口全部设卡。\n（二）巡山护林。护林员全天在岗。",
    "sign": COUNTY, "date": "2026年10月8日", "note": "（此件公开发布）", "cc": "抄送：县委办公室，县人大常委会办公室，县政协办公室。",
    "imprint": "云岭县人民政府办公室　　2026年10月9日印发",
}
REQUEST = {
    "mark": "云岭县人民政府文件", "number": "云政发〔2026〕15号　　签发人：张某某", "title": "云岭县人民政府关于追加防汛经费的请示", "to": "云州市人民政府：",
    "body": "今年入汛以来，我县连续遭遇强降雨，防汛经费缺口较大。\n恳请追加防汛经费300万元。\n妥否，请批示。", "sign": COUNTY, "date": "2026年7月5日",
    "note": "（联系人：李某某，电话：1234567）", "cc": "抄送：云州市财政局。", "imprint": "云岭县人民政府办公室　　2026年7月6日印发",
}
REPORT = {**REQUEST, "title": "云岭县人民政府关于防汛工作情况的报告", "body": "现将我县防汛工作情况报告如下。\n全县无人员伤亡。\n特此报告。", "note": ""}
LETTER = {
    "mark": "云岭县教育局", "number": "云教函〔2026〕3号", "title": "云岭县教育局关于商请支持校舍维修的函", "to": "云岭县财政局：",
    "body": "因校舍维修需要，请你局支持经费20万元。\n专此函达，请予函复。", "sign": "云岭县教育局", "date": "2026年5月6日", "cc": "抄送：县发展改革局。",
}
REPLY = {
    "mark": "云岭县人民政府文件", "number": "云政发〔2026〕20号", "title": "云岭县人民政府关于校舍维修经费的批复", "to": "县教育局：",
    "body": "你局《关于校舍维修经费的请示》（云教发〔2026〕5号）收悉。经研究，现批复如下：\n同意安排校舍维修经费20万元。\n此复。", "sign": COUNTY, "date": "2026年6月1日",
    "imprint": "云岭县人民政府办公室　　2026年6月2日印发",
}
DEPARTMENT = {
    "mark": "云岭县教育局文件", "number": "云教发〔2026〕8号", "title": "云岭县教育局关于开展校园安全检查的通知", "to": "各中小学校：",
    "body": "我局决定开展校园安全检查。请各校认真自查，及时整改。", "sign": "云岭县教育局", "date": "2026年9月1日", "imprint": "云岭县教育局办公室　　2026年9月2日印发",
}
JOINT = {
    "mark": "云岭县教育局　云岭县财政局文件", "number": "云教发〔2026〕9号　　签发人：张某某　李某某", "title": "云岭县教育局　云岭县财政局关于追加校舍维修经费的请示",
    "to": "云岭县人民政府：", "body": "因校舍维修需要，恳请追加经费20万元。\n妥否，请批示。", "sign": "云岭县教育局　云岭县财政局", "date": "2026年9月3日", "note": "（联系人：王某某，电话：1234567）",
}
PUBLIC = {
    "mark": "云岭县人民政府", "number": "云政通〔2026〕1号", "title": "云岭县人民政府关于森林防火期禁止野外用火的通告", "body": "森林防火期内，禁止一切野外用火。\n本通告自发布之日起施行。",
    "sign": COUNTY, "date": "2026年10月8日",
}
MINUTES = {"mark": "云岭县人民政府常务会议纪要", "number": "第12期", "title": "云岭县人民政府第12次常务会议纪要", "body": "2026年5月6日，县长主持召开常务会议，研究防汛工作。\n会议决定，追加防汛经费300万元。", "sign": "", "date": ""}
ORDER_PAPER = {"mark": "云岭县人民政府令", "number": "第3号", "body": "《云岭县城市管理办法》已经县政府常务会议通过，现予公布，自2026年7月1日起施行。", "sign": "县长　张某某", "date": "2026年6月1日"}
# fmt: on
KEPT = (NOTICE, REQUEST, REPORT, LETTER, REPLY, DEPARTMENT, JOINT, PUBLIC, MINUTES, ORDER_PAPER)


def paper(base: dict[str, str], **changes: str) -> str:
    """The text of a paper; a part changed to "" is left out."""
    parts = {**base, **changes}
    assert set(parts) <= set(ORDER)
    return "\n".join(parts[name] for name in ORDER if parts.get(name))


def notice(**changes: str) -> str:
    return paper(NOTICE, **changes)


def request(**changes: str) -> str:
    return paper(REQUEST, **changes)


def body(text: str) -> str:
    return notice(body=text)
