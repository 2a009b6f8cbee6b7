"""Printed handling sheets (发文稿纸, 收文处理单): a form of boxes on A4, each with what was entered and the opinions given there.

One sheet serves the screen, the printer and the archive.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from .press import STANDARDS, _compilers, _Texts

TEMPLATE = "sheet.typ"


@dataclass(frozen=True, slots=True)
class Said:
    """An opinion as it was given: its words or its strokes (SVG), by whom, when in full, and a mark such as 代录."""

    text: str
    by: str
    on: str = ""
    mark: str = ""
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the form; two `half` ones stand side by side. `tall` leaves room to write by hand on the printed sheet."""

    label: str
    text: str = ""
    said: tuple[Said, ...] = ()
    half: bool = False
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole form: whose it is, its name, its boxes in their order, and a line below."""

    organ: str
    name: str
    boxes: tuple[Box, ...]
    note: str = ""


def pdf(sheet: Sheet, at: datetime) -> bytes:
    """The sheet as tagged PDF/A-2a; the same sheet and time give the same bytes."""
    texts = _Texts()

    def lines(text: str) -> str:
        return "\n".join(texts.clean(line) for line in text.replace("\r\n", "\n").split("\n"))

    data = {
        "faces": texts.frame()["faces"],
        "organ": lines(sheet.organ),
        "name": lines(sheet.name),
        "note": lines(sheet.note),
        "boxes": [
            {
                "label": lines(box.label),
                "text": lines(box.text),
                "said": [{key: value if key == "drawn" else lines(value) for key, value in asdict(one).items()} for one in box.said],
                "half": box.half,
                "tall": box.tall,
            }
            for box in sheet.boxes
        ],
    }
    made = _compilers.get(TEMPLATE).compile(sys_inputs={"data": json.dumps(data)}, pdf_standards=STANDARDS, timestamp=int(at.timestamp()))
    assert isinstance(made, bytes)
    return made
