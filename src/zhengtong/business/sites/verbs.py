"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "choose_review": _("设定审核方式"),
    "close_room": _("关停子站"),
    "create": _("新建稿件"),
    "delete": _("删除稿件"),
    "edit": _("修改稿件"),
    "gather": _("设定汇集规则"),
    "lock": _("锁定稿件"),
    "open_room": _("开通子站"),
    "pass": _("审核通过"),
    "place": _("放到栏目"),
    "plant": _("放入站点"),
    "publish": _("发布"),
    "pull": _("紧急撤下"),
    "lay_draft": _("收到其他部门送来的稿件"),
    "receive": _("收到公开文件"),
    "release": _("生成版本"),
    "release_refused": _("网站拒收版本"),
    "release_serving": _("网站启用版本"),
    "reopen_room": _("恢复子站"),
    "return": _("审核退回"),
    "revert": _("恢复旧稿"),
    "stop_gathering": _("取消汇集规则"),
    "take_off": _("从栏目取下"),
    "time": _("定时"),
    "time_cancel": _("取消定时"),
    "time_failed": _("定时没有完成"),
    "unlock": _("解锁稿件"),
    "withdraw": _("撤下"),
}
