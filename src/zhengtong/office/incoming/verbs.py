"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "arrive": _("收到来文"),
    "check": _("初审"),
    "circulate": _("送传阅"),
    "close": _("办结"),
    "decline": _("辞谢承办"),
    "exchange": _("收到城市交换件"),
    "finish": _("报告办理结果"),
    "instruct": _("批示"),
    "propose": _("拟办"),
    "recalled": _("来文被撤回"),
    "refuse_parcel": _("拒收交换件"),
    "register": _("登记来文"),
    "reply": _("答复来文"),
    "return_": _("退回"),
    "send_back": _("退文"),
    "send_parcel": _("发出交换件"),
    "transcribe": _("代录批示"),
    "urge": _("催办"),
    "withdraw": _("撤回"),
}
