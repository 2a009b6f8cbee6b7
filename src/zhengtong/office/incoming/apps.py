from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.slips.rules import patterns
from zhengtong.foundation.ui.navigation import Entry

EXCHANGE_SECONDS = 60
PEOPLE = ("receiver", "secretary", "principal_head", "deputy_head", "organ_head", "unit_head", "office_reviewer")


def _unregistered(request: HttpRequest) -> int:
    from . import queries  # tables exist only after the apps are loaded

    return len(queries.unregistered(request.person)) + queries.arrived(request.person).count()


class IncomingConfig(AppConfig):
    name = "zhengtong.office.incoming"
    label = "incoming"
    verbose_name = "收文"
    navigation = (
        #     label               address              who           more
        Entry(_("收文"), "incoming:register", PEOPLE, icon="file-import", group=_("收发"), order=39, count=_unregistered),
        Entry(_("登记纸质来文"), "incoming:enter", ("receiver",), icon="file-plus", group=_("收发"), order=42),
    )

    def ready(self) -> None:
        from zhengtong.office.dispatch import actions as dispatches
        from zhengtong.office.documents.queries.cited import look_in

        from . import actions, queries
        from .rules import steps

        patterns.register(steps.KIND)
        look_in(queries.cited)
        dispatches.on_recall(actions.recalled)
        every(EXCHANGE_SECONDS, actions.exchange)
