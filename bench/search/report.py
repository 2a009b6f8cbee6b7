"""Runs the measurement in a process of its own and prints it."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def run() -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ZT_") or k == "ZT_BENCH_TEXTS"}
    with tempfile.TemporaryDirectory(prefix="zt-bench-") as home:
        kept |= {"ZT_HOME": home, "ZT_MODE": "demo", "DJANGO_SETTINGS_MODULE": "zhengtong.settings.portal", "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run([sys.executable, "-m", "bench.search.measure"], cwd=ROOT, env=kept, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"bench.search.measure: {done.returncode}")
    told = json.loads(done.stdout)
    print(
        f"\nSearch 站内搜索: {told['articles']:,} articles, {told['characters'] / 1e6:.0f} million characters in {told['pieces']} pieces, "
        f"{told['source']}; SQLite {told['sqlite']}, Python {told['python']}, one thread"
    )
    print(f"  made from nothing in {told['building']:.0f} s, {told['megabytes']:.0f} MB; one article corrected: {told['following']:.0f} ms")
    print(f"  {'characters':<12}{'queries':>8}{'recall':>8}{'false':>7}{'p50 ms':>8}{'p95 ms':>8}{'bare p95':>10}{'scan p50':>10}")
    for row in told["found"]:
        print(
            f"  {row['size']:<12}{row['queries']:>8}{row['recall']:>8.3f}{row['false']:>7}{row['p50']:>8.1f}{row['p95']:>8.1f}"
            f"{row['bare']:>10.1f}{row['scan']:>10.0f}"
        )
    bare, ahead = told["p95"] / told["bare"], told["scan"] / told["p50"]
    print(f"  all: p95 {told['p95']:.1f} ms, {bare:.1f}× the bare index; {ahead:.0f} times ahead of a scan")
