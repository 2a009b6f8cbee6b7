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

from zhengtong.papers.pdfium import ALONE

from . import fonts, geometry, titles
from .paper import Attachment, Attendance, Block, Form, Heading, Issuer, Paper, Para, Seal, Stamp, Table, day

HERE = Path(__file__).parent
STANDARDS = ["a-2a"]  # ISO 19005-2 with every element tagged (ISO 32000-1 14.8)
PAGE, STAMP = "page.typ", "stamp.typ"
ABSENT = "〓"  # the printers' sign for a sort that is not in the case
PAPERS = "文件"  # what a joint mark shows once, beside all names (7.2.4)
ELEMENTS = (
    "copy_no", "secrecy", "urgency", "issuer_mark", "number", "signers", "title", "recipients", "attachment_note",
    "signature", "date", "note", "cc", "imprint", "page_number",
)  # fmt: skip
BLACK, RED = (0, 0, 0), (230, 0, 18)
CARRIED = 280  # characters, ten lines: a longer paragraph is not carried over to the next page
RUN = 24  # Latin letters without a blank that must stay together; longer runs may break anywhere


@dataclass(frozen=True, slots=True)
class Typeset:
    """A set document. `missing` names the characters that no face holds; they stand as 〓 on the page."""

    pdf: bytes
    pages: int
    fonts: fonts.Report
    missing: tuple[str, ...]
    lines: int = 22  # lines to a page; other than 22 where seal and date found no room beside text (7.3.5.5)
    moved: bool = False  # whether the recipients went to the imprint (7.3.2)
    keep: bool = False  # whether the last paragraph was carried over to the date's page (7.3.5.5)
    apart: bool = False  # whether the imprint went to an even page of its own, the back of the last leaf (7.4, 7.5)


@dataclass(frozen=True, slots=True)
class Tag:
    """One element of the document as it is marked on the page (标引): its name, what it is of, its true colour."""

    name: str
    label: str = ""
    colour: tuple[int, int, int] = BLACK


@dataclass(frozen=True, slots=True)
class Proof:
    """The same page once more with each element in a colour of its own: 256·red + green is the number of its tag."""

    pdf: bytes
    tags: tuple[Tag, ...]


class _Compilers(threading.local):
    """This thread's compilers, one for each template, and the state of the font folders that they have read."""

    state: object = None
    made: dict[str, typst.Compiler]

    def get(self, template: str = PAGE) -> typst.Compiler:
        state = fonts.state()
        if self.state != state:
            self.made, self.state = {}, state
        if template not in self.made:
            self.made[template] = typst.Compiler(
                str(HERE / template),
                root=str(HERE),
                font_paths=[str(p) for p in fonts.folders()],
                ignore_system_fonts=True,
                sys_inputs={},
            )
        return self.made[template]


_compilers = _Compilers()


def notice(paper: Paper, at: datetime) -> Typeset:
    """The document as tagged PDF/A-2a; the same paper and time give the same bytes."""
    compiler, texts = _compilers.get(), _Texts()
    whole = texts.document(paper)
    data = _unbound(whole)  # what is bound in after the text changes nothing about the text's own lines
    moved = False
    tried: list[tuple[int, bytes, int, bool]] = []
    # as it is; then with other line pitches; then with the last paragraph carried over to the date's page (7.3.5.5)
    for lines, keep in (*((n, False) for n in geometry.LINES_TRIED), (22, True)):
        if keep and not _short(paper):
            continue
        pdf = _run(compiler, {**data, "lines": lines, "moved": moved, "keep": keep}, at)
        if not moved and paper.recipients and _page(compiler, "begun") > 1:
            moved = True  # so many recipients that page 1 shows no text: they go to the imprint (7.3.2)
            pdf = _run(compiler, {**data, "lines": lines, "moved": moved, "keep": keep}, at)
        tried.append((_faults(compiler), pdf, lines, keep))
        if not tried[-1][0]:
            break
    _least, pdf, lines, keep = best = min(tried, key=lambda one: one[0])
    fitting = {**whole, "lines": lines, "moved": moved, "keep": keep}
    if best is not tried[-1] or data is not whole:
        pdf = _run(compiler, fitting, at)
    apart = paper.form != Form.LETTER and _page(compiler, "imprint") % 2 == 1  # a letter's stands on its last page (10.1)
    if apart:
        pdf = _run(compiler, {**fitting, "apart": True}, at)
    return Typeset(pdf, pages(pdf), texts.faces, texts.missing, lines, moved, keep, apart)


def _unbound(data: dict[str, object]) -> dict[str, object]:
    """The data without the pages of its attachments; itself where it has none."""
    elements = data["paper"]
    assert isinstance(elements, dict)
    named = [{**one, "body": []} for one in elements["attachments"]]
    return data if named == elements["attachments"] else {**data, "paper": {**elements, "attachments": named}}


def _short(paper: Paper) -> bool:
    """Whether the last paragraph can be carried over whole."""
    match paper.body[-1:]:
        case (Para(text),):
            return len(text) <= CARRIED
        case (Heading(_level, text, after),):
            return len(text + after) <= CARRIED
    return False


def proof(paper: Paper, at: datetime, like: Typeset) -> Proof:
    """The page that `like` is, set once more as a proof."""
    texts = _Texts()
    data = {**texts.document(paper), "lines": like.lines, "moved": like.moved, "keep": like.keep, "apart": like.apart, "proof": True}
    pdf = _compilers.get().compile(sys_inputs={"data": json.dumps(data)}, timestamp=int(at.timestamp()))
    assert isinstance(pdf, bytes)
    return Proof(pdf, tuple(texts.tags))


