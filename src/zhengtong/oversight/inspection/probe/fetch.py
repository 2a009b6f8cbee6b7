"""Asking a site for something: politely, with bounds, never led to another site or into a private network."""

import asyncio
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from .addresses import joined, private, same_site, split

AGENT = "ZhengtongInspector/1.0 (government site inspection)"
HOPS = 6
HEADERS = (
    "Server",
    "Date",
    "Last-Modified",
    "ETag",
    "Content-Type",
    "Content-Length",
    "Location",
    "Via",
    "X-Powered-By",
)  # kept as evidence
START = 16  # bytes of an attachment that tell its kind


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a visit goes and how hard it knocks."""

    pages: int = 500
    files: int = 2000
    depth: int = 6
    seconds: float = 1800.0
    page_bytes: int = 3 << 20
    rate: float = 5.0  # requests a second; 0: as fast as it answers
    together: int = 4
    patience: float = 15.0
    allow_private: bool = False
    robots: bool = True


@dataclass(slots=True)
class Response:
    """What came back."""

    url: str  # that answered, after redirects inside the site
    status: int = 0
    seconds: float = 0.0
    body: bytes = b""
    type: str = ""
    charset: str = ""
    size: int = -1
    error: str = ""  # unreachable | slow | leaves | loop | private
    to: str = ""
    cut: bool = False
    headers: dict[str, str] = field(default_factory=dict)


class Refusing(AbstractResolver):
    """Names that resolve into private networks do not resolve; asked at connection time, so no name can change in between."""

    def __init__(self) -> None:
        self._inner = ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)  # type: ignore[arg-type]
        if any(private(one["host"]) for one in found):
            raise OSError(f"{host}: private address")
        return found

    async def close(self) -> None:
        await self._inner.close()


class Fetcher:
    """One site's connection: keeps its rate and its bounds."""

    def __init__(self, site: str, bounds: Bounds, verify: bool = True) -> None:
        self.site, self.bounds, self.verify = site, bounds, verify
        self._next = 0.0

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            limit=self.bounds.together,
            resolver=None if self.bounds.allow_private else Refusing(),
            ssl=self.verify,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=self.bounds.patience),
            headers={"User-Agent": AGENT, "Accept-Language": "zh-CN,zh;q=0.9"},
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._session.close()

    async def get(self, url: str, start_only: bool = False) -> Response:
        """Ask for an address; redirects are followed inside the site alone."""
        answer, seen = Response(url), {url}
        began = time.monotonic()
        for _hop in range(HOPS):
            if private(split(answer.url).hostname or "") and not self.bounds.allow_private:
                answer.error = "private"
                return answer
            to = await self._once(answer, start_only)
            answer.seconds = round(time.monotonic() - began, 3)
            if not to:
                return answer
            if not same_site(to, self.site):
                answer.error, answer.to = "leaves", to
                return answer
            if to in seen:
                break
            seen.add(to)
            answer.url = to
        answer.error = "loop"
        return answer

    async def _once(self, answer: Response, start_only: bool) -> str:
        """One request; the address that a redirect gives, or ""."""
        await self._turn()
        headers = {"Range": f"bytes=0-{START - 1}"} if start_only else {}
        try:
            async with self._session.get(answer.url, allow_redirects=False, headers=headers) as got:
                answer.status, answer.type, answer.charset = got.status, got.content_type, got.charset or ""
                answer.headers = {name: got.headers[name][:200] for name in HEADERS if name in got.headers}
                if got.status in (301, 302, 303, 307, 308) and (to := joined(answer.url, got.headers.get("Location", ""))):
                    return to
                answer.size = _size(got)
                if start_only:
                    answer.body = await got.content.read(START)
                    answer.size = answer.size if answer.size >= 0 else (0 if not answer.body else -1)
                    if answer.status in (206, 416):
                        answer.status = 200
                else:
                    await self._read(got, answer)
        except TimeoutError:
            answer.error = "slow"
        except (aiohttp.ClientError, OSError, ValueError, UnicodeError):
            answer.error = "unreachable"
        return ""

    async def _read(self, got: aiohttp.ClientResponse, answer: Response) -> None:
        """The body, no longer than the bound."""
        parts, size = [], 0
        async for piece in got.content.iter_chunked(1 << 16):
            parts.append(piece)
            size += len(piece)
            if size > self.bounds.page_bytes:
                answer.cut = True
                got.close()
                break
        answer.body = b"".join(parts)[: self.bounds.page_bytes]

    async def _turn(self) -> None:
        """Wait for this host's turn."""
        if self.bounds.rate <= 0:
            return
        now = time.monotonic()
        at = max(now, self._next)
        self._next = at + 1 / self.bounds.rate
        if at > now:
            await asyncio.sleep(at - now)

    def slower(self, rate: float) -> None:
        """No more than so many requests a second, as the site asks in its robots.txt."""
        if rate > 0 and (self.bounds.rate <= 0 or rate < self.bounds.rate):
            self.bounds = Bounds(**{**{name: getattr(self.bounds, name) for name in Bounds.__slots__}, "rate": rate})


def _size(got: aiohttp.ClientResponse) -> int:
    """The whole length as the header tells it, also of a part; -1 when it doesn't."""
    whole = got.headers.get("Content-Range", "").rpartition("/")[2]
    said = whole if whole.isdecimal() else got.headers.get("Content-Length", "")
    return int(said) if said.isdecimal() else -1
