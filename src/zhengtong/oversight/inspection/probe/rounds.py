"""The rounds: when each site is tried and visited, many sites side by side, and what is handed to the ferry.

All that must survive a restart lies in `visits/`: when each site was last visited, the tries not yet told, and the
progress of a visit under way.
"""

import asyncio
import gzip
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from zhengtong.oversight.inspection.rules.facts import Try, Visit, try_of, visit_row
from zhengtong.oversight.inspection.rules.faults import FAULTS, ORDER, Gravity
from zhengtong.oversight.inspection.rules.judge import judge
from zhengtong.oversight.inspection.rules.words import Words

from . import pictures
from .fetch import Bounds, Fetcher, Response
from .state import State
from .visit import Inside, Visitor, site_address

Send = Callable[[Mapping[str, object], Mapping[str, bytes]], None]
SITES_TOGETHER = 8
PICTURES = 6  # of one visit: the home page and the gravest findings
KEPT_TRIES = 400
KNOCK = timedelta(minutes=1)
PICTURED = (Gravity.VETO, Gravity.GRAVE, Gravity.FAULT)


@dataclass(frozen=True, slots=True)
class Watched:
    """One site as supervision wants it watched."""

    code: str
    address: str
    pages: int
    try_hours: float
    visit_hours: float
    asked: datetime | None


@dataclass(slots=True)
class Progress:
    """What is known of one site's rounds."""

    address: str = ""
    visited: datetime | None = None
    tried: datetime | None = None
    tries: list[Try] | None = None
    failed: int = 0  # tries in a row with no page
    down: bool = False  # the last visit got no home page
    knocked: datetime | None = None


def watched_of(rows: object) -> list[Watched]:
    """The list as it was sent; a row that can't be read is left out, the others are still watched."""
    found = []
    for row in rows if isinstance(rows, list) else []:
        try:
            asked = datetime.fromisoformat(row["asked"]) if row["asked"] else None
            site = site_address(row["address"])
            found.append(Watched(str(row["code"]), site, int(row["pages"]), float(row["try_hours"]), float(row["visit_hours"]), asked))
        except (KeyError, TypeError, ValueError):
            continue
    return found


def visit_due(site: Watched, known: Progress, now: datetime) -> bool:
    """Never visited, a day ago, asked for since, or two tries in a row got no page."""
    if known.visited is None:
        return True
    asked = site.asked is not None and site.asked > known.visited
    down = known.failed == 2  # exactly: a site that stays down is visited once for it, then daily
    return asked or down or now - known.visited >= timedelta(hours=site.visit_hours)


def knock_due(known: Progress, now: datetime) -> bool:
    """Whether to see if a site that was down is up again. No try of the week: asked oftener because it failed, it would count double."""
    return known.down and (known.knocked is None or now - known.knocked >= KNOCK)


def try_due(site: Watched, known: Progress, now: datetime) -> bool:
    return known.tried is None or now - known.tried >= timedelta(hours=site.try_hours)


