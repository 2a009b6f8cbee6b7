from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.ui.navigation import Entry

SWEEP_SECONDS = 600


class InspectionConfig(AppConfig):
    name = "zhengtong.oversight.inspection"
    label = "inspection"
    verbose_name = "网站巡检"
    navigation = (
        Entry(
            _("网站巡检"), "inspection:board", ("supervisor", "egov_office", "publisher", "editor"), icon="world", group=_("监督"), order=65
        ),
    )

    def ready(self) -> None:
        from . import actions  # tables are known only now

        every(SWEEP_SECONDS, actions.warn)
