"""`zhengtong NETWORK keys init | export FILE | trust FILE --yes | show`."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zhengtong.foundation.audit.actions import action, record
from zhengtong.foundation.audit.rules import Actor, ActorKind
from zhengtong.foundation.seals import keys


@action
def note_trust(found: keys.Peer, by: object) -> None:
    """Believe a network's key from now on, under the name of whoever compared the fingerprints."""
    before = keys.trusted(found.network)
    record(by, "seals.trust", found.network, {"fingerprint": found.fingerprint, "before": before.fingerprint if before else ""})
    keys.trust(found)


def administrator(by: str) -> object:
    """The security administrator with this account; where no accounts are kept, the name as it was given."""
    if settings.MODE == "production" and not by:
        raise CommandError(_("正式环境须由安全保密管理员操作：--by 账号"))
    if not by:
        return None
    if not apps.is_installed("zhengtong.foundation.accounts"):
        return Actor(ActorKind.PERSON, by, by)
    from zhengtong.foundation.accounts import models, queries  # the portal has no such tables

    account = models.Account.objects.filter(username=by, is_active=True).select_related("person").first()
    if account is None or not queries.holds(account.person, "security_admin"):
        raise CommandError(_("%(by)s不是本网在岗的安全保密管理员") % {"by": by})
    return account


class Command(BaseCommand):
    help = "本网密钥：init 生成；export 导出公钥；trust 信任另一网的公钥；show 显示"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["init", "export", "trust", "show"])
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--yes", action="store_true", help="已核对指纹")
        parser.add_argument("--by", default="", help="安全保密管理员的账号（正式环境必填）")

    def handle(self, *args, verb, file, yes, by, **options):
        if verb in ("export", "trust") and file is None:
            raise CommandError(_("请给出文件名"))
        getattr(self, verb)(file, yes, by)

    def init(self, *_unused):
        made = keys.initialise()
        self.stdout.write(_("已生成密钥，指纹 %(print)s") % {"print": keys.own().fingerprint} if made else _("密钥已存在，没有改动"))

    def export(self, file, *_unused):
        file.write_text(keys.own().text())
        self.stdout.write(_("公钥已导出，指纹 %(print)s") % {"print": keys.own().fingerprint})

    def trust(self, file, yes, by):
        try:
            found = keys.peer(file.read_text())
        except (OSError, ValueError) as error:
            raise CommandError(_("这不是导出的公钥文件")) from error
        if found.network == settings.NETWORK or settings.CLASSIFIED:
            raise CommandError(_("公钥中的网络名不对：%(network)s") % {"network": found.network})
        self.stdout.write(f"{found.network}  SM3 {found.fingerprint}")
        if (before := keys.trusted(found.network)) and before != found:
            self.stdout.write(_("将替换原来信任的公钥 %(print)s") % {"print": before.fingerprint})
        if not yes:
            raise CommandError(_("请与对方当面或电话核对指纹，一致后加 --yes"), returncode=3)
        note_trust(found, administrator(by))
        self.stdout.write(_("已信任 %(network)s") % {"network": found.network})

    def show(self, *_unused):
        for found in [keys.own(), *keys.all_trusted()]:
            self.stdout.write(f"{found.network:<12} {found.fingerprint}")
