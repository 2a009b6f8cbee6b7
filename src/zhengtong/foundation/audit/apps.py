from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.ui.navigation import Entry

CHECKPOINT_SECONDS = 60


class AuditConfig(AppConfig):
    name = "zhengtong.foundation.audit"
    label = "audit"
    verbose_name = "审计"
    navigation = (Entry(_("审计日志"), "audit:log", ("auditor",), icon="list", group=_("审计"), order=90),)

    def ready(self) -> None:
        from . import checkpoints  # tables are known only now

        every(CHECKPOINT_SECONDS, checkpoints.write)
