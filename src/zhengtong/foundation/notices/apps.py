from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.ui.navigation import Entry


def waiting(request: HttpRequest) -> int:
    """How many notices the person has not read."""
    from .queries import unread_count  # models are not loaded yet when the apps are

    return unread_count(request.person) if request.person else 0


class NoticesConfig(AppConfig):
    name = "zhengtong.foundation.notices"
    label = "notices"
    verbose_name = "提醒"
    navigation = (Entry(_("提醒"), "notices:list", icon="bell", order=90, count=waiting),)
