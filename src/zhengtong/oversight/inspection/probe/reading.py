"""Reading one page: what kind it is, its tags, lists, links, days, and what its own words are blamed for."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from zhengtong.oversight.inspection.rules import tags, veto, words
from zhengtong.oversight.inspection.rules.facts import Finding, Kind, Page
from zhengtong.oversight.inspection.rules.freshness import Class, column_class
from zhengtong.oversight.inspection.rules.words import Words

from . import lists
from .addresses import joined, kind, numeric, private, same_site, split

CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{3,20})", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{3,}", re.IGNORECASE)
WAITING = re.compile(r"未答复|未回复|待答复|待回复|待办理|暂无答复|暂无回复|尚未答复|正在办理|处理中|办理中")
NOTHING = re.compile(r"暂无(?:内容|信息|数据|相关|文章)|没有(?:相关)?(?:内容|信息|数据)")
POLICY = re.compile(r"〔20\d\d〕\s*\d+\s*号")
VALIDITY = re.compile(r"有效性|现行有效|已?废止|失效|有效期")
ELDER = re.compile(r"长辈|适老|无障碍|关怀版|老年")
OFFERS = {"channel": re.compile(r"咨询|信箱|留言|互动|来信"), "services": re.compile(r"办事|政务服务|事项|一网通办")}
SHORT_LISTS = (Class.NEWS, Class.NOTICES, Class.YEARLY, Class.LETTERS)
LEAST_BODY = 60  # characters: a shorter text is no proof of a copy
SHORT_PAGE = 600
LONGEST_SIGNPOST = 4000  # characters of a page that only sends on
REFRESH = re.compile(r"<meta[^>]+refresh[^>]+content\s*=\s*[\"'][\d.]+\s*;\s*url\s*=\s*'?([^\"'>]+)", re.IGNORECASE)
LOCATION = re.compile(r"(?:window|self|top|document)?\.?location(?:\.href)?\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
SEARCH = "input[type=search], form[role=search], form[action*=search], a[href*=search], [id*=search] input"
FOOT_LENGTH = 700


@dataclass(frozen=True, slots=True)
class Manner:
    """How a visit reads: the site, its day, the county's words."""

    site: str
    today: date
    words: Words = field(default_factory=Words)
    allowed: tuple[str, ...] = ()  # hosts whose scripts are expected


OWN_SCRIPTS = ("conac.cn", "gov.cn", "beian.miit.gov.cn", "hm.baidu.com", "kaipuyun.cn", "ucap.com.cn")  # marks, error report, statistics


