"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "acknowledge": _("市级系统签收"),
    "affect": _("修改、替代或废止"),
    "answer": _("报送答复"),
    "ask": _("要求答复"),
    "close_call": _("结束征集"),
    "dispatch": _("分发"),
    "recall": _("撤回公文"),
    "refuse": _("市级系统退文"),
    "send_again": _("重新发送"),
    "send_back": _("退回答复"),
    "sign_for": _("签收"),
    "urge": _("催签收"),
    "urge_missing": _("催报"),
}
