"""A file that a drafter brings: its elements as the fields of the form, its tracked changes as earlier texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhengtong.office.documents.rules import body, kinds
from zhengtong.papers.reading import files
from zhengtong.papers.reading.elements import Elements, Piece
from zhengtong.papers.reading.limits import Unreadable

from . import revisions


@dataclass(frozen=True, slots=True)
class Brought:
    """What the form is filled with, and the text after each hand that tracked its changes, the original first."""

    fields: Mapping[str, Sequence[str]]
    history: tuple[Mapping[str, str], ...]


def read(data: bytes, name: str, groups: Sequence[str], now: datetime, by: str) -> Brought:
    """The file as a draft; `groups` are the collective names that the directory knows. Raises Unreadable."""
    stages = revisions.stages(data) if files.content(data) == "docx" else []
    found = files.parse(stages[-1].data if stages else data, name)
    history = tuple(
        {"hand": stage.hand or by, "at": (stage.at or now).isoformat(), "text": text(files.parse(stage.data, name))}
        for stage in (stages if len(stages) > 1 else [])
    )
    return Brought(_fields(found, groups), history)


def text(found: Elements) -> str:
    """The body as it stands in the writing field; a heading and what runs on in its line stay one line."""
    lines: list[str] = []
    previous: Piece | None = None
    for piece in found.body:
        if piece.rows:
            lines += ["", body.table(piece.rows)]
        elif previous is not None and previous.line == piece.line and not previous.rows:
            lines[-1] += piece.text.strip()
        else:
            lines.append(piece.text.strip())
        previous = piece
    return body.text(body.parse("\n".join(lines)))


def _fields(found: Elements, groups: Sequence[str]) -> dict[str, list[str]]:
    kind = next((key for key, row in kinds.KINDS.items() if found.title.endswith(row.name.partition("（")[0])), "notice")
    to = found.recipients
    return {
        "kind": [kind],
        "title": [found.title[:100]],
        "groups": [name for name in to if name in groups],
        "recipients": ["、".join(name for name in to if name not in groups)],
        "cc": ["、".join(found.cc)],
        "text": [text(found)],
    }


__all__ = ["Brought", "Unreadable", "read", "text"]
