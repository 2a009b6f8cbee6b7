from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.ui.navigation import Entry

URGE_SECONDS = 1800


def _to_read(request: HttpRequest) -> int:
    from . import queries  # tables exist only after the apps are loaded

    return queries.mine_count(request.person) if request.person else 0


class CirculationConfig(AppConfig):
    name = "zhengtong.office.circulation"
    label = "circulation"
    verbose_name = "传阅"
    navigation = (
        #     label                address             who                                                    more
        Entry(_("传阅给我的"), "circulation:mine", icon="eye", order=11, count=_to_read),
        Entry(
            _("传阅件"), "circulation:kept", ("secretary", "receiver", "registrar", "dispatcher"), icon="users", group=_("收发"), order=43
        ),
    )

    def ready(self) -> None:
        from . import actions

        every(URGE_SECONDS, actions.urge_overdue)
