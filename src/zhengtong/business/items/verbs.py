"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "change": _("修改事项"),
    "create": _("编制事项"),
    "publish": _("发布事项"),
    "withdraw": _("停办事项"),
}
