from django.apps import AppConfig

from zhengtong.foundation.processes.ticks import every

URGE_SECONDS = 1800


class SlipsConfig(AppConfig):
    name = "zhengtong.foundation.slips"
    label = "slips"
    verbose_name = "办理单"

    def ready(self) -> None:
        from .actions import urging  # the tables exist only now

        every(URGE_SECONDS, urging.urge_due)
