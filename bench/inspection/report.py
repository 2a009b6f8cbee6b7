"""Both over the same pages, and the ratio."""

import re
import resource
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import pages
from .measure import measured

SITES, THEIRS = 120, 4  # linkchecker is given fewer: its rate does not depend on it
UNTHROTTLED = "[checking]\nmaxrequestspersecond=100000\nthreads=10\nrobotstxt=0\n[output]\nlog=text\n"
# Its settings leave a wait of 0.1 to 0.6 seconds between two requests to a host; so it is taken away in its process.
FREE = (
    "from linkcheck.director.aggregator import Aggregate; Aggregate.wait_for_host = lambda self, host: None; "
    "import sys; from linkcheck.command.linkchecker import linkchecker; sys.exit(linkchecker())"
)
CHECKED = re.compile(r"(\d+) links? in (\d+) URLs? checked")


def linkchecker(sites: list[str], home: Path) -> tuple[int, float, float] | str:
    """Addresses, seconds of processor and by the clock of linkchecker in an environment of its own, or why it could not be measured."""
    room = home / "linkchecker"
    for words in (["venv", "-q", str(room)], ["pip", "install", "-q", "--python", str(room / "bin" / "python"), "linkchecker"]):
        done = subprocess.run([sys.executable, "-m", "uv", *words], capture_output=True, text=True)
        if done.returncode:
            return f"linkchecker can't be installed: {done.stderr.strip()[-200:]}"
    (home / "linkcheckerrc").write_text(UNTHROTTLED)
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [str(room / "bin" / "python"), "-c", FREE, "-f", str(home / "linkcheckerrc"), "--no-status", *sites]
    done = subprocess.run(words, capture_output=True, text=True, timeout=900, cwd=home)
    took, said, after = time.monotonic() - began, CHECKED.search(done.stdout), resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (int(said.group(2)), worked, took) if said else f"linkchecker said: {(done.stdout + done.stderr)[-300:]}"


def run() -> None:
    print("Inspecting sites 网站巡检: every page read, every attachment and image knocked at, judged by every rule.")
    with tempfile.TemporaryDirectory(prefix="zt-bench-") as folder:
        home = Path(folder)
        pages.write(home / "www", SITES)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        sites = [f"http://127.0.0.1:{port}/s{n}/" for n in range(SITES)]
        with pages.served(home, port) as by:
            print(f"{SITES} sites of {len(list((home / 'www' / 's0').rglob('*.html')))} pages, served by {by} on this machine\n")
            ours = ours_worked = 0.0
            for processes in (1, 2):
                count, addresses, found, worked, took = measured(sites, processes)
                ours, ours_worked = max(ours, addresses / took), addresses / worked
                print(f"  ours, {processes} process(es)   {addresses / took:8.0f} addresses/s  {count} pages in {took:.1f} s", end="")
                print(f" ({worked:.1f} s of processor), findings {found}")
            theirs = linkchecker(sites[:THEIRS], home)
            if isinstance(theirs, str):
                print(f"  {theirs}")
                return
            addresses, worked, took = theirs
            print(
                f"  linkchecker           {addresses / took:8.1f} addresses/s  {addresses} addresses of {THEIRS} sites in {took:.1f} s",
                end="",
            )
            print(f" ({worked:.1f} s of processor)")
            print(f"\n  ours is {ours / (addresses / took):.0f} times as fast by the clock", end="")
            print(
                f", {ours_worked / (addresses / worked):.0f} times by the processor (what else runs on the machine does not count there);"
            )
            print("  linkchecker follows links alone, 10 threads, throttles off")
