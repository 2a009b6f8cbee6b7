"""`zhengtong demo`: the demo county on this machine, every network as processes of its own.

Knows addresses and commands only; what happens inside a network is that network's business.
"""

import argparse
import csv
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.error import URLError
from urllib.request import urlopen

SOURCE = Path(__file__).resolve().parent.parent
NETWORKS = {"office": "政务内网（党政网）", "business": "政务外网", "portal": "门户网站", "classified": "政务内网（涉密内网）"}
PORTS = {"office": 8001, "business": 8002, "portal": 8003, "classified": 8004}
PROBE = "probe"  # stands on the internet side, no network of its own: keys and trays, no database
TRUST = (
    ("office", "business"), ("business", "office"), ("business", "portal"), ("portal", "business"),
    ("business", PROBE), (PROBE, "business"),
)  # fmt: skip
OLD = 2  # the port of the old site stands so far behind the portal's
RELEASED = "/sitemap/"  # the portal has it from the first release on
ROLES = {n: ("serve", "worker", *(() if n == "classified" else ("ferry",))) for n in NETWORKS}


def ports(text: str = "") -> dict[str, int]:
    """The networks' ports, in the order of NETWORKS; `8101,8102,8103,8104` where the usual ones are taken."""
    chosen = [int(word) for word in (text or os.environ.get("ZT_DEMO_PORTS", "")).split(",") if word]
    return dict(zip(PORTS, chosen, strict=True)) if chosen else dict(PORTS)


def environment(home: Path, network: str = "", port: int = 0) -> dict[str, str]:
    """What a child sees: the demo's mode and home, its own temporary folder, and nothing of another network."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ZT_") or k in ("ZT_FONTS", "ZT_OCR")}
    kept |= {"ZT_HOME": str(home), "ZT_MODE": "demo", "PYTHONUNBUFFERED": "1"}
    if network:
        kept["TMPDIR"] = str(home / network / "tmp")
        kept["ZT_PORT"] = str(port or PORTS[network])
        if url := os.environ.get(f"ZT_{network.upper()}_DATABASE_URL"):
            kept["ZT_DATABASE_URL"] = url
    return kept


def run(home: Path, *words: str) -> None:
    """One command, to its end; its output is shown only when it fails."""
    network = words[0] if words[0] in NETWORKS else ""
    (home / network / "tmp").mkdir(parents=True, exist_ok=True)
    done = subprocess.run([sys.executable, "-m", "zhengtong.cli", *words], env=environment(home, network), capture_output=True, text=True)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise SystemExit(f"zhengtong {' '.join(words)}: {done.returncode}")


def prepared(home: Path) -> bool:
    return (home / "prepared").exists()


def prepare(home: Path, out: IO[str] = sys.stdout) -> None:
    """Keys, trust, tables and the demo county; done once, a half-done one is begun anew."""
    if prepared(home):
        for network in NETWORKS:
            run(home, network, "migrate", "--verbosity", "0")
        return

    def step(text: str, chains: Iterable[tuple[tuple[str, ...], ...]]) -> None:
        """Commands of one chain run one after another, chains side by side."""
        began = time.monotonic()
        print(f"· {text} …", end="", flush=True, file=out)
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            list(pool.map(lambda chain: [run(home, *words) for words in chain], chains))
        print(f" {time.monotonic() - began:.1f} s", flush=True, file=out)

    if home.exists():
        shutil.rmtree(home)
    home.mkdir(parents=True, mode=0o700)
    exports = {n: home / f"{n}.public.json" for n in ("office", "business", "portal", PROBE)}
    step("各网的密钥与数据表", [((n, *_keys(n), "init"), (n, "migrate", "--verbosity", "0")) for n in NETWORKS] + [((PROBE, "init"),)])
    step("各网交换公钥", [((n, *_keys(n), "export", str(path)),) for n, path in exports.items()])
    step("各网确认信任", [tuple((n, *_keys(n), "trust", str(exports[other]), "--yes") for n, other in TRUST if n == me) for me in exports])
    step("云岭县的机构、人员与样例数据", [((n, "seed"),) for n in ("business", "office", "classified")])
    for path in exports.values():
        path.unlink(missing_ok=True)
    (home / "prepared").write_text("1")


def _keys(network: str) -> tuple[str, ...]:
    return () if network == PROBE else ("keys",)


@dataclass
class Child:
    """One supervised process."""

    name: str
    words: tuple[str, ...]
    process: subprocess.Popen[str]
    began: float


class House:
    """All processes of the demo: prefixes their lines, restarts what dies, ends them together."""

    def __init__(self, home: Path, quiet: bool = False, at: dict[str, int] = PORTS) -> None:
        self.home, self.quiet, self.ports, self.children, self.ending = home, quiet, at, [], False

    def start(self, name: str, *words: str) -> None:
        network = words[0] if words[0] in NETWORKS else ""
        process = subprocess.Popen(
            [sys.executable, "-m", "zhengtong.cli", *words],
            env=environment(self.home, network, self.ports.get(network, 0)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        child = Child(name, words, process, time.monotonic())
        self.children.append(child)
        threading.Thread(target=self._pass_on, args=(child,), daemon=True).start()

    def _pass_on(self, child: Child) -> None:
        assert child.process.stdout
        log = self.home / "demo.log"
        for line in child.process.stdout:
            with log.open("a") as file:
                file.write(f"[{child.name}] {line}")
            if not self.quiet:
                print(f"[{child.name}] {line}", end="", flush=True)

    def watch(self) -> None:
        """Until told to end: what died is started again, not more than once a second."""
        while not self.ending:
            for child in list(self.children):
                if child.process.poll() is not None and not self.ending and time.monotonic() - child.began > 1:
                    print(f"[{child.name}] 已退出（{child.process.returncode}），重新启动", flush=True)
                    self.children.remove(child)
                    self.start(child.name, *child.words)
            time.sleep(0.3)

    def end(self) -> None:
        """Ask every process group to end; what does not within ten seconds is killed."""
        self.ending = True
        for wanted, wait in ((signal.SIGTERM, 10), (signal.SIGKILL, 2)):
            for child in self.children:
                if child.process.poll() is None:
                    try:
                        os.killpg(child.process.pid, wanted)
                    except ProcessLookupError:
                        pass
            until = time.monotonic() + wait
            while any(c.process.poll() is None for c in self.children) and time.monotonic() < until:
                time.sleep(0.05)


def open_house(home: Path, quiet: bool = True, at: dict[str, int] = PORTS) -> House:
    """Start every process of a prepared home."""
    house = House(home, quiet, at)
    for network, roles in ROLES.items():
        for role in roles:
            house.start(f"{network} {role}", network, role)
    house.start("carry", "carry", "--home", str(home))
    return house


def answering(port: int, within: float = 60, path: str = "/health") -> bool:
    """Whether a network answers on this port in time."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            time.sleep(0.2)
    return False


