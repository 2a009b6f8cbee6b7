"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "add": _("增加传阅人"),
    "circulate": _("传阅"),
    "read": _("阅毕"),
    "recall": _("收回传阅"),
    "remove": _("减少传阅人"),
    "urge": _("催阅"),
}
