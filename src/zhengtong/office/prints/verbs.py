"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "register": _("打印登记"),
    "end": _("登记收回或销毁"),
}
