from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.ui.navigation import Entry


class SearchConfig(AppConfig):
    name = "zhengtong.foundation.search"
    label = "search"
    verbose_name = "检索"
    navigation = (Entry(_("查找"), "search:find", icon="search", order=14),)

    def ready(self) -> None:
        from zhengtong.foundation.audit.actions import follow  # tables are known only now

        from . import actions

        follow(actions.refresh)
