from django.apps import AppConfig
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.slips.rules import patterns
from zhengtong.foundation.ui.navigation import Entry

HANDLERS = (
    "drafter", "unit_head", "office_reviewer", "deputy_head", "principal_head", "organ_head", "recheck",
    "registrar", "dispatcher", "archivist", "secretary", "release_reviewer",
)  # fmt: skip


def _waiting(request: HttpRequest) -> int:
    """How many lines wait for me."""
    from zhengtong.foundation.slips.queries import todo_count  # tables exist only after the apps are loaded

    return todo_count(request.person) if request.person else 0


class DocumentsConfig(AppConfig):
    name = "zhengtong.office.documents"
    label = "documents"
    verbose_name = "公文"
    navigation = (
        #     label            address               who          more
        Entry(_("等我办理"), "documents:home", icon="inbox", order=10, count=_waiting),
        Entry(_("拟写公文"), "documents:draft", ("drafter",), icon="pencil", group=_("公文"), order=20),
        Entry(_("模板和常用语"), "documents:phrases", ("secretary",), icon="file-text", group=_("公文"), order=28),
        Entry(_("办理单模板"), "slips:patterns", ("secretary",), icon="hierarchy", group=_("公文"), order=29),
        Entry(_("主送机关分组"), "documents:groups", ("secretary",), icon="users", group=_("公文"), order=30),
        Entry(_("委托代办"), "documents:absences", place="account", icon="users", order=40),
        Entry(_("离任移交"), "documents:hand_over", ("secretary",), place="account", icon="arrow-right", order=41),
        Entry(_("公文"), "documents:register", HANDLERS, icon="list", group=_("公文"), order=21),
    )
    if settings.CLASSIFIED:
        navigation += (Entry(_("涉密等级"), "documents:clearances", ("security_admin",), icon="key", group=_("管理"), order=86),)

    def ready(self) -> None:
        from .actions.scanning import resume  # the tables exist only now
        from .queries.cited import look_in, ours
        from .rules import steps

        patterns.register(steps.OUTGOING)
        patterns.register(steps.RELEASE)
        every(60, resume)
        look_in(ours)
