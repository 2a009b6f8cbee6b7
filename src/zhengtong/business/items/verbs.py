"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "approve": _("审核公布实施清单"),
    "change": _("修改事项"),
    "create": _("编制事项"),
    "draft": _("编制实施清单"),
    "publish": _("发布事项"),
    "send_back": _("退回实施清单"),
    "submit": _("提交审核实施清单"),
    "withdraw": _("停办事项"),
}
