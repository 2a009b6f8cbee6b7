"""Links that leave the government's sites: marked where they stand, and led over a notice on the same page (网页设计规范: 链接).

The notice is a part of the page at the link's own target, so it needs neither script nor window, and what is printed still names the
address. Other government sites (.gov.cn) are reached straight away.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urlsplit

LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)  # as `text.clean` writes it
GOVERNMENT = ".gov.cn"


@dataclass(frozen=True, slots=True)
class Leaving:
    """One address outside, and the number of its notice on the page."""

    number: int
    href: str
    host: str


def host_outside(href: str, domain: str) -> str:
    """The host that the link leads to, or nothing when it stays on this site or another one of the government."""
    try:
        host = urlsplit(href.strip()).hostname or ""
    except ValueError:
        return ""
    return "" if host == domain or f".{host}".endswith(GOVERNMENT) else host


def guarded(html: str, domain: str, mark: str) -> tuple[str, list[Leaving]]:
    """Cleaned `html` whose outward links lead to their notices, and the notices in order; `mark` is read aloud after such a link."""
    found: dict[str, Leaving] = {}
    return LINK.sub(_turn(found, domain, mark), html), list(found.values())


def _turn(found: dict[str, Leaving], domain: str, mark: str) -> Callable[[re.Match[str]], str]:
    def turned(link: re.Match[str]) -> str:
        href = unescape(link[1]).strip()
        if not (host := host_outside(href, domain)):
            return link[0]
        leaving = found.setdefault(href, Leaving(len(found) + 1, href, host))
        return f'<a class="zp-out" href="#leaving-{leaving.number}">{link[2]}<span class="zt-hidden">{escape(mark)}</span></a>'

    return turned
