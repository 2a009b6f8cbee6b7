from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.ui.navigation import Entry

LAPSE_SECONDS = 60
MATCH_SECONDS = 120
HANDLERS = ("disclosure_clerk", "disclosure_head")


def waiting(request: HttpRequest) -> int:
    """How many requests wait for this person."""
    from .queries import waiting

    return waiting(request.person).count()


class DisclosureConfig(AppConfig):
    name = "zhengtong.business.disclosure"
    label = "disclosure"
    verbose_name = "政府信息公开"
    navigation = (
        Entry(_("依申请公开"), "disclosure:list", HANDLERS, icon="inbox", group=_("信息公开"), order=30, count=waiting),
        Entry(_("主动公开目录"), "disclosure:catalogue", HANDLERS, icon="list", group=_("信息公开"), order=31),
        Entry(_("年度报告"), "disclosure:reports", HANDLERS, icon="report", group=_("信息公开"), order=33),
        Entry(_("公开指南"), "disclosure:desk", HANDLERS, icon="info-circle", group=_("信息公开"), order=34),
    )

    def ready(self) -> None:
        from zhengtong.ferry.inbox import receive

        from . import actions, arrivals  # tables are known only now

        receive("information_request", arrivals.information_request)
        every(MATCH_SECONDS, actions.match)
        every(LAPSE_SECONDS, actions.lapse_consultations)
