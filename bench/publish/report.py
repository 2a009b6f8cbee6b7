"""Ours and Hugo's in one run, on a memory-backed folder where there is one, else on the disk; `ZT_BENCH_AT` names another folder."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from . import hugo
from .measure import STEPS
from .size import ARTICLES, EDITS, ROOMS

ROOT = Path(__file__).resolve().parent.parent.parent
MEMORY = Path("/dev/shm")
EDIT_GOAL, FULL_GOAL = 1000, 3


def measured(home: Path) -> dict[str, object]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ZT_") or k in ("ZT_STATUTES", "ZT_BENCH_ARTICLES")}
    kept |= {
        "ZT_HOME": str(home / "ours"), "ZT_MODE": "demo", "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "zhengtong.settings.business",
    }  # fmt: skip
    (home / "ours").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "bench.publish.measure", str(home / "hugo")], cwd=ROOT, env=kept, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise SystemExit(f"bench.publish.measure: {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def run() -> None:
    base = Path(os.environ.get("ZT_BENCH_AT") or (MEMORY if os.access(MEMORY, os.W_OK) else tempfile.gettempdir()))
    print(f"Publishing 发布: {ROOMS} rooms, {ARTICLES:,} articles, in {'memory' if base == MEMORY else 'a folder of the disk'}")
    with tempfile.TemporaryDirectory(prefix="zt-bench-", dir=base) as folder:
        found = measured(Path(folder))
        print(
            f"  loaded in {found['loading']:.0f} s; a full render of {found['files']:,} files, signed and queued: {found['full']:.1f} s",
            end="",
        )
        print(f" (its arrival at the portal, proof and switch {found['first arrival']:.1f} s)")
        print(f"\n  one article, from the edit to the page that a visitor reads, {EDITS} times, milliseconds:")
        for name in (*STEPS, "whole"):
            row = sorted(found["steps"][name])
            print(f"    {name:<22}median {statistics.median(row):7.1f}   slowest {row[-1]:7.1f}")
        tool = hugo.install(Path(folder) / "tool")
        if isinstance(tool, str):
            print(f"\n  {tool}; nothing is compared")
            return
        took, files, version = hugo.build(tool, Path(folder) / "hugo")
    edit = statistics.median(found["steps"]["whole"]) / 1000
    print(f"\n  Hugo {version}: {files:,} files of the same articles, lists and feeds in {took:.1f} s")
    for what, ratio, goal in (("one edit", took / edit, EDIT_GOAL), ("a full render", took / found["full"], FULL_GOAL)):
        print(f"  {what:<14} {ratio:8.1f} times ahead of Hugo's full build   goal {goal}: {'kept' if ratio >= goal else 'missed'}")
