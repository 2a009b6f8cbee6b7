from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zhengtong.business.sites.desk"
    label = "desk"
    verbose_name = "编辑台"