def seal_picture(seal: Seal, dots: float = 300) -> bytes:
    """The seal alone as PNG without ground, `dots` to the inch."""
    texts = _Texts()
    shown = {"name": texts.clean(seal.name), "mark": texts.clean(seal.mark)}
    data = {**texts.frame(), "paper": {}, "lines": 22, "seal": shown}
    picture = _compilers.get(STAMP).compile(format="png", ppi=dots, sys_inputs={"data": json.dumps(data)})
    assert isinstance(picture, bytes)
    return picture


def _run(compiler: typst.Compiler, data: dict[str, object], at: datetime) -> bytes:
    pdf = compiler.compile(sys_inputs={"data": json.dumps(data)}, pdf_standards=STANDARDS, timestamp=int(at.timestamp()))
    assert isinstance(pdf, bytes)
    return pdf


def pages(pdf: bytes) -> int:
    """How many pages the PDF has."""
    with ALONE:
        return len(pypdfium2.PdfDocument(pdf))


def picture(pdf: bytes, number: int, width: int = 900) -> bytes:
    """One page (from 1) as PNG, for the screen that shows the paper as it is printed."""
    with ALONE:
        page = pypdfium2.PdfDocument(pdf)[number - 1]
        shown = page.render(scale=width / page.get_width()).to_pil()
    out = BytesIO()
    shown.save(out, "PNG")
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
        self.tags: list[Tag] = []

    def ink(self, name: str, label: str = "", colour: tuple[int, int, int] = BLACK) -> int:
        """The number of a new tag."""
        self.tags.append(Tag(name, label, colour))
        return len(self.tags) - 1

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(sorted(self.found))

    def clean(self, text: str) -> str:
        """One line of text; what can't be shown stands as 〓 and is reported, never dropped."""
        text = unicodedata.normalize("NFC", text.replace("\r", "\n").replace("\n", " ").replace("\t", " "))
        absent = fonts.absent(text, self.held)
        self.found |= absent
        shown = "".join(ABSENT if c in absent else c for c in text)
        return " ".join(_breakable(word) for word in shown.split(" "))

    def frame(self) -> dict[str, object]:
        """What every template takes."""
        return {
            "g": geometry.points(),
            "faces": {f.role: asdict(f) for f in self.faces.faces},
            "proof": False,
            "keep": False,
            "apart": False,
            "inks": {},
        }

    def document(self, paper: Paper) -> dict[str, object]:
        """What the page's template takes."""
        each: Callable[[tuple[str, ...]], list[str]] = lambda texts: [self.clean(t) for t in texts]  # noqa: E731
        plain = ("issuer_mark", "number", "copy_no", "secrecy", "urgency", "signature", "note", "printed_by")
        inks = {name: self.ink(name, colour=RED if name == "issuer_mark" else BLACK) for name in ELEMENTS}
        elements: dict[str, object] = {name: self.clean(getattr(paper, name)) for name in plain}
        elements |= {name: each(getattr(paper, name)) for name in ("signers", "recipients", "cc")}
        elements |= {
            "form": paper.form.value,
            "title": each(titles.lines(paper.title)),
            "body": [self.block(b) for b in paper.body],
            "attachments": [self.attachment(a) for a in paper.attachments],
            "date": day(paper.date),
            "printed_on": day(paper.printed_on),
            "issuers": [self.issuer(i) for i in (Issuer(paper.signature, paper.seal), *paper.joint) if i.name],
            "joint_mark": each((paper.issuer_mark.removesuffix(PAPERS), *(i.name for i in paper.joint)))
            if paper.joint and paper.mark_all
            else [],
            "joint_suffix": PAPERS if paper.issuer_mark.endswith(PAPERS) else "",
            "stamps": [self.stamp(s) for s in paper.stamps],
            "attendance": [self.attendance(a) for a in paper.attendance],
        }
        return {**self.frame(), "paper": elements, "inks": inks}

    def issuer(self, issuer: Issuer) -> dict[str, object]:
        seal = issuer.seal
        shown = seal and {"name": self.clean(seal.name), "mark": self.clean(seal.mark), "ink": self.ink("seal", seal.name, RED)}
        return {"name": self.clean(issuer.name), "ink": self.ink("signature", issuer.name), "seal": shown}

    def stamp(self, stamp: Stamp) -> dict[str, object]:
        inks = {"office_ink": self.ink("signature", stamp.name), "ink": self.ink("stamp", stamp.name, RED)}
        return {"office": self.clean(stamp.office), "name": self.clean(stamp.name), **inks}

    def attendance(self, row: Attendance) -> dict[str, object]:
        return {"label": self.clean(row.label), "names": self.clean(row.names), "ink": self.ink("attendance", row.label)}

    def block(self, block: Block) -> dict[str, object]:
        match block:
            case Heading(level, text, after):
                ink = self.ink("heading", str(level))
                return {"kind": "heading", "level": level, "text": self.clean(text), "after": self.clean(after), "ink": ink}
            case Table(rows, wide):
                shown = [[self.clean(cell) for cell in row] for row in rows]
                return {"kind": "table", "rows": shown, "wide": wide, "ink": self.ink("table")}
            case Para(text):
                return {"kind": "para", "text": self.clean(text), "ink": self.ink("paragraph")}
        raise TypeError(f"not a block: {block!r}")

    def attachment(self, attachment: Attachment) -> dict[str, object]:
        ink = self.ink("attachment", attachment.name)
        return {"name": self.clean(attachment.name), "body": [self.block(b) for b in attachment.body], "ink": ink}


def _breakable(word: str) -> str:
    """A word with places to break where a run of narrow characters would leave the type area."""
    if len(word) <= RUN:
        return word
    out, run = [], 0
    for c in word:
        run = run + 1 if ord(c) < 0x2E80 else 0
        out.append("\u200b" + c if run and run % RUN == 0 else c)
    return "".join(out)
