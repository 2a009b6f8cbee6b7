from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.ui.navigation import Entry

SILENCE_SECONDS = 60


class CasesConfig(AppConfig):
    name = "zhengtong.business.cases"
    label = "cases"
    verbose_name = "办件"
    navigation = (Entry(_("办件"), "cases:list", ("window_clerk", "examiner", "approver"), icon="inbox", group=_("一线办理"), order=10),)

    def ready(self) -> None:
        from zhengtong.ferry.inbox import receive

        from . import actions, arrivals  # tables are known only now

        receive("application", arrivals.application)
        receive("rating", arrivals.rating)
        every(SILENCE_SECONDS, actions.accept_overdue)
