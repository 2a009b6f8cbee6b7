from django.apps import AppConfig

from zhengtong.foundation.processes.ticks import every

FOLLOW_SECONDS = 2


class FindingConfig(AppConfig):
    name = "zhengtong.portal.finding"
    label = "finding"
    verbose_name = "站内搜索"

    def ready(self) -> None:
        from . import index  # settings are known only now

        every(FOLLOW_SECONDS, index.follow)
