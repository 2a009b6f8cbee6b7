"""`zhengtong NETWORK calendar FILE --notice 文号`: loads the State Council's yearly holiday notice."""

import csv
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zhengtong.foundation.clock.actions import load_notice
from zhengtong.foundation.clock.rules import LIMITS

WORKING = {"班": True, "上班": True, "1": True, "休": False, "放假": False, "0": False}


def rows(file: Path) -> list[tuple[date, bool, str]]:
    """The days of the sheet (日期, 班或休, 事由), all of them or an objection that names the row."""
    found = []
    with file.open(encoding="utf-8-sig", newline="") as sheet:
        for number, row in enumerate(csv.reader(sheet), 1):
            if not any(row) or row[0].strip() in ("日期", "date", "day"):
                continue
            try:
                found.append((date.fromisoformat(row[0].strip()), WORKING[row[1].strip()], row[2].strip() if len(row) > 2 else ""))
            except (ValueError, KeyError, IndexError) as error:
                raise CommandError(_("第%(row)d行不是“日期,班或休,事由”：%(text)s") % {"row": number, "text": ",".join(row)}) from error
    if not found:
        raise CommandError(_("%(file)s中没有日期") % {"file": file})
    return found


class Command(BaseCommand):
    help = "导入年度放假安排（CSV：日期,班或休,事由），重算在计时的期限"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--notice", required=True, help="通知文号，如 国办发明电〔2026〕7号")

    def handle(self, *args, file, notice, **options):
        try:
            days = rows(file)
        except OSError as error:
            raise CommandError(str(error)) from error
        recount = load_notice(days, notice, None)
        self.stdout.write(_("已按%(notice)s载入%(count)d天") % {"notice": notice, "count": recount.days})
        self.stdout.write(_("重算后有%(count)d个期限变动") % {"count": len(recount.moved)})
        for one in recount.moved:
            self.stdout.write(f"{one.subject}  {_(LIMITS[one.limit].label)}  {one.before} → {one.after}")
