"""Our inspector over many sites in so many processes: addresses a second, reading and judging included."""

import asyncio
import multiprocessing
import time
from collections.abc import Sequence

from tests.oversight.inspection.cluster import TODAY

from zhengtong.oversight.inspection.probe.fetch import Bounds
from zhengtong.oversight.inspection.probe.state import State
from zhengtong.oversight.inspection.probe.visit import Visitor
from zhengtong.oversight.inspection.rules.judge import Expected, judge
from zhengtong.oversight.inspection.rules.words import Words

BOUNDS = Bounds(rate=0, together=8, allow_private=True, depth=9)
EXPECTED = Expected(domain="www.yunling.gov.cn")


def visit_all(sites: Sequence[str]) -> tuple[int, int, int, float]:
    """Pages, all addresses, findings, and the seconds of processor that they took."""
    pages = addresses = found = 0
    began = time.process_time()
    for site in sites:
        seen = asyncio.run(Visitor(site, TODAY, BOUNDS, State(None, site), Words()).walk())
        pages, addresses = pages + len(seen.pages), addresses + len(seen.pages) + len(seen.answers)
        found += len(judge(seen, TODAY, EXPECTED).findings)
    return pages, addresses, found, time.process_time() - began


def measured(sites: Sequence[str], processes: int) -> tuple[int, int, int, float, float]:
    """The same with the seconds it took by the clock."""
    began = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        parts = pool.map(visit_all, [sites[n::processes] for n in range(processes)])
    return sum(p[0] for p in parts), sum(p[1] for p in parts), sum(p[2] for p in parts), sum(p[3] for p in parts), time.monotonic() - began
