from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.ui.navigation import Entry


def _waiting(request: HttpRequest) -> int:
    from . import queries  # tables exist only after the apps are loaded

    return queries.waiting(request.person)


class StampsConfig(AppConfig):
    name = "zhengtong.office.stamps"
    label = "stamps"
    verbose_name = "电子印章"
    navigation = (
        Entry(
            _("电子印章"),
            "stamps:list",
            ("secretary", "seal_maker", "seal_keeper"),
            icon="rubber-stamp",
            group=_("公文"),
            order=35,
            count=_waiting,
        ),
    )
