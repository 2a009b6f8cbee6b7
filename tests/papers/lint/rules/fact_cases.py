"""For each rule that needs facts: the paper, the facts that break it, and those that just keep it. Facts come as JSON."""

from .cast import DEPARTMENT, JOINT, LETTER, MINUTES, REPLY, body, notice, paper, request

Facts = dict[str, object]
SIGNED = [{"opinion": "同意", "name": "张某某", "date": "2026-10-08"}]
LONG_TASK = body("要落实责任。" * 750)
FORWARDED = (
    "我局校舍年久失修，恳请县人民政府安排维修经费20万元，用于更换屋面和加固墙体，保障师生安全，请予审批，并请在暑假之前安排到位为盼。"
)
# fmt: off
CASES: dict[str, tuple[str, Facts, Facts]] = {
    "NO-09":   (paper(DEPARTMENT, number="云政发〔2026〕5号"), {"letters": ["云教发", "云教函"]}, {"letters": ["云政发"]}),
    "NO-10":   (notice(), {"state": "review"}, {"state": "registered"}),
    "SEC-07":  (notice(top="000012\n秘密★5年", note=""), {"secrecies": ["机密"]}, {"secrecies": ["秘密"]}),
    "SEC-08":  (notice(top="000012\n秘密★5年", note=""), {"publication": "proactive"}, {"publication": "none"}),
    "URG-03":  (notice(top="特急"), {"deadline": ""}, {"deadline": "2026-10-09 18:00"}),
    "SIG-04":  (request(), {"signer_rank": "deputy"}, {"signer_rank": "principal"}),
    "SIG-05":  (notice(), {"signings": [{"opinion": "同意", "name": "张某某", "date": "10.8"}]}, {"signings": SIGNED}),
    "TTL-11":  (notice(), {"seals": ["云岭县教育局"]}, {"seals": ["云岭县人民政府"]}),
    "RT-01":   (request(cc="抄送：云岭大队。"), {"relations": {"云岭大队": "down"}}, {"relations": {"云岭大队": "peer"}}),
    "RT-02":   (request(to="部里机关：", cc=""), {"skipped": {"部里机关": ["云州市人民政府"]}}, {"skipped": {"部里机关": []}}),
    "RT-03":   (request(), {"relations": {"云州市人民政府": "peer"}}, {"relations": {"云州市人民政府": "up"}}),
    "RT-06":   (paper(DEPARTMENT), {"issuer_kind": "unit"}, {"issuer_kind": "department"}),
    "RT-07":   (paper(DEPARTMENT, to="各乡镇人民政府："), {"issuer_kind": "department"}, {"consent": True}),
    "RT-08":   (notice(), {"consulted": {"县财政局": "disagree"}, "state": "issued"}, {"consulted": {"县财政局": "agree"}, "state": "issued"}),
    "RT-10":   (request(body=FORWARDED + "\n我县意见：同意安排。妥否，请批示。"), {"forwards": FORWARDED}, {"forwards": FORWARDED.replace("20万", "30万")}),
    "RT-11":   (request(), {"superiors": ["云州市人民政府", "云州军分区"]}, {"superiors": ["云州市人民政府", "云州市财政局"]}),
    "RT-12":   (paper(REPLY, body="同意安排经费20万元。\n此复。"), {"answers": []}, {"answers": ["云教发〔2026〕5号"]}),
    "ATT-08":  (body("具体安排详见附件。\n请认真落实。"), {"attachments": []}, {"attachments": ["防火方案"]}),
    "ATT-09":  (notice(att="附件：防火方案"), {"attachment_new_page": False}, {"attachment_new_page": True}),
    "DT-05":   (notice(), {"signings": [{"opinion": "同意", "name": "张某某", "date": "2026-10-01"}]}, {"signings": SIGNED}),
    "SEAL-01": (paper(JOINT), {"seals": ["云岭县教育局"]}, {"seals": ["云岭县教育局", "云岭县财政局"]}),
    "SEAL-02": (notice(), {"seal_on_text": False}, {"seal_on_text": True}),
    "SEAL-04": (paper(MINUTES), {"seals": ["云岭县人民政府"]}, {"seals": []}),
    "SEAL-05": (notice(), {"sealed_in": "review"}, {"sealed_in": "registered"}),
    "PG-02":   (notice(), {"first_page_text": False}, {"first_page_text": True}),
    "PG-04":   (notice(), {"imprint_last": False}, {"imprint_last": True}),
    "LT-01":   (paper(LETTER, mark="云岭县教育局文件", number="云教发〔2026〕3号"), {"format": "letter"}, {"format": "general"}),
    "LEN-02":  (LONG_TASK, {"comprehensive": False}, {"comprehensive": True}),
    "LEN-03":  (notice(), {"plan_no": ""}, {"plan_no": "2026-15"}),
    "TX-03":   (notice(cc="抄送：县防火办。"), {"organs": ["县委办公室", "各乡镇人民政府", "县政府各部门", "云岭县人民政府"]},
                {"organs": ["县防火办", "各乡镇人民政府", "县政府各部门", "云岭县人民政府"]}),
    "TX-06":   (body("依据《云岭县防火办法》（云政发〔2010〕3号）执行。\n请落实。"), {"repealed": {"云岭县防火办法": "云岭县森林防火办法"}}, {"repealed": {}}),
    "TX-07":   (body("要落实责任。\n请执行。"), {"signed_text": "要落实任务。请执行。"}, {"signed_text": "要落实责任。请执行。"}),
    "TX-08":   (notice(), {"returned": ["格式不符", " "]}, {"returned": ["未征求财政部门意见"]}),
    "TX-09":   (notice(), {"publication": ""}, {"publication": "none", "publication_reason": "内部管理信息"}),
}
# fmt: on