def decoded(body: bytes, charset: str) -> str:
    """The text of a page, by its header's charset, its own word, or as UTF-8."""
    said = CHARSET.search(body[:2048])
    declared = charset or (said.group(1).decode("ascii", "replace") if said else "")
    name = {"gb2312": "gb18030", "gbk": "gb18030"}.get(declared.lower(), declared or "utf-8")
    try:
        return body.decode(name, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def read(page: Page, text: str, manner: Manner, parent: Class | None = None) -> Page:
    """Fill in what a page says. `parent` is the class of the column whose list led here."""
    tree = LexborHTMLParser(text)
    names = [name for node in tree.css("meta[name]") if (name := node.attributes.get("name") or "")]
    for node in tree.css("meta[name]"):
        page.tags.setdefault(node.attributes.get("name") or "", (node.attributes.get("content") or "")[:300])
    page.title = lists.squeezed(title.text())[:200] if (title := tree.css_first("title")) else ""
    page.heading = lists.squeezed(heading.text())[:200] if (heading := tree.css_first("h1")) else ""
    hidden = list(_hidden(tree, manner))
    base = _base(page, tree)
    _links(page, base, tree, manner)
    blamed = [*_look(page, tree, manner), *hidden]
    tree.strip_tags(["script", "style", "template", "noscript"])
    whole = lists.squeezed(tree.body.text(separator=" ")) if tree.body else ""
    page.items = lists.items(tree, base, manner.today)
    page.elements = _elements(whole)
    page.published = _published(page, tree, whole)
    page.kind = _kind(page, whole, parent).value
    if page.kind == Kind.ARTICLE:
        page.body = _body(tree)
    if page.kind != Kind.GUIDE:
        page.elements = []
    letter = page.kind in (Kind.ARTICLE, Kind.OTHER) and parent is Class.LETTERS
    if (letter or page.kind == Kind.COLUMN) and (found := (WAITING if letter else NOTHING).search(whole)):
        page.says = found.group()
    page.form = bool(tree.css_first("form textarea, form[method=post] input, form[method=POST] input"))
    blamed += _words(page, whole, manner)
    blamed += tags.faults(page.kind, page.tags, names, page.heading)
    blamed += tags.marks(_foot(tree, whole, text))
    page.notes = [Finding(fault, page.url, evidence) for fault, evidence in blamed]
    return page


Blame = tuple[str, dict[str, object]]


def _kind(page: Page, whole: str, parent: Class | None) -> Kind:
    """Home, article, guide or column: by the national tags, and on sites without them by what stands there."""
    if page.depth == 0:
        return Kind.HOME
    named = {name.lower() for name in page.tags}
    if named & {"articletitle", "pubdate", "contentsource"}:
        return Kind.ARTICLE
    declared = page.tags.get("ColumnType", "") + page.tags.get("ColumnName", "")
    services = parent is Class.SERVICES or column_class("", declared) is Class.SERVICES
    if services and (len(page.elements) >= 2 or (parent is Class.SERVICES and re.search(r"办理|申请|受理|材料", whole) and page.elements)):
        return Kind.GUIDE
    if "columnname" in named or {"columndescription", "columntype"} & named:
        return Kind.COLUMN
    dated = sum(item.day is not None for item in page.items)
    if page.published and dated < 5 and len(whole) > 200 and parent is not Class.LETTERS:
        return Kind.ARTICLE
    if dated >= 3 or (len(page.items) >= 5 and dated):
        return Kind.COLUMN
    if dated >= 2 and column_class(page.heading or page.title) in SHORT_LISTS:  # a column with little in it is one all the same
        return Kind.COLUMN
    return Kind.OTHER


def _published(page: Page, tree: LexborHTMLParser, whole: str) -> date | None:
    """When a page says it was published."""
    said = next((value for name, value in page.tags.items() if name.lower() == "pubdate"), "")
    if said and (day := lists.first_day(said)):
        return day
    if (found := lists.SAID.search(whole)) and (day := lists.first_day(whole[found.end() : found.end() + 20])):
        return day
    if (moment := tree.css_first("article time[datetime]")) and (day := lists.first_day(moment.attributes.get("datetime") or "")):
        return day
    of = lists.IN_ADDRESS.search(page.url)
    return lists.day_of(*of.groups()) if of else None


def _body(tree: LexborHTMLParser) -> str:
    """The digest of an article's paragraphs, without the line that says when and from where."""
    main = tree.css_first("article, #zoom, .TRS_Editor, .article-content, .zp-body, .content, main") or tree.body
    parts = [lists.SPACE.sub("", node.text()) for node in main.css("p")] if main else []
    text = "".join(part for part in parts if not re.match(r"(来源|发布时间|发布日期|打印|分享|上一篇|下一篇)", part))
    return hashlib.new("sm3", text.encode()).hexdigest() if len(text) >= LEAST_BODY else ""


def _elements(whole: str) -> list[str]:
    """Which of the eight element groups of a guide are there and not empty."""
    labels = [word for _label, variants in veto.ELEMENTS.values() for word in variants]
    found = []
    for code, (_label, variants) in veto.ELEMENTS.items():
        for word in variants:
            at = whole.find(word)
            if at < 0:
                continue
            said = whole[at + len(word) : at + len(word) + 40].lstrip(" :：")
            if said and not said.startswith((*labels, "暂无", "待定", "—", "无 ")):
                found.append(code)
                break
    return found


def _words(page: Page, whole: str, manner: Manner) -> list[Blame]:
    blamed = list(words.faults(whole, page.published if page.kind == Kind.ARTICLE else None, manner.today, manner.words))
    if page.title.startswith(words.FOLDERS) or page.heading.startswith(words.FOLDERS):
        blamed.append(("lists_folder", {"text": (page.title or page.heading)[:80]}))
    short = len(whole) < SHORT_PAGE
    if page.depth and short and (word := next((w for w in words.MISSING if w in page.title + " " + page.heading + " " + whole), "")):
        blamed.append(("soft_missing", {"text": words.around(whole, word) or page.title}))
    elif page.kind != Kind.ARTICLE and (word := next((w for w in words.BUILDING if w in whole), "")):
        blamed.append(("under_construction", {"text": words.around(whole, word)}))
    declared = page.tags.get("ColumnType", "") + page.tags.get("ColumnName", "")
    if page.kind == Kind.ARTICLE and "政策文件" in declared and not (POLICY.search(whole) and VALIDITY.search(whole)):
        blamed.append(("policy_lacks", {"heading": page.heading}))
    if page.depth == 0 and not ELDER.search(whole):
        blamed.append(("no_elder", {}))
    return blamed


def onward(text: str, url: str) -> str:
    """Where an empty page sends the visitor on, by refresh or by script; "" when it holds something of its own."""
    if len(text) > LONGEST_SIGNPOST or not (found := REFRESH.search(text) or LOCATION.search(text)):
        return ""
    return joined(url, found.group(1)) if not re.search(r"<a\s[^>]*href", text, re.IGNORECASE) else ""


def _base(page: Page, tree: LexborHTMLParser) -> str:
    """What relative addresses start from."""
    node = tree.css_first("base[href]")
    return (joined(page.url, node.attributes.get("href") or "") if node else "") or page.url


def _links(page: Page, base: str, tree: LexborHTMLParser, manner: Manner) -> None:
    """The addresses inside the site that a page leads to."""
    seen: set[str] = set()
    spoken = " ".join(node.text() for node in tree.css("a[href], button"))
    page.offers = [name for name, said in OFFERS.items() if said.search(spoken)]
    for node in tree.css("a[href], area[href], iframe[src], frame[src]"):
        target = joined(base, node.attributes.get("href") or node.attributes.get("src") or "")
        if not target or target in seen or not same_site(target, manner.site):
            continue
        seen.add(target)
        if (what := kind(target)) == "page":
            page.links.append((target, lists.squeezed(node.text())[:60]))
        else:
            page.files.append((target, what))
    for query, attribute, what in (
        ("img[src]", "src", "image"),
        ("link[rel=stylesheet]", "href", "asset"),
        ("script[src]", "src", "asset"),
    ):
        for node in tree.css(query):
            target = joined(base, node.attributes.get(attribute) or "")
            if target and target not in seen and same_site(target, manner.site):
                seen.add(target)
                page.files.append((target, what))


def _look(page: Page, tree: LexborHTMLParser, manner: Manner) -> Iterator[Blame]:
    """What the markup itself is blamed for."""
    if not page.title:
        yield "no_title", {}
    root = tree.css_first("html")
    if root is not None and not root.attributes.get("lang"):
        yield "no_language", {}
    if not tree.css_first("meta[name=viewport]"):
        yield "no_viewport", {}
    bare = [node.attributes.get("src") or "" for node in tree.css("img:not([alt])")]
    if bare:
        yield "no_alt", {"image": bare[0][:200], "number": len(bare)}
    for node in tree.css("li > a"):
        href = (node.attributes.get("href") or "").strip()
        line = node.parent.text() if node.parent else ""
        if (href in ("", "#") or href.lower().startswith("javascript:")) and lists.DAY.search(line) and len(node.text().strip()) >= 4:
            yield "hollow_link", {"title": lists.squeezed(node.text())[:80]}
            break
    yield from _elsewhere(page, tree, manner)
    if page.depth == 0 and not tree.css_first(SEARCH):
        yield "no_search", {}


def _elsewhere(page: Page, tree: LexborHTMLParser, manner: Manner) -> Iterator[Blame]:
    """What leads or reaches to other hosts."""
    ours = split(manner.site).hostname or ""
    inside = bare = False
    for node in tree.css("a[href]"):
        href = (node.attributes.get("href") or "").strip()
        if href.lower().startswith("file:") or re.match(r"[A-Za-z]:\\", href):
            host, target = "file", href
        elif not href.lower().startswith(("http:", "https:", "//")):
            continue
        else:
            target = joined(page.url, href)
            host = split(target).hostname or "" if target else ""
        if not host or host == ours:
            continue
        if (host == "file" or private(host)) and not inside:
            inside = True
            yield "inside_link", {"link": target[:200]}
        elif numeric(host) and not private(host) and not bare:
            bare = True
            yield "bare_address", {"link": target[:200]}
    for query, fault in (("script[src]", "foreign_script"), ("iframe[src]", "foreign_frame")):
        for node in tree.css(query):
            target = joined(page.url, node.attributes.get("src") or "")
            host = split(target).hostname or "" if target else ""
            if host and host != ours and not host.endswith((*OWN_SCRIPTS, *manner.allowed)):
                yield fault, {"link": target[:200]}
                break
    if page.url.startswith("https:"):
        for node in tree.css("img[src], script[src], iframe[src], link[rel=stylesheet]"):
            target = joined(page.url, node.attributes.get("src") or node.attributes.get("href") or "")
            if target.startswith("http:"):
                yield "mixed_content", {"link": target[:200]}
                break


def _hidden(tree: LexborHTMLParser, manner: Manner) -> Iterator[Blame]:
    """暗链: links to other hosts in what no visitor sees, or under the words of gamblers."""
    ours = split(manner.site).hostname or ""
    for node in tree.css("[style] a[href], a[style]"):
        href = joined(manner.site, node.attributes.get("href") or "")
        host = split(href).hostname or "" if href else ""
        if host and host != ours and not host.endswith(".gov.cn") and _unseen(node):  # hidden leaves of friendly links are usual
            yield "hidden_links", {"link": href[:200], "words": lists.squeezed(node.text())[:60]}
            return
    for node in tree.css("a[href^=http]"):
        if any(word in node.text() for word in words.GAMBLING):
            yield "hidden_links", {"link": (node.attributes.get("href") or "")[:200], "words": lists.squeezed(node.text())[:60]}
            return


def _unseen(node: LexborNode) -> bool:
    step: LexborNode | None = node
    while step is not None and step.tag != "body":
        if HIDDEN.search(step.attributes.get("style") or ""):
            return True
        step = step.parent
    return False


def _foot(tree: LexborHTMLParser, whole: str, text: str) -> str:
    """The words at the foot, with the addresses that carry marks."""
    node = tree.css_first("footer, .footer, #footer, [class*=foot], [id*=foot]")
    said = lists.squeezed(node.text(separator=" ")) if node else whole[-FOOT_LENGTH:]
    return " ".join((said, *(mark for mark in ("conac.cn", "jiucuo") if mark in text)))
