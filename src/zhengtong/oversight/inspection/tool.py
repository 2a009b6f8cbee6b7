"""`zhengtong site check URL`: visit a site and say what the national inspector would find. Needs no database."""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from aiohttp import web

from zhengtong.foundation.clock import real_now
from zhengtong.foundation.seals import Broken, verify
from zhengtong.foundation.seals.keys import peer

from . import report
from .probe.fetch import Bounds
from .probe.state import State
from .probe.visit import Visitor, site_address
from .rules.columns import knowledge
from .rules.facts import Visit, visit_of, visit_row
from .rules.freshness import NOTHING
from .rules.judge import Expected, judge
from .rules.scorers import SCORERS
from .rules.words import FORBIDDEN, Words

CLEAN, FOUND, WRONG, CUT = 0, 1, 2, 3


def parser() -> argparse.ArgumentParser:
    main = argparse.ArgumentParser(prog="zhengtong site", description="像访客一样巡检政府网站")
    verbs = main.add_subparsers(dest="verb", required=True)
    show = verbs.add_parser("show", help="把一个文件夹当网站打开（只在本机），供试用巡检 / serve a folder on loopback")
    show.add_argument("folder", type=Path)
    show.add_argument("--port", type=int, default=8005)
    check = verbs.add_parser(
        "check",
        help="巡检一个网站 / inspect a site",
        epilog="退出码：0 没有发现问题，1 发现问题，2 用法或地址不对，3 没有看完（再运行可接着看）",
    )
    add = check.add_argument
    add("url", help="首页地址")
    add("--json", action="store_true", help="输出JSON")
    add("--state", type=Path, help="进度文件；中断后用同一文件接着看")
    add("--save", type=Path, help="把这次看到的存成文件，供留档或作下次的 --before")
    add("--before", type=Path, nargs="*", default=[], help="以前存下的文件：查改日期、倒填、旧文重发")
    add("--manifest", type=Path, help="发布清单 manifest.json：查未经发布的改动")
    add("--signature", type=Path, help="清单的签名 manifest.sig；与 --trusted 同用")
    add("--trusted", type=Path, help="签名者的公钥文件")
    add("--dynamic", nargs="*", default=[], metavar="PATH", help="不在清单里的动态地址前缀，如 /counter/")
    add("--domain", default="", help="应有的域名")
    add("--day", type=date.fromisoformat, help="按哪一天评判，默认今天")
    add("--scorer", action="append", choices=sorted(SCORERS), default=[], help="评分表，默认当天有效的")
    add("--pages", type=int, default=500)
    add("--depth", type=int, default=6)
    add("--seconds", type=float, default=1800, help="最长时间")
    add("--page-bytes", type=int, default=3 << 20)
    add("--rate", type=float, default=5, help="每秒请求数，0为不限")
    add("--together", type=int, default=4, help="同时请求数")
    add("--patience", type=float, default=15, help="多少秒打不开算失败")
    add("--tries", type=int, default=1, help="首页试开次数")
    add("--pause", type=float, default=0, help="两次试开之间的秒数")
    add("--forbid", type=Path, help="本地禁用词，每行一个")
    add("--allow-private", action="store_true", help="允许访问内部地址（只用于自己的网络）")
    add("--ignore-robots", action="store_true", help="不理会robots.txt（只用于自己的网站）")
    return main


def manifest_of(path: Path, signature: Path | None, trusted: Path | None) -> dict[str, str]:
    """The files of a release; refuses one whose signature does not hold."""
    text = path.read_bytes()
    if (signature is None) != (trusted is None):
        raise ValueError("--signature 与 --trusted 须同时给出")
    if signature and trusted and not verify(peer(trusted.read_text()).signing, text, bytes.fromhex(signature.read_text().strip())):
        raise Broken("清单的签名无效 / the manifest's signature does not hold")
    return {str(name): str(digest) for name, digest in json.loads(text)["files"].items()}


def visit(chosen: argparse.Namespace, today: date) -> Visit:
    """Go there; Ctrl-C ends early and keeps the state."""
    site = site_address(chosen.url)
    bounds = Bounds(
        pages=chosen.pages, depth=chosen.depth, seconds=chosen.seconds, page_bytes=chosen.page_bytes, rate=chosen.rate,
        together=chosen.together, patience=chosen.patience, allow_private=chosen.allow_private, robots=not chosen.ignore_robots,
    )  # fmt: skip
    own = tuple(line.strip() for line in chosen.forbid.read_text(encoding="utf-8").splitlines() if line.strip()) if chosen.forbid else ()
    told = progress if sys.stderr.isatty() else None
    visitor = Visitor(site, today, bounds, State(chosen.state, site), Words(forbidden=FORBIDDEN + own), told)
    try:
        asyncio.run(visitor.walk(chosen.tries, chosen.pause))
    except KeyboardInterrupt:
        visitor.visit.cut = "interrupted"
    if told:
        sys.stderr.write("\r\x1b[K")
    if chosen.manifest:
        visitor.visit.manifest = manifest_of(chosen.manifest, chosen.signature, chosen.trusted)
        visitor.visit.dynamic = list(chosen.dynamic)
    return visitor.visit


def progress(seen: Visit, waiting: int) -> None:
    """One line that keeps changing, on a terminal."""
    sys.stderr.write(f"\r\x1b[K网页 {len(seen.pages)}  附件等 {len(seen.answers)}  待看 {waiting}")
    sys.stderr.flush()


def check(chosen: argparse.Namespace) -> int:
    today = chosen.day or real_now().date()
    seen = visit(chosen, today)
    known = NOTHING
    for path in chosen.before:
        known = knowledge(visit_of(json.loads(path.read_text(encoding="utf-8"))), known)
    if chosen.save:
        chosen.save.write_text(json.dumps(visit_row(seen), ensure_ascii=False), encoding="utf-8")
    judgement = judge(seen, today, Expected(domain=chosen.domain, known=known))
    if chosen.json:
        print(json.dumps(report.machine(seen, judgement, tuple(chosen.scorer)), ensure_ascii=False, indent=1))
    else:
        print("\n".join(report.people(seen, judgement, tuple(chosen.scorer))))
    if not seen.complete:
        return CUT
    return FOUND if judgement.findings else CLEAN


def show(folder: Path, port: int) -> int:
    """Serve a folder's files on loopback until ended; a folder answers with its index.html or index.htm."""

    async def answer(request: web.Request) -> web.StreamResponse:
        path = (folder / request.path.lstrip("/")).resolve()
        if not path.is_relative_to(folder):
            return web.Response(status=404)
        found = next((one for one in (path, path / "index.html", path / "index.htm") if one.is_file()), None)
        return web.FileResponse(found) if found else web.Response(status=404, text="404 Not Found")

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    web.run_app(application, host="127.0.0.1", port=port, access_log=None, print=None)
    return CLEAN


def main(words: Sequence[str]) -> int:
    try:
        chosen = parser().parse_args(list(words))
        return show(chosen.folder.resolve(strict=True), chosen.port) if chosen.verb == "show" else check(chosen)
    except (ValueError, OSError, KeyError, Broken) as error:
        print(f"✗ {error}", file=sys.stderr)
        return WRONG
