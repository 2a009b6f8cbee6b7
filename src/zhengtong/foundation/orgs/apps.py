from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.ui.navigation import Entry


def _waiting(_request: HttpRequest) -> int:
    from . import queries  # tables are known only when a page is asked for

    return queries.count_changes()


class OrgsConfig(AppConfig):
    name = "zhengtong.foundation.orgs"
    label = "orgs"
    verbose_name = _("组织机构")
    navigation = (
        #     label                address             who sees it                          more
        Entry(_("组织机构"), "orgs:directory", (), icon="building", group=_("通讯录"), order=80),
        Entry(_("人员"), "orgs:people", (), icon="users", group=_("通讯录"), order=81),
        Entry(_("导入导出"), "orgs:import", ("system_admin", "security_admin"), icon="upload", group=_("管理"), order=84),
        Entry(_("任职变动"), "orgs:changes", ("security_admin",), icon="checklist", group=_("管理"), order=85, count=_waiting),
    )
