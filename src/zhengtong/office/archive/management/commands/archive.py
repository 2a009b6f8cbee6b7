"""`zhengtong office archive …`: the balance of a year, packages out and in, for whoever runs the network."""

from pathlib import Path
from tempfile import TemporaryFile

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.seals.keys import peer
from zhengtong.office.archive import actions, queries
from zhengtong.office.archive.models import Transfer
from zhengtong.office.archive.queries import checking, packages
from zhengtong.office.archive.rules import checks


class Command(BaseCommand):
    help = "balance 年度 归档平衡表；export、import 封装包出入；check 全宗号 年度四性检测；transfer 移交编号 --to 文件夹 写出移交载体"

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        balance = verbs.add_parser(
            "balance", help="逐个机关代字列出已登记、已归档、预归档、不归档和所缺的号，重份和与所存文件不符的；有的话以1结束"
        )
        balance.add_argument("year", type=int)
        balance.add_argument("--quick", action="store_true", help="不重新读取所存文件核对页数和摘要")
        export = verbs.add_parser("export", help="导出封装包（.eep）")
        export.add_argument("numbers", nargs="+", metavar="档号")
        export.add_argument("--to", type=Path, default=Path(), metavar="文件夹")
        take_in = verbs.add_parser("import", help="核验并导入封装包，恢复原件；有不能导入的以1结束")
        take_in.add_argument("files", nargs="+", type=Path, metavar="文件")
        take_in.add_argument("--key", type=Path, help="移交方的公钥（keys export所得），只用于这一次")
        check = verbs.add_parser("check", help="年度四性检测；有不合格的以1结束，须回答的由档案员在屏幕上回答")
        check.add_argument("fonds", metavar="全宗号")
        transfer = verbs.add_parser("transfer", help="把已移交的载体写到文件夹或光盘")
        transfer.add_argument("code", metavar="移交编号")
        transfer.add_argument("--to", type=Path, default=Path(), metavar="文件夹")

    def handle(self, *args, verb, **options):
        getattr(self, {"import": "take_in", "check": "check_fonds"}.get(verb, verb))(**options)

    def balance(self, year, quick, **_options):
        sheet = queries.balance_of(Organ.objects.all(), year, compare=not quick)
        for row in sheet.rows:
            missing = ",".join(str(n) for n in row.missing) or "-"
            counts = f"{row.registered}\t{row.filed}\t{row.prefiled}\t{row.waived}"
            self.stdout.write(f"{row.series}\t{row.organ}\t{counts}\t{missing}")
        double, wrong = _("重份"), _("不符")
        for same in sheet.doubles:
            self.stdout.write(f"{double}\t{'、'.join(str(item) for item in same)}")
        for item, name in sheet.faults:
            self.stdout.write(f"{wrong}\t{item}\t{name}")
        if any(row.missing for row in sheet.rows) or sheet.doubles or sheet.faults:
            raise SystemExit(1)

    def export(self, numbers, to, **_options):
        """One file for each number."""
        to.mkdir(parents=True, exist_ok=True)
        for number in numbers:
            with TemporaryFile() as out:
                try:
                    name = actions.export([number], None, out)
                except Refused as no:
                    raise CommandError(f"{number}：{no}") from no
                out.seek(0)
                (to / name).write_bytes(out.read())
            self.stdout.write(str(to / name))

    def take_in(self, files, key, **_options):
        keys = [self._key(key)] if key else []
        refused = 0
        for file in files:
            try:
                for name, package in packages.unpacked(file.read_bytes(), file.name):
                    refused += self._one(name, package, keys)
            except (Refused, OSError) as no:
                self.stderr.write(f"{file.name}：{no}")
                refused += 1
        if refused:
            raise SystemExit(1)

    def check_fonds(self, fonds, **_options):
        try:
            run = actions.check_yearly(fonds, None, limit=None)
        except Refused as no:
            raise CommandError(str(no)) from no
        for one in checking.shown(run):
            result, name = one.finding.get_result_display() if one.finding else _("待回答"), _(one.check.name)
            faults = one.finding.evidence.get("faults", []) if one.finding else []
            self.stdout.write(f"{one.code}\t{result}\t{name}\t{'；'.join(' '.join(fault) for fault in faults) or '-'}")
        if checking.standing(run) == checks.Result.BAD:
            raise SystemExit(1)

    def transfer(self, code, to, **_options):
        made = Transfer.objects.filter(code=code).first()
        if made is None:
            raise CommandError(_("没有这次移交"))
        try:
            self.stdout.write(str(actions.copy_out(made, to)))
        except (Refused, OSError) as no:
            raise CommandError(str(no)) from no

    def _one(self, name, package, keys):
        try:
            item = actions.take_in(package, None, keys)
        except Refused as no:
            self.stderr.write(f"{name}：{no}")
            return 1
        self.stdout.write(f"{item.archive_number}\t{item.title}")
        return 0

    def _key(self, path):
        try:
            return peer(path.read_text()).signing
        except (OSError, ValueError) as error:
            raise CommandError(_("%(file)s不是导出的公钥") % {"file": path}) from error
