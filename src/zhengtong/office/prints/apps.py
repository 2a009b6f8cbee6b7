from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhengtong.foundation.ui.navigation import Entry


class PrintsConfig(AppConfig):
    name = "zhengtong.office.prints"
    label = "prints"
    verbose_name = _("打印登记")
    navigation = (Entry(_("打印登记"), "prints:register", ("secretary",), icon="printer", group=_("公文"), order=36),)
