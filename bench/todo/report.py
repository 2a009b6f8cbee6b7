"""Both databases, one after the other, and how far the list is from the bare query."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import provide

ROOT = Path(__file__).resolve().parent.parent.parent
OURS, BARE = "our list", "bare query, same rows"


def measured(home: str, address: str = "") -> dict[str, object]:
    """What one database came to, measured in a process with settings of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ZT_")}
    kept |= {"ZT_HOME": home, "ZT_MODE": "demo", "DJANGO_SETTINGS_MODULE": "zhengtong.settings.office", "PYTHONPATH": str(ROOT / "src")}
    if address:
        kept["ZT_DATABASE_URL"] = address
    done = subprocess.run([sys.executable, "-m", "bench.todo.measure"], cwd=ROOT, env=kept, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"bench.todo.measure: {done.returncode}")
    return json.loads(done.stdout)


def show(found: dict[str, object]) -> None:
    settings = dict(found["durability"])
    print(f"\n{settings.pop('version')}: {', '.join(f'{k} = {v}' for k, v in settings.items())}; Python {found['python']}")
    size = f"{found['documents']:,} documents, {found['lines']:,} lines, {found['people']:,} people"
    print(f"  {size}, loaded in {found['loading']:.0f} s; {found['rows']:.0f} rows a list on average")
    print(f"  {'users':<7}{'way':<24}{'median ms':>10}{'95 % ms':>10}   goal: 2 × bare + 30 ms")
    for row in found["results"]:
        goal = ""
        if row["way"] == OURS:
            bare = next(r["median"] for r in found["results"] if r["users"] == row["users"] and r["way"] == BARE)
            limit = 2 * bare + 30
            goal = f"{limit:.0f} ms, " + ("kept" if row["median"] <= limit else f"missed by {row['median'] - limit:.0f} ms")
        print(f"  {row['users']:<7}{row['way']:<24}{row['median']:>10.1f}{row['p95']:>10.1f}   {goal}")
    print(f"  our list and the bare query gave {'the same rows' if found['same'] else 'DIFFERENT ROWS'}")


def run() -> None:
    print("The to-do list 等我办理: the list of the home page, and the counts of its tabs, for people taken at random.")
    print(
        "The bare query is one statement through the driver that knows beforehand which roles a person has; ours asks for them each time."
    )
    print(f"Each user is a process with one connection that asks again as soon as he is answered; {os.cpu_count()} processors.")
    with tempfile.TemporaryDirectory(prefix="zt-bench-") as home:
        show(measured(home))
    try:
        with provide.postgres(durable=True) as address, tempfile.TemporaryDirectory(prefix="zt-bench-") as home:
            show(measured(home, f"{address}postgres"))
    except provide.Missing as missing:
        print(f"\nPostgreSQL not measured: {missing}")
