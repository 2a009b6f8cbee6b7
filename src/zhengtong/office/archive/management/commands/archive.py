"""`zhengtong office archive …`: the balance of a year, packages out and in, for whoever runs the network."""

from pathlib import Path
from tempfile import TemporaryFile

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zhengtong.foundation.orgs.models import Organ
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.seals.keys import peer
from zhengtong.office.archive import actions, queries
from zhengtong.office.archive.queries import packages


class Command(BaseCommand):
    help = "balance YEAR 归档平衡表；export 档号… --to 文件夹 导出封装包；import 文件… [--key 公钥] 导入封装包"

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        balance = verbs.add_parser("balance", help="逐个机关代字列出已登记、已归档、预归档和所缺的号；有缺的以1结束")
        balance.add_argument("year", type=int)
        export = verbs.add_parser("export", help="导出封装包（.eep）")
        export.add_argument("numbers", nargs="+", metavar="档号")
        export.add_argument("--to", type=Path, default=Path(), metavar="文件夹")
        take_in = verbs.add_parser("import", help="核验并导入封装包，恢复原件；有不能导入的以1结束")
        take_in.add_argument("files", nargs="+", type=Path, metavar="文件")
        take_in.add_argument("--key", type=Path, help="移交方的公钥（keys export所得），只用于这一次")

    def handle(self, *args, verb, **options):
        getattr(self, "take_in" if verb == "import" else verb)(**options)

    def balance(self, year, **_options):
        rows = queries.balance_of(Organ.objects.all(), year)
        for row in rows:
            missing = ",".join(str(n) for n in row.missing) or "-"
            self.stdout.write(f"{row.series}\t{row.organ}\t{row.registered}\t{row.filed}\t{row.prefiled}\t{missing}")
        if any(row.missing for row in rows):
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
