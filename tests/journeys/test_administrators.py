"""The three administrators of each network: each signs in, reaches his own pages by clicking, and none reaches another's."""

import pytest

from .people import starts

OWN = {
    "system_admin": ("账号", "待两人同意", "导入导出"),
    "security_admin": ("账号", "职位授权", "待两人同意", "导入导出", "任职变动"),
    "auditor": ("审计日志",),
}
WORK = ("拟写公文", "公文", "待归档", "收到的文件", "办件", "文章", "发布包", "时限监督")
ADMINISTRATORS = (
    ("office", "system_admin", "xi.guan"),
    ("office", "security_admin", "an.mi"),
    ("office", "auditor", "shen.ji"),
    ("business", "system_admin", "xi.yun"),
    ("business", "security_admin", "an.lan"),
    ("business", "auditor", "shen.yue"),
)
LOCKED = "tang.xiao"  # the county head's secretary; opened again at the end


@pytest.mark.parametrize(("network", "role", "username"), ADMINISTRATORS)
def test_an_administrator_reaches_his_own_pages_and_no_others(come, network, role, username):
    administrator = come(network, username)
    side = administrator.page.get_by_role("navigation", name="主导航")
    for entry in OWN[role]:
        administrator.menu(entry).stands_on(entry)
    for entry in {name for names in OWN.values() for name in names}.union(WORK) - set(OWN[role]):
        administrator.misses(starts(entry), side)


def test_the_auditor_reads_an_entry_and_verifies_every_chain(come):
    auditor = come("office", "shen.ji").menu("审计日志").picture("office-audit")
    auditor.write("人员、对象或动作", "申霁月").press("查找").follow("登录").sees("内容与摘要相符")
    auditor.menu("审计日志").follow("校验全部审计链").sees("与各检查点相符")


def test_five_wrong_pins_lock_the_account_until_the_security_administrator_opens_it(come):
    secretary = come("office", LOCKED, signed_in=False)
    secretary.picture("office-sign-in")
    for _ in range(4):
        secretary.sign_in("Wrong-2026").sees("账号或口令不正确")
        assert secretary.field("账号").input_value() == LOCKED
    secretary.sign_in("Wrong-2026").sees("已锁定")
    secretary.sign_in().sees("已锁定").picture("office-locked")  # the right one does not help any more
    administrator = come("office", "an.mi").menu("账号").picture("office-accounts")
    administrator.write("账号、姓名或人员代码", LOCKED).press("查找").follow(LOCKED).picture("office-account").press("解锁").sees("已办理")
    secretary.sign_in().stands_on("等我办理")


def test_a_guessed_code_opens_nothing(come):
    publisher = come("business", "liang.hang", signed_in=False)
    publisher.write("账号", "liang.hang").write("口令", publisher.secret).press("登录").picture("business-code")
    publisher.write("动态码", "000000").press("确定").sees("不正确")
    publisher.write("动态码", publisher.county.code("liang.hang")).press("确定")
    publisher.menu("文章").stands_on("文章")
