"""One visit: home page first, then breadth first along the links, until all is seen or a bound is reached."""

import asyncio
import hashlib
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from urllib.robotparser import RobotFileParser

from zhengtong.foundation.clock import real_now
from zhengtong.oversight.inspection.rules.facts import Answer, Kind, Page, Try, Visit
from zhengtong.oversight.inspection.rules.freshness import Class, column_class
from zhengtong.oversight.inspection.rules.words import Words

from .addresses import joined, leads_into_itself, normal, same_site, shape
from .fetch import AGENT, Bounds, Fetcher, Response
from .reading import Manner, decoded, onward, read
from .road import road
from .state import State

HTML = ("text/html", "application/xhtml+xml", "")
BARREN = 40  # pages of one shape that held nothing, before the shape is left alone
SIGNPOSTS = 3
TOLD_TRAPS = 20
Told = Callable[[Visit, int], None]


class Inside(ValueError):
    """The address lies in a private network."""

    def __str__(self) -> str:
        return f"{self.args[0]} 是内部地址；确属自己的网络时加 --allow-private / private address"


class Visitor:
    """Walks through one site; what it saw is in `visit` at any moment."""

    def __init__(
        self, site: str, today: date, bounds: Bounds, state: State, words: Words, told: Told | None = None,
        now: Callable[[], datetime] = real_now,
    ) -> None:  # fmt: skip
        self.now = now
        self.visit = Visit(site, self._moment())
        self.manner, self.bounds, self.state, self.told = Manner(site, today, words), bounds, state, told
        self._queue: deque[tuple[str, str, int, Class | None]] = deque()
        self._met: set[str] = set()
        self._barren: Counter[str] = Counter()
        self._robots: RobotFileParser | None = None
        self._end = 0.0

    def _moment(self) -> str:
        return self.now().isoformat(timespec="seconds")

    async def walk(self, tries: int = 1, pause: float = 0.0) -> Visit:
        """The whole visit; a broken one goes on from its state."""
        self.state.load(self.visit)
        self._end = time.monotonic() + self.bounds.seconds
        visit, done = self.visit, False
        try:
            visit.network |= await road(visit.site, self.bounds.allow_private, self.bounds.patience)
            if visit.network.get("private"):
                raise Inside(visit.site)
            trouble = visit.network.get("certificate")
            async with Fetcher(visit.site, self.bounds, verify=not (isinstance(trouble, dict) and trouble["trouble"])) as self._fetcher:
                await self._tries(tries, pause)
                await self._rules_of_the_house()
                for page in list(visit.pages.values()):
                    self._met.add(page.url)
                for page in list(visit.pages.values()):
                    self._follow(page)
                self._met |= set(visit.answers)
                self._enqueue(visit.site, "page", 0, None)
                await self._go()
            done = not visit.cut
        finally:
            visit.complete, visit.ended = done, self._moment()
            self.state.close(done)
        return visit

    async def _tries(self, number: int, pause: float) -> None:
        """Open the home page so many times more, as the 15-second rule wants it."""
        while len(self.visit.tries) < number - 1:
            self._try(await self._fetcher.get(self.visit.site))
            await asyncio.sleep(pause)

    def _try(self, answer: Response) -> None:
        one = Try(self._moment(), answer.seconds, answer.status, answer.error)
        self.visit.tries.append(one)
        self.state.write("try", asdict(one))

    async def _rules_of_the_house(self) -> None:
        if not self.bounds.robots:
            return
        answer = await self._fetcher.get(joined(self.visit.site, "/robots.txt"))
        if answer.status != 200 or answer.error:
            return
        self._robots = RobotFileParser()
        self._robots.parse(answer.body.decode("utf-8", "replace").splitlines())
        delay = self._robots.crawl_delay(AGENT)
        if delay:
            self._fetcher.slower(1 / min(float(delay), 10.0))

    async def _go(self) -> None:
        """Keep so many requests under way until nothing is left or a bound is met."""
        running: set[asyncio.Task[None]] = set()
        self._begun = {"page": len(self.visit.pages), "file": len(self.visit.answers)}
        try:
            while self._queue or running:
                while self._queue and len(running) < self.bounds.together:
                    if cut := self._bound():
                        self.visit.cut = cut
                        self._queue.clear()
                        break
                    url, kind, depth, parent = self._queue.popleft()
                    self._begun["page" if kind == "page" else "file"] += 1
                    running.add(asyncio.ensure_future(self._page(url, depth, parent) if kind == "page" else self._knock(url, kind)))
                if running:
                    finished, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                    for task in finished:
                        task.result()
        finally:
            for task in running:
                task.cancel()

    def _bound(self) -> str:
        """Which bound is met, or ""."""
        kind = self._queue[0][1]
        if kind == "page" and self._begun["page"] >= self.bounds.pages:
            return "pages"
        if kind != "page" and self._begun["file"] >= self.bounds.files:
            return "files"
        return "seconds" if time.monotonic() >= self._end else ""

    async def _page(self, url: str, depth: int, parent: Class | None) -> None:
        answer = await self._fetcher.get(url)
        for _sign in range(SIGNPOSTS if depth == 0 else 0):  # a first page that only sends on to the real one
            if answer.status != 200 or answer.error or answer.type not in HTML:
                break
            there = onward(decoded(answer.body, answer.charset), answer.url)
            if not there or not same_site(there, self.visit.site) or there == answer.url:
                break
            answer = await self._fetcher.get(there)
        page = Page(url, answer.status, answer.seconds, self._moment(), depth, error=answer.error, to=answer.to)
        page.headers = answer.headers
        if answer.url != url:
            page.to = answer.to or answer.url
            if not answer.error and answer.url in self._met:
                page.error = "elsewhere"  # leads to a page that is visited anyway
            self._met.add(answer.url)
        if depth == 0:
            page.kind = Kind.HOME.value
            self._try(answer)
        if answer.status == 200 and not page.error:
            page.sm3, page.size = hashlib.new("sm3", answer.body).hexdigest(), len(answer.body)
            if answer.type in HTML:
                page.url = answer.url  # links are read from where the page really lies
                read(page, decoded(answer.body, answer.charset), self.manner, parent)
                page.url = url
        self.visit.pages[url] = page
        self.state.page(page)
        form = shape(url)
        self._barren[form] = self._barren[form] + 1 if page.status == 200 and page.kind == Kind.OTHER else 0
        self._follow(page)
        if self.told:
            self.told(self.visit, len(self._queue))

    def _follow(self, page: Page) -> None:
        """Put what a page leads to in the queue, the lines of its list with the column's class."""
        below = column_class(page.tags.get("ColumnName") or page.heading or page.title, page.tags.get("ColumnType", ""))
        lines = {item.url for item in page.items} if page.kind == Kind.COLUMN else set()
        if page.kind == Kind.COLUMN and below is Class.SERVICES:
            lines |= {url for url, _words in page.links}
        for url, _words in page.links:
            self._enqueue(url, "page", page.depth + 1, below if url in lines else None)
        for url, kind in page.files:
            self._enqueue(url, kind, page.depth + 1, None)

    def _enqueue(self, url: str, kind: str, depth: int, parent: Class | None) -> None:
        if url in self._met or depth > self.bounds.depth:
            return
        self._met.add(url)
        if self._robots and depth and not self._robots.can_fetch(AGENT, url):
            self.visit.network["robots"] = int(str(self.visit.network.get("robots", 0))) + 1
            return
        if kind == "page" and (leads_into_itself(url) or self._barren[shape(url)] >= BARREN):
            self._trapped(url)
            return
        self._queue.append((url, kind, depth, parent))

    def _trapped(self, url: str) -> None:
        """Leave alone what goes on for ever, and say so."""
        traps = self.visit.network.setdefault("traps", [])
        assert isinstance(traps, list)
        if len(traps) < TOLD_TRAPS and shape(url) not in traps:
            traps.append(shape(url))

    async def _knock(self, url: str, kind: str) -> None:
        got = await self._fetcher.get(url, start_only=True)
        answer = Answer(url, kind, got.status, got.error, got.size, got.body.hex(), got.type)
        self.visit.answers[url] = answer
        self.state.answer(answer)
        if self.told:
            self.told(self.visit, len(self._queue))


def site_address(given: str) -> str:
    """The address that a person meant; raises ValueError when it is none."""
    url = normal(given if "://" in given else f"http://{given}")
    if not url:
        raise ValueError(given)
    return url
