from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "zhengtong.foundation.files"
    label = "files"
    verbose_name = "文件"
