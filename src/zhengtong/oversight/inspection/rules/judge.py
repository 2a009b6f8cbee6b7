"""From what a visit saw to findings and the tally that the scorers read. Pure: the same visit gives the same findings."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from . import veto
from .columns import Column, column_findings, columns, content, differing_dates, earliest_texts, furniture
from .facts import Answer, Finding, Kind, Page, Visit
from .faults import FAULTS, ORDER, Gravity
from .freshness import HOME_DAYS, NO_CONSULTATION, NOTHING, Class, Known, newest, update
from .veto import Tally

GONE = (404, 410)
SLOW = 3.0
SOON = 30
EXAMPLES = 5
ONCE = ("tag_", "mark_", "no_language", "no_alt", "no_viewport", "no_title", "foreign_", "inside_link", "bare_address", "mixed_content")
MAGIC = {
    "pdf": (b"%PDF",), "docx": (b"PK",), "xlsx": (b"PK",), "pptx": (b"PK",), "zip": (b"PK",), "ofd": (b"PK",), "rar": (b"Rar!",),
    "7z": (b"7z",), "doc": (b"\xd0\xcf", b"{\\rtf", b"PK"), "xls": (b"\xd0\xcf", b"PK"), "ppt": (b"\xd0\xcf", b"PK"),
    "wps": (b"\xd0\xcf", b"PK"), "et": (b"\xd0\xcf", b"PK"),
}  # fmt: skip
DEAD = {"attachment": "dead_attachment", "image": "dead_image", "asset": "dead_asset"}


@dataclass(frozen=True, slots=True)
class Expected:
    """What is known of a site beforehand; all may be empty for a foreign one."""

    domain: str = ""
    periods: Mapping[str, int] = field(default_factory=dict)
    known: Known = NOTHING
    tries: int = 0  # of the whole week, where somebody kept them
    failed: int = 0
    published: Sequence[Mapping[str, str]] = ()  # path → SM3 of each release that may have been served


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that follows from one visit."""

    findings: list[Finding]
    columns: list[Column]
    tally: Tally


def judge(visit: Visit, on: date, expected: Expected | None = None) -> Judgement:
    """Findings, the gravest first; columns; tally."""
    expect = expected or Expected()
    found = columns(visit, on, expect.known, expect.periods)
    menu, texts = furniture(visit), earliest_texts(visit.good())
    home = visit.home
    lines = content(home, menu, visit) if home else []
    updates = [update(i, home.url, visit.pages.get(i.url), texts, expect.known, on) for i in lines] if home else []
    last = newest(updates) if updates else max((c.newest for c in found if c.newest), default=None)
    letters = list(_letters(visit, found))
    services, guides = _services(visit)
    channel = _channel(visit)
    findings = [
        *_reach(visit),
        *_dead(visit),
        *_answers(visit),
        *_notes(visit),
        *_same_tags(visit, expect.domain),
        *column_findings(found, on),
        *differing_dates(found, visit),
        *_published(visit, expect.published or ([visit.manifest] if visit.manifest else [])),
        *_guides(visit),
        *(f for f, asked in letters if veto.unanswered(asked, on)),
    ]
    dated = bool(updates) or any(column.items for column in found)
    if home and home.status == 200 and not home.error:
        if dated and veto.home_still(last, on):
            findings.append(Finding("home_stale", home.url, {"last": last.isoformat() if last else ""}))
        if channel is False:
            findings.append(Finding("no_channel", home.url))
        if services == 0:
            findings.append(Finding("no_services", home.url))
    tries = expect.tries or len(visit.tries)
    failed = expect.failed if expect.tries else sum(_failed(one.status, one.error, one.seconds) for one in visit.tries)
    if veto.unreachable(tries, failed):
        findings.append(Finding("often_unreachable", visit.site, {"tries": tries, "failed": failed}))
    findings.sort(key=lambda f: (ORDER.index(FAULTS[f.fault].gravity), f.fault, f.url))
    states = Counter((column.kind, column.state) for column in found)
    items = Counter(FAULTS[f.fault].item for f in findings if FAULTS[f.fault].item)
    tally = Tally(
        day=on, tries=tries, failed=failed, home_open=bool(home and home.status == 200 and not home.error), home_newest=last, home_dated=dated,
        home_new=sum(u.day is not None and u.day >= on - timedelta(days=HOME_DAYS) for u in updates),
        stale_news=states[Class.NEWS, "stale"], stale_notices=states[Class.NOTICES, "stale"], stale_yearly=states[Class.YEARLY, "stale"],
        overdue=sum(n for (kind, state), n in states.items() if state == "stale" and kind not in (Class.NEWS, Class.NOTICES)),
        empty=sum(n for (_kind, state), n in states.items() if state == "empty"),
        grave=sum("单项否决1" in FAULTS[f.fault].source and FAULTS[f.fault].gravity is Gravity.GRAVE for f in findings),
        channel=channel, letters=[asked for _f, asked in letters], services=services, guides_lacking=guides,
        faults={**items, "dead_link_home": sum(f.fault == "dead_link_home" for f in findings)},
    )  # fmt: skip
    return Judgement(findings, found, tally)


