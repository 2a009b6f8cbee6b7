"""`zhengtong NETWORK inspect`: let the probe visit the sites and take in what it saw.

The probe is a process of its own, without database and keys; only the file it leaves is read here. Where it stands
on another machine, `--take FOLDER` reads the files that were carried here, each named after its site.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import zhengtong
from zhengtong.foundation.refusal import Refused
from zhengtong.oversight.inspection import actions
from zhengtong.oversight.inspection.models import Site


class Command(BaseCommand):
    help = "巡检列入的网站"

    def add_arguments(self, parser):
        parser.add_argument("site", nargs="*", help="网站代码，缺省为全部")
        parser.add_argument("--enter", metavar="ADDRESS", help="先把这个地址列入巡检；同时给出一个代码")
        parser.add_argument("--only-enter", action="store_true", help="只列入，不去看；由探针去看")
        parser.add_argument("--name", default="")
        parser.add_argument("--organ", default="")
        parser.add_argument("--domain", default="")
        parser.add_argument("--take", type=Path, metavar="FOLDER", help="读取探针机送来的 代码.json，不出去访问")
        parser.add_argument("--rate", default="20")
        parser.add_argument("--pages", default="2000")
        parser.add_argument("--allow-private", action="store_true", help="允许访问内部地址；演示时总是允许")

    def handle(self, *args, **options):
        if options["enter"]:
            if len(options["site"]) != 1:
                raise CommandError("--enter 须给出一个代码")
            (code,) = options["site"]
            old = Site.objects.filter(code=code).first()
            known = {"name": old.name, "organ": old.organ, "domain": old.domain} if old else {"name": code, "organ": "", "domain": ""}
            given = {key: options[key] or text for key, text in known.items()}
            actions.enter(code, address=options["enter"], **given)
            if options["only_enter"]:
                return
        sites = Site.objects.filter(code__in=options["site"]) if options["site"] else Site.objects.all()
        for site in sites:
            try:
                seen = self._carried(site, options["take"]) if options["take"] else self._visit(site, options)
                if seen is None:
                    continue
                visit = actions.take(site.code, seen)
            except Refused as no:
                raise CommandError(str(no)) from no
            passed = all(row["passed"] for row in visit.scores)
            self.stdout.write(f"{site}：网页{visit.pages}，问题{visit.findings.count()}，{'合格' if passed else '不合格'}")
        self.stdout.write(f"新提醒{actions.warn()}次")

    def _carried(self, site, folder):
        path = folder / f"{site.code}.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None

    def _visit(self, site, options):
        """One run of the probe; its state file lets the next run go on where this one was broken off."""
        home = Path(settings.NETWORK_HOME) / "tmp"
        with tempfile.TemporaryDirectory(dir=home if home.exists() else None) as folder:
            saved = Path(folder) / "seen.json"
            words = [
                "--rate",
                options["rate"],
                "--pages",
                options["pages"],
                "--save",
                str(saved),
                "--state",
                str(home / f"{site.code}.visit"),
            ]
            if options["allow_private"] or settings.MODE == "demo":
                words.append("--allow-private")
            command = [sys.executable, "-m", "zhengtong.cli", "site", "check", site.address, "--json", *words]
            here = {**os.environ, "PYTHONPATH": str(Path(zhengtong.__file__).parents[1])}
            done = subprocess.run(command, env=here, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
            if not saved.exists():
                raise CommandError(done.stderr.strip() or f"{site.address}：探针没有结果")
            return json.loads(saved.read_text(encoding="utf-8"))
