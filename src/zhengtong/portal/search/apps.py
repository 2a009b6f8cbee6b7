from django.apps import AppConfig

from zhengtong.foundation.processes.ticks import every

LOOK_SECONDS = 2  # how often the worker asks whether another release is served


class SearchConfig(AppConfig):
    name = "zhengtong.portal.search"
    label = "site_search"
    verbose_name = "站内搜索"

    def ready(self) -> None:
        from . import index

        every(LOOK_SECONDS, index.catch_up)
