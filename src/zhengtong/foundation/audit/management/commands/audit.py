"""`zhengtong NETWORK audit verify | show SM3 | checkpoint`."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from zhengtong.foundation.audit import checkpoints, rules
from zhengtong.foundation.audit.models import Entry


class Command(BaseCommand):
    help = "verify: 校验全部审计链与检查点；show SM3: 显示一条记录；checkpoint: 立即签一个检查点"

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["verify", "show", "checkpoint"])
        parser.add_argument("digest", nargs="?", default="")

    def handle(self, *args, verb, digest, **options):
        getattr(self, verb)(digest)

    def verify(self, _digest):
        found = checkpoints.verify()
        for finding in found:
            self.stdout.write(f"✗ {finding.chain} #{finding.seq}: {_(rules.FAULTS[finding.fault])} [{finding.fault}]")
        if found:
            raise CommandError(_("审计链有%(count)d处问题") % {"count": len(found)}, returncode=1)
        self.stdout.write(_("✓ 审计链完好：%(count)d条记录") % {"count": Entry.objects.count()})

    def show(self, digest):
        entry = Entry.objects.filter(hash__startswith=digest.lower()).first() if len(digest) >= 8 else None
        if entry is None:
            raise CommandError(_("没有摘要为%(digest)s的记录") % {"digest": digest}, returncode=1)
        self.stdout.write(
            json.dumps({"hash": entry.hash, "previous": entry.previous, "seq": entry.seq, **entry.fields()}, ensure_ascii=False, indent=2)
        )

    def checkpoint(self, _digest):
        point = checkpoints.write()
        self.stdout.write(_("已签检查点") if point else _("自上个检查点以来没有变化"))
