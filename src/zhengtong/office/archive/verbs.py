"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "accept": _("登记移交接收"),
    "add_class": _("增设分类"),
    "add_plan": _("增设归类规则"),
    "answer": _("回答人工检测项"),
    "check": _("四性检测"),
    "check_transfer": _("移交检测"),
    "confirm": _("确认归档"),
    "destroy": _("销毁"),
    "drop": _("撤销移交"),
    "drop_plan": _("撤销归类规则"),
    "export": _("导出封装包"),
    "hand_over": _("移交档案"),
    "open_fonds": _("开设全宗"),
    "open_up": _("开放档案"),
    "prefile": _("预归档"),
    "prepare": _("提出移交"),
    "reclassify": _("变更密级"),
    "reinstate": _("恢复归档"),
    "take_in": _("导入封装包"),
    "waive": _("定为不归档"),
}
