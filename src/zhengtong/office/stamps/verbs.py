"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "apply": _("申请刻制"),
    "make": _("制作"),
    "refuse": _("不予刻制"),
    "file": _("备案"),
    "activate": _("启用"),
    "suspend": _("停用"),
    "resume": _("恢复使用"),
    "cancel": _("缴销"),
    "hand_over": _("移交保管"),
    "use": _("用印"),
}
