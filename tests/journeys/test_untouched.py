"""An application that is accepted and then touched by nobody, in simulated time. The last journey: time runs on for everybody."""

from .residents import ITEM, Application

CLERK, EGOV_OFFICE, SUPERVISOR = "zhou.nuan", "jiang.shu", "du.heng"
COLOURS = ("正常", "将到期", "黄牌", "红牌")
DAYS = 60  # five working days, thrice, and the longest holidays


def test_an_application_that_nobody_touches_turns_warning_yellow_and_red(come, visit, tmp_path, county):
    resident = visit("portal")
    application = Application(resident, tmp_path, "孙朝阳")
    application.find()
    application.fill_in()
    application.hand_in()
    clerk = come("business", CLERK)
    clerk.until("孙**", lambda: clerk.menu("办件"))
    number = clerk.page.get_by_role("row").filter(has_text="孙**").get_by_role("cell").nth(1).inner_text().strip()
    clerk.follow(ITEM, clerk.page.get_by_role("row").filter(has_text=number)).tick("受理").press("提交").sees("已办理")
    officer = come("business", EGOV_OFFICE)
    officer.until(number, lambda: officer.menu("时限监督"))
    assert colours(officer, number, county) == list(COLOURS)
    officer.picture("business-supervision").follow(ITEM).sees("开始计时").picture("business-evidence")
    supervisor = come("business", SUPERVISOR)
    supervisor.until(number, lambda: supervisor.menu("黄牌与红牌")).picture("business-cards")
    red = supervisor.main.locator(".zt-card").filter(has_text=number).filter(has_text="红牌")
    supervisor.press("发出", red.first).sees("已处理")


def colours(officer, number, county):
    """What the board shows for it, day by day, each colour once."""
    seen = []
    for _ in range(DAYS):
        row = officer.main.get_by_role("row").filter(has_text=number)
        colour = next(name for name in COLOURS if name in row.inner_text())
        if colour not in seen:
            seen.append(colour)
        if colour == COLOURS[-1]:
            break
        county.demo("advance", "1d")
        officer.menu("时限监督")
    return seen