def _failed(status: int, error: str, seconds: float) -> bool:
    """A try that got no page within 15 seconds."""
    return error in ("unreachable", "slow") or seconds >= veto.PATIENCE or status >= 500 or status == 0


def _reach(visit: Visit) -> Iterator[Finding]:
    """The home page and the road to it."""
    home = visit.home
    if home is not None:
        evidence = {"status": home.status, "seconds": home.seconds, "at": home.at}
        if home.error == "slow" or home.seconds >= veto.PATIENCE:
            yield Finding("home_slow", home.url, evidence)
        elif home.error == "leaves":
            yield Finding("leaves_site", home.url, {"to": home.to})
        elif home.error in ("unreachable", "loop") or home.status >= 400:
            yield Finding("home_unreachable", home.url, {**evidence, "error": home.error})
    slow = [page for page in visit.good() if SLOW < page.seconds < veto.PATIENCE]
    if slow:
        yield Finding("slow_page", slow[0].url, {"seconds": slow[0].seconds, "pages": len(slow)})
    shown = visit.network.get("certificate")
    if isinstance(shown, dict):
        until = date.fromisoformat(str(shown["until"])) if shown.get("until") else None
        if until and until < visit.day:
            yield Finding("cert_expired", visit.site, {"until": until.isoformat()})
        elif shown.get("trouble"):
            yield Finding("cert_wrong", visit.site, {"trouble": shown["trouble"], "issuer": shown.get("issuer", "")})
        elif until and (until - visit.day).days <= SOON:
            yield Finding("cert_soon", visit.site, {"until": until.isoformat()})
    if visit.network.get("ipv6") is False:
        yield Finding("no_ipv6", visit.site)


def _referring(visit: Visit) -> dict[str, list[str]]:
    """For each address, the pages that lead there."""
    found: dict[str, list[str]] = {}
    for page in visit.good():
        for url, _words in page.links:
            found.setdefault(url, []).append(page.url)
        for url, _kind in page.files:
            found.setdefault(url, []).append(page.url)
    return found


def _dead(visit: Visit) -> Iterator[Finding]:
    from_where = _referring(visit)
    home = visit.home
    for page in visit.pages.values():
        if page.depth == 0:
            continue
        on = from_where.get(page.url, [])
        evidence = {"status": page.status, "at": page.at, "on": on[:EXAMPLES], "pages": len(on)}
        if page.error == "loop":
            yield Finding("redirect_loop", page.url, evidence)
        elif page.error in ("unreachable", "slow") or page.status in GONE:
            at_home = home is not None and home.url in on
            yield Finding("dead_link_home" if at_home else "dead_link", page.url, {**evidence, "error": page.error})
        elif page.status >= 500:
            yield Finding("server_error", page.url, evidence)


def _answers(visit: Visit) -> Iterator[Finding]:
    from_where = _referring(visit)
    for answer in visit.answers.values():
        on = from_where.get(answer.url, [])
        evidence = {"status": answer.status, "on": on[:EXAMPLES], "pages": len(on)}
        if answer.error or answer.status in GONE or answer.status >= 500:
            if answer.error not in ("leaves", "private"):
                yield Finding(DEAD[answer.kind], answer.url, {**evidence, "error": answer.error})
        elif answer.kind == "attachment" and answer.status == 200:
            if answer.size == 0:
                yield Finding("empty_attachment", answer.url, evidence)
            elif _disguised(answer):
                yield Finding("wrong_attachment", answer.url, {**evidence, "type": answer.type, "start": answer.start[:16]})


def _disguised(answer: Answer) -> bool:
    """Whether the first bytes are not those of the type that the name promises."""
    ending = urlsplit(answer.url).path.rpartition(".")[2].lower()
    starts = MAGIC.get(ending)
    begins = bytes.fromhex(answer.start)
    return bool(begins) and starts is not None and not begins.startswith(starts)


