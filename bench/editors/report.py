"""Both databases, one after the other: the narrow editor's pages against the county editor's, within one run."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import provide

from .cluster_size import ARTICLES, ROOMS

ROOT = Path(__file__).resolve().parent.parent.parent
GOAL = 1.2  # times what the county's editor, who may see everything, waits


def measured(home: str, address: str = "") -> dict[str, object]:
    """What one database came to, measured in a process with settings of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ZT_") or k == "ZT_BENCH_ARTICLES"}
    kept |= {"ZT_HOME": home, "ZT_MODE": "demo", "DJANGO_SETTINGS_MODULE": "zhengtong.settings.business", "PYTHONPATH": str(ROOT / "src")}
    if address:
        kept["ZT_DATABASE_URL"] = address
    done = subprocess.run(
        [sys.executable, "-m", "bench.editors.measure"], cwd=ROOT, env=kept, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    if done.returncode:
        raise SystemExit(f"bench.editors.measure: {done.returncode}")
    return json.loads(done.stdout)


def show(found: dict[str, object]) -> None:
    settings = dict(found["durability"])
    print(f"\n{settings.pop('version')}: {', '.join(f'{k} = {v}' for k, v in settings.items())}; loaded in {found['loading']:.0f} s")
    print(f"  {'page':<28}{'narrow ms':>10}{'county ms':>10}{'ratio':>8}   goal: at most {GOAL}")
    for row in found["results"]:
        ratio = row["narrow"] / row["county"]
        print(f"  {row['page']:<28}{row['narrow']:>10.0f}{row['county']:>10.0f}{ratio:>8.2f}   {'kept' if ratio <= GOAL else 'missed'}")


def run() -> None:
    print(f"The editors' pages with {ROOMS} rooms and {ARTICLES:,} articles: an editor of one room against the county's, who sees all.")
    with tempfile.TemporaryDirectory(prefix="zt-bench-") as home:
        show(measured(home))
    try:
        with provide.postgres(durable=True) as address, tempfile.TemporaryDirectory(prefix="zt-bench-") as home:
            show(measured(home, f"{address}postgres"))
    except provide.Missing as missing:
        print(f"\nPostgreSQL not measured: {missing}")
