"""`zhengtong probe init | export FILE | trust FILE --yes | serve | turn`: the site probe, on the internet side.

It has a home with keys, trays and the progress of its visits, and no database (design: what a visitor sees is told by ferry;
rules and history stay with supervision). `serve` goes on until it is ended; `turn` does what is due and ends.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings

from zhengtong.ferry.post import Post
from zhengtong.foundation import clock
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.seals import keys

from . import pictures
from .fetch import Bounds
from .rounds import Rounds, watched_of

NAME, LIST = "probe", "watched.json"


def furnish(home: Path) -> Path:
    """The probe's own corner of the house; Django is given just so much that keys, trays and the clock know where they lie."""
    mine = home / NAME
    for part in ("keys", "trays/in", "trays/out", "visits", "tmp"):
        (mine / part).mkdir(parents=True, exist_ok=True, mode=0o700)
    if not settings.configured:
        settings.configure(
            HOME=home, MODE=os.environ.get("ZT_MODE", "production"), NETWORK=NAME, NETWORK_HOME=mine, KEYS=mine / "keys",
            TRAYS=mine / "trays", CLASSIFIED=False, USE_I18N=False,
        )  # fmt: skip
    return mine


class Probe:
    """The list, the rounds and the post together."""

    def __init__(self, mine: Path, bounds: Bounds, browser: str) -> None:
        self.list = mine / LIST
        self.post = Post(lambda: clock.now().isoformat())
        self.rounds = Rounds(mine / "visits", self._send, clock.now, bounds, browser=browser)

    def _send(self, payload: Mapping[str, object], files: Mapping[str, bytes]) -> None:
        self.post.send("visited", payload, files, "oversight")

    def _take(self, contract: str, payload: Mapping[str, object]) -> None:
        """A new list takes the place of the old."""
        half = self.list.with_suffix(".half")
        half.write_text(json.dumps(payload["sites"], ensure_ascii=False), encoding="utf-8")
        os.replace(half, self.list)

    async def turn(self) -> tuple[int, int]:
        """Take in, go round, hand over."""
        self.post.turn(self._take)
        sites = watched_of(json.loads(self.list.read_bytes())) if self.list.exists() else []
        return await self.rounds.turn(sites)

    async def serve(self, interval: float) -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        task = asyncio.current_task()
        assert task
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, task.cancel)  # a visit under way goes on from its state after the next start
        while not stop.is_set():
            try:
                await self.turn()
            except (OSError, ValueError, Refused) as error:  # a full disk, a list that can't be read: told, and tried again
                print(f"✗ {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            await asyncio.sleep(interval)


def parser() -> argparse.ArgumentParser:
    main = argparse.ArgumentParser(prog="zhengtong probe", description="网站巡检的探针：放在互联网一侧，没有数据库")
    main.add_argument("--home", type=Path, default=Path(os.environ.get("ZT_HOME", "var")))
    verbs = main.add_subparsers(dest="verb", required=True)
    verbs.add_parser("init", help="生成密钥")
    verbs.add_parser("export", help="导出公钥").add_argument("file", type=Path)
    trust = verbs.add_parser("trust", help="信任监督一侧的公钥")
    trust.add_argument("file", type=Path)
    trust.add_argument("--yes", action="store_true", help="已核对指纹")
    for name, told in (("serve", "一直巡检"), ("turn", "做完到期的巡检就结束")):
        verb = verbs.add_parser(name, help=told)
        verb.add_argument("--interval", type=float, default=2.0, help="两轮之间的秒数")
        verb.add_argument("--rate", type=float, default=5, help="对每个网站每秒的请求数")
        verb.add_argument("--together", type=int, default=4, help="对每个网站同时的请求数")
        verb.add_argument("--pages", type=int, default=2000, help="每次最多看的网页数")
        verb.add_argument("--seconds", type=float, default=3600, help="一次巡检最长的秒数")
        verb.add_argument("--allow-private", action="store_true", help="允许访问内部地址；演示时总是允许")
        verb.add_argument("--no-pictures", action="store_true", help="不截图")
    return main


def main(words: Sequence[str]) -> int:
    chosen = parser().parse_args(list(words))
    mine = furnish(chosen.home.resolve())
    if chosen.verb == "init":
        keys.initialise()
        print(f"{NAME}  SM3 {keys.own().fingerprint}")
    elif chosen.verb == "export":
        chosen.file.write_text(keys.own().text())
    elif chosen.verb == "trust":
        return _trust(chosen.file, chosen.yes)
    else:
        private = chosen.allow_private or settings.MODE == "demo"
        bounds = Bounds(
            pages=chosen.pages, seconds=chosen.seconds, rate=chosen.rate, together=chosen.together, allow_private=private
        )  # fmt: skip
        probe = Probe(mine, bounds, "" if chosen.no_pictures else pictures.browser())
        try:
            asyncio.run(probe.serve(chosen.interval) if chosen.verb == "serve" else probe.turn())
        except (asyncio.CancelledError, KeyboardInterrupt):
            pass
    return 0


def _trust(file: Path, yes: bool) -> int:
    try:
        found = keys.peer(file.read_text())
    except (OSError, ValueError):
        print("✗ 这不是导出的公钥文件", file=sys.stderr)
        return 2
    print(f"{found.network}  SM3 {found.fingerprint}")
    if not yes:
        print("请与对方当面或电话核对指纹，一致后加 --yes", file=sys.stderr)
        return 3
    keys.trust(found)
    return 0
