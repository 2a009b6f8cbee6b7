"""For each rule that the text alone decides: a paper that breaks it, and one that just keeps it."""

from .cast import DEPARTMENT, JOINT, LETTER, PUBLIC, REPLY, REPORT, body, notice, paper, request

Case = tuple[str, str]
LONG_TO = "、".join(f"第{n}区人民政府办公室" for n in range(40)) + "："
WIDE = "云岭县人民政府关于进一步做好全县冬春季节森林草原防灭火工作和切实加强安全生产专项整治三年行动有关事项的通知"


def number(bad: str, good: str = "云政发〔2026〕12号") -> Case:
    return notice(number=bad), notice(number=good)


def secret(bad: str, good: str) -> Case:
    return notice(top=f"000012\n{bad}", note=""), notice(top=f"000012\n{good}", note="")


def title(bad: str, good: str) -> Case:
    return notice(title=bad), notice(title=good)


def texts(bad: str, good: str) -> Case:
    return body(f"现就有关事项通知如下。\n{bad}。"), body(f"现就有关事项通知如下。\n{good}。")


def heading(bad: str, good: str) -> Case:
    return tuple(body(f"现就有关事项通知如下：\n{line}\n要落实责任。\n") for line in (bad, good))  # type: ignore[return-value]


def att(bad: str, good: str) -> Case:
    return notice(att=bad), notice(att=good)


def of(base: dict[str, str], part: str, bad: str, good: str) -> Case:
    return paper(base, **{part: bad}), paper(base, **{part: good})


def levels(bad: str, good: str) -> Case:
    return body("现通知如下：\n" + bad.replace("/", "\n")), body("现通知如下：\n" + good.replace("/", "\n"))


