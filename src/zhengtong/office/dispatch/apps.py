from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "zhengtong.office.dispatch"
    label = "dispatch"
    verbose_name = "分发"
