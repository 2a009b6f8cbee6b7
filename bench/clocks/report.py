"""Both databases, one after the other: seconds for a million clocks, and how often the bare pass goes into them."""

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
    kept |= {"ZT_HOME": home, "ZT_MODE": "demo", "DJANGO_SETTINGS_MODULE": "zhengtong.settings.oversight", "PYTHONPATH": str(ROOT / "src")}
    if address:
        kept["ZT_DATABASE_URL"] = address
    done = subprocess.run([sys.executable, "-m", "bench.clocks.measure"], cwd=ROOT, env=kept, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"bench.clocks.measure: {done.returncode}")
    return json.loads(done.stdout)


def show(found: dict[str, object]) -> None:
    print(f"\n{found['database']}, Python {found['python']}: {found['clocks']:,} clocks, {found['events']:,} events,", end=" ")
    print(f"loaded in {found['loading']:.0f} s; the middle of three rounds")
    print(f"  a bare pass over the rows      {found['bare']:>7.1f} s")
    print(f"  every clock for a new day      {found['ours']:>7.1f} s   {found['ours'] / found['bare']:.1f} × bare")
    print("  " + ", ".join(f"{state} {count:,}" for state, count in sorted(found["states"].items())))
    same = "the same" if found["same"] else "SOMETHING ELSE"
    print(f"  {found['checked']:,} of them replayed one by one showed {same}")


def run() -> None:
    print("A million clocks as supervision has them reported, each looked at on a new day from its events, sorted for the board.")
    with tempfile.TemporaryDirectory(prefix="zt-bench-") as home:
        show(measured(home))
    try:
        with provide.postgres(durable=True) as address, tempfile.TemporaryDirectory(prefix="zt-bench-") as home:
            show(measured(home, f"{address}postgres"))
    except provide.Missing as missing:
        print(f"\nPostgreSQL not measured: {missing}")
