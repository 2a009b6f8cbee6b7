"""Somebody asks for information: on the portal, at the desk, redacted, signed, and read with the code."""

from zhengtong.cli.story import identity_number

from .residents import Application, paper

CLERK, HEAD = "wen.jing", "xiao.he"
WANTED = "2025年农村公路养护资金分配方案"
KEPT, COVERED = "全县农村公路养护资金共计三百万元", "受托人赵晓棠的银行账号6222020000000000"


class Asked(Application):
    """The same way as an application: receipt number and code."""

    def find(self):
        self.resident.column("互动交流").follow("申请公开政府信息").stands_on("申请公开政府信息").picture("portal-information")

    def fill_in(self):
        resident = self.resident
        resident.follow("在线申请").tick("自然人")
        for label, text in {"姓名或单位名称": self.name, "证件号码": identity_number(7), "联系电话": "13800000001"}.items():
            resident.write(label, text)
        resident.write("通信地址", "云岭县云城街道文昌路18号").write("要哪些信息", WANTED)
        resident.tick("电子文档").tick("网上获取")
        resident.attach("身份证明", paper(self.folder, "身份证明", 1))
        resident.tick("我已阅读并同意：所填信息和材料仅用于办理本事项，按法定期限保存。").picture("portal-information-form")


def test_a_request_for_information_is_answered_in_part(come, visit, tmp_path):
    resident = visit("portal", width=390)
    asked = Asked(resident, tmp_path, "赵晓棠")
    asked.find()
    asked.fill_in()
    asked.hand_in()
    clerk = come("business", CLERK)
    clerk.until(WANTED, lambda: clerk.menu("依申请公开")).picture("disclosure-list").follow(WANTED)
    clerk.picture("disclosure-request").follow("内容明确，开始办理").press("确定").sees("已办理")
    redact(clerk, tmp_path)
    clerk.follow("拟写答复").choose("答复类型", "部分公开（区分处理）（第三十七条）").write("理由、途径或说明", "涉及个人隐私。")
    clerk.choose("不予公开部分的理由", "保护第三方合法权益（第十五条）").press("拟好，预览文书").sees("草稿，还没有发出。")
    clerk.picture("disclosure-letter").press("送负责人签发").sees("已送负责人签发")
    head = come("business", HEAD)
    head.menu("依申请公开").follow(WANTED).write("密钥口令", head.secret).press("盖章发出").sees("文书已发出").picture(
        "disclosure-answered"
    )
    asked.until("部分公开").picture("portal-information-answer").sees("政府信息公开申请答复书.pdf")


def redact(clerk, folder):
    original = folder / "方案.txt"
    original.write_text(f"{KEPT}。\n{COVERED}。\n", encoding="utf-8")
    clerk.main.get_by_text("有不宜公开的内容，先遮盖").click()
    clerk.attach("要遮盖的原件", original).press("开始遮盖").sees(COVERED)
    clerk.write("要遮盖的文字", COVERED).choose("理由", "保护第三方合法权益（第十五条）").press("标出").picture("disclosure-redaction")
    clerk.press("遮盖并核验").sees("都不存在").follow("GK-YL130")
