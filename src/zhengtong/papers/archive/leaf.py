"""Sheets kept beside a document — handling sheet, final draft, marked-up draft — set as PDF/A, so that anybody can read them for ever.

A `typst.Compiler` may not be shared between threads: each keeps its own (see `typeset.press`).
"""

import json
import threading
import unicodedata
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import typst

from zhengtong.papers.typeset import fonts
from zhengtong.papers.typeset.press import ABSENT, STANDARDS

HERE = Path(__file__).parent
WIDE = 16  # characters above which a fact takes the whole width


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with the numbers of the hands that wrote and struck it; 0 where nobody did."""

    text: str
    put: int = 0
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: title, heading or plain."""

    runs: tuple[Run, ...]
    kind: str = "para"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell of the table: words, and what was drawn by hand as SVG."""

    text: str
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet: what it is, of what; its facts, its steps under their heads, its text, and who is behind each number."""

    name: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    lines: tuple[Line, ...] = ()
    legend: tuple[str, ...] = ()
    note: str = ""


class _Compiler(threading.local):
    """This thread's compiler, and the state of the font folders that it has read."""

    state: object = None
    made: typst.Compiler

    def get(self) -> typst.Compiler:
        state = fonts.state()
        if self.state != state:
            self.made = typst.Compiler(
                str(HERE / "leaf.typ"),
                root=str(HERE),
                font_paths=[str(p) for p in fonts.folders()],
                ignore_system_fonts=True,
                sys_inputs={},
            )
            self.state = state
        return self.made


_compiler = _Compiler()


def pdf(leaf: Leaf, at: datetime) -> bytes:
    """The sheet as tagged PDF/A-2a; the same sheet and time give the same bytes."""
    held = fonts.held()

    def clean(text: str) -> str:
        shown = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
        return "".join(ABSENT if c != "\n" and (ord(c) not in held or unicodedata.category(c) in fonts.UNSEEN) else c for c in shown)

    data = {
        "faces": {face.role: asdict(face) for face in fonts.report().faces},
        "name": clean(leaf.name),
        "title": clean(leaf.title),
        "facts": [[clean(label), clean(value), len(value) > WIDE] for label, value in leaf.facts],
        "head": [clean(one) for one in leaf.head],
        "rows": [[{"text": clean(cell.text), "drawn": cell.drawn} for cell in row] for row in leaf.rows],
        "lines": [
            {"kind": line.kind, "runs": [{"text": clean(r.text), "put": r.put, "cut": r.cut} for r in line.runs]} for line in leaf.lines
        ],
        "legend": [clean(one) for one in leaf.legend],
        "key": "修改人",
        "note": clean(leaf.note),
    }
    made = _compiler.get().compile(sys_inputs={"data": json.dumps(data)}, pdf_standards=STANDARDS, timestamp=int(at.timestamp()))  # type: ignore[call-overload]
    assert isinstance(made, bytes)
    return made
