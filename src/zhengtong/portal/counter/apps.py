from django.apps import AppConfig

from zhengtong.foundation.processes.ticks import every

SWEEP_SECONDS = 600


class CounterConfig(AppConfig):
    name = "zhengtong.portal.counter"
    label = "counter"
    verbose_name = "受理台"

    def ready(self) -> None:
        from zhengtong.ferry.inbox import receive

        from . import actions  # tables are known only now

        receive("case_status", actions.tell)
        receive("disclosure_desks", actions.take_desks)
        receive("mailbox", actions.take_mailbox)
        every(SWEEP_SECONDS, actions.forget)
