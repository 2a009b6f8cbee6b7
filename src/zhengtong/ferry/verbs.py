"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "import": _("导入交换包"),
    "pack": _("封装交换包"),
    "refuse": _("拒收交换包"),
    "replay": _("拒收重复的包"),
    "send": _("交付传递"),
    "settle": _("了结交换问题"),
    "queued": _("待封装"),
    "packed": _("已封装"),
    "delivered": _("对方已接收"),
    "refused": _("对方拒收"),
    "failing": _("导入失败"),
    "gap": _("发现缺号"),
    "aside": _("另存可疑文件"),
    "unsent": _("未能封装"),
}
