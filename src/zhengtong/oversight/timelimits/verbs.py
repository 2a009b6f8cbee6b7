"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "confirm": _("发牌"),
    "dismiss": _("不予发牌"),
    "propose_card": _("拟发牌"),
    "report": _("收到时限"),
}
