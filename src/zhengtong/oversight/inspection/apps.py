from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.ui.navigation import Entry

LIST_SECONDS, SWEEP_SECONDS = 5, 600


def waiting(request: HttpRequest) -> int:
    from .queries import orders_waiting  # tables are known only when the pages are asked for

    return orders_waiting(request.person)


class InspectionConfig(AppConfig):
    name = "zhengtong.oversight.inspection"
    label = "inspection"
    verbose_name = "网站巡检"
    navigation = (
        Entry(
            _("网站巡检"), "inspection:board", ("supervisor", "egov_office", "publisher", "editor"), icon="world", group=_("监督"), order=65
        ),
        Entry(
            _("网站整改"),
            "inspection:orders",
            ("supervisor", "egov_office", "publisher", "editor"),
            icon="checklist",
            group=_("监督"),
            order=66,
            count=waiting,
        ),
    )

    def ready(self) -> None:
        from zhengtong.ferry.inbox import receive

        from . import actions, arrivals  # tables are known only now

        receive("visited", arrivals.visited)
        receive("published_site", arrivals.published_site)
        every(LIST_SECONDS, actions.keep_watchlist)
        every(SWEEP_SECONDS, actions.warn)
        every(SWEEP_SECONDS, actions.urge_orders)
