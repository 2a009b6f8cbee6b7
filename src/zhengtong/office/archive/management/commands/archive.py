"""`zhengtong office archive balance YEAR`: registered against filed, for every organ of the network."""

from django.core.management.base import BaseCommand

from zhengtong.foundation.orgs.models import Organ
from zhengtong.office.archive import queries


class Command(BaseCommand):
    help = "balance YEAR: 归档平衡表，逐个机关代字列出已登记、已归档、预归档和所缺的号；有缺的以1结束"

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["balance"])
        parser.add_argument("year", type=int)

    def handle(self, *args, year, **options):
        rows = queries.balance_of(Organ.objects.all(), year)
        for row in rows:
            missing = ",".join(str(n) for n in row.missing) or "-"
            self.stdout.write(f"{row.series}\t{row.organ}\t{row.registered}\t{row.filed}\t{row.prefiled}\t{missing}")
        if any(row.missing for row in rows):
            raise SystemExit(1)
