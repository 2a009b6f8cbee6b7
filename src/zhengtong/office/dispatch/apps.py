from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.ui.navigation import Entry


def _waiting(request: HttpRequest) -> int:
    from . import queries  # tables exist only after the apps are loaded

    return queries.waiting_count(request.person)


class DispatchConfig(AppConfig):
    name = "zhengtong.office.dispatch"
    label = "dispatch"
    verbose_name = "分发"
    navigation = (
        Entry(_("收到的文件"), "dispatch:received", ("receiver",), icon="inbox", group=_("收发"), order=40, count=_waiting),
        Entry(_("分发与签收"), "dispatch:sent", ("dispatcher", "registrar", "secretary"), icon="send", group=_("收发"), order=41),
        Entry(_("签收统计"), "dispatch:statistics", ("dispatcher", "registrar", "secretary"), icon="chart-bar", group=_("收发"), order=44),
    )

    def ready(self) -> None:
        from zhengtong.office.documents.queries.cited import look_in  # tables exist only after the apps are loaded

        from . import queries

        look_in(queries.cited)