def accounts() -> list[dict[str, str]]:
    with (SOURCE / "demo" / "accounts.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def table() -> str:
    rows = [("账号", "姓名", "机构与职务", "可登录", "口令/PIN")]
    rows += [(a["username"], a["name"], f"{a['organ']} {a['title_zh']}", a["networks"], a["secret"]) for a in accounts()]
    widths = [max(width(row[n]) for row in rows) for n in range(5)]
    return "\n".join("  " + "  ".join(cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def serve(home: Path, quiet: bool, at: dict[str, int]) -> int:
    prepare(home)
    house = open_house(home, quiet, at)
    signal.signal(signal.SIGTERM, lambda *_: setattr(house, "ending", True))
    try:
        for network, port in at.items():
            if not answering(port):
                print(f"{NETWORKS[network]} 没有在端口{port}应答，记录在 {home / 'demo.log'}", file=sys.stderr)
                return 1
        answering(at["portal"], path=RELEASED)  # nobody's first look should be at a site that is still on its way
        old = at["portal"] + OLD
        house.start("old site", "site", "show", str(SOURCE / "demo" / "oldsite"), "--port", str(old))
        if at["portal"] != PORTS["portal"]:  # the probe looks where the sites are
            for code, port in (("yunling", at["portal"]), ("linye", old)):
                run(home, "business", "inspect", code, "--enter", f"http://127.0.0.1:{port}/", "--only-enter")
        house.start("probe", PROBE, "serve")
        print("\n云岭县已经启动：\n")
        for network, label in NETWORKS.items():
            print(f"  {label:<12}\thttp://localhost:{at[network]}/")
        print(
            f"\n样例账号（外网需要动态码的账号：zhengtong demo code 账号）：\n\n{table()}\n\n按 Ctrl-C 结束；数据保存在 {home}\n",
            flush=True,
        )
        house.watch()
    except KeyboardInterrupt:
        pass
    finally:
        house.end()
    return 0


def advance(home: Path, span: str, quiet: bool = False) -> int:
    """Move simulated time on: 7d, 12h, 30m; `0` returns to real time."""
    units = {"d": 86400, "h": 3600, "m": 60}
    path = home / "time"
    if span == "0":
        path.unlink(missing_ok=True)
        print("已回到真实时间")
        return 0
    if span[-1:] not in units or not span[:-1].isdigit():
        print("用法：zhengtong demo advance 7d｜12h｜30m｜0", file=sys.stderr)
        return 2
    seconds = (float(path.read_text() or 0) if path.exists() else 0) + int(span[:-1]) * units[span[-1]]
    path.write_text(str(seconds))
    if not quiet:
        print(f"演示时间比真实时间快 {seconds / 86400:g} 天")
    return 0


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="zhengtong demo")
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("ZT_HOME", "var/demo")))
    parser.add_argument("--ports", type=ports, default="", help="四个端口，依次为 " + "、".join(PORTS))
    parser.add_argument("--verbose", action="store_true", help="显示各进程的日志")
    verbs = parser.add_subparsers(dest="verb")
    verbs.add_parser("prepare", help="只准备数据，不启动")
    verbs.add_parser("advance", help="拨快演示时间").add_argument("span")
    code = verbs.add_parser("code", help="显示账号此刻的动态码")
    code.add_argument("account")
    verbs.add_parser("accounts", help="列出样例账号")
    chosen = parser.parse_args(words)
    home = chosen.home.resolve()
    match chosen.verb:
        case "prepare":
            prepare(home)
        case "advance":
            return advance(home, chosen.span)
        case "code":
            command = [sys.executable, "-m", "zhengtong.cli", "business", "code", chosen.account]
            return subprocess.run(command, env=environment(home, "business")).returncode
        case "accounts":
            print(table())
        case _:
            return serve(home, not chosen.verbose, chosen.ports)
    return 0
