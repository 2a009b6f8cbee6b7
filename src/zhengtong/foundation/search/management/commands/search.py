"""`zhengtong office search rebuild`: the index made anew from what the rooms hold."""

import sys

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from zhengtong.foundation.search import actions


class Command(BaseCommand):
    help = "检索索引"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["rebuild"])

    def handle(self, *_args: object, **_options: object) -> None:
        last = ("", 0)
        for kind, done, count in actions.rebuild():
            if sys.stdout.isatty():
                self.stdout.write(f"\r{kind} {done}/{count}", ending="")
            last = (kind, done)
            if done == count:
                self.stdout.write(("\r" if sys.stdout.isatty() else "") + f"{kind} {count}")
        self.stdout.write(_("索引已重建") if last[0] else _("没有可以检索的文件"))
