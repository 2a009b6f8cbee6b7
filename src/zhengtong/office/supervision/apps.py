from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.ui.navigation import Entry

CLIMB_SECONDS = 1800
PEOPLE = ("secretary", "receiver", "office_reviewer", "principal_head", "deputy_head", "organ_head")


def _waiting(request: HttpRequest) -> int:
    from . import queries  # tables exist only after the apps are loaded

    return queries.open_count(request.person) if request.person else 0


class SupervisionConfig(AppConfig):
    name = "zhengtong.office.supervision"
    label = "supervision"
    verbose_name = "督办"
    navigation = (
        #     label          address              who     more
        Entry(_("督办"), "supervision:board", PEOPLE, icon="flag", group=_("收发"), order=45, count=_waiting),
    )

    def ready(self) -> None:
        from . import actions

        every(CLIMB_SECONDS, actions.climb)
