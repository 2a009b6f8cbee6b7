"""docx: the paragraphs, tables and page of WordprocessingML, read part by part with nothing expanded or fetched.

Insertions that wait for acceptance are read, deletions are not: the text is what would print.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from .elements import Layout, Line
from .limits import LINES, ROWS, broken, locked, macros, open_zip, part, too_big
from .numbering import Numbering, W

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}rPrChange", f"{W}pPrChange", f"{W}instrText", ALTERNATIVE}
MACROS = ("vbaproject.bin", "vbadata.xml")
TWIP = 25.4 / 1440


def lines(data: bytes) -> tuple[list[Line], Layout]:
    """The lines of a docx and what it says of its page."""
    with open_zip(data) as archive:
        refuse_macros(archive)
        document = part(archive, "word/document.xml")
        if document is None:
            raise broken("docx")
        numbering = Numbering.of(_tree(part(archive, "word/numbering.xml")))
        styles = _styles(_tree(part(archive, "word/styles.xml")))
        return _document(archive, document, numbering, styles)


def refuse_macros(archive: ZipFile) -> None:
    """A package that carries macros, or says that it does, is not read, whatever its name ends in."""
    names = {name.lower() for name in archive.namelist()}
    if "encryptedpackage" in names:
        raise locked()
    if any(name.endswith(MACROS) for name in names) or b"macroEnabled" in (part(archive, "[Content_Types].xml") or b""):
        raise macros()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)


def refuse_doctype(data: bytes) -> None:
    """WordprocessingML has no document type; one is there only to expand entities."""
    if re.search(rb"<!(DOCTYPE|ENTITY)", data.replace(b"\x00", b"")[:100_000]):
        raise broken("docx")


def _tree(data: bytes | None) -> etree._Element | None:
    if not data:
        return None
    refuse_doctype(data)
    try:
        return etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError):
        return None


def _styles(root: etree._Element | None) -> dict[str, dict[str, str]]:
    """Alignment, face and list of each paragraph style, its parent's where it says nothing."""
    if root is None:
        return {}
    own, parents = {}, {}
    for style in root.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        own[name] = _looks(style)
        based = style.find(f"{W}basedOn")
        parents[name] = based.get(f"{W}val", "") if based is not None else ""
    whole = {}
    for name in own:
        looks: dict[str, str] = {}
        at, seen_names = name, set()
        while at in own and at not in seen_names:
            seen_names.add(at)
            looks = {**own[at], **looks}
            at = parents[at]
        whole[name] = looks
    return whole


def _looks(element: etree._Element) -> dict[str, str]:
    found = {}
    for name, key in (("jc", "align"), ("numId", "list"), ("ilvl", "level"), ("pStyle", "style"), ("sz", "size")):
        inner = next(element.iter(f"{W}{name}"), None)
        if inner is not None and inner.get(f"{W}val"):
            found[key] = inner.get(f"{W}val", "")
    for fonts in element.iter(f"{W}rFonts"):
        if face := fonts.get(f"{W}eastAsia"):
            found["font"] = face
            break
    bold = next(element.iter(f"{W}b"), None)
    if bold is not None:
        found["bold"] = "" if bold.get(f"{W}val") in ("0", "false") else "1"
    if next(element.iter(f"{W}pageBreakBefore"), None) is not None:
        found["page"] = "1"
    return found


def _document(archive: ZipFile, document: bytes, numbering: Numbering, styles: dict[str, dict[str, str]]) -> tuple[list[Line], Layout]:
    refuse_doctype(document)
    reader = Reader(numbering, styles)
    section: etree._Element | None = None
    try:
        events = etree.iterparse(
            BytesIO(document), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for event, element in events:
            if event == "start":
                if element.tag == f"{W}tbl":
                    reader.depth += 1
            elif element.tag == f"{W}tbl":
                reader.end_table()
                element.clear()
            elif element.tag == f"{W}tr" and reader.depth == 1:
                reader.row(element)
                element.clear(keep_tail=False)
            elif element.tag == f"{W}p" and not reader.depth:
                if next(element.iterancestors(f"{W}p"), None) is None:
                    reader.paragraph(element)
                    inner = element.find(f"{W}pPr/{W}sectPr")
                    section = section if inner is None else _kept(inner)
                    element.clear(keep_tail=False)
            elif element.tag == f"{W}sectPr" and element.getparent() is not None and element.getparent().tag == f"{W}body":
                section = section if section is not None else _kept(element)
    except (etree.XMLSyntaxError, ValueError):
        raise broken("docx") from None
    return reader.lines, _layout(archive, section)


def _kept(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element), _parser())