class Rounds:
    """Goes on until told to stop; `turn` does what is due once."""

    def __init__(
        self, folder: Path, send: Send, now: Callable[[], datetime], bounds: Bounds, words: Words | None = None, browser: str = ""
    ) -> None:
        self.folder, self.send, self.now, self.bounds, self.words, self.browser = folder, send, now, bounds, words or Words(), browser
        folder.mkdir(parents=True, exist_ok=True)
        self._known: dict[str, Progress] = {}

    async def turn(self, sites: list[Watched]) -> tuple[int, int]:
        """Every try and visit that is due now; the numbers made."""
        gate = asyncio.Semaphore(SITES_TOGETHER)
        done = await asyncio.gather(*(self._one(site, gate) for site in sites))
        return sum(tried for tried, _visited in done), sum(visited for _tried, visited in done)

    async def _one(self, site: Watched, gate: asyncio.Semaphore) -> tuple[bool, bool]:
        known = self._progress(site)
        async with gate:
            tried = visited = False
            if not visit_due(site, known, self.now()) and try_due(site, known, self.now()):
                await self._try(site, known)
                tried = True
            if visit_due(site, known, self.now()) or (knock_due(known, self.now()) and await self._is_up(site, known)):
                await self._visit(site, known)
                visited = True
        return tried, visited

    async def _try(self, site: Watched, known: Progress) -> None:
        """Open the home page once, as the 15-second rule wants it."""
        answer = await self._asked(site)
        one = Try(self.now().isoformat(timespec="seconds"), answer.seconds, answer.status, answer.error)
        known.tries = [*(known.tries or []), one][-KEPT_TRIES:]
        known.tried, known.failed = self.now(), (known.failed + 1 if answer.error or not 0 < answer.status < 500 else 0)
        self._keep(site.code, known)

    def _state(self, site: Watched) -> Path:
        """Where the progress of a visit lies; another address has another file, so that no half of the old is taken up."""
        return self.folder / f"{site.code}-{hashlib.new('sm3', site.address.encode()).hexdigest()[:8]}.visit"

    async def _asked(self, site: Watched) -> Response:
        async with Fetcher(site.address, self.bounds, verify=False) as fetcher:
            return await fetcher.get(site.address)

    async def _is_up(self, site: Watched, known: Progress) -> bool:
        known.knocked = self.now()
        answer = await self._asked(site)
        return not answer.error and answer.status == 200

    async def _visit(self, site: Watched, known: Progress) -> None:
        state = State(self._state(site), site.address)
        bounds = replace(self.bounds, pages=min(site.pages, self.bounds.pages))
        visitor = Visitor(site.address, self.now().date(), bounds, state, self.words, now=self.now)
        visitor.visit.tries = list(known.tries or [])
        try:
            await visitor.walk()
        except Inside as no:
            print(f"✗ {no}", flush=True)
        seen = visitor.visit
        shots = await self._pictures(seen)
        files = {"seen": gzip.compress(json.dumps(visit_row(seen), ensure_ascii=False).encode(), 6)}
        files |= {f"picture{n}": content for n, (_url, _at, content) in enumerate(shots)}
        rows = [{"url": url, "at": at, "file": f"picture{n}"} for n, (url, at, _content) in enumerate(shots)]
        self.send({"site": site.code, "began": seen.began, "pictures": rows}, files)
        self._state(site).unlink(missing_ok=True)  # cut short or not: it is told
        known.visited = known.tried = datetime.fromisoformat(seen.began)
        known.tries = []
        known.down, known.knocked = seen.home is None or seen.home.status != 200 or bool(seen.home.error), self.now()
        known.failed = 3 if known.failed >= 2 and known.down else 0
        self._keep(site.code, known)
        print(f"{site.code}：网页{len(seen.pages)}，图片{len(shots)}{'' if seen.complete else '，没有看完'}", flush=True)

    async def _pictures(self, seen: Visit) -> list[tuple[str, str, bytes]]:
        """The home page and the pages of the gravest findings, one after another."""
        if not self.browser or seen.home is None or seen.home.status != 200 or seen.home.error:
            return []
        judged = judge(seen, self.now().date())
        urls = [seen.home.url]
        for finding in sorted(judged.findings, key=lambda f: ORDER.index(FAULTS[f.fault].gravity)):
            page = seen.pages.get(finding.url)
            wanted = FAULTS[finding.fault].gravity in PICTURED and page is not None and page.status == 200 and not page.error
            if wanted and finding.url not in urls:
                urls.append(finding.url)
        found = []
        for url in urls[:PICTURES]:
            at = self.now().isoformat(timespec="seconds")
            if content := await pictures.picture(url, self.browser):
                found.append((url, at, content))
        return found

    def _progress(self, site: Watched) -> Progress:
        """What is known of a site; one with another address is another site."""
        known = self._known.get(site.code) or self._load(site.code)
        if known.address != site.address:
            known = Progress(site.address)
        self._known[site.code] = known
        return known

    def _load(self, code: str) -> Progress:
        try:
            row = json.loads((self.folder / f"{code}.json").read_bytes())
            moments = [datetime.fromisoformat(row[name]) if row[name] else None for name in ("visited", "tried")]
            tries = [try_of(one) for one in row["tries"]]
            return Progress(str(row["address"]), moments[0], moments[1], tries, int(row["failed"]), bool(row["down"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Progress()  # never seen, or spoilt by a crash: it is visited anew

    def _keep(self, code: str, known: Progress) -> None:
        row = {
            "address": known.address, "visited": known.visited.isoformat() if known.visited else "",
            "tried": known.tried.isoformat() if known.tried else "",
            "tries": [asdict(one) for one in known.tries or []], "failed": known.failed,
            "down": known.down,
        }  # fmt: skip
        half = self.folder / f"{code}.half"
        half.write_text(json.dumps(row), encoding="utf-8")
        os.replace(half, self.folder / f"{code}.json")
