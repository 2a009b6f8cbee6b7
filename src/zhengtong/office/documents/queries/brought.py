"""A file that a drafter brings: its elements as the fields of the form, its tracked changes as earlier texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from zhengtong.foundation.orgs.models import Organ, Person
from zhengtong.office.documents.rules import body, kinds
from zhengtong.office.documents.rules.attachments import LONGEST, LONGEST_NAME
from zhengtong.papers.reading import apart
from zhengtong.papers.reading.elements import Elements, Piece
from zhengtong.papers.reading.limits import Scanned, Unreadable, too_big

from . import groups
from .desk import issuers


@dataclass(frozen=True, slots=True)
class Brought:
    """What the form is filled with, the text after each hand that tracked its changes, and what is to be said of the file."""

    fields: Mapping[str, Sequence[str]]
    history: tuple[Mapping[str, str], ...]
    remarks: tuple[Mapping[str, str], ...] = ()


def read(data: bytes, name: str, person: Person, now: datetime) -> Brought:
    """The file as a draft of this person's. Raises Unreadable."""
    stands = apart.hands(data, name)
    hands = [{"hand": s.hand or person.name, "at": (s.at or now).isoformat(), "text": text(s.elements)} for s in stands]
    told = hands if len(stands) > 1 else []
    return made(stands[-1].elements, person, told)


def made(found: Elements, person: Person, history: Sequence[Mapping[str, str]] = ()) -> Brought:
    """The elements as a draft. Raises Unreadable where they are more than one document holds."""
    fields = _fields(found, groups.names(person), issuers(person))
    if len(fields["text"][0]) > body.LONGEST or sum(map(len, fields["attachment_text"])) > LONGEST:
        raise too_big("正文字数", "characters of the text")
    return Brought(fields, tuple(history), tuple({"zh": r.zh, "en": r.en} for r in found.remarks))


def text(found: Elements) -> str:
    """The body as it stands in the writing field."""
    return _written(found.body)


def _written(pieces: Sequence[Piece]) -> str:
    """Pieces as they stand in a writing field; a heading and what runs on in its line stay one line."""
    lines: list[str] = []
    previous: Piece | None = None
    for piece in pieces:
        if piece.rows:
            lines += ["", body.table(piece.rows)]
        elif previous is not None and previous.line == piece.line and not previous.rows:
            lines[-1] += piece.text.strip()
        else:
            lines.append(piece.text.strip())
        previous = piece
    return body.text(body.parse("\n".join(lines)))


def _fields(found: Elements, collective: Sequence[str], own: Sequence[Organ]) -> dict[str, list[str]]:
    kind = next((key for key, row in kinds.KINDS.items() if found.title.endswith(row.name.partition("（")[0])), "notice")
    to = found.recipients
    return {
        "kind": [kind],
        "title": [found.title[:100]],
        "groups": [name for name in to if name in collective],
        "recipients": ["、".join(name for name in to if name not in collective)],
        "cc": ["、".join(found.cc)],
        "text": [text(found)],
        **_issuers(found.issuers, own),
        **_attachments(found),
    }


def _issuers(names: Sequence[str], own: Sequence[Organ]) -> dict[str, list[str]]:
    """In whose name it is written, and who issues with it (联合行文); nothing where the file is none of the drafter's organs' own."""
    lead = next(((organ, name) for name in names for organ in own if name in (organ.name, organ.short_name)), None)
    return {"organ": [lead[0].code], "issuers": ["、".join(name for name in names if name != lead[1])]} if lead else {}


def _attachments(found: Elements) -> dict[str, list[str]]:
    """What the file has attached, as rows of the form; the paper that a notice issues comes as one too, so that nothing is lost."""
    rows = [_named(one.name or "附件", _written(one.pieces)) for one in found.attachments]
    parts = {"key": [f"n{place}" for place in range(1, len(rows) + 1)], "name": [name[:LONGEST_NAME] for name, _text in rows]}
    parts |= {"text": [written for _name, written in rows], **{part: [""] * len(rows) for part in ("sm3", "file", "gone")}}
    return {f"attachment_{part}": values for part, values in parts.items()}


def _named(name: str, text: str) -> tuple[str, str]:
    """A name longer than the page takes stands whole above its text too."""
    return (name, text) if len(name) <= LONGEST_NAME else (name, f"{name}\n{text}")


__all__ = ["Brought", "Scanned", "Unreadable", "made", "read", "text"]
