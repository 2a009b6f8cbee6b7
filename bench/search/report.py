"""How fast and how completely the portal's search answers, beside what it could be compared with in the same run."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
WAYS = {
    "search": "our search: ranks, count, page of 20, words marked",
    "bare": "bare FTS5 query, same index, 20 rows",
    "scan": "plain scan of all texts in memory",
}


def measured(home: str) -> dict[str, object]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ZT_") or k in ("ZT_STATUTES", "ZT_BENCH_ARTICLES")}
    kept |= {"ZT_HOME": home, "ZT_MODE": "demo", "DJANGO_SETTINGS_MODULE": "zhengtong.settings.portal", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-m", "bench.search.measure"], cwd=ROOT, env=kept, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"bench.search.measure: {done.returncode}")
    return json.loads(done.stdout)


def run() -> None:
    print("Searching the public site 站内搜索: questions of 2 to 6 characters, one after another.")
    with tempfile.TemporaryDirectory(prefix="zt-bench-") as home:
        found = measured(home)
    real = (
        f"{found['statutes']:,} of them articles of statutes"
        if found["statutes"]
        else "all generated: ZT_STATUTES names no folder of statutes"
    )
    print(f"{found['articles']:,} articles of {found['characters']:.0f} characters on average, {real}; ", end="")
    print(f"SQLite {found['sqlite']}, Python {found['python']}")
    print(f"index made in {found['making']:.0f} s, {found['megabytes']:.0f} MB; ", end="")
    print(f"one article's edit followed in {found['following'] * 1000:.0f} ms\n")
    print(f"  {'':<52}{'p50 ms':>9}{'p95 ms':>9}")
    for way, said in WAYS.items():
        print(f"  {said:<52}{found[way]['p50']:>9.2f}{found[way]['p95']:>9.2f}")
    ours = found["search"]["p95"]
    print(f"\n  p95: {ours / found['scan']['p95']:.3f} of the scan's, {ours / found['bare']['p95']:.1f} times the bare query's")
    print(f"  recall {found['recall']:.4f} (worst {found['worst']:.4f}) of what the scan found, {found['wrong']} wrong, ", end="")
    print(f"{found['answered']} of {found['questions']} questions stand somewhere")
    print(f"  (no more than 1,000 answers are counted; the commonest question stands in {found['most']:,} articles)")
