from django.apps import AppConfig


class SlipsConfig(AppConfig):
    name = "zhengtong.foundation.slips"
    label = "slips"
    verbose_name = "办理单"
