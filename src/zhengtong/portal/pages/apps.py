from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "zhengtong.portal.pages"
    label = "pages"
    verbose_name = "页面"
