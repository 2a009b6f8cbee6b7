"""`./zt test`: every set of tests, each with its network's settings, on each database, and the table at the end."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as xml
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from . import provide

ROOT = Path(__file__).resolve().parent.parent
BOTH = ("sqlite", "postgresql")
# fmt: off
SETS = (  # the longest first, so that no processor waits at the end
    # folders                             settings     databases
    (("tests/journeys",),                 "office",    ("sqlite",)),
    (("tests/isolation",),                "office",    ("sqlite",)),
    (("tests/office",),                   "office",    BOTH),
    (("tests/foundation", "tests/ferry"), "office",    BOTH),
    (("tests/house",),                    "office",    ("sqlite",)),
    (("tests/business",),                 "business",  BOTH),
    (("tests/foundation", "tests/ferry"), "portal",    BOTH),
    (("tests/portal",),                   "portal",    BOTH),
    (("tests/oversight",),                "business",  BOTH),
    (("tests/oversight",),                "oversight", BOTH),
    (("tests/papers",),                   "office",    ("sqlite",)),
)
# fmt: on


@dataclass
class Outcome:
    """What one set on one database came to."""

    folders: tuple[str, ...]
    network: str
    database: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    said: str = ""

    @property
    def name(self) -> str:
        return "+".join(f.removeprefix("tests/") for f in self.folders)


def run_set(folders: tuple[str, ...], network: str, database: str, address: str, extra: list[str]) -> Outcome:
    """Run one set in a process of its own; a set that breaks counts as one failure."""
    outcome, began = Outcome(folders, network, database), time.monotonic()
    there = [f for f in folders if list((ROOT / f).rglob("test_*.py"))]
    if not there:
        return outcome
    kept = ("ZT_FONTS", "ZT_CHROMIUM", "ZT_VENV", "ZT_SCREENS")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ZT_") or k in kept}  # tests.home sets the rest
    if database == "postgresql":
        environment["ZT_DATABASE_URL"] = f"{address}zt_{outcome.name.replace('+', '_')}_{network}"
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        words = [sys.executable, "-m", "pytest", *there, f"--ds=zhengtong.settings.{network}", f"--junitxml={report.name}", "-q", *extra]
        done = subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        outcome.seconds, outcome.said = time.monotonic() - began, done.stdout
        try:
            suites = xml.parse(report.name).getroot().iter("testsuite")
            for suite in suites:
                bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
                outcome.failed += bad
                outcome.skipped += int(suite.get("skipped", 0))
                outcome.passed += int(suite.get("tests", 0)) - bad - int(suite.get("skipped", 0))
        except xml.ParseError:
            pass
        if done.returncode not in (0, 5) and not outcome.failed:
            outcome.failed = 1
    return outcome


def show(outcome: Outcome) -> Outcome:
    mark = "✗" if outcome.failed else "✓"
    print(
        f"{mark} {outcome.name:<18} {outcome.network:<10} {outcome.database:<11} {outcome.passed:>5} passed  {outcome.seconds:6.1f} s",
        flush=True,
    )
    if outcome.failed or outcome.skipped:
        print(outcome.said[-20_000:] if outcome.failed else "\n".join(x for x in outcome.said.splitlines() if "SKIPPED" in x), flush=True)
    return outcome


def unequal(outcomes: list[Outcome]) -> list[str]:
    """Sets that ran a different number of tests on the two databases."""
    totals: dict[tuple[str, str], set[int]] = {}
    for o in outcomes:
        totals.setdefault((o.name, o.network), set()).add(o.passed + o.failed + o.skipped)
    return [f"{name} ({network}): {sorted(counts)}" for (name, network), counts in totals.items() if len(counts) > 1]


def checks() -> Outcome:
    """Style, types and imports, counted as one test each."""
    outcome, began = Outcome(("check",), "-", "-"), time.monotonic()
    done = subprocess.run([sys.executable, "-m", "tests.check"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    outcome.said, outcome.seconds = done.stdout, time.monotonic() - began
    outcome.passed, outcome.failed = done.stdout.count("\n✓"), done.stdout.count("\n✗") or int(bool(done.returncode))
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(prog="./zt test")
    parser.add_argument("only", nargs="*", help="part of a set's name: foundation, office, journeys …")
    parser.add_argument("-k", dest="matching", help="as pytest's -k")
    chosen = parser.parse_args()
    extra = ["-rs", *(["-k", chosen.matching] if chosen.matching else [])]

    def wanted(folders: tuple[str, ...]) -> bool:
        return not chosen.only or any(word in folder for word in chosen.only for folder in folders)

    outcomes: list[Outcome] = []
    began = time.monotonic()
    with ExitStack() as stack:
        address, missing = "", []
        for prepare in (lambda: stack.enter_context(provide.postgres()), provide.chromium):
            try:
                found = prepare()
            except provide.Missing as what:
                missing.append(str(what))
                print(f"✗ 缺少 / missing: {what}", flush=True)
            else:
                if found.startswith("postgres:"):
                    address = found
                else:
                    os.environ["ZT_CHROMIUM"] = found
        if missing and os.environ.get("CI") == "true":
            print(f"0 passed, {len(missing)} failed, 0 skipped")
            return 1
        jobs = [(f, n, d) for f, n, databases in SETS if wanted(f) for d in databases if d == "sqlite" or address]
        if not chosen.only or "check" in chosen.only:
            outcomes.append(show(checks()))
        with ThreadPoolExecutor(max_workers=int(os.environ.get("ZT_TEST_JOBS", "2"))) as pool:
            outcomes += pool.map(lambda job: show(run_set(*job, address, extra)), jobs)
    outcomes = [o for o in outcomes if o.passed + o.failed + o.skipped]
    print(f"\n{'set':<20}{'network':<11}{'database':<12}{'passed':>7}{'failed':>7}{'skipped':>8}{'seconds':>9}")
    for o in outcomes:
        print(f"{o.name:<20}{o.network:<11}{o.database:<12}{o.passed:>7}{o.failed:>7}{o.skipped:>8}{o.seconds:>9.1f}")
    odd = unequal(outcomes)
    for line in odd:
        print(f"✗ not the same tests on both databases: {line}")
    print(f"{time.monotonic() - began:.0f} s")
    failed = sum(o.failed for o in outcomes) + len(odd)
    print(f"{sum(o.passed for o in outcomes)} passed, {failed} failed, {len(missing) + sum(o.skipped for o in outcomes)} skipped")
    return 1 if failed or not outcomes else 0


if __name__ == "__main__":
    sys.exit(main())
