from django.apps import AppConfig

from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.foundation.ui.navigation import Entry

HANDLERS = (
    "drafter", "unit_head", "office_reviewer", "deputy_head", "principal_head", "organ_head", "recheck",
    "registrar", "dispatcher", "archivist", "secretary", "release_reviewer",
)  # fmt: skip


class DocumentsConfig(AppConfig):
    name = "zhengtong.office.documents"
    label = "documents"
    verbose_name = "公文"
    navigation = (
        #     label            address               who          more
        Entry(_("等我办理"), "documents:home", icon="inbox", order=10),
        Entry(_("拟写公文"), "documents:draft", ("drafter",), icon="pencil", group=_("公文"), order=20),
        Entry(_("公文"), "documents:register", HANDLERS, icon="list", group=_("公文"), order=21),
    )
