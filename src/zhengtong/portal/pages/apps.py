from django.apps import AppConfig

from zhengtong.foundation.processes.ticks import every

SWEEP_SECONDS = 3600


class PagesConfig(AppConfig):
    name = "zhengtong.portal.pages"
    label = "pages"
    verbose_name = "页面"

    def ready(self) -> None:
        from zhengtong.ferry.inbox import receive

        from . import actions  # tables are known only now

        receive("release", actions.release)
        every(SWEEP_SECONDS, actions.sweep)
