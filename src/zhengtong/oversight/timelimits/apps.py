from django.apps import AppConfig


class TimelimitsConfig(AppConfig):
    name = "zhengtong.oversight.timelimits"
    label = "timelimits"
    verbose_name = "时限监督"
