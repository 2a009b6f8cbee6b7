from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "zhengtong.office.archive"
    label = "archive"
    verbose_name = "档案"
