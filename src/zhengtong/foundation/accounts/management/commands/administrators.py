"""`zhengtong NETWORK administrators SYSTEM SECURITY AUDITOR`: the first three accounts of a network, once."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zhengtong.foundation.accounts import rules
from zhengtong.foundation.accounts.actions import opening
from zhengtong.foundation.refusal import Refused

ROLES = ("system_admin", "security_admin", "auditor")


class Command(BaseCommand):
    help = "启用本网：按人员代码任命首任系统管理员、安全保密管理员、安全审计员，初始口令只显示一次"

    def add_arguments(self, parser):
        for role in ROLES:
            parser.add_argument(role, metavar=role.upper(), help=_(rules.ROLES[role].name))

    def handle(self, *args, **options):
        try:
            opened = opening.appoint({role: options[role] for role in ROLES})
        except Refused as no:
            raise CommandError(str(no), returncode=1) from no
        for role, (account, secret) in opened.items():
            self.stdout.write(f"{_(rules.ROLES[role].name)}\t{account.username}\t{secret}")
        self.stdout.write(_("初始口令只显示这一次，请分别当面交给本人；首次登录时须更换"))
