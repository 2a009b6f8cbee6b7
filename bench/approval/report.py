"""Both databases, one after the other, and the table."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import provide

ROOT = Path(__file__).resolve().parent.parent.parent


def measured(home: str, address: str = "") -> dict[str, object]:
    """What one database came to, measured in a process with settings of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ZT_")}
    kept |= {"ZT_HOME": home, "ZT_MODE": "demo", "DJANGO_SETTINGS_MODULE": "zhengtong.settings.office", "PYTHONPATH": str(ROOT / "src")}
    if address:
        kept["ZT_DATABASE_URL"] = address
    done = subprocess.run([sys.executable, "-m", "bench.approval.measure"], cwd=ROOT, env=kept, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"bench.approval.measure: {done.returncode}")
    return json.loads(done.stdout)


GOALS = {"SQLite": 4, "PostgreSQL": 3}  # with eight workers, at most so many times the time of bare SQL


def goals(found: dict[str, object]) -> list[str]:
    """Which goals were kept, and by how much the others were missed."""
    said = []
    for workers in sorted({row["workers"] for row in found["results"]}):
        ours, bare, spiff = (row["rate"] for row in found["results"] if row["workers"] == workers)
        bound = GOALS[str(found["durability"]["version"]).split()[0]]
        times = bare / ours
        kept = "kept" if times <= bound else f"missed, {times / bound:.2f} times too slow"
        said.append(f"{workers} worker{'s' if workers > 1 else ''}: {times:.1f}× bare SQL, goal {bound}×: {kept}")
        ahead = "kept" if ours >= spiff else f"missed, {spiff / ours:.2f} times too slow"
        said.append(f"{workers} worker{'s' if workers > 1 else ''}: {ours / spiff:.2f}× SpiffWorkflow's speed, goal ahead of it: {ahead}")
    return said


def show(found: dict[str, object]) -> None:
    settings = dict(found["durability"])
    print(f"\n{settings.pop('version')}: {', '.join(f'{k} = {v}' for k, v in settings.items())}; Python {found['python']}")
    print(f"  {'workers':<9}{'way':<22}{'steps/s':>9}{'ms/step':>9}{'of bare SQL':>13}   rounds")
    for row in found["results"]:
        bare = next(r["rate"] for r in found["results"] if r["workers"] == row["workers"] and r["way"].startswith("bare"))
        rounds = " ".join(f"{rate:.0f}" for rate in row["rounds"])
        ms = 1000 * row["workers"] / row["rate"]
        print(f"  {row['workers']:<9}{row['way']:<22}{row['rate']:>9.0f}{ms:>9.1f}{row['rate'] / bare:>12.2f}×   {rounds}")
    for said in goals(found):
        print(f"  {said}")
    chains = "audit verify: every chain holds" if not found["faults"] else f"audit verify: {found['faults']}"
    print(f"  {found['steps']} steps, each one committed transaction with its audit entry; {chains}")
    print(f"  our action and bare SQL left {'the same rows' if found['same'] else 'DIFFERENT ROWS'}, moments apart")
    print(f"  SpiffWorkflow's state: {found['state'] / 1000:.1f} thousand characters an instance")


def run() -> None:
    print("One approval step 一步审批: the deputy head agrees, the county head is next.")
    print("Our action asks whose turn it is and what the rules allow; bare SQL asks nothing; SpiffWorkflow's way asks once who may act.")
    print("Same rows in all ways; each worker is a process with one connection; one organ, so one audit chain for all.")
    with tempfile.TemporaryDirectory(prefix="zt-bench-") as home:
        show(measured(home))
    try:
        with provide.postgres(durable=True) as address, tempfile.TemporaryDirectory(prefix="zt-bench-") as home:
            show(measured(home, f"{address}postgres"))
    except provide.Missing as missing:
        print(f"\nPostgreSQL not measured: {missing}")
