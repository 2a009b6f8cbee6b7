from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class SealsConfig(AppConfig):
    name = "zhengtong.foundation.seals"
    label = "seals"
    verbose_name = _("密钥与印章")

    def ready(self) -> None:
        from . import checks  # settings are read only now

        register(checks.ciphers)
