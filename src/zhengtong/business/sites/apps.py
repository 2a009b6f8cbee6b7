from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "zhengtong.business.sites"
    label = "sites"
    verbose_name = "网站群"
