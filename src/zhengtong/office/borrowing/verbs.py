"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "ask": _("申请借阅"),
    "grant": _("批准借阅"),
    "refuse": _("不批准借阅"),
    "withdraw": _("撤回申请"),
    "open_part": _("阅读档案"),
    "copy": _("复制档案"),
    "extend": _("续借"),
    "give_back": _("归还"),
    "recall": _("收回借阅"),
    "remind": _("提醒归还"),
}
