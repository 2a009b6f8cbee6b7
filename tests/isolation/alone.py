"""What runs where there is no network but loopback: the office's seed, its part of story 1, its web and its worker.

python -m tests.isolation.alone HOME PORT
python -m tests.isolation.alone --control ADDRESS
"""

import array
import fcntl
import socket
import struct
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from zhengtong.cli import demo, story

UP, SET_FLAGS = 0x1 | 0x40, 0x8914


def loopback() -> None:
    """Put this network namespace's loopback up; it has nothing else."""
    assert [name for _, name in socket.if_nameindex()] == ["lo"], socket.if_nameindex()
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, array.array("B", struct.pack("16sh22x", b"lo", UP)))


def office(home: Path, port: int) -> None:
    """Everything of story 1 that happens in the office, then the processes that stand there all day."""
    home.mkdir()
    for words in (("keys", "init"), ("migrate", "--verbosity", "0"), ("seed",)):
        demo.run(home, "office", *words)
    told = story.Story(home, sys.stdout, {"marker": "密标00000000", "resident_name": "", "resident_id": ""}, "")
    for network, step, _ in story.STORY:
        if network == "office":
            told.tell(network, step)
    told.end()
    print(f"steps {len(told.steps)}", flush=True)
    checkpoints = home / "office" / "logs" / "checkpoints.jsonl"
    house = demo.House(home, quiet=False, at={"office": port})
    try:
        house.start("serve", "office", "serve")
        house.start("worker", "office", "worker")
        assert demo.answering(port, within=120)
        with urlopen(f"http://127.0.0.1:{port}/", timeout=60) as page:
            print(f"page {page.status} {page.url}", flush=True)
        until = time.monotonic() + 60
        while not checkpoints.exists() and time.monotonic() < until:
            time.sleep(0.2)
        print(f"checkpoint {checkpoints.exists()}", flush=True)
    finally:
        house.end()


def control(address: str) -> None:
    """One deliberate connection to somewhere else."""
    try:
        socket.create_connection((address, 443), timeout=5)
    except OSError as error:
        print(f"control failed: {error}", flush=True)


if __name__ == "__main__":
    loopback()
    if sys.argv[1] == "--control":
        control(sys.argv[2])
    else:
        office(Path(sys.argv[1]), int(sys.argv[2]))
