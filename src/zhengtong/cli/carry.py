"""`zhengtong carry`: a folder as the carrier. It knows trays and names, no database, no key, and is never trusted.

The classified network has no folder carrier (design §3b.3): what lies in its tray stays there, and that is said.
"""

import argparse
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

NETWORKS = ("office", "business", "portal", "oversight", "probe")
FORBIDDEN = ("classified",)


def carry(home: Path) -> int:
    """Move every package one tray on; the number moved. A package is in one folder or the other, never half."""
    moved = 0
    for receiver in NETWORKS:
        road = home / "carrier" / receiver
        for sender in NETWORKS:
            for package in packages(home / sender / "trays" / "out" / receiver):
                _move(package, road / package.name)
        for package in packages(road):  # also what a crash left on the road
            _move(package, home / receiver / "trays" / "in" / package.name)
            moved += 1
    return moved


def packages(folder: Path) -> Iterator[Path]:
    """Ordinary package files; a link could lead out of the tray."""
    yield from (path for path in sorted(folder.glob("*.ztp")) if path.is_file() and not path.is_symlink())


def refused(home: Path) -> list[Path]:
    """Packages that must not be carried: anything from or to the classified network."""
    trays = [home / network / "trays" / "out" for network in FORBIDDEN]
    return sorted(
        [path for tray in trays for path in tray.rglob("*.ztp")]
        + [path for sender in NETWORKS for there in FORBIDDEN for path in (home / sender / "trays" / "out" / there).glob("*.ztp")]
    )


def _move(source: Path, target: Path) -> None:
    """Copy beside the target, sync, rename, and only then remove the source: works across disks and after a crash."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".half")
    try:
        with source.open("rb") as read, half.open("wb") as write:
            shutil.copyfileobj(read, write)
            write.flush()
            os.fsync(write.fileno())
        os.replace(half, target)
    except FileNotFoundError:
        return  # another carrier was faster
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the new name is on the disk before the old one goes
    finally:
        os.close(folder)
    source.unlink(missing_ok=True)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="zhengtong carry", description="以文件夹为载体，把各网发件盘中的包送到收件盘")
    parser.add_argument("--once", action="store_true", help="送一遍就结束")
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("ZT_HOME", "var")))
    parser.add_argument("--interval", type=float, default=0.5, help="两遍之间的秒数")
    chosen = parser.parse_args(words)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_args: stop.set())
    told: set[Path] = set()
    while not stop.is_set():
        carry(chosen.home)
        for path in set(refused(chosen.home)) - told:
            print(f"✗ 涉密内网没有文件夹摆渡，不予转送 / never carried by folder: {path.name}", file=sys.stderr, flush=True)
            told.add(path)
        if chosen.once:
            return 1 if told else 0
        stop.wait(chosen.interval)
    return 0
