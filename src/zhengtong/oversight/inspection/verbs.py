"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "enter": _("登记网站"),
    "take": _("检查网站"),
    "warn": _("预警"),
}
