from django.apps import AppConfig, apps
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.ui.navigation import Entry

HEADS_SECONDS, DIRECTORY_SECONDS, SWEEP_SECONDS = 3600, 600, 24 * 3600


def _troubles(_request: HttpRequest) -> int:
    from . import queries  # tables are known only when a page is asked for

    return queries.troubles().count()


class FerryConfig(AppConfig):
    name = "zhengtong.ferry"
    label = "ferry"
    verbose_name = "摆渡"
    navigation = (
        #     label            address       who sees it                         more
        Entry(_("网间摆渡"), "ferry:desk", ("system_admin",), "arrows-exchange", _("管理"), 86, count=_troubles),  # type: ignore[arg-type]  # lazy texts
    )

    def ready(self) -> None:
        from zhengtong.foundation.clock.actions import on_event

        from . import contracts, outbox, reports  # tables are known only now
        from .inbox import receive

        if settings.NETWORK == "oversight":
            contracts.HOSTS["oversight"] = "oversight"  # this process is supervision apart
        on_event(reports.clock_event)
        receive("audit_heads", reports.take_heads)
        every(HEADS_SECONDS, reports.send_heads)
        every(SWEEP_SECONDS, outbox.sweep)
        if apps.is_installed("zhengtong.foundation.orgs"):
            receive("directory", reports.take_directory)
            every(DIRECTORY_SECONDS, reports.send_directory)
