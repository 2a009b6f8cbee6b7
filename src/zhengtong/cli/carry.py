"""`zhengtong carry`: a folder as the carrier. It knows trays and names, no database, no key, and is never trusted.

The classified network has no folder carrier (design §3b.3): its trays are not looked at.
"""

import argparse
import os
import shutil
import signal
import threading
from pathlib import Path

NETWORKS = ("office", "business", "portal", "oversight")


def carry(home: Path) -> int:
    """Move every package one tray on; the number moved. A package is in one folder or the other, never half."""
    moved = 0
    for receiver in NETWORKS:
        road = home / "carrier" / receiver
        road.mkdir(parents=True, exist_ok=True)
        for sender in NETWORKS:
            for package in sorted((home / sender / "trays" / "out" / receiver).glob("*.ztp")):
                _move(package, road / package.name)
        for package in sorted(road.glob("*.ztp")):  # also what a crash left on the road
            tray = home / receiver / "trays" / "in"
            tray.mkdir(parents=True, exist_ok=True)
            _move(package, tray / package.name)
            moved += 1
    return moved


def _move(source: Path, target: Path) -> None:
    """Copy beside the target, sync, rename, and only then remove the source: works across disks and after a crash."""
    half = target.with_suffix(".half")
    with source.open("rb") as read, half.open("wb") as write:
        shutil.copyfileobj(read, write)
        write.flush()
        os.fsync(write.fileno())
    os.replace(half, target)
    source.unlink()


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="zhengtong carry")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("ZT_HOME", "var")))
    parser.add_argument("--interval", type=float, default=0.5)
    chosen = parser.parse_args(words)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_args: stop.set())
    while not stop.is_set():
        carry(chosen.home)
        if chosen.once:
            break
        stop.wait(chosen.interval)
    return 0
