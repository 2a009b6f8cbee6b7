"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "answer": _("答复整改"),
    "drop": _("撤销整改"),
    "enter": _("登记网站"),
    "keep_watchlist": _("送出巡检名单"),
    "look_again": _("要求立即巡检"),
    "order": _("下达整改"),
    "recheck": _("复查整改"),
    "stop": _("停止巡检"),
    "take": _("检查网站"),
    "take_published": _("收到发布情况"),
    "urge_orders": _("整改逾期提醒"),
    "warn": _("预警"),
}
