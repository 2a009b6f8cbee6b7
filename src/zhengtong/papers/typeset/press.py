"""Setting a page: texts made safe, the template run, the result told.

A `typst.Compiler` may not be shared between threads, and making one costs 18 ms: each thread keeps its own.
"""

import json
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import typst

from . import fonts, geometry, titles
from .paper import Attachment, Block, Heading, Paper, Para, Table, day

TEMPLATE = Path(__file__).with_name("general.typ")
ABSENT = "〓"  # the printers' sign for a sort that is not in the case
UNSEEN = ("Cc", "Cf", "Co", "Cn", "Cs")  # controls, direction marks, private and unassigned characters
RUN = 24  # Latin letters without a blank that must stay together; longer runs may break anywhere


@dataclass(frozen=True, slots=True)
class Typeset:
    """A set document. `missing` names the characters that no face holds; they stand as 〓 on the page."""

    pdf: bytes
    pages: int
    fonts: fonts.Report
    missing: tuple[str, ...]
    lines: int = 22  # lines to a page; other than 22 where seal and date found no room beside text (7.3.5.5)


class _Compilers(threading.local):
    """This thread's compiler and the state of the font folders that it has read."""

    state: object = None
    compiler: typst.Compiler | None = None

    def get(self) -> typst.Compiler:
        state = fonts.state()
        if self.compiler is None or self.state != state:
            self.compiler = typst.Compiler(
                str(TEMPLATE),
                root=str(TEMPLATE.parent),
                font_paths=[str(p) for p in fonts.folders()],
                ignore_system_fonts=True,
                sys_inputs={},
            )
            self.state = state
        return self.compiler


_compilers = _Compilers()


def notice(paper: Paper, at: datetime) -> Typeset:
    """The document in the general format as PDF/A-2b; the same paper and time give the same bytes."""
    compiler, texts = _compilers.get(), _Texts()
    data = texts.document(paper)
    moved = False
    tried: list[tuple[int, bytes, int]] = []
    for lines in geometry.LINES_TRIED:
        pdf = _run(compiler, {**data, "lines": lines, "moved": moved}, at)
        if not moved and paper.recipients and _page(compiler, "begun") > 1:
            moved = True  # so many recipients that page 1 shows no text: they go to the imprint (7.3.2)
            pdf = _run(compiler, {**data, "lines": lines, "moved": moved}, at)
        tried.append((_faults(compiler), pdf, lines))
        if not tried[-1][0]:
            break
    _least, pdf, lines = min(tried, key=lambda one: one[0])
    return Typeset(pdf, pages(pdf), texts.faces, texts.missing, lines)


def _run(compiler: typst.Compiler, data: dict[str, object], at: datetime) -> bytes:
    pdf = compiler.compile(sys_inputs={"data": json.dumps(data)}, pdf_standards=["a-2b"], timestamp=int(at.timestamp()))
    assert isinstance(pdf, bytes)
    return pdf


def pages(pdf: bytes) -> int:
    """How many pages the PDF has."""
    return len(pypdfium2.PdfDocument(pdf))


def picture(pdf: bytes, number: int, width: int = 900) -> bytes:
    """One page (from 1) as PNG, for the screen that shows the paper as it is printed."""
    page = pypdfium2.PdfDocument(pdf)[number - 1]
    out = BytesIO()
    page.render(scale=width / page.get_width()).to_pil().save(out, "PNG")
    return out.getvalue()


def pictures(pdf: bytes, width: int = 900) -> tuple[bytes, ...]:
    """All pages as PNG."""
    return tuple(picture(pdf, number, width) for number in range(1, pages(pdf) + 1))


def _page(compiler: typst.Compiler, label: str) -> int:
    """On which page of the run just made the label stands; 0 when it does not occur."""
    found = json.loads(compiler.query(f"<{label}>", field="value"))
    return int(found[0]) if found else 0


def _faults(compiler: typst.Compiler) -> int:
    """How many of two rules are broken: text on page 1 (7.3.3), text beside seal and date (7.3.5.5)."""
    begun, ended, signed = (_page(compiler, label) for label in ("begun", "ended", "signed"))
    return int(begun > 1) + int(bool(ended) and signed > ended)


class _Texts:
    """Makes every text safe to set and notes which characters had no glyph."""

    def __init__(self) -> None:
        self.held = fonts.held()
        self.faces = fonts.report()
        self.found: set[str] = set()

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(sorted(self.found))

    def clean(self, text: str) -> str:
        """One line of text; what can't be shown stands as 〓 and is reported, never dropped."""
        text = unicodedata.normalize("NFC", text.replace("\r", "\n").replace("\n", " ").replace("\t", " "))
        absent = {c for c in set(text) if ord(c) not in self.held or unicodedata.category(c) in UNSEEN}
        self.found |= absent
        shown = "".join(ABSENT if c in absent else c for c in text)
        return " ".join(_breakable(word) for word in shown.split(" "))

    def document(self, paper: Paper) -> dict[str, object]:
        """What the template takes."""
        each: Callable[[tuple[str, ...]], list[str]] = lambda texts: [self.clean(t) for t in texts]  # noqa: E731
        plain = ("issuer_mark", "number", "copy_no", "secrecy", "urgency", "signature", "note", "printed_by")
        elements: dict[str, object] = {name: self.clean(getattr(paper, name)) for name in plain}
        elements |= {name: each(getattr(paper, name)) for name in ("signers", "recipients", "cc")}
        elements |= {
            "title": each(titles.lines(paper.title)),
            "body": [self.block(b) for b in paper.body],
            "attachments": [self.attachment(a) for a in paper.attachments],
            "date": day(paper.date),
            "printed_on": day(paper.printed_on),
            "seal": {"name": self.clean(paper.seal.name), "mark": self.clean(paper.seal.mark)} if paper.seal else None,
        }
        faces = {f.role: asdict(f) for f in self.faces.faces}
        return {"paper": elements, "g": geometry.points(), "faces": faces}

    def block(self, block: Block) -> dict[str, object]:
        match block:
            case Heading(level, text, after):
                return {"kind": "heading", "level": level, "text": self.clean(text), "after": self.clean(after)}
            case Table(rows):
                return {"kind": "table", "rows": [[self.clean(cell) for cell in row] for row in rows]}
            case Para(text):
                return {"kind": "para", "text": self.clean(text)}
        raise TypeError(f"not a block: {block!r}")

    def attachment(self, attachment: Attachment) -> dict[str, object]:
        return {"name": self.clean(attachment.name), "body": [self.block(b) for b in attachment.body]}


def _breakable(word: str) -> str:
    """A word with places to break where a run of narrow characters would leave the type area."""
    if len(word) <= RUN:
        return word
    out, run = [], 0
    for c in word:
        run = run + 1 if ord(c) < 0x2E80 else 0
        out.append("\u200b" + c if run and run % RUN == 0 else c)
    return "".join(out)
