from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "zhengtong.foundation.search"
    label = "search"
    verbose_name = "检索"