class Reader:
    """Collects lines while the document streams by."""

    def __init__(self, numbering: Numbering, styles: dict[str, dict[str, str]]) -> None:
        self.numbering, self.styles = numbering, styles
        self.lines: list[Line] = []
        self.depth = self.rows = 0
        self.table: list[tuple[str, ...]] = []
        self.break_before = False

    def paragraph(self, element: etree._Element) -> None:
        looks = _looks(element)
        looks = {**self.styles.get(looks.get("style", "Normal"), {}), **looks}
        texts = ["".join(words) for words in _texts(element)]
        ordinal = ""
        if (number := looks.get("list")) and number != "0" and any(text.strip() for text in texts):
            level = looks.get("level", "0")
            ordinal = self.numbering.next(number, int(level) if level.isdigit() and len(level) < 3 else 0)
        page = self.break_before or "page" in looks
        self.break_before = any(b.get(f"{W}type") == "page" for b in element.iter(f"{W}br"))
        for text in texts:
            if text.strip():
                size = float(looks["size"]) / 2 if looks.get("size", "").isdigit() else 0.0
                self.add(Line(ordinal + text.rstrip(), looks.get("align", ""), looks.get("font", ""), size, bool(looks.get("bold")), page))
                ordinal, page = "", False

    def row(self, element: etree._Element) -> None:
        self.rows += 1
        if self.rows > ROWS:
            raise too_big("表格行数", "table rows")
        cells = []
        for cell in element.iterchildren(f"{W}tc"):
            words = ("".join(word) for paragraph in cell.iter(f"{W}p") for word in _texts(paragraph, nested=False))
            cells.append(" ".join(word.strip() for word in words if word.strip()))
        self.table.append(tuple(cells))

    def end_table(self) -> None:
        self.depth -= 1
        if self.depth:
            return
        rows, self.table = self.table, []
        if rows and max(len(row) for row in rows) == 1:  # a frame around text, as red heads are often made
            for row in rows:
                if row[0].strip():
                    self.add(Line(row[0], "center"))
        elif any(cell for row in rows for cell in row):
            self.add(Line("", rows=tuple(rows)))

    def add(self, line: Line) -> None:
        if len(self.lines) >= LINES:
            raise too_big("段落数量", "paragraphs")
        self.lines.append(line)


def _texts(paragraph: etree._Element, *, nested: bool = True) -> Iterator[list[str]]:
    """The printed lines of one paragraph; text boxes inside it come first, as lines of their own."""
    words: list[str] = []
    boxes: list[list[str]] = []
    inside: list[list[str]] = []
    skip: etree._Element | None = None
    done: list[list[str]] = []
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        if skip is not None:
            skip = None if event == "end" and element is skip else skip
            continue
        tag = element.tag
        if event == "start" and tag in SKIPPED:
            skip = element
        elif tag == f"{W}p" and element is not paragraph:
            if event == "start":
                inside.append(words)
                words = []
            else:
                boxes.append(words)
                words = inside.pop()
        elif event == "start":
            if tag == f"{W}t":
                words.append(element.text or "")
            elif tag == f"{W}tab" and element.getparent().tag == f"{W}r":
                words.append("\u3000")
            elif tag in (f"{W}br", f"{W}cr"):
                done.append(words)
                words = []
            elif tag == f"{W}noBreakHyphen":
                words.append("-")
    if nested:
        yield from boxes
    yield from done
    yield words


def _layout(archive: ZipFile, section: etree._Element | None) -> Layout:
    if section is None:
        return Layout()
    size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    numbers, aligns = [], []
    for reference in section.iter(f"{W}footerReference"):
        root = _tree(part(archive, _target(archive, reference.get(f"{R}id", ""))))
        if root is None:
            continue
        for paragraph in root.iter(f"{W}p"):
            code = " ".join(i.text or "" for i in paragraph.iter(f"{W}instrText"))
            code += " ".join(f.get(f"{W}instr", "") for f in paragraph.iter(f"{W}fldSimple"))
            if re.search(r"\bPAGE\b", code):
                text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
                numbers.append(re.sub(r"\d+", "N", text) or "N")
                aligns.append(f"{reference.get(f'{W}type', 'default')}:{_looks(paragraph).get('align', 'left')}")
    return Layout(
        *(_mm(size, name) for name in ("w", "h")),
        *(_mm(margin, name) for name in ("top", "bottom", "left", "right")),
        page_number=" ".join(numbers[0].split()) if numbers else None,
        page_number_align=tuple(aligns),
    )


def _target(archive: ZipFile, number: str) -> str:
    relations = _tree(part(archive, "word/_rels/document.xml.rels"))
    for relation in relations if relations is not None else ():
        if relation.get("Id") == number and relation.get("TargetMode") != "External":
            return "word/" + relation.get("Target", "").removeprefix("/word/")
    return ""


def _mm(element: etree._Element | None, name: str) -> float | None:
    value = element.get(f"{W}{name}", "") if element is not None else ""
    return round(int(value) * TWIP, 2) if value.isdigit() and len(value) < 7 else None
