from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.ui.navigation import Entry

HANDLERS = ("letters_center", "letters_handler", "letters_checker", "letters_confidential")


def waiting(request: HttpRequest) -> int:
    """How many letters wait for this person."""
    from .queries import waiting

    return waiting(request.person).count()


class LettersConfig(AppConfig):
    name = "zhengtong.business.letters"
    label = "letters"
    verbose_name = "群众来信"
    navigation = (Entry(_("群众来信"), "letters:list", HANDLERS, icon="mail", group=_("群众来信"), order=36, count=waiting),)

    def ready(self) -> None:
        from zhengtong.ferry.inbox import receive

        from . import arrivals  # tables are known only now

        receive("letter", arrivals.letter)
