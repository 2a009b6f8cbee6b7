"""One run in a process of its own: `python -m bench.publish.measure HUGO` prints one JSON object; HUGO is where its content is written."""

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import django

from . import hugo
from .size import EDITS, WARM

STEPS = ("edit", "plan, render, sign", "pack", "carry", "check and switch", "read")


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from zhengtong.business.sites.desk.models import Article
    from zhengtong.business.sites.models import Column, Release
    from zhengtong.business.sites.publishing import release as publisher
    from zhengtong.ferry.actions import pack_due
    from zhengtong.ferry.arrival import accept_all

    from . import content

    call_command("migrate", verbosity=0)
    call_command("keys", "init", verbosity=0)
    home = Path(os.environ["ZT_HOME"])
    call_command("keys", "export", str(home / "business.key"), verbosity=0)
    portal = _portal(home)
    call_command("keys", "trust", str(home / "portal.key"), yes=True, verbosity=0, stdout=sys.stderr)
    portal.stdin.write(f"{home / 'business.key'}\n")
    portal.stdin.flush()

    began = time.monotonic()
    site, writer, reader = content.load()
    found: dict[str, object] = {"loading": time.monotonic() - began}
    rows = Article.objects.values_list("public_path", "title", "published_at", "body").iterator()
    hugo.write(
        Path(sys.argv[1]),
        [(column.path, column.name) for column in Column.objects.all()],
        ((path, title, at.isoformat(), body) for path, title, at, body in rows),
    )

    def carried(path: str, words: str) -> dict[str, float]:
        began = time.perf_counter()
        pack_due()
        packed = time.perf_counter()
        there = home / "portal" / "trays" / "in"
        there.mkdir(parents=True, exist_ok=True)
        for package in sorted((settings.TRAYS / "out" / "portal").glob("*")):
            os.replace(package, there / package.name)
        moved = time.perf_counter()
        portal.stdin.write(f"{path}\t{words}\n")
        portal.stdin.flush()
        told = json.loads(portal.stdout.readline())
        if not told.pop("good"):
            raise SystemExit(f"the portal does not serve {path}: {told}")
        for package in sorted((home / "portal" / "trays" / "out" / "business").glob("*")):  # its receipts, outside the clock
            os.replace(package, settings.TRAYS / "in" / package.name)
        accept_all()
        return {"pack": 1000 * (packed - began), "carry": 1000 * (moved - packed), **told}

    began = time.monotonic()
    first = publisher.release(site)
    found |= {"full": time.monotonic() - began, "files": first.files}
    began = time.monotonic()
    carried("/", "云岭县人民政府")
    found["first arrival"] = time.monotonic() - began

    taken = defaultdict(list)
    for turn, article in enumerate(Article.objects.filter(column__site__main=site).order_by("?")[: EDITS + WARM]):
        title = f"{article.title}（更正{turn}）"
        began = time.perf_counter()
        article.title = title
        article.save_revision(user=writer)
        article.publish_newest(reader, reserve="量速度")
        edited = time.perf_counter()
        publisher.release_what_changed()
        released = time.perf_counter()
        steps = {"edit": 1000 * (edited - began), "plan, render, sign": 1000 * (released - edited)}
        steps |= carried(f"/{article.public_path}/", title)
        if turn >= WARM:
            for name in STEPS:
                taken[name].append(steps[name])
            taken["whole"].append(sum(steps[name] for name in STEPS))
    found |= {"steps": taken, "releases": Release.objects.count()}
    portal.stdin.close()
    portal.wait(timeout=30)
    json.dump(found, sys.stdout)


def _portal(home: Path) -> subprocess.Popen[str]:
    made = subprocess.Popen(
        [sys.executable, "-m", "bench.publish.portal", str(home / "portal.key")],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "zhengtong.settings.portal"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    while line := made.stdout.readline():
        if line.strip() == "ready":
            return made
    raise SystemExit("the portal's process did not begin")


if __name__ == "__main__":
    main()
