"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "confirm": _("确认任职变动"),
    "import": _("导入组织机构"),
    "refuse": _("退回任职变动"),
    "take_over": _("接收组织机构"),
}
