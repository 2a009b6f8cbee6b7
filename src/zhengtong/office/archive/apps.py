from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.ui.navigation import Entry


def _waiting(request: HttpRequest) -> int:
    from . import queries  # tables exist only after the apps are loaded

    return queries.prefiled(request.person).count()


def _due(request: HttpRequest) -> int:
    from .queries import checking

    return sum(one.due for one in checking.due(request.person))


class ArchiveConfig(AppConfig):
    name = "zhengtong.office.archive"
    label = "archive"
    verbose_name = "档案"
    navigation = (
        Entry(_("待归档"), "archive:prefiled", ("archivist",), icon="archive", group=_("档案"), order=60, count=_waiting),
        Entry(_("归档文件目录"), "archive:filed", ("archivist",), icon="list", group=_("档案"), order=61),
        Entry(_("归档平衡表"), "archive:balance", ("archivist",), icon="checklist", group=_("档案"), order=62),
        Entry(_("四性检测"), "archive:runs", ("archivist",), icon="shield-check", group=_("档案"), order=63, count=_due),
        Entry(_("档案移交"), "archive:transfers", ("archivist",), icon="ship", group=_("档案"), order=64),
        Entry(_("全宗与类目"), "archive:fonds", ("archivist",), icon="sitemap", group=_("档案"), order=66),
    )
