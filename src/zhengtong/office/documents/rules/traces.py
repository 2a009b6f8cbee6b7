"""Traces (留痕): what each handler changed, as steps that replay to exactly the clean text.

A step puts a block, cuts one, edits characters inside one, or sets an element such as the recipients. Steps are only
ever added; the clean text of any version, the marked-up draft and the tracked changes of a docx are computed from them.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import groupby

from . import attachments, body

Op = Mapping[str, object]
TITLE = "title"  # the title is edited like a block
ELEMENTS = ("organ", "joint", "kind", "recipients", "urgency", "important", "publication", "secrecy", "readers")
LONGEST = 4_000_000  # characters struck times written above which a stretch is traced as one replacement


class Broken(ValueError):
    """A step that does not fit the text it is applied to: the traces have been tampered with."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole version: the elements, the title, the blocks as (id, text) in their order: those of the text, then those of the attachments."""

    elements: Mapping[str, object] = field(default_factory=dict)
    title: str = ""
    blocks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One change with whose hand made it, when, and in which version it was kept."""

    op: Op
    hand: str
    at: datetime
    version: int


def sheet(content: Mapping[str, object], blocks: Sequence[body.Block]) -> Sheet:
    """A document's content as a sheet; every element that is approved belongs to it."""
    elements = {name: content[name] for name in ELEMENTS if name in content}
    return Sheet(elements, str(content["title"]), tuple((str(b["id"]), str(b["text"])) for b in blocks))


def content(of: Sheet) -> dict[str, object]:
    """The content that a sheet stands for, in the form that is approved."""
    rows = [[*body.nature(text), text] for _id, text in attachments.own(of.blocks)]
    attached = attachments.content(of.blocks)
    return {**of.elements, "title": of.title, "body": rows} | ({"attachments": attached} if attached else {})


def steps(old: Sheet, new: Sheet) -> list[Op]:
    """What leads from one version to the next."""
    found: list[Op] = []
    for name in dict.fromkeys([*old.elements, *new.elements]):
        if old.elements.get(name) != new.elements.get(name):  # an element that a document has not is nothing
            found.append({"do": "set", "element": name, "was": old.elements.get(name), "now": new.elements.get(name)})
    found += _edits(TITLE, old.title, new.title)
    before, after = [key for key, _text in old.blocks], [key for key, _text in new.blocks]
    texts, now_texts = dict(old.blocks), dict(new.blocks)
    kept = {key for m in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks() for key in after[m.b : m.b + m.size]}
    found += [{"do": "cut", "block": key, "text": texts[key]} for key in before if key not in kept]
    previous = ""
    for key in after:
        if key in kept:
            found += _edits(key, texts[key], now_texts[key])
        else:
            found.append({"do": "put", "block": key, "after": previous, "text": now_texts[key]})
        previous = key
    return found


def _edits(key: str, old: str, new: str) -> list[Op]:
    """The edits of one block from left to right, each at its place in the text as the ones before have left it."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    struck, written = old[start : len(old) - end], new[start : len(new) - end]
    if not struck and not written:
        return []
    if len(struck) * len(written) > LONGEST:
        return [{"do": "edit", "block": key, "at": start, "cut": struck, "put": written}]
    found: list[dict[str, object]] = []
    at = start
    for mark in body.marks(struck, written):
        if not mark.sign:
            at += len(mark.text)
        elif mark.sign == "-":
            found.append({"do": "edit", "block": key, "at": at, "cut": mark.text, "put": ""})
        else:
            if found and found[-1]["at"] == at and not found[-1]["put"]:
                found[-1]["put"] = mark.text
            else:
                found.append({"do": "edit", "block": key, "at": at, "cut": "", "put": mark.text})
            at += len(mark.text)
    return list(found)


def _common(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def replay(ops: Iterable[Op]) -> Sheet:
    """The version that the steps lead to, from nothing; Broken where one does not fit."""
    desk = _Desk()
    for op in ops:
        desk.take(op)
    return desk.sheet()


def versions(history: Iterable[Step]) -> Iterator[tuple[int, Sheet]]:
    """Every version that the steps lead to in its order, each step taken once; Broken where one does not fit."""
    desk = _Desk()
    for version, made in groupby(history, key=lambda step: step.version):
        for step in made:
            desk.take(step.op)
        yield version, desk.sheet()


@dataclass(slots=True)
class _Desk:
    """The text while it is replayed."""

    elements: dict[str, object] = field(default_factory=dict)
    title: str = ""
    order: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def sheet(self) -> Sheet:
        return Sheet(dict(self.elements), self.title, tuple((key, self.texts[key]) for key in self.order))

    def take(self, op: Op) -> None:
        key = str(op.get("block", ""))
        match op["do"]:
            case "set":
                if self.elements.get(str(op["element"])) != op["was"]:
                    raise Broken(f"element {op['element']}")
                self.elements[str(op["element"])] = op["now"]
                if op["now"] is None:
                    del self.elements[str(op["element"])]
            case "edit" if key == TITLE:
                self.title = _edited(self.title, op)
            case "edit" if key in self.texts:
                self.texts[key] = _edited(self.texts[key], op)
            case "put" if key not in self.texts and (not op["after"] or op["after"] in self.texts):
                self.order.insert(self.order.index(str(op["after"])) + 1 if op["after"] else 0, key)
                self.texts[key] = str(op["text"])
            case "cut" if self.texts.get(key) == op["text"]:
                self.order.remove(key)
                del self.texts[key]
            case _:
                raise Broken(f"{op['do']} {key}")


def _edited(text: str, op: Op) -> str:
    at, cut, put = int(str(op["at"])), str(op["cut"]), str(op["put"])
    if at > len(text) or text[at : at + len(cut)] != cut:
        raise Broken(f"edit {op['block']} at {at}")
    return text[:at] + put + text[at + len(cut) :]


def link(previous: str, step: Step, by: str) -> str:
    """The digest of a step over the one before it: SM3 of all that it says."""
    said = [previous, step.op, step.hand, step.at.astimezone(UTC).isoformat(timespec="microseconds"), step.version, by]
    return hashlib.new("sm3", json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


# The marked-up draft (花脸稿)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one block: who wrote it, who struck it; None where nobody did since the first version."""

    text: str
    put: Step | None = None
    cut: Step | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """One block of the marked-up draft; `put` and `cut` tell of the block as a whole."""

    key: str
    pieces: tuple[Piece, ...]
    put: Step | None = None
    cut: Step | None = None

    @property
    def text(self) -> str:
        """What of it stands in the clean text."""
        return "" if self.cut else "".join(p.text for p in self.pieces if not p.cut)

    @property
    def touched(self) -> bool:
        return bool(self.put or self.cut) or any(p.put or p.cut for p in self.pieces)


