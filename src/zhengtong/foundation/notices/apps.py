from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "zhengtong.foundation.notices"
    label = "notices"
    verbose_name = "提醒"
