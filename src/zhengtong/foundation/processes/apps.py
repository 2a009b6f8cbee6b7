from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "zhengtong.foundation.processes"
    label = "processes"
    verbose_name = "进程"

    def ready(self) -> None:
        from . import checks  # noqa: F401  registers the production checks
