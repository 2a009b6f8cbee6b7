from django.apps import AppConfig


class SealsConfig(AppConfig):
    name = "zhengtong.foundation.seals"
    label = "seals"
    verbose_name = "密钥与印章"
