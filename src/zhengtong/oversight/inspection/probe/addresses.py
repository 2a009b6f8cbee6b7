"""Which addresses belong to a site, and which no visitor is led to."""

import ipaddress
import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

PORTS = {"http": 80, "https": 443}
ATTACHMENT = re.compile(r"\.(docx?|xlsx?|pptx?|pdf|ofd|wps|et|zip|rar|7z|txt|csv|mp4|mp3)$", re.IGNORECASE)
IMAGE = re.compile(r"\.(png|jpe?g|gif|svg|webp|bmp|ico)$", re.IGNORECASE)
FEED = re.compile(r"\.(xml|rss|atom|json)$", re.IGNORECASE)
NEVER = ("javascript:", "mailto:", "tel:", "data:", "about:", "weixin:", "sms:")
UNSAFE = re.compile(r"[^\x21-\x7e]")
MOST = 2000  # characters of an address
SESSION = re.compile(r";(?:jsessionid|sid)=[\w.!-]*", re.IGNORECASE)
SESSION_ASKED = re.compile(r"(?:^|&)(?:jsessionid|phpsessid|aspsessionid\w*|sessionid|sid)=[^&]*", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
REPEATED = 3  # a folder that stands so often in one path leads into itself


def normal(url: str) -> str:
    """One spelling for one address: lower-case host, no default port, no fragment, no dot segments, encoded; "" when it is none."""
    try:
        parts = urlsplit(url.strip())
        if parts.scheme.lower() not in PORTS or not parts.hostname or parts.username is not None:
            return ""
        scheme, port = parts.scheme.lower(), parts.port
    except ValueError:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    where = host if port in (None, PORTS[scheme]) else f"{host}:{port}"
    path = parts.path or "/"
    query = parts.query
    if ";" in path:
        path = SESSION.sub("", path)  # a session's number makes no other page of it
    if query and "s" in query.lower():
        query = SESSION_ASKED.sub("", query).lstrip("&")
    if UNSAFE.search(path):
        path = quote(path, safe="/%:@!$&'()*+,;=~-._")
    if query and UNSAFE.search(query):
        query = quote(query, safe="/%:@!$&'()*+,;=~-._?")
    return urlunsplit((scheme, where, path, query, ""))[:MOST]


def joined(base: str, href: str) -> str:
    """The address that a link means, "" for scripts, mail and what is none."""
    href = href.strip()
    if href.startswith("/") and not href.startswith("//"):
        base = base[: base.find("/", 8) + 1] or base  # every page of a site repeats its menu: the same from all of them
    elif href.startswith(("http://", "https://")):
        base = ""
    return _joined(base, href)


@lru_cache(maxsize=50_000)
def _joined(base: str, href: str) -> str:
    if not href or href.startswith("#") or href.lower().startswith(NEVER):
        return ""
    try:
        return normal(urljoin(base, href))
    except ValueError:
        return ""


@lru_cache(maxsize=50_000)
def origin(url: str) -> tuple[str, int]:
    """Host and port, http and https of one host on their usual ports being one."""
    parts = urlsplit(url)
    port = parts.port or PORTS.get(parts.scheme, 0)
    return parts.hostname or "", 0 if port == PORTS.get(parts.scheme) else port


@lru_cache(maxsize=50_000)
def same_site(url: str, site: str) -> bool:
    """Whether an address belongs to the site: the same host and port, in the same folder where the site is a folder."""
    base = urlsplit(site).path.rpartition("/")[0] + "/"
    return origin(url) == origin(site) and (urlsplit(url).path or "/").startswith(base)


def numeric(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address when the host is written as one."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def private(host: str) -> bool:
    """Whether a host written as an address, or by name, lies in no public network."""
    if host.lower().rstrip(".") in ("localhost", "localhost.localdomain") or host.lower().endswith((".local", ".internal", ".lan")):
        return True
    there = numeric(host)
    if there is None:
        return False
    mapped = getattr(there, "ipv4_mapped", None)
    return not (mapped or there).is_global or there.is_multicast


def shape(url: str) -> str:
    """The address without its numbers: what a calendar or a counter gives again and again."""
    parts = urlsplit(url)
    return DIGITS.sub("#", f"{parts.path}?{parts.query}" if parts.query else parts.path)


def leads_into_itself(url: str) -> bool:
    """Whether a folder stands in the path again and again, as broken relative links make it."""
    folders = [part for part in urlsplit(url).path.split("/") if part]
    return any(folders.count(part) > REPEATED for part in set(folders))


@lru_cache(maxsize=50_000)
def kind(url: str) -> str:
    """What an address promises by its ending."""
    path = urlsplit(url).path
    for name, pattern in (("attachment", ATTACHMENT), ("image", IMAGE), ("asset", FEED)):
        if pattern.search(path):
            return name
    return "page"


def split(url: str) -> SplitResult:
    return urlsplit(url)
