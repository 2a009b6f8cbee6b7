from django.apps import AppConfig


class NumbersConfig(AppConfig):
    name = "zhengtong.foundation.numbers"
    label = "numbers"
    verbose_name = "编号"
