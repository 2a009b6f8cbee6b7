from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.processes.ticks import every
from zhengtong.foundation.ui.navigation import Entry

READERS = ("editor", "unit_reader", "office_reader", "publisher")
TIMED_SECONDS, RELEASE_SECONDS, ALL_SECONDS = 5, 3, 120


def waiting(request: HttpRequest) -> int:
    from .desk.queries import waiting  # tables are known only when the pages are asked for

    return waiting(request.person)


class SitesConfig(AppConfig):
    name = "zhengtong.business.sites"
    label = "sites"
    verbose_name = _("网站群")
    navigation = (
        Entry(_("文章"), "sites:articles", READERS, icon="news", group=_("网站"), order=20, count=waiting),
        Entry(_("导入文章"), "sites:intake", ("editor",), icon="upload", group=_("网站"), order=24),
        Entry(_("网站群"), "sites:rooms", READERS, icon="building-community", group=_("网站"), order=23),
        Entry(_("编辑台"), "wagtailadmin_home", ("editor", "publisher"), icon="edit", group=_("网站"), order=21),
        Entry(_("发布包"), "sites:releases", ("editor", "publisher"), icon="package", group=_("网站"), order=22),
    )

    def ready(self) -> None:
        from zhengtong.ferry.inbox import receive

        from . import inbox  # tables are known only now
        from .desk import timed
        from .publishing import release

        receive("public_document", inbox.public_document)
        every(TIMED_SECONDS, timed.do_due)
        every(RELEASE_SECONDS, release.release_what_changed)
        every(ALL_SECONDS, release.release_all)
