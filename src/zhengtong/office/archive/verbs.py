"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "add_class": _("增设分类"),
    "confirm": _("确认归档"),
    "open_fonds": _("开设全宗"),
    "prefile": _("预归档"),
}
