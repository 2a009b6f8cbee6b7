"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "roll_back": _("退回旧版本"),
    "serve": _("启用版本"),
}
