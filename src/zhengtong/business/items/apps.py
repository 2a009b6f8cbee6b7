from django.apps import AppConfig


class ItemsConfig(AppConfig):
    name = "zhengtong.business.items"
    label = "items"
    verbose_name = "事项"
