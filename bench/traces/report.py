"""How the time to show and to verify the traces grows with the edits, against reading the same rows and doing nothing."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
WAYS = {"bare": "read the rows", "draft": "marked-up draft", "page": "… as the page", "verified": "verify everything"}


def run() -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ZT_")}
    with tempfile.TemporaryDirectory(prefix="zt-bench-") as home:
        kept |= {"ZT_HOME": home, "ZT_MODE": "demo", "DJANGO_SETTINGS_MODULE": "zhengtong.settings.office", "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run([sys.executable, "-m", "bench.traces.measure"], cwd=ROOT, env=kept, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"bench.traces.measure: {done.returncode}")
    told = json.loads(done.stdout)
    print(
        f"\nTraces 留痕 of {told['hands']} people, SQLite, Python {told['python']}, one thread, the middle of {told['rounds']} rounds; ms"
    )
    print(f"  {'edits':>6}{'steps':>7}{'characters':>12}" + "".join(f"{name:>20}" for name in WAYS.values()))
    for row in told["found"]:
        print(f"  {row['edits']:>6}{row['steps']:>7}{row['characters']:>12}" + "".join(f"{row[way]:>20.1f}" for way in WAYS))
        if not row["holds"]:
            print("  the traces do NOT replay to the text")
    first, last = told["found"][0], told["found"][-1]
    print(
        f"  at {last['edits']} edits, of reading the rows: " + ", ".join(f"{WAYS[w]} {last[w] / last['bare']:.1f}×" for w in list(WAYS)[1:])
    )
    grown = last["edits"] / first["edits"]
    print(
        f"  from {first['edits']} to {last['edits']} edits, {grown:.0f}×: "
        + ", ".join(f"{WAYS[w]} {last[w] / first[w]:.1f}×" for w in WAYS)
    )
