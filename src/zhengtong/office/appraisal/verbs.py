"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "draw_up": _("拟制鉴定表"),
    "judge": _("填写鉴定意见"),
    "leave_out": _("移出鉴定表"),
    "submit": _("送审鉴定表"),
    "approve": _("审核鉴定表"),
    "decide": _("批准鉴定表"),
    "return": _("退回鉴定表"),
    "drop": _("撤销鉴定表"),
    "witness": _("监销清点"),
    "destroy": _("执行销毁"),
    "remove": _("清除已销毁的内容"),
}
