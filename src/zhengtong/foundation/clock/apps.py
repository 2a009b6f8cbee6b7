from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "zhengtong.foundation.clock"
    label = "clock"
    verbose_name = "时限"
