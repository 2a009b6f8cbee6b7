"""`zhengtong business release`: make and send the next release of a site now, or list the files of the last one, signed."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from zhengtong.business.sites import queries
from zhengtong.business.sites.models import Site
from zhengtong.business.sites.publishing import store
from zhengtong.business.sites.publishing.release import release
from zhengtong.foundation.seals.keys import network_keys


class Command(BaseCommand):
    help = "生成并送出站点的发布包"

    def add_arguments(self, parser):
        parser.add_argument("site", nargs="?", help="站点代码，缺省为全部站点")
        parser.add_argument("--full", action="store_true", help="全部页面重新生成")
        parser.add_argument("--resend", action="store_true", help="送出全部文件（门户缺文件时）")
        parser.add_argument(
            "--files", type=Path, metavar="FILE", help="不发布，只把现行版每个文件的SM3写入FILE，签名写入FILE.sig，供站点检查"
        )

    def handle(self, *args, site, full, resend, files, **options):
        sites = [queries.site(site)] if site else list(Site.objects.all())
        for one in sites:
            if one is None:
                raise CommandError(f"没有站点{site}")
            if files:
                self._list(one, files)
                continue
            made = release(one, full=full, resend=resend)
            self.stdout.write(f"{made}：{made.files}个文件，新文件{made.fresh}个" if made else f"{one}：没有变化")

    def _list(self, site, place):
        """What stands on the site by the last release, for whoever compares it with what is served."""
        last = queries.last_release(site)
        if last is None:
            raise CommandError(f"{site}还没有发布过")
        text = json.dumps({"release": last.code, "files": store.read(last, site).files()}, ensure_ascii=False, sort_keys=True).encode()
        place.write_bytes(text)
        place.with_name(f"{place.name}.sig").write_text(network_keys().sign(text).hex())
        self.stdout.write(f"{last.code}：{last.files}个文件")
