from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "zhengtong.portal.pages"
    label = "pages"
    verbose_name = "页面"

    def ready(self) -> None:
        from zhengtong.ferry.inbox import receive

        from . import actions  # tables are known only now

        receive("release", actions.release)
