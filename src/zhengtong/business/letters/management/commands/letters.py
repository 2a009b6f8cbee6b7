"""`zhengtong business letters import FILE --by ACCOUNT`: the city's 12345 orders, a CSV file with a heading row."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zhengtong.business.letters import actions
from zhengtong.foundation.accounts.models import Account
from zhengtong.foundation.refusal import Refused

COLUMNS = {
    "工单编号": "order", "受理时间": "received_at", "办结时限": "due_on", "类别": "kind", "标题": "subject", "内容": "text",
    "地点": "place", "反映对象": "about", "姓名": "name", "电话": "phone",
}  # fmt: skip
MUST = ("工单编号", "受理时间", "办结时限", "内容")


class Command(BaseCommand):
    help = "import 文件 --by 账号：导入12345工单（CSV，首行为列名）；逐行说明没有导入的原因，其余照常导入"

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        take_in = verbs.add_parser("import", help="导入12345工单")
        take_in.add_argument("file", type=Path, metavar="文件")
        take_in.add_argument("--by", required=True, metavar="账号", help="以受理中心哪一位的名义")

    def handle(self, *args, file, by, **options):
        account = Account.objects.select_related("person").filter(username=by).first()
        if account is None or account.person is None:
            raise CommandError(_("没有账号“%(name)s”") % {"name": by}, returncode=1)
        try:
            with file.open(encoding="utf-8-sig", newline="") as stream:
                reader = csv.DictReader(stream)
                if missing := [name for name in MUST if name not in (reader.fieldnames or ())]:
                    raise CommandError(_("缺少列：%(names)s") % {"names": "、".join(missing)}, returncode=1)
                rows = [{COLUMNS[k]: v or "" for k, v in row.items() if k in COLUMNS} for row in reader]
        except (OSError, UnicodeDecodeError, csv.Error) as no:
            raise CommandError(str(no), returncode=1) from no
        done = 0
        for line, row in enumerate(rows, start=2):
            try:
                actions.bring_order(account.person, row)
                done += 1
            except Refused as no:
                self.stderr.write(_("第%(line)d行没有导入：%(why)s") % {"line": line, "why": str(no)})
        self.stdout.write(_("✓ 已导入%(done)d件，共%(all)d行") % {"done": done, "all": len(rows)})
