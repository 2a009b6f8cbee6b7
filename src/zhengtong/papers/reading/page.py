"""HTML as official sites publish it: the lines of the article, without the site around it."""

import re

from lxml import etree

from .elements import Line
from .limits import LINES, ROWS, Unreadable, broken, too_big

HOLDERS = ("UCAP-CONTENT", "TRS_Editor", "zoom", "Zoom", "article-content", "article_content", "pages_content", "content-text")
SILENT = {"script", "style", "head", "noscript", "template", "iframe", "object", "nav", "footer", "select", "button", "svg"}
BREAKING = {
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "figure", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul",
}  # fmt: skip
ALIGN = re.compile(r"text-align\s*:\s*(left|right|center|justify)", re.IGNORECASE)
BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
FONT = re.compile(r"font-family\s*:\s*[\"']?([^;,\"']+)", re.IGNORECASE)


def lines(text: str) -> list[Line]:
    """The article's lines; a table of several columns is one line with its rows."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        raise broken("html") from None
    if root is None:
        raise Unreadable("网页中没有文字", "The page holds no text")
    return Reader(_article(root)).lines


def _article(root: etree._Element) -> etree._Element:
    for element in root.iter(etree.Element):
        words = f"{element.get('id', '')} {element.get('class', '')}".split()
        if any(word in HOLDERS for word in words):
            return element
    articles = list(root.iter("article"))
    bodies = list(root.iter("body"))
    return articles[0] if len(articles) == 1 else bodies[0] if bodies else root


class Reader:
    """Walks the tree once, without recursion: nested elements can't exhaust the stack."""

    def __init__(self, root: etree._Element) -> None:
        self.lines: list[Line] = []
        self.words: list[str] = []
        self.align = self.font = ""
        self.bold, self.rows = False, 0
        skip: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skip is not None:
                if event == "end" and element is skip:
                    skip = None
                    self.say(element.tail if element is not root else "")
                continue
            if event == "start":
                if element.tag in SILENT:
                    skip = element
                elif element.tag == "table" and (rows := self.table(element)):
                    self.close()
                    self.add(Line("", rows=rows))
                    skip = element
                else:
                    self.open(element)
            else:
                if element.tag in BREAKING:
                    self.close()
                if element is not root:
                    self.say(element.tail)
        self.close()

    def open(self, element: etree._Element) -> None:
        style = element.get("style") or ""
        if element.tag in BREAKING:
            self.close()
            self.bold = element.tag in ("h1", "h2", "h3")
            found = ALIGN.search(style)
            self.align = (found[1] if found else element.get("align") or ("center" if element.tag == "center" else "")).lower()
        if not "".join(self.words).strip():
            self.bold = self.bold or element.tag in ("b", "strong") or bool(BOLD.search(style))
            if found := FONT.search(style):
                self.font = found[1].strip()
        self.say(element.text)

    def say(self, text: str | None) -> None:
        if text:
            self.words.append(re.sub(r"[ \r\n\t]+", " ", text))

    def close(self) -> None:
        text = "".join(self.words).rstrip()
        self.words.clear()
        if text.strip():
            self.add(Line(text.lstrip(" "), align=self.align, font=self.font, bold=self.bold))
        self.font, self.bold = "", False

    def add(self, line: Line) -> None:
        if len(self.lines) >= LINES:
            raise too_big("段落数量", "paragraphs")
        self.lines.append(line)

    def table(self, element: etree._Element) -> tuple[tuple[str, ...], ...]:
        """The rows of a table of data; nothing for one that only lays out the page."""
        if any(True for _inner in element.iterdescendants("table")):
            return ()
        rows = []
        for row in element.iter("tr"):
            self.rows += 1
            if self.rows > ROWS:
                raise too_big("表格行数", "table rows")
            cells = tuple(" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in ("td", "th"))
            if cells:
                rows.append(cells)
        return tuple(rows) if len(rows) > 1 and max(len(row) for row in rows) > 1 else ()
