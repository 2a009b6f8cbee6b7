"""What the audit log calls this room's verbs."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "activate": _("启用账号"),
    "agree": _("同意变更审计员"),
    "appoint": _("任命"),
    "ask": _("提请变更审计员"),
    "bind_device": _("绑定动态口令器"),
    "change_pin": _("更改口令"),
    "change_secret": _("更改密码"),
    "create_account": _("开设账号"),
    "disable": _("停用账号"),
    "drop": _("不同意变更审计员"),
    "grant": _("授权"),
    "lock_key": _("锁定签名密钥"),
    "lock_out": _("锁定账号"),
    "make_key": _("制发签名密钥"),
    "plant": _("放入账号"),
    "reset_secret": _("重置密码"),
    "restore": _("恢复账号"),
    "second_factor": _("通过第二因素"),
    "sign_in": _("登录"),
    "sign_in_failed": _("登录失败"),
    "sign_out": _("退出"),
    "time_out": _("超时退出"),
    "unlock": _("解锁"),
    "withdraw": _("收回授权"),
    "wrong_code": _("动态口令错误"),
    "wrong_pin": _("口令错误"),
}
