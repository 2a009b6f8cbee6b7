from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.ui.navigation import Entry

SWEEP_SECONDS = 60


class TimelimitsConfig(AppConfig):
    name = "zhengtong.oversight.timelimits"
    label = "timelimits"
    verbose_name = "时限监督"
    navigation = (
        Entry(_("时限监督"), "timelimits:board", ("supervisor", "egov_office"), icon="hourglass", group=_("监督"), order=60),
        Entry(_("黄牌与红牌"), "timelimits:cards", ("supervisor",), icon="flag", group=_("监督"), order=61),
    )

    def ready(self) -> None:
        from zhengtong.ferry.inbox import receive

        from . import actions, arrivals  # tables are known only now

        receive("clock_events", arrivals.clock_events)
        every(SWEEP_SECONDS, actions.propose_cards)
