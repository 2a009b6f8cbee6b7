"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "cancel": _("撤项"),
    "climb": _("逾期上报"),
    "confirm": _("确认办结"),
    "decide": _("批复延期"),
    "extend": _("申请延期"),
    "finish": _("报请办结"),
    "open_item": _("立项督办"),
    "report": _("报告进展"),
    "send_back": _("退回再办"),
    "urge": _("催办"),
}
