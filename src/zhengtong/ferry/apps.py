from django.apps import AppConfig


class FerryConfig(AppConfig):
    name = "zhengtong.ferry"
    label = "ferry"
    verbose_name = "摆渡"
