"""`zhengtong portal rollback [CODE]`: serve an earlier release again."""

from django.core.management.base import BaseCommand, CommandError

from zhengtong.foundation.refusal import Refused
from zhengtong.portal.pages import actions


class Command(BaseCommand):
    help = "退回到先前的发布包（缺省为前一个）"

    def add_arguments(self, parser):
        parser.add_argument("code", nargs="?", default="")

    def handle(self, *args, code, **options):
        try:
            self.stdout.write(f"正在服务 {actions.roll_back(code)}")
        except Refused as no:
            raise CommandError(str(no)) from no
