"""`zhengtong business release`: make and send the next release of a site now."""

from django.core.management.base import BaseCommand, CommandError

from zhengtong.business.sites import queries
from zhengtong.business.sites.models import Site
from zhengtong.business.sites.publishing.release import release


class Command(BaseCommand):
    help = "生成并送出站点的发布包"

    def add_arguments(self, parser):
        parser.add_argument("site", nargs="?", help="站点代码，缺省为全部站点")
        parser.add_argument("--full", action="store_true", help="全部页面重新生成")
        parser.add_argument("--resend", action="store_true", help="送出全部文件（门户缺文件时）")

    def handle(self, *args, site, full, resend, **options):
        sites = [queries.site(site)] if site else list(Site.objects.all())
        for one in sites:
            if one is None:
                raise CommandError(f"没有站点{site}")
            made = release(one, full=full, resend=resend)
            self.stdout.write(f"{made}：{made.files}个文件，新文件{made.fresh}个" if made else f"{one}：没有变化")
