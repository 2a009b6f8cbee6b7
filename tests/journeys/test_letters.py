"""Somebody writes to the government: on the portal by telephone's width, sorted, dispatched, checked by another, read with the code."""

from .residents import Application

CENTER, HANDLER, CHECKER = "wen.jing", "tian.yu", "fang.an"
TITLE, ANSWER = "晒谷场被占用", "晒谷场已于今日清出，可以使用。"


class Written(Application):
    """The same way as an application: receipt number and code."""

    def find(self):
        self.resident.column("互动交流").follow("给政府写信").stands_on("给政府写信")

    def fill_in(self):
        resident = self.resident
        resident.tick("有困难，请帮忙解决").write("标题", TITLE).write("内容", "村里农业晒谷场被堆放杂物占用，请农业部门帮忙清出。")
        resident.write("姓名", self.name).write("联系电话", "13800000001")
        resident.tick("我已阅读并同意：所填信息和材料仅用于办理本事项，按法定期限保存。").picture("portal-letter-form")


def test_a_letter_is_answered_and_called_back(come, visit, tmp_path):
    resident = visit("portal", width=390)
    written = Written(resident, tmp_path, "赵晓棠")
    written.find()
    written.fill_in()
    written.hand_in()
    center = come("business", CENTER)
    center.until(TITLE, lambda: center.menu("群众来信")).picture("letters-list").follow(TITLE)
    center.follow("分类").press("确定").sees("已办理")
    center.follow("派单").choose("主办单位", "云岭县农业农村局").picture("letters-dispatch").press("确定").sees("已办理")
    handler = come("business", HANDLER)
    handler.menu("群众来信").follow(TITLE).follow("签收").press("确定").sees("已办理")
    handler.follow("拟写答复").write("答复", ANSWER).press("确定").sees("已办理")
    checker = come("business", CHECKER)
    checker.menu("群众来信").follow(TITLE).follow("审核通过，发出答复").sees(ANSWER).press("确定").sees("已办理")
    written.until("已答复").sees(ANSWER).picture("portal-letter-answer")
    center.menu("群众来信").follow(TITLE).follow("登记回访").tick("满意，办结").press("确定").sees("已办理").picture("letters-closed")
