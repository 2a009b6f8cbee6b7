from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.ui.navigation import Entry

from . import rules

REMIND_SECONDS = 1800


def _waiting(request: HttpRequest) -> int:
    from . import queries  # tables exist only after the apps are loaded

    return queries.waiting(request.person)


class BorrowingConfig(AppConfig):
    name = "zhengtong.office.borrowing"
    label = "borrowing"
    verbose_name = _("档案利用")
    navigation = (
        #     label                  address               who            more
        Entry(_("查阅档案"),         "borrowing:find",     rules.READERS, icon="book", group=_("档案"), order=58),
        Entry(_("我的借阅"),         "borrowing:loans",    rules.READERS, icon="clock", group=_("档案"), order=59, count=_waiting),
        Entry(_("利用登记"),         "borrowing:register", ("archivist",), icon="clipboard-list", group=_("档案"), order=67),
    )  # fmt: skip

    def ready(self) -> None:
        from . import actions

        every(REMIND_SECONDS, actions.remind)
