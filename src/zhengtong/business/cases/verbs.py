"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "accept": _("受理"),
    "accept_by_silence": _("逾期视为受理"),
    "ask_completion": _("一次告知补正"),
    "complete": _("补正"),
    "decide": _("决定"),
    "examine": _("审查"),
    "not_accept": _("不予受理"),
    "rate": _("评价"),
    "receive": _("收件"),
}
