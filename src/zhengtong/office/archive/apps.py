from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.ui.navigation import Entry


def _waiting(request: HttpRequest) -> int:
    from . import queries  # tables exist only after the apps are loaded

    return queries.prefiled(request.person).count()


class ArchiveConfig(AppConfig):
    name = "zhengtong.office.archive"
    label = "archive"
    verbose_name = "档案"
    navigation = (
        Entry(_("待归档"), "archive:prefiled", ("archivist",), icon="archive", group=_("档案"), order=60, count=_waiting),
        Entry(_("归档文件目录"), "archive:filed", ("archivist",), icon="list", group=_("档案"), order=61),
        Entry(_("归档平衡表"), "archive:balance", ("archivist",), icon="checklist", group=_("档案"), order=62),
        Entry(_("全宗与类目"), "archive:fonds", ("archivist",), icon="sitemap", group=_("档案"), order=63),
    )
