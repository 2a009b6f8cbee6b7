"""The text as blocks, the digest that an approval is bound to, and the marks of the marked-up draft (花脸稿)."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhengtong.papers.typeset.paper import ORDINALS

Block = dict[str, object]


def level(line: str) -> int:
    """The heading level that a line's own ordinal gives it (一、→（一）→1.→（1）), 0 for a paragraph."""
    return next((depth for depth, ordinal in enumerate(ORDINALS, start=1) if ordinal.match(line)), 0)


def parse(text: str, before: Sequence[Block] = ()) -> list[Block]:
    """The blocks of a written text, one for each line that is not blank; unchanged blocks keep their ids."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    old = [str(block["text"]) for block in before]
    kept: dict[int, str] = {}
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, lines, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
            kept |= {j1 + n: str(before[i1 + n]["id"]) for n in range(j2 - j1)}
    top = max((int(str(block["id"])[1:]) for block in before), default=0)
    blocks: list[Block] = []
    for place, line in enumerate(lines):
        if place not in kept:
            top += 1
        depth = level(line)
        blocks.append({"id": kept.get(place, f"b{top}"), "kind": "heading" if depth else "para", "level": depth, "text": line})
    return blocks


def text(blocks: Sequence[Block]) -> str:
    """The blocks as they stand in the writing field."""
    return "\n".join(str(block["text"]) for block in blocks)


def digest(content: Mapping[str, object]) -> str:
    """SM3 of the exact content that is approved: everything that will stand on the page, in one byte form."""
    exact = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new("sm3", exact.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text: kept (""), inserted ("+") or struck ("-")."""

    sign: str
    text: str


WORDS = re.compile(r"[0-9]+|[A-Za-z]+|.", re.DOTALL)  # a number is struck and written as a whole, not digit by digit


def marks(old: str, new: str) -> list[Mark]:
    """What was struck and what was written between two versions."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    found: list[Mark] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        struck, written = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal":
            found.append(Mark("", struck))
            continue
        found += [Mark(sign, text) for sign, text in (("-", struck), ("+", written)) if text]
    return found


def line_marks(old: str, new: str) -> list[list[Mark]]:
    """The marks of each changed line, aligned line by line so that long texts stay readable and quick."""
    before, after = old.splitlines(), new.splitlines()
    found: list[list[Mark]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        found += [marks(before[i1 + n], after[j1 + n]) for n in range(pairs)]
        found += [[Mark("-", line)] for line in before[i1 + pairs : i2]]
        found += [[Mark("+", line)] for line in after[j1 + pairs : j2]]
    return found


def clean(marked: Sequence[Mark]) -> str:
    """The text that results when all marks are accepted."""
    return "".join(m.text for m in marked if m.sign != "-")


def original(marked: Sequence[Mark]) -> str:
    """The text as it was before the marks."""
    return "".join(m.text for m in marked if m.sign != "+")
