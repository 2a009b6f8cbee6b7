"""Story 2 by hand: a resident applies, completes and rates; window, two departments and approver handle it."""

from .residents import ITEM, Application, paper

CLERK, EXAMINERS, APPROVER = "zhou.nuan", ("wu.jian", "han.yue"), "lu.cheng"


def test_an_application_goes_from_the_portal_through_the_departments_and_back(come, visit, tmp_path):
    resident = visit("portal", width=390)
    application = Application(resident, tmp_path, "赵晓棠", megabytes=20)
    application.find()
    resident.picture("portal-guide")
    application.fill_in()
    resident.picture("portal-apply")
    application.hand_in()
    resident.picture("portal-receipt")
    ask_once_for_what_is_missing(come)
    complete(application, tmp_path)
    accept(come)
    work_at_the_same_time(come)
    decide(come)
    application.until("准予").picture("portal-result").tick("非常满意").write("想说的话", "一次也没有跑。").press("提交评价")
    resident.sees("谢谢")
    see_the_rating(come)


def ask_once_for_what_is_missing(come):
    clerk = come("business", CLERK)
    clerk.until(ITEM, lambda: clerk.menu("办件")).picture("business-cases").follow(ITEM).picture("business-case")
    clerk.tick("一次性告知补正").write("告知内容或理由", "请补充从业人员健康证明（至少一人）。").press("提交").sees("已办理")


def complete(application, folder):
    resident = application.until("请补齐").picture("portal-completion")
    resident.attach("从业人员健康证明", paper(folder, "从业人员健康证明", 1))
    resident.main.get_by_role("button", name="提交补正材料").click()
    resident.sees("不需要再做什么").look()


def accept(come):
    clerk = come("business", CLERK)
    clerk.until(ITEM, lambda: clerk.menu("办件")).follow(ITEM).sees("从业人员健康证明").tick("受理").press("提交").sees("已办理")


def work_at_the_same_time(come):
    """Both departments have it on their lists before either has answered."""
    people = [come("business", username).menu("办件").follow(ITEM) for username in EXAMINERS]
    for person in people:
        person.tick("同意").write("说明", "现场核查，符合要求。").press("提交意见").sees("意见已提交")
    people[0].picture("business-examined")


def decide(come):
    approver = come("business", APPROVER).menu("办件").follow(ITEM).picture("business-decide")
    approver.tick("准予").write("密钥口令", approver.secret).press("作出决定").sees("决定已作出")


def see_the_rating(come):
    clerk = come("business", CLERK)
    clerk.until("一次也没有跑", lambda: clerk.menu("办件").follow("全部").follow(ITEM))
