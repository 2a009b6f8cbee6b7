from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "zhengtong.business.cases"
    label = "cases"
    verbose_name = "办件"
