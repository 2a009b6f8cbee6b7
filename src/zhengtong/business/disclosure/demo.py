"""The demo county's desks for disclosure, with a few requests on their way."""

from datetime import timedelta

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.queries import people_with
from zhengtong.foundation.orgs.models import Organ

from . import actions
from .models import Desk, Request
from .rules import steps

CLASSES = (
    "按机构职能、政策文件、规划计划、财政信息、行政许可和处罚、重大项目等分类；每条信息有索引号、名称、内容概述和生成日期，按生成日期编排。"
)
# fmt: off
# ruff: noqa: E501  a table is read across
LEADS = "YL130"
DESKS = (
    # organ    unit
    ("YL130", "政务公开科"),
    ("YL139", "办公室"),
)
REQUESTS = (
    # days ago  how        applicant            name                    identity               what
    (2,  "window",     "自然人",       "田小满",                 "530899197203150217", "2025年全县农村公路养护资金的分配方案和拨付情况。"),
    (9,  "registered", "法律服务机构", "云岭县正平律师事务所",   "31530899MD0123456X", "《云岭县城镇燃气管道改造实施方案》全文及附件。"),
    (16, "email",      "商业企业",     "云岭县丰禾农业有限公司", "91530899MA6K000000", "2026年上半年县政府常务会议关于农产品冷链物流的议定事项。"),
    (18, "post",       "自然人",       "田小满",                 "530899197203150217", "2025年全县农村公路养护资金的分配方案。"),
)
# fmt: on


def plant() -> str:
    """The desks with their guides and seals, and some requests at different times of their way. What is there stays."""
    if settings.MODE != "demo":
        raise RuntimeError("the sample desks exist only in the demo")
    if Desk.objects.exists():
        return "0"
    for code, unit in DESKS:
        organ = Organ.objects.get(code=code)
        values = {
            "unit": f"{organ.name}{unit}", "address": organ.address, "hours": organ.hours, "phone": organ.phone, "classes": CLASSES,
            "review": "云岭县人民政府", "court": "云岭县人民法院", "account": "县政务服务大厅非税收入窗口，或按通知书上的缴款码缴入县财政专户",
        }  # fmt: skip
        actions.open_desk(organ, values, None)
        Desk.objects.filter(organ=organ).update(leads=code == LEADS)
        actions.make_seal(organ, None)
    desk = Desk.objects.get(organ__code="YL130")
    clerk = people_with(steps.CLERK, "YL130")[0]
    for days, channel, kind, name, identity, what in REQUESTS:
        day = clock.today() - timedelta(days=days)
        answers = {
            "applicant": kind, "name": name, "identity": identity, "phone": "13800000002", "address": "云岭县云城街道文昌路18号", "email": "",
            "description": what, "form": "纸质", "way": "邮寄",
        }  # fmt: skip
        made = actions.register(clerk, desk, channel, day, day, answers, {})
        if days > 10:
            actions.take_up(made.number, clerk)
    actions.begin_report(desk.organ, clock.today().year, clerk)
    return str(Request.objects.count())
