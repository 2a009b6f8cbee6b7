"""发布前检查: what a page must not carry when it goes out, found by rows; nothing is decided here about who may publish.

发展指引 五（一）(what is published is checked first), 检查指标 单项否决 1 (wrong words, secrets), 个人信息保护法, WCAG 2.1 AA.
Errors want to be mended, or a reason for leaving them; warnings are for the editor's eye.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from zhengtong.foundation.refusal import gettext_noop as _
from zhengtong.papers.lint.rules.rule import Severity as PaperSeverity
from zhengtong.papers.lint.rules.words import SOURCE as DICTIONARY
from zhengtong.papers.lint.rules.words import WORDS

from . import personal
from .names import NAMES

GUIDE, INSPECTION, PRIVACY = "政府网站发展指引 五（一）", "政府网站与政务新媒体检查指标 单项否决1", "个人信息保护法第二十五条"
SECRETS, WCAG = "政府信息公开条例第十四条", "WCAG 2.1"
AROUND = 12  # signs shown before and after a finding


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the text: where it leads and what it says."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What will stand on the page: its texts by field, the shape of its body, and what the site knows."""

    texts: Mapping[str, str]  # field → plain words
    headings: tuple[int, ...] = ()  # levels in order; the title is 1
    bare_tables: int = 0  # tables without a header cell
    links: tuple[Link, ...] = ()
    dead: Collection[str] = ()  # links into the site that lead nowhere
    former: Mapping[str, str] = field(default_factory=dict)  # a former name of an organ → its name now
    day: date = date.max  # names count from the day of their reform on


@dataclass(frozen=True, slots=True)
class Finding:
    """One place: the row that found it, the field, the words with some around them, and what may stand instead."""

    check: "Check"
    field: str
    words: str
    before: str = ""
    after: str = ""
    instead: str = ""
    source: str = ""

    @property
    def blocks(self) -> bool:
        return self.check.severity == Severity.ERROR


@dataclass(frozen=True, slots=True)
class Hit:
    field: str
    start: int
    end: int
    instead: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the check."""

    code: str
    severity: Severity
    label: str
    source: str
    find: Callable[[Draft], Iterator[Hit | str]]  # a place in a text, or the words of a link or heading


def _each(kind: Callable[[str], Iterator[personal.Found]]) -> Callable[[Draft], Iterator[Hit | str]]:
    def find(draft: Draft) -> Iterator[Hit | str]:
        for name, text in draft.texts.items():
            yield from (Hit(name, one.start, one.end, one.masked) for one in kind(text))

    return find


def _pattern(pattern: str) -> Callable[[Draft], Iterator[Hit | str]]:
    form = re.compile(pattern)

    def find(draft: Draft) -> Iterator[Hit | str]:
        for name, text in draft.texts.items():
            yield from (Hit(name, match.start(), match.end()) for match in form.finditer(text))

    return find


QUOTED = re.compile(r"《[^》]*》|“[^”]*”")


def _own(text: str) -> Callable[[int], bool]:
    """Whether a place is the page's own words, not a title or a quotation."""
    spans = [match.span() for match in QUOTED.finditer(text)]
    return lambda place: not any(start <= place < end for start, end in spans)


def _words(severity: Severity) -> Callable[[Draft], Iterator[Hit | str]]:
    """The misprints of the rule book on documents; what it only suggests is left out."""
    wanted = PaperSeverity.ERROR if severity == Severity.ERROR else PaperSeverity.WARNING
    rows = [(re.compile(pattern), right) for _id, weight, pattern, right, _said in WORDS if weight == wanted]

    def find(draft: Draft) -> Iterator[Hit | str]:
        for name, text in draft.texts.items():
            own = _own(text)
            for form, right in rows:
                yield from (Hit(name, m.start(), m.end(), right[m[0]]) for m in form.finditer(text) if own(m.start()))

    return find


def _names(blocks: bool) -> Callable[[Draft], Iterator[Hit | str]]:
    rows = [row for row in NAMES if row.blocks == blocks]

    def find(draft: Draft) -> Iterator[Hit | str]:
        for name, text in draft.texts.items():
            own = _own(text)
            for row in (row for row in rows if row.since <= draft.day):
                found = (m for m in row.pattern.finditer(text) if own(m.start()))
                yield from (Hit(name, m.start(), m.end(), m.expand(row.instead), row.source) for m in found)

    return find


