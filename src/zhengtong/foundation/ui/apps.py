from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "zhengtong.foundation.ui"
    label = "ui"
    verbose_name = "界面"