TWO = "附件：1.防火方案\n　　　2.巡护名单"
BOUND = "附件1\n防火方案\n设卡检查。\n附件2\n巡护名单\n名单如下。"
# fmt: off
CASES: dict[str, Case] = {
    "NO-01": number("云政发[2026]12号"),
    "NO-02": number("云政发〔26〕12号"),
    "NO-03": number("云政发〔2026〕012号", "云政发〔2026〕102号"),
    "NO-04": number("云政发〔2026〕第12号"),
    "NO-05": number("云政发〔2026〕12"),
    "NO-06": number("云政发〔二〇二六〕十二号"),
    "NO-07": number("云政发 〔2026〕 12号"),
    "NO-08": number("云教发〔2026〕3号　云财发〔2026〕8号", "云教发〔2026〕3号"),
    "NO-11": number("云政发〔2025〕60号"),
    "NO-12": texts("根据云政发〔2026〕5号文件《关于加强管理的通知》要求执行", "根据《云岭县人民政府关于加强管理的通知》（云政发〔2026〕5号）要求执行"),
    "SEC-01": secret("内部机密级", "机密★5年"),
    "SEC-02": secret("机密*5年", "机密★5年"),
    "SEC-03": secret("机密★五年", "机密★5年"),
    "SEC-04": secret("秘密★15年", "秘密★10年"),
    "SEC-05": (notice(top="机密★5年", note=""), notice(top="000012\n机密★5年", note="")),
    "SEC-06": (notice(top="12"), notice(top="000012")),
    "SEC-07": tuple(notice(top="000012\n秘密★5年", note="", att="附件：防火方案", bound=f"附件\n防火方案\n{level}\n设卡检查。") for level in ("机密★5年", "秘密★5年")),
    "SEC-08": (notice(top="000012\n秘密★5年"), notice(top="000012\n秘密★5年", note="")),
    "SEC-09": secret("秘密★18个月", "秘密★11个月"),
    "URG-01": (notice(top="急件"), notice(top="加急")),
    "URG-02": (notice(number="云政发明电〔2026〕1号", top="紧急"), notice(number="云政发明电〔2026〕1号", top="特提")),
    "SIG-01": (request(number="云政发〔2026〕15号"), request()),
    "SIG-02": (request(number="云政发〔2026〕15号　签发人:张某某"), request()),
    "SIG-03": (notice(number="云政发〔2026〕12号　签发人：张某某"), notice()),
    "SIG-06": of(JOINT, "number", "云教发〔2026〕9号　签发人：张某某", "云教发〔2026〕9号　签发人：张某某　李某某"),
    "TTL-01": title("云岭县人民政府关于开展安全检查", "云岭县人民政府关于开展安全检查的通知"),
    "TTL-02": title("通知", "云岭县人民政府关于做好防汛工作的通知"),
    "TTL-03": title("云岭县人民政府关于做好防汛工作通知", "云岭县人民政府关于做好防汛工作的紧急通知"),
    "TTL-04": (request(title="云岭县人民政府关于增加经费的请示报告"), request(title="云岭县人民政府关于增加经费的请示")),
    "TTL-05": title("云岭县人民政府关于对李某某任职的批复", "云岭县人民政府关于对防火工作先进集体给予表扬的通报"),
    "TTL-06": (request(title="云岭县人民政府关于请求解决办公经费的请示"), request(title="云岭县人民政府关于解决办公经费的请示")),
    "TTL-07": of(REPORT, "title", "云岭县人民政府关于上报防汛情况的报告", "云岭县人民政府关于防汛情况的报告"),
    "TTL-08": title("云岭县人民政府关于做好防汛，抗旱工作的通知", "云岭县人民政府关于做好防汛、抗旱工作的通知"),
    "TTL-09": title("云岭县人民政府印发云州市人民政府关于安全生产意见的通知", "云岭县人民政府转发云州市人民政府关于安全生产意见的通知"),
    "TTL-10": title("云岭县2026年工作要点", "云岭县人民政府关于印发2026年工作要点的通知"),
    "TTL-11": (notice(title="云岭县教育局关于做好防汛工作的通知"), notice(title="云岭县政府关于做好防汛工作的通知")),
    "TTL-12": title("云岭县人民政府关于加强安全生\n产工作的通知", "云岭县人民政府\n关于加强安全生产工作的通知"),
    "TTL-13": title("云岭县人民政府关于印发24年工作要点的通知", "云岭县人民政府关于庆祝建县70年活动的通知"),
    "LEN-04": title(WIDE, WIDE.replace("和切实加强安全生产专项整治三年行动", "")),
    "MAIN-01": (request(to="云州市人民政府、云州市财政局："), request()),
    "MAIN-02": (notice(to="各乡镇人民政府:"), notice(to="各乡镇人民政府：")),
    "MAIN-03": (request(to="王市长："), request()),
    "MAIN-04": (request(to="市里有关领导："), request()),
    "MAIN-05": (notice(to="各乡镇人民政府,县政府各部门："), notice()),
    "MAIN-06": of(PUBLIC, "to", "各乡镇人民政府：", ""),
    "MAIN-07": (request(cc="抄送：云州市人民政府，云州市财政局。"), request()),
    "RT-01": (request(cc="抄送：各乡镇人民政府。"), request(cc="抄送：云州市财政局。")),
    "RT-02": (request(to="云南省人民政府：", cc="抄送：云南省财政厅。"), request(to="云南省人民政府：", cc="抄送：云州市人民政府。")),
    "RT-03": (paper(LETTER, title="云岭县教育局关于校舍维修经费的请示"), paper(LETTER)),
    "RT-04": of(REPORT, "body", "现将情况报告如下。\n全县无人员伤亡。\n以上报告，请批示。", "现将情况报告如下。\n工程已报请批准。\n特此报告。"),
    "RT-05": (request(body="现就有关问题请示如下：\n一、申请增加编制\n拟增加5名。\n二、申请追加经费\n拟追加20万元。\n妥否，请批示。"), request()),
    "RT-06": (paper(DEPARTMENT, mark="云岭县财政局预算股文件", title="云岭县财政局预算股关于报送预算的通知", sign="云岭县财政局预算股", to="各乡镇人民政府："), paper(DEPARTMENT)),
    "RT-07": (paper(DEPARTMENT, to="各乡镇人民政府：", body="各乡镇必须在9月底前完成检查。"),
              paper(DEPARTMENT, to="各乡镇人民政府：", body="经县人民政府同意，请各乡镇在9月底前完成检查。")),
    "RT-09": (paper(JOINT, mark="云岭县教育局　云州市财政局文件", title="云岭县教育局　云州市财政局关于追加经费的请示", sign="云岭县教育局　云州市财政局"), paper(JOINT)),
    "RT-10": (request(body="现将县教育局《关于校舍维修的请示》转报，请批示。"), request(body="现将县教育局《关于校舍维修的请示》转报。我县意见：同意维修。妥否，请批示。")),
    "RT-11": (request(mark="云岭县公安局文件", title="云岭县公安局关于增加编制的请示", sign="云岭县公安局", to="云州市公安局：", cc=""),
              request(mark="云岭县公安局文件", title="云岭县公安局关于增加编制的请示", sign="云岭县公安局", to="云州市公安局：", cc="抄送：云岭县人民政府。")),
    "RT-12": of(REPLY, "body", "经研究，同意安排校舍维修经费20万元。\n此复。", "你局《关于校舍维修经费的请示》（云教发〔2026〕5号）收悉。同意安排经费20万元。\n此复。"),
    "RT-13": (request(body="恳请追加防汛经费。\n特此请示报告。"), request()),
    "RT-14": of(LETTER, "body", "你局必须于5月底前办结。", "请你局于5月底前函复。"),
    "RT-15": (request(note="（此件公开发布）"), request()),
    "LV-01": heading("一.总体要求", "一、总体要求"),
    "LV-02": heading("（一）、加强领导", "（一）加强领导"),
    "LV-03": heading("(一)加强领导", "（一）加强领导"),
    "LV-04": heading("1、明确责任", "1.明确责任"),
    "LV-05": heading("(1).核对数据", "（1）核对数据"),
    "LV-06": levels("一、甲/（1）核对。/（一）领导。/（二）宣传。/二、乙/完。", "一、甲/（一）领导。/1.核对。/（1）数据。/（二）宣传。/二、乙/完。"),
    "LV-07": levels("一、甲/完。/二、乙/完。/四、丁/完。", "一、甲/完。/二、乙/完。/三、丙/完。"),
    "LV-08": heading("一、总体要求。", "一、总体要求"),
    "LV-09": heading("①核对数据", "（1）核对数据"),
    "LV-11": levels("一、总体要求/要落实责任。", "一、总体要求/要落实责任。/二、工作任务/要抓紧。"),
    "ATT-01": att("附件:防火方案", "附件：防火方案"),
    "ATT-02": att("附件：1、防火方案\n　　　2、巡护名单", TWO),
    "ATT-03": att("附件：1.防火方案；\n　　　2.巡护名单", TWO),
    "ATT-04": att("附件：《防火方案》", "附件：防火方案"),
    "ATT-05": att("附件：1.防火方案", "附件：防火方案"),
    "ATT-06": (notice(att=TWO, bound=BOUND.replace("防火方案", "防洪方案")), notice(att=TWO, bound=BOUND)),
    "ATT-07": (notice(att=TWO, bound=BOUND.replace("附件1", "附件1：")), notice(att=TWO, bound=BOUND)),
    "ATT-08": (body("具体安排详见附件。\n请认真落实。"), notice(body="具体安排详见附件。\n请认真落实。", att="附件：防火方案")),
    "ATT-09": (notice(att=TWO, imprint=notice().splitlines()[-1] + "\n" + BOUND), notice(att=TWO, bound=BOUND)),
    "ATT-10": tuple(notice(title="云岭县人民政府关于印发防火方案的通知", att=f"附件：{name}") for name in ("防火方案", "巡护名单")),
    "DT-01": (notice(date="二〇二六年十月八日"), notice()),
    "DT-02": (notice(date="2026年10月08日"), notice()),
    "DT-03": (notice(date="26年10月8日"), notice()),
    "DT-04": (notice(date="2026年2月30日"), notice(date="2026年2月28日")),
    "DT-06": (notice(imprint="云岭县人民政府办公室　　2026年10月9日"), notice()),
    "DT-07": (notice(imprint="云岭县人民政府办公室　　2026年10月7日印发"), notice(imprint="云岭县人民政府办公室　　2026年10月8日印发")),
    "SEAL-03": (notice(note="（此页无正文）"), notice()),
    "NT-01": (notice(note="此件公开发布"), notice()),
    "CC-01": (notice(cc="抄送:县委办公室。"), notice(cc="抄送：县委办公室。")),
    "CC-02": (notice(cc="抄送：县委办公室"), notice(cc="抄送：县委办公室。")),
    "CC-03": (request(cc="抄报：云州市财政局。"), request()),
    "CC-04": (notice(cc="抄送：各乡镇，县人大，县委。"), notice(cc="抄送：县委，县人大，各乡镇。")),
    "IM-01": (notice(cc="主题词：防火 通知"), notice()),
    "IM-02": (notice(imprint="云岭县防汛股　　2026年10月9日印发"), notice()),
    "PG-02": (notice(to=LONG_TO), notice()),
    "PG-05": (notice(body="请\U00020000乡的王某某参加。"), notice(body="请朱镕基、李赟、王堃参加，见“〇”处。")),
    "PG-04": (notice(att=TWO, imprint=notice().splitlines()[-1] + "\n" + BOUND), notice(att=TWO, bound=BOUND)),
    "LT-01": of(LETTER, "mark", "云岭县教育局文件", "云岭县教育局"),
    "PU-01": texts("加强领导,落实责任", "加强领导，落实责任，日均1,200人次"),
    "PU-02": texts("遵守《档案法》、《保密法》", "遵守《档案法》《保密法》"),
    "PU-03": texts("调集人员、车辆。。。另行通知", "调集人员、车辆……另行通知"),
    "PU-04": texts("调集人员、车辆等……", "调集人员、车辆等"),
    "PU-05": texts("用三、四个月完成", "用三四个月完成一、二年级检查"),
    "PU-06": texts("遵守《中华人民共和国档案法", "遵守《中华人民共和国档案法》"),
    "PU-07": texts("落实《关于贯彻《档案法》的通知》", "落实《关于贯彻〈档案法〉的通知》"),
    "PU-08": texts("工作完成。", "工作完成"),
    "PU-09": texts("一是、加强领导", "一是加强领导"),
    "PU-10": texts("明确目标--全面建成", "明确目标——全面建成，开通云州—云岭班线"),
    "PU-11": texts("调集人员、车辆、等", "调集人员、车辆等"),
    "PU-12": texts("由县政府(办公室)负责", "由县政府（办公室）负责"),
    "PU-13": texts('落实"双减"工作', "落实“双减”工作"),
    "NM-01": texts("增长5～10%", "增长5%～10%"),
    "NM-02": texts("投入9～16亿元", "投入9亿～16亿元"),
    "NM-03": texts("自98年以来", "自1998年以来，近30年以来"),
    "NM-04": texts("会议于二〇二四年五月六日召开", "会议于2024年5月6日召开"),
    "NM-05": texts("编制二零二四年度计划", "编制二〇二四年度计划"),
    "NM-06": texts("参加3千5百人", "参加3500人，装机5千瓦"),
    "NM-07": texts("约50人左右", "约50人"),
    "NM-08": texts("事故减少2倍", "事故减少一半"),
    "NM-09": texts("纪念2万5千里长征", "纪念二万五千里长征"),
    "NM-10": texts("自二十世纪八十年代起", "自20世纪80年代起"),
    "NM-11": texts("积水5公分", "积水5厘米"),
    "NM-12": texts("1季度完成", "一季度完成，第1季度检查"),
    "LEN-01": (body("要落实责任。" * 900), body("要落实责任。" * 800)),
    "TX-01": texts("县教育局应于X月X日前完成", "县教育局应于11月10日前完成"),
    "TX-02": texts("要加强 领导", "要加强领导，组长张 勇"),
    "TX-03": (notice(cc="抄送：县环保局。"), notice(cc="抄送：县生态环境局。")),
    "TX-04": of(DEPARTMENT, "body", "我县决定开展校园安全检查。", "我局决定开展校园安全检查，推动我县教育发展。"),
    "TX-05": texts("请于9月30日前报送情况", "请于10月20日前报送情况，每年3月1日前报送计划"),
    "TX-06": texts("依据《国家行政机关公文处理办法》制定", "依据《党政机关公文处理工作条例》制定，《国家行政机关公文处理办法》已经废止"),
}
# What is mistaken, and what looks like it and is not.
WORDS = {
    "WD-01": ("截止2024年5月底，已完成60%", "截至2024年5月底，已完成60%，截止日期不变"), "WD-02": ("开设专用帐户", "开设专用账户，搭建帐篷"),
    "WD-03": ("处理其它事项", "处理其他事项"), "WD-04": ("统一布署防火工作", "统一部署防火工作"), "WD-05": ("学校座落于县城北部", "学校坐落于县城北部"),
    "WD-06": ("撤消原批复", "撤销原批复"), "WD-07": ("签定责任书", "签订责任书"), "WD-08": ("大部份群众", "大部分群众，上部份额"), "WD-09": ("经济成份", "经济成分，组成份数"),
    "WD-10": ("做好份内工作", "做好分内工作，三份内容"), "WD-11": ("交待任务", "交代任务"), "WD-12": ("惟一渠道", "唯一渠道"), "WD-13": ("一如继往地支持", "一如既往地支持"),
    "WD-14": ("再接再励", "再接再厉"), "WD-15": ("既使困难再大", "即使困难再大，既使用又保护"), "WD-16": ("等侯通知", "等候通知"), "WD-17": ("按装路灯", "安装路灯，按装机容量"),
    "WD-18": ("精减机构", "精简机构，精减人员"), "WD-19": ("追朔责任", "追溯责任"), "WD-20": ("纪律松驰", "纪律松弛"), "WD-21": ("人口迁徒", "人口迁徙，搬迁徒步道"),
    "WD-22": ("名符其实", "名副其实"), "WD-23": ("事故机率", "事故概率，司机率先"), "WD-24": ("图象资料", "图像资料"), "WD-25": ("企业法人代表签字", "企业法定代表人签字"),
    "WD-26": ("急待解决", "亟待解决"), "WD-27": ("惯彻落实", "贯彻落实，一贯策略"), "WD-28": ("制订本条例", "制定本条例，制订计划"), "WD-29": ("提纲契领", "提纲挈领"),
    "WD-30": ("把握时代脉博", "把握时代脉搏，山脉博物馆"), "WD-31": ("车辆穿流不息", "车辆川流不息"), "WD-32": ("安份守己", "安分守己，紧凑和谐"), "WD-33": ("坚苦奋斗", "艰苦奋斗"),
    "WD-34": ("消息不径而走", "消息不胫而走"), "WD-35": ("涉及到三个部门", "涉及三个部门"),
}
# fmt: on
CASES |= {rule: texts(*words) for rule, words in WORDS.items()}
