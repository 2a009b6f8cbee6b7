from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.ui.navigation import Entry

SWEEP_SECONDS = 60
PEOPLE = ("archivist", "unit_head", "office_reviewer", "release_reviewer", "classifier", "organ_head", "principal_head")


def _waiting(request: HttpRequest) -> int:
    from . import queries  # tables exist only after the apps are loaded

    return queries.waiting(request.person)


class AppraisalConfig(AppConfig):
    name = "zhengtong.office.appraisal"
    label = "appraisal"
    verbose_name = "档案鉴定"
    navigation = (Entry(_("档案鉴定"), "appraisal:sheets", PEOPLE, icon="history", group=_("档案"), order=65, count=_waiting),)

    def ready(self) -> None:
        from . import actions

        every(SWEEP_SECONDS, actions.sweep)