@dataclass(frozen=True, slots=True)
class Draft:
    """The marked-up draft: the title, all blocks that ever stood there in their places, the changed elements."""

    title: Marked
    blocks: tuple[Marked, ...]
    elements: tuple[Step, ...]


def marked(history: Sequence[Step], base: int = 1) -> Draft:
    """Everything that was ever written and struck, by whom; what version `base` left behind counts as unmarked text.

    Text that one hand wrote and another struck is kept with both.
    """
    title, blocks, elements = Marked(TITLE, ()), list[Marked](), list[Step]()
    for step in history:
        op, key = step.op, str(step.op.get("block", ""))
        shown = step if step.version > base else None
        if op["do"] == "set":
            elements += [step] if shown else []
        elif key == TITLE:
            title = replace(title, pieces=_mark(title.pieces, op, shown))
        elif op["do"] == "put":
            after = _live(blocks, str(op["after"])) + 1 if op["after"] else 0
            while op["after"] and after < len(blocks) and blocks[after].cut and attachments.kind(blocks[after].key) != "attachment":
                after += 1  # new text stands behind what was struck there, but not inside a struck attachment
            blocks.insert(after, Marked(key, (Piece(str(op["text"]), shown),), put=shown))
        elif op["do"] == "cut":
            at = _live(blocks, key)
            if shown:
                blocks[at] = replace(blocks[at], cut=step, pieces=tuple(replace(p, cut=p.cut or step) for p in blocks[at].pieces))
            else:
                del blocks[at]
        else:
            at = _live(blocks, key)
            blocks[at] = replace(blocks[at], pieces=_mark(blocks[at].pieces, op, shown))
    return Draft(title, tuple(blocks), tuple(elements))


def _live(blocks: Sequence[Marked], key: str) -> int:
    """Where the block of this id stands that has not been struck."""
    for at, block in enumerate(blocks):
        if block.key == key and not block.cut:
            return at
    raise Broken(f"no block {key}")


def _mark(pieces: Sequence[Piece], op: Op, step: Step | None) -> tuple[Piece, ...]:
    """The pieces after one edit: struck text stays in its place, written text stands behind it."""
    start, cut = int(str(op["at"])), str(op["cut"])
    end, seen, put_done = start + len(cut), 0, not op["put"]
    found: list[Piece] = []
    written = Piece(str(op["put"]), step)
    for piece in pieces:
        if piece.cut:
            found.append(piece)
            continue
        length = len(piece.text)
        a, b = min(max(start - seen, 0), length), min(max(end - seen, 0), length)
        head, middle, tail = piece.text[:a], piece.text[a:b], piece.text[b:]
        found += [replace(piece, text=head)] if head else []
        if middle and step:
            found.append(replace(piece, text=middle, cut=step))
        seen += length
        if tail:
            if not put_done and seen - len(tail) >= end:
                found.append(written)
                put_done = True
            found.append(replace(piece, text=tail))
    return tuple(found if put_done else [*found, written])


def clean(draft: Draft) -> tuple[str, tuple[str, ...]]:
    """Title and blocks that stand when every mark is accepted."""
    return draft.title.text, tuple(b.text for b in draft.blocks if not b.cut)


def hands(history: Iterable[Step], base: int = 1) -> list[str]:
    """Everybody who changed something after version `base`, in the order of their first change: the legend."""
    return list(dict.fromkeys(step.hand for step in history if step.version > base))
