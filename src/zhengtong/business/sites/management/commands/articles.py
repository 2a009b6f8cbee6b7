"""`zhengtong business articles`: check and take in the articles of an older site from a table."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from zhengtong.business.sites import tables
from zhengtong.business.sites.actions import intake as actions
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.refusal import Refused


class Command(BaseCommand):
    help = "导入文章：check 文件 只检查；import 文件 导入成草稿。表头和网页上“导入文章”的相同。"

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["check", "import"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="操作人账号")

    def handle(self, *args, verb, file, by, **options):
        account = Account.objects.filter(username=by).first()
        if account is None:
            raise CommandError("没有这个账号", returncode=1)
        try:
            found, problems = tables.read(file.read_bytes(), file.name)
            good, bad = actions.judge(found, account)
            left = [(one.line, one.title, str(Refused(one.objection))) for one in sorted([*problems, *bad], key=lambda one: one.line)]
            if verb == "import":
                made = actions.take_in(file.name, found, problems, account)
                left = [(row["line"], row["title"], row["why"]) for row in made.left]
        except OSError as no:
            raise CommandError(f"读不到文件：{no.strerror}", returncode=1) from no
        except Refused as no:
            raise CommandError(str(no), returncode=1) from no
        for line, title, why in left:
            self.stdout.write(f"第{line}行 {title}：{why}")
        self.stdout.write(f"{'已导入' if verb == 'import' else '可以导入'}{len(good)}篇，不能导入{len(left)}行")
