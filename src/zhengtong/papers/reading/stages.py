"""A docx with tracked changes as it stood after each of its authors: read backwards, nothing merged, everybody named.

Insertions, deletions, moved text and inserted or deleted paragraphs and table rows are told apart; changes of looks are not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from .limits import broken, open_zip, part
from .word import refuse_doctype, refuse_macros

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PUT, CUT = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
MAIN = "word/document.xml"
TRACKED = re.compile(rb"[<:](?:ins|del|moveTo|moveFrom)[\s>/]")
STAGES = 40  # more stages than these are told by author and day, then by author
UNKNOWN = "未署名"


@dataclass(frozen=True, slots=True)
class Stage:
    """The file as it stood when `hand` had done; the first stage has no hand."""

    hand: str
    at: datetime | None
    data: bytes


def stages(data: bytes) -> list[Stage]:
    """The stages of a docx from its original text to the accepted one; a single one where nothing was tracked."""
    with open_zip(data) as archive:
        refuse_macros(archive)
        document = part(archive, MAIN)
    if document is None:
        raise broken("docx")
    if not TRACKED.search(document) and b"\x00" not in document[:100]:
        return [Stage("", None, data)]
    refuse_doctype(document)
    try:
        root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        raise broken("docx") from None
    made = _turns(sorted({(_at(e), _by(e)) for e in root.iter(*PUT, *CUT)}))
    if not made:
        return [Stage("", None, data)]
    ends = [turn[-1] for turn in made]
    return [Stage("", None, _at_stage(data, document, None)), *(Stage(who, at, _at_stage(data, document, (at, who))) for at, who in ends)]


def _turns(changes: list[tuple[datetime, str]]) -> list[list[tuple[datetime, str]]]:
    """The changes in turns: one author after another, as finely as the number of stages allows."""
    each = [[change] for change in changes]
    if len(each) <= STAGES:
        return each
    by_turn = [list(turn) for _who, turn in groupby(changes, key=lambda change: change[1])]
    if len(by_turn) <= STAGES:
        return by_turn
    size = -(-len(by_turn) // STAGES)
    return [[change for turn in by_turn[n : n + size] for change in turn] for n in range(0, len(by_turn), size)]


def _by(change: etree._Element) -> str:
    return " ".join((change.get(f"{W}author") or "").split())[:80] or UNKNOWN


def _at(change: etree._Element) -> datetime:
    """When a change was made; one without a readable time comes first."""
    try:
        found = datetime.fromisoformat((change.get(f"{W}date") or "").replace("Z", "+00:00"))
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _at_stage(data: bytes, document: bytes, end: tuple[datetime, str] | None) -> bytes:
    """The docx with the changes up to `end` accepted and the later ones undone."""
    root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    for change in list(root.iter(*PUT, *CUT)):
        if change.getparent() is None or not _inside(change, root):
            continue
        done = end is not None and (_at(change), _by(change)) <= end
        if change.getparent().tag in (f"{W}rPr", f"{W}trPr"):
            if (change.tag in PUT) != done:
                _drop_whole(change)
        elif (change.tag in PUT) == done:
            _unwrap(change)
        else:
            change.getparent().remove(change)
    for words in root.iter(f"{W}delText"):
        words.tag = f"{W}t"
    out = BytesIO()
    with open_zip(data) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in _needed(old):
            new.writestr(name, etree.tostring(root, encoding="UTF-8", xml_declaration=True) if name == MAIN else part(old, name) or b"")
    return out.getvalue()


def _inside(element: etree._Element, root: etree._Element) -> bool:
    """Whether the element still hangs in the tree, and not in a part that was taken out of it."""
    last = element
    for above in element.iterancestors():
        last = above
    return last is root


def _needed(archive: ZipFile) -> Iterator[str]:
    """The parts that the text is read from; pictures and all else stay out."""
    known = ("[Content_Types].xml", "_rels/.rels", MAIN, "word/_rels/document.xml.rels", "word/numbering.xml", "word/styles.xml")
    names = set(archive.namelist())
    yield from (name for name in known if name in names)


def _drop_whole(mark: etree._Element) -> None:
    """Take out the table row, or the paragraph that is left empty, which a mark inside it says is not there."""
    holder = mark.getparent()
    row = holder.getparent() if holder.tag == f"{W}trPr" else None
    if row is not None and row.getparent() is not None:
        row.getparent().remove(row)


def _unwrap(change: etree._Element) -> None:
    parent = change.getparent()
    at = parent.index(change)
    for child in reversed(list(change)):
        parent.insert(at, child)
    parent.remove(change)