def _notes(visit: Visit) -> Iterator[Finding]:
    """What pages are blamed for; what a template causes is one finding with the pages that show it."""
    whole: dict[tuple[str, str], list[Finding]] = {}
    for page in visit.good():
        for note in page.notes:
            if note.fault.startswith(ONCE):
                key = str(note.evidence.get("tag") or note.evidence.get("mark") or note.evidence.get("link") or "")
                whole.setdefault((note.fault, key), []).append(note)
            else:
                yield note
    for notes in whole.values():
        first = notes[0]
        yield Finding(first.fault, first.url, {**first.evidence, "pages": len(notes), "on": [n.url for n in notes[:EXAMPLES]]})


def _numeric(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _same_tags(visit: Visit, domain: str) -> Iterator[Finding]:
    """The site's tags say the same on every page, and the domain is the true one."""
    home = visit.home
    if home is None or home.status != 200:
        return
    for name in ("SiteName", "SiteDomain", "SiteIDCode"):
        said = home.tags.get(name, "").strip()
        others = [page for page in visit.good() if page.tags.get(name, "").strip() not in ("", said)]
        if said and others:
            written = others[0].tags[name].strip()
            yield Finding("tag_differs", others[0].url, {"tag": name, "home": said, "written": written, "pages": len(others)})
    host = urlsplit(visit.site).hostname or ""
    true = domain or ("" if _numeric(host) or host == "localhost" else host)
    said = home.tags.get("SiteDomain", "").strip()
    if true and said and said.lower() not in (true, true.removeprefix("www.")):
        yield Finding("domain_wrong", home.url, {"written": said, "domain": true})
    if not (home.tags.get("SiteName") or home.heading or home.title):
        yield Finding("site_name", home.url)


def _published(visit: Visit, releases: Sequence[Mapping[str, str]]) -> Iterator[Finding]:
    """What is served against what was published: a page is good when one of the releases holds it just so."""
    if not releases:
        return
    for page in visit.good():
        path = unquote(urlsplit(page.url).path).lstrip("/")
        if not page.sm3 or page.to or any(f"/{path}".startswith(prefix) for prefix in visit.dynamic):
            continue
        names = (path, f"{path}index.html", f"{path}/index.html")
        published = [files[name] for files in releases for name in names if name in files]
        if not published:
            yield Finding("added", page.url, {"sm3": page.sm3, "at": page.at})
        elif page.sm3 not in published:
            yield Finding("changed", page.url, {"published": published[0], "served": page.sm3, "at": page.at})


def _guide_pages(visit: Visit) -> list[Page]:
    return [page for page in visit.good() if page.kind == Kind.GUIDE]


def lacking(page: Page) -> list[str]:
    """The element groups that a guide lacks; its heading is the item's name."""
    return [code for code in veto.ELEMENTS if code not in page.elements and not (code == "name" and page.heading)]


def _guides(visit: Visit) -> Iterator[Finding]:
    for page in _guide_pages(visit):
        lacks = lacking(page)
        if lacks:
            evidence = {"title": page.heading or page.title, "lacks": [veto.ELEMENTS[code][0] for code in lacks]}
            yield Finding("guide_poor" if len(lacks) >= veto.LACKING else "guide_lacks", page.url, evidence)


def _services(visit: Visit) -> tuple[int | None, list[int]]:
    """How many services the visit saw, None when they lie on a platform elsewhere; and what each guide lacks."""
    guides = [len(lacking(page)) for page in _guide_pages(visit)]
    if guides:
        return len(guides), guides
    offered = any("services" in page.offers for page in visit.good())
    return (None if offered or visit.cut else 0), []


def _channel(visit: Visit) -> bool | None:
    """Whether a visitor can ask something; None when the visit could not see all."""
    if any("channel" in page.offers for page in visit.good()):
        return True
    return None if visit.cut or not visit.good() else False


def _letters(visit: Visit, found: list[Column]) -> Iterator[tuple[Finding, date]]:
    """Letters that wait for their answer, with the day they were asked."""
    told: set[str] = set()
    for column in found:
        if column.kind is not Class.LETTERS or any(word in column.name for word in NO_CONSULTATION):
            continue
        for item in visit.pages[column.url].items:
            there = visit.pages.get(item.url)
            asked = item.day or (there.published if there else None)
            waits = _waiting(item.rest) or (there.says if there else "")
            if asked and waits and item.url not in told:
                told.add(item.url)
                yield (
                    Finding("letter_unanswered", item.url or column.url, {"title": item.title, "asked": asked.isoformat(), "state": waits}),
                    asked,
                )


WAITS = ("未答复", "未回复", "待答复", "待回复", "待办理", "正在办理", "处理中", "办理中")


def _waiting(rest: str) -> str:
    return next((word for word in WAITS if word in rest), "")
