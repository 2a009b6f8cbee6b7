"""A resident with his papers; what he applies for and how he follows it."""

import secrets

from zhengtong.cli.story import identity_number

ITEM = "小餐饮经营许可"
MEGABYTE = 1 << 20


def paper(folder, name, megabytes):
    """A PDF of this size, as a scanner makes it: a header, then nothing that packs well."""
    path = folder / f"{name}.pdf"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + secrets.token_bytes(megabytes * MEGABYTE - 32) + b"\n%%EOF\n")
    return path


class Application:
    """One application: found, read, filled in, handed in, followed by number and code."""

    def __init__(self, resident, folder, name, megabytes=1):
        self.resident, self.folder, self.name, self.megabytes = resident, folder, name, megabytes
        self.number = self.code = ""

    def find(self):
        """From the front page to the guide."""
        resident = self.resident
        resident.until(ITEM, lambda: resident.column("办事服务"))
        resident.follow(ITEM).stands_on(ITEM).sees("受理条件")

    def fill_in(self):
        resident = self.resident
        resident.follow("在线申请")
        answers = {"申请人姓名": self.name, "身份证号": identity_number(7), "联系电话": "13800000001", "店铺名称": "云岭早点铺"}
        for label, text in {**answers, "经营地址": "云岭县云城街道文昌路18号", "使用面积": "42"}.items():
            resident.write(label, text)
        resident.tick("早点小吃")
        for label in ("经营场所平面图", "场所使用证明"):
            resident.attach(label, paper(self.folder, label, self.megabytes))
        resident.tick("我已阅读并同意：所填信息和材料仅用于办理本事项，按法定期限保存。")

    def hand_in(self):
        resident = self.resident
        resident.main.get_by_role("button", name="提交申请").click()
        resident.stands_on("已收到您的申请").look()
        receipt = resident.main.get_by_role("status").filter(has_text="查询码")
        self.number, self.code = (fact.inner_text().strip() for fact in receipt.get_by_role("definition").all())

    def ask(self):
        """Number and code on the page of progress."""
        self.resident.column("办事服务").follow("办件进度与结果查询")
        self.resident.write("收件编号", self.number).write("查询码", self.code).press("查看")

    def until(self, text):
        self.resident.until(text, self.ask)
        return self.resident
