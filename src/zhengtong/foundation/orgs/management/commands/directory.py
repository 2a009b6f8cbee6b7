"""`zhengtong NETWORK directory import FILE | export FILE [--table organs]`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zhengtong.foundation.orgs import actions, sheets
from zhengtong.foundation.orgs.queries import whole
from zhengtong.foundation.orgs.rules import tables
from zhengtong.foundation.refusal import Refused


class Command(BaseCommand):
    help = "import FILE: 导入组织机构（CSV或XLSX，逐行报错，有错即全部不导入）；export FILE: 导出"

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["import", "export"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--table", choices=list(tables.BY_NAME), default="organs", help="CSV一次导出一张表")

    def handle(self, *args, verb, file, table, **options):
        if verb == "export":
            self.hand_out(file, table)
        else:
            self.take_in(file)

    def hand_out(self, file: Path, table: str) -> None:
        rows = whole.tables()
        csv = file.suffix.lower() == ".csv"
        file.write_bytes(sheets.write_csv(tables.BY_NAME[table], rows[table]) if csv else sheets.write_xlsx(rows))
        self.stdout.write(_("已导出到%(file)s") % {"file": file})

    def take_in(self, file: Path) -> None:
        try:
            outcome = actions.take_in(sheets.read(file.read_bytes(), file.name), by=None, source=file.name)
        except actions.RowsRefused as no:
            for problem in no.problems:
                self.stderr.write(
                    f"{_(tables.BY_NAME[problem.table].heading)} {problem.row} {problem.heading}: {Refused(problem.objection)}"
                )
            raise CommandError(str(no), returncode=1) from no
        except (Refused, OSError) as no:
            raise CommandError(str(no), returncode=1) from no
        for name, new, changed, same in outcome.lines():
            self.stdout.write(
                _("%(table)s：新增%(new)d，变更%(changed)d，不变%(same)d") % {"table": name, "new": new, "changed": changed, "same": same}
            )
