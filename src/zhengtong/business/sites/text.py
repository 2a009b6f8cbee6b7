"""The text of an article: which markup may stand in it, and how a paper's blocks become it. Knows no Django.

Everything that is rendered passes `clean`, so that nothing an editor pastes can run on a reader's machine.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

# fmt: off
ALLOWED = {
    "h2": (), "h3": (), "h4": (), "p": (), "br": (), "hr": (), "ul": (), "ol": (), "li": (), "blockquote": (),
    "b": (), "strong": (), "i": (), "em": (), "sup": (), "sub": (), "a": ("href",),
    "table": (), "caption": (), "thead": (), "tbody": (), "tr": (), "th": ("colspan", "rowspan", "scope"), "td": ("colspan", "rowspan"),
}
# fmt: on
VOID = {"br", "hr"}
BREAK = re.compile(r"<(?:p|br|li|h[234]|t[rdh])(?: [^>]*)?>")  # marks that part words
MARK = re.compile(r"<[^>]*>")
SHORT = 32_000  # characters of a text that is kept for a while once it was cleaned
SILENT = {"script", "style", "template", "iframe", "object", "noscript", "svg", "math", "title"}
SCHEMES = {"", "http", "https", "mailto", "tel"}


def lawful_link(href: str) -> bool:
    """Whether a link may stand: this site, the web, mail or telephone; never a script."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in SCHEMES and not any(ord(c) < 0x20 for c in href)


class _Cleaner(HTMLParser):
    def __init__(self, change: Callable[[str], str] = str) -> None:
        super().__init__(convert_charrefs=True)
        self.change = change
        self.out: list[str] = []
        self.open: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        if self.silent or tag not in ALLOWED:
            return
        kept = "".join(f' {k}="{escape(v)}"' for k, v in attrs if v is not None and k in ALLOWED[tag] and self._may(k, v))
        self.out.append(f"<{tag}{kept}>")
        if tag not in VOID:
            self.open.append(tag)

    @staticmethod
    def _may(name: str, value: str) -> bool:
        if name == "href":
            return lawful_link(value)
        if name == "scope":
            return value in ("col", "row")
        return value.isdigit() and len(value) <= 3

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        if self.silent or tag not in self.open:
            return
        while self.open:
            last = self.open.pop()
            self.out.append(f"</{last}>")
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(escape(self.change(data), quote=False))


def clean(html: str, change: Callable[[str], str] = str) -> str:
    """`html` with only the markup of the allow-list, every element closed; `change` rewrites the words between the marks."""
    return _kept(html) if change is str and len(html) <= SHORT else _cleaned(html, change)


@lru_cache(maxsize=1024)
def _kept(html: str) -> str:
    """A release asks for the same text as a page, as data and for the search: it is read once."""
    return _cleaned(html, str)


def _cleaned(html: str, change: Callable[[str], str]) -> str:
    parser = _Cleaner(change)
    parser.feed(html)
    parser.close()
    return "".join(parser.out) + "".join(f"</{tag}>" for tag in reversed(parser.open))


def plain(html: str) -> str:
    """The words alone, for search and summaries. What `clean` wrote holds no `<` or `>` but those of its marks."""
    return " ".join(unescape(MARK.sub("", BREAK.sub(" ", clean(html)))).split())


@dataclass(slots=True)
class Outline:
    """The shape of a text: its heading levels, its tables without a header cell, its links with their words."""

    headings: list[int] = field(default_factory=list)
    bare_tables: int = 0
    links: list[tuple[str, str]] = field(default_factory=list)


class _Shape(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Outline()
        self.href, self.words, self.bare = "", "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h2", "h3", "h4"):
            self.found.headings.append(int(tag[1]))
        elif tag == "a":
            self.href, self.words = dict(attrs).get("href") or "", ""
        elif tag == "table":
            self.bare = True
        elif tag == "th":
            self.bare = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.found.bare_tables += self.bare
            self.bare = False
        elif tag == "a" and self.href:
            self.found.links.append((self.href, " ".join(self.words.split())))
            self.href = ""

    def handle_data(self, data: str) -> None:
        self.words += data


def outline(html: str) -> Outline:
    """Headings, tables and links of a text, as it will stand on the page."""
    parser = _Shape()
    parser.feed(clean(html))
    parser.close()
    return parser.found


def from_blocks(blocks: Sequence[Mapping[str, object]]) -> str:
    """The blocks of a paper (heading with level, paragraph, table of rows) as an article's text."""
    return "\n".join(_block(block) for block in blocks)


def _block(block: Mapping[str, object]) -> str:
    kind, words = str(block.get("type") or block.get("kind") or "para"), escape(str(block.get("text", "")), quote=False)
    if kind == "heading" and "。" in words[:-1]:  # a heading that runs on in its paragraph
        head, _stop, rest = words.partition("。")
        return f"<p><strong>{head}。</strong>{rest}</p>"
    if kind == "heading":
        level = block.get("level", 1)
        size = min(4, 1 + level) if isinstance(level, int) and level > 0 else 2
        return f"<h{size}>{words}</h{size}>"
    if kind == "table":
        rows = block.get("rows")
        lines = rows if isinstance(rows, list | tuple) else ()
        return "<table>" + "".join(_row(line) for line in lines) + "</table>"
    return f"<p>{words}</p>"


def _row(cells: Sequence[object]) -> str:
    return "<tr>" + "".join(f"<td>{escape(str(cell), quote=False)}</td>" for cell in cells) + "</tr>"


def from_plain(words: str) -> str:
    """Typed text with one paragraph on each line."""
    return "\n".join(f"<p>{escape(line.strip(), quote=False)}</p>" for line in words.splitlines() if line.strip())
