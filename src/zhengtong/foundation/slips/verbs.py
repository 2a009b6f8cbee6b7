"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "add_line": _("加签"),
    "arrange_urging": _("调整自动催办规则"),
    "begin": _("开出办理单"),
    "complete": _("办理"),
    "delegate": _("转办"),
    "drop_pattern": _("放弃办理单模板草稿"),
    "end_absence": _("结束委托"),
    "entrust": _("委托代办"),
    "export_pattern": _("导出办理单模板"),
    "follow": _("关注"),
    "hand_over": _("移交"),
    "import_pattern": _("导入办理单模板"),
    "keep_pattern": _("保存办理单模板草稿"),
    "name_handler": _("指定经办人"),
    "publish_pattern": _("启用办理单模板"),
    "return": _("退回"),
    "stop": _("终止办理单"),
    "supervise": _("督办"),
    "switch_urging": _("本件自动催办开关"),
    "unfollow": _("取消关注"),
    "urge": _("催办"),
    "withdraw": _("撤回"),
}
