"""Letters of the demo county at different places of their way; every name and telephone number is invented."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.accounts.queries import people_with
from zhengtong.foundation.orgs.models import Organ

from . import actions, rules
from .models import Letter

SUBSIDY = "您好。耕地地力保护补贴由承包户每年4月底前到所在村委会登记，带身份证、承包合同和银行卡。流转土地的补贴按合同约定发放。"
ANSWER = "您好。我们已派人到现场查看，水渠淤堵约40米，已安排清淤，三日内完成。如还有问题请致电县农业农村局。"
# fmt: off
# ruff: noqa: E501  a table is read across
LETTERS = (
    # how      kind            title                        what                                                                    where                    about              who       organ    how far
    ("phone",  "help",         "村口灌溉水渠淤堵",          "丰禾村三组灌溉水渠淤堵，今年冬小麦浇不上水，请帮忙清淤。",             "石桥镇丰禾村三组",      "",                "柳成荫", "YL146", "answered"),
    ("window", "consultation", "种粮补贴怎样申领",          "今年新承包了二十亩水田，想问耕地地力保护补贴怎样申领、要带什么材料。", "云城街道",              "",                "何田田", "YL146", "checking"),
    ("paper",  "advice",       "农机检修点设到镇上",        "建议春耕前在各镇设农机检修点，不用再跑县城。",                         "",                      "",                "吴用之", "YL146", "handling"),
    ("window", "advice",       "取号机的字太小",            "大厅取号机的字太小，老年人看不清，建议换大字界面，旁边安排人帮忙。",   "县政务服务大厅",        "",                "田小满", "YL160", "dispatched"),
    ("phone",  "help",         "办营业执照材料退了两次",    "办理食品经营许可时材料被退两次，每次说的不一样，请一次说清。",         "县政务服务大厅",        "",                "程小满", "",      "sorted"),
    ("paper",  "petition",     "征地补偿款没有足额发放",    "2024年修路征用承包地，补偿款少发一亩，请求核实补发。",                 "石桥镇",                "",                "何田田", "YL146", "handling"),
    ("window", "report",       "反映窗口工作人员收取好处",  "反映办事窗口有人收受好处后插队办理。",                                 "",                      "",                "",       "",      ""),
    ("phone",  "",             "路灯不亮",                  "文昌路18号门前三盏路灯不亮已有一周，晚上老人出门看不清。",             "云城街道文昌路18号",    "",                "李路平", "",      ""),
)
# fmt: on
ORDER: Mapping[str, str] = {
    "order": "12345-2026-118820",
    "kind": "投诉",
    "subject": "农贸市场禽畜气味扰民",
    "place": "云城街道农贸市场",
    "text": "来电人反映农贸市场旁活禽摊点气味大，影响居民，请管理部门处理。",
    "name": "王女士",
    "phone": "13800000009",
}  # fmt: skip


def plant() -> str:
    """The mailbox's form and some letters. What is there stays."""
    if settings.MODE != "demo":
        raise RuntimeError("the sample letters exist only in the demo")
    if Letter.objects.exists():
        return "0"
    actions.publish_mailbox()
    center = people_with(rules.CENTER)[0]
    for channel, kind, subject, text, place, about, name, organ, until in LETTERS:
        answers = {"subject": subject, "text": text, "place": place, "about": about, "name": name, "phone": "13800000002" if name else ""}
        made = actions.register(center, channel, kind, answers, {})
        if until:
            actions.classify(made.number, center, kind)
        if organ:
            _handle(made.number, organ, until)
    day = clock.today()
    actions.bring_order(center, {**ORDER, "received_at": f"{day - timedelta(days=1)} 09:20", "due_on": str(day + timedelta(days=6))})
    return str(Letter.objects.count())


def _handle(number: str, organ: str, until: str) -> None:
    """Let it go its way to where it lies."""
    center = people_with(rules.CENTER)[0]
    handler, checker = (people_with(role, organ)[0] for role in (rules.HANDLER, rules.CHECKER))
    steps = (
        ("dispatched", lambda: actions.dispatch(number, center, Organ.objects.get(code=organ))),
        ("handling", lambda: actions.sign_for(number, handler)),
        ("checking", lambda: actions.draft(number, handler, SUBSIDY if until == "checking" else ANSWER)),
        ("answered", lambda: actions.answer(number, checker)),
    )
    for state, step in steps:
        step()
        if state == until:
            return
