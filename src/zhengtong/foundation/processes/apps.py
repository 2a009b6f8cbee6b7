from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "zhengtong.foundation.processes"
    label = "processes"
    verbose_name = "进程"
