"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "create": _("新建稿件"),
    "delete": _("删除稿件"),
    "edit": _("修改稿件"),
    "lock": _("锁定稿件"),
    "plant": _("放入站点"),
    "publish": _("发布"),
    "receive": _("收到公开文件"),
    "release": _("生成版本"),
    "release_refused": _("网站拒收版本"),
    "release_serving": _("网站启用版本"),
    "revert": _("恢复旧稿"),
    "unlock": _("解锁稿件"),
    "withdraw": _("撤下"),
}
