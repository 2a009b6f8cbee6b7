from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "zhengtong.portal.counter"
    label = "counter"
    verbose_name = "受理台"
