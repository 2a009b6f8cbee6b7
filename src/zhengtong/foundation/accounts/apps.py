from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.ui.navigation import Entry

CLEARING_SECONDS = 3600.0


def waiting_accounts(request: HttpRequest) -> int:
    """How many accounts wait for the security administrator."""
    from .queries import pending  # models are not loaded yet when the apps are

    return pending().count() if "security_admin" in request.roles else 0


def waiting_motions(request: HttpRequest) -> int:
    """How many requests of another administrator wait for this one."""
    from .queries import motions  # as above

    return motions().exclude(asked_by=request.person).count()


class AccountsConfig(AppConfig):
    name = "zhengtong.foundation.accounts"
    label = "accounts"
    verbose_name = "账号"
    navigation = (
        Entry(
            _("账号"),
            "accounts:accounts",
            ("system_admin", "security_admin"),
            icon="users",
            group=_("账号与权限"),
            order=80,
            count=waiting_accounts,
        ),
        Entry(_("职位授权"), "accounts:grants", ("security_admin",), icon="shield-check", group=_("账号与权限"), order=81),
        Entry(
            _("待两人同意"),
            "accounts:motions",
            ("system_admin", "security_admin"),
            icon="shield-lock",
            group=_("账号与权限"),
            order=82,
            count=waiting_motions,
        ),
        Entry(_("我的账号"), "accounts:me", icon="id", place="account", order=10),
    )

    def ready(self) -> None:
        from django.contrib.sessions.backends.db import SessionStore  # its table is not loaded before

        every(CLEARING_SECONDS, SessionStore.clear_expired)
