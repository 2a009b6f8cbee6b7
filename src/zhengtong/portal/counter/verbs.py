"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "complete": _("提交补正"),
    "forget": _("清除过期件"),
    "rate": _("评价"),
    "submit": _("提交申请"),
    "take_desks": _("更新信息公开受理机关"),
    "take_mailbox": _("更新信箱表单"),
    "tell": _("告知办理状态"),
    "wrong_code": _("查询码错误"),
}
