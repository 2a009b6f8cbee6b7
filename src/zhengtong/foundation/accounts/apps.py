from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.ui.navigation import Entry


class AccountsConfig(AppConfig):
    name = "zhengtong.foundation.accounts"
    label = "accounts"
    verbose_name = "账号"
    navigation = (
        Entry(_("账号"), "accounts:accounts", ("system_admin", "security_admin"), icon="users", group=_("账号与权限"), order=80),
        Entry(_("职位授权"), "accounts:grants", ("security_admin",), icon="shield-check", group=_("账号与权限"), order=81),
        Entry(_("待两人同意"), "accounts:motions", ("system_admin", "security_admin"), icon="shield-lock", group=_("账号与权限"), order=82),
        Entry(_("我的账号"), "accounts:me", icon="id", place="account", order=10),
    )