def _former(draft: Draft) -> Iterator[Hit | str]:
    for name, text in draft.texts.items():
        own = _own(text)
        for old, new in draft.former.items():
            yield from (Hit(name, m.start(), m.end(), new) for m in re.finditer(re.escape(old), text) if own(m.start()))


INSIDE = re.compile(
    r"https?://(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|[^/.:]+(?=[/:]|$)|[^/:]*\.(local|lan|internal)\b)", re.I
)
SAYS_NOTHING = re.compile(r"(点击)?(这里|此处|此|更多|详情|查看|链接|下载|click here|here|more)?(查看|下载|进入)?[>》…。.]*", re.I)


def _links(wrong: Callable[[Draft, Link], bool]) -> Callable[[Draft], Iterator[Hit | str]]:
    def find(draft: Draft) -> Iterator[Hit | str]:
        yield from (f"{link.words or '—'}（{link.href}）" for link in draft.links if wrong(draft, link))

    return find


def _jumps(draft: Draft) -> Iterator[Hit | str]:
    """A heading that skips a level (1.3.1)."""
    before = 1
    for level in draft.headings:
        if level > before + 1:
            yield f"h{before} → h{level}"
        before = level


def _bare_tables(draft: Draft) -> Iterator[Hit | str]:
    yield from ("<table>" for _table in range(draft.bare_tables))


E, W = Severity.ERROR, Severity.WARNING
# fmt: off
CHECKS = (
    #     code    severity  label                                  source       find
    Check("PI-1", E, _("身份证号码须隐去一部分"),                   PRIVACY,     _each(personal.identities)),
    Check("PI-2", E, _("手机号码须隐去一部分"),                     PRIVACY,     _each(personal.mobiles)),
    Check("PI-3", E, _("银行卡号须隐去一部分"),                     PRIVACY,     _each(personal.cards)),
    Check("PI-4", W, _("个人住址不宜公开"),                         PRIVACY,     _each(personal.homes)),
    Check("SE-1", E, _("有密级标志，不得公开"),                     SECRETS,     _pattern(r"(?:绝密|机密|秘密)\s*★|(?:绝密|机密|秘密)[（(]?\d+\s*年[）)]?")),
    Check("SE-2", E, _("标明不公开或内部使用"),                     SECRETS,     _pattern(r"此件不(?:予)?公开|此件依申请公开|内部资料|内部文件|注意保存")),
    Check("NA-1", E, _("不规范的称谓"),                             INSPECTION,  _names(True)),
    Check("NA-2", W, _("机构名称已经改变"),                         INSPECTION,  _names(False)),
    Check("NA-3", W, _("本县机构的曾用名"),                         INSPECTION,  _former),
    Check("WD-1", E, _("错别字"),                                   DICTIONARY,  _words(E)),
    Check("WD-2", W, _("可能是错别字"),                             DICTIONARY,  _words(W)),
    Check("LK-1", E, _("链接的本站页面不存在"),                     GUIDE,       _links(lambda draft, link: link.href in draft.dead)),
    Check("LK-2", E, _("链接指向内部地址，公众打不开"),             GUIDE,       _links(lambda draft, link: bool(INSIDE.match(link.href)))),
    Check("LK-3", W, _("链接不是加密的（http）"),                   GUIDE,       _links(lambda draft, link: link.href.lower().startswith("http:") and not INSIDE.match(link.href))),
    Check("AC-1", W, _("链接文字没有说明去向"),                     WCAG + " 2.4.4", _links(lambda draft, link: bool(SAYS_NOTHING.fullmatch(link.words.strip())))),
    Check("AC-2", W, _("标题跳级"),                                 WCAG + " 1.3.1", _jumps),
    Check("AC-3", W, _("表格没有表头"),                             WCAG + " 1.3.1", _bare_tables),
)
# fmt: on


def check(draft: Draft) -> list[Finding]:
    """Everything that the rows find, errors first."""
    found = [_finding(row, hit, draft) for row in CHECKS for hit in row.find(draft)]
    return sorted(found, key=lambda one: not one.blocks)


def _finding(row: Check, hit: Hit | str, draft: Draft) -> Finding:
    if isinstance(hit, str):
        return Finding(row, "body", hit, source=row.source)
    text = draft.texts[hit.field]
    before, after = text[max(0, hit.start - AROUND) : hit.start], text[hit.end : hit.end + AROUND]
    return Finding(row, hit.field, text[hit.start : hit.end], before, after, hit.instead, hit.source or row.source)


def errors(found: list[Finding]) -> list[str]:
    """The labels of what blocks, each once."""
    return list(dict.fromkeys(one.check.label for one in found if one.blocks))
