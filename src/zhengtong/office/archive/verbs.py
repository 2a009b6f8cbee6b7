"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "add_class": _("增设分类"),
    "add_plan": _("增设归类规则"),
    "confirm": _("确认归档"),
    "drop_plan": _("撤销归类规则"),
    "export": _("导出封装包"),
    "open_fonds": _("开设全宗"),
    "prefile": _("预归档"),
    "take_in": _("导入封装包"),
}
