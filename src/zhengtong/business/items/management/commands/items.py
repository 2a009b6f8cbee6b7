"""`zhengtong business items export FILE | check FILE --by ACCOUNT | import FILE --by ACCOUNT`: the implementation list in and out."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zhengtong.business.items import actions, files, queries
from zhengtong.business.items.models import Implementation
from zhengtong.business.items.rules.implementation import BY_KEY
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused


class Command(BaseCommand):
    help = "实施清单：export 文件 写出各项的最新一版；check 文件 --by 账号 逐行检查；import 文件 --by 账号 导入为草稿（XLSX、CSV、JSON）"

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        export = verbs.add_parser("export", help="写出各项的最新一版，按文件名的后缀定格式")
        export.add_argument("file", type=Path, metavar="文件")
        for verb, words in (("check", "逐行检查，什么也不改"), ("import", "有一行不对就全部不导入")):
            one = verbs.add_parser(verb, help=words)
            one.add_argument("file", type=Path, metavar="文件")
            one.add_argument("--by", required=True, metavar="账号", help="以哪一位事项管理员的名义")
            one.add_argument("--claimed", action="store_true", help="这是上级下发的清单")

    def handle(self, *args, verb, file, **options):
        try:
            if verb == "export":
                self.export(file)
            else:
                self.take_in(file, only_check=verb == "check", **options)
        except (Refused, OSError) as no:
            raise CommandError(str(no), returncode=1) from no

    def export(self, file):
        kind = file.suffix.lstrip(".").lower()
        if kind not in files.TYPES:
            raise CommandError(_("只接收XLSX、CSV或JSON文件"), returncode=1)
        rows = list(queries.newest(Implementation.objects.all()))
        file.write_bytes(files.written(rows, kind))
        self.stdout.write(_("✓ 已写出%(n)d项") % {"n": len(rows)})

    def take_in(self, file, by, claimed, *, only_check, **_options):
        account = Account.objects.select_related("person").filter(username=by).first()
        organs = accounts.roles_by_organ(account.person).get("item_manager", ()) if account and account.person else ()
        organ = Organ.objects.filter(pk__in=organs).order_by("code").first()
        if organ is None:
            raise CommandError(_("账号“%(name)s”不是事项管理员") % {"name": by}, returncode=1)
        with file.open("rb") as stream:
            rows, problems = files.read(stream.read(files.MOST_MB * 1024 * 1024 + 1), file.name)
        outcome, more = actions.rehearse(rows, organ, claimed=claimed)
        for problem in (*problems, *more):
            field = BY_KEY.get(problem.objection.field)
            self.stdout.write(f"{problem.row}\t{_(field.label) if field else '-'}\t{actions.spoken(problem.objection).text}")
        if problems or more:
            raise CommandError(_("有%(count)d处错误，未导入任何内容") % {"count": len(problems) + len(more)}, returncode=1)
        if not only_check:
            outcome = actions.take_in(rows, organ, account.person, claimed=claimed)
        counts = {"new": len(outcome.new), "changed": len(outcome.changed), "same": len(outcome.same)}
        said = _("新增%(new)d项，变更%(changed)d项，不变%(same)d项") % counts
        self.stdout.write(said if only_check else "✓ " + said)
