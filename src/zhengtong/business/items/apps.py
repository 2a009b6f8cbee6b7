from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.ui.navigation import Entry


class ItemsConfig(AppConfig):
    name = "zhengtong.business.items"
    label = "items"
    verbose_name = "事项"
    navigation = (
        Entry(_("事项与指南"), "items:list", ("item_manager",), icon="clipboard-list", group=_("一线办理"), order=11),
        Entry(_("实施清单"), "items:rows", ("item_manager", "approver"), icon="list", group=_("一线办理"), order=12),
    )
