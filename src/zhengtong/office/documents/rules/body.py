"""The text as blocks, the digest that an approval is bound to, and the marks of the marked-up draft (花脸稿)."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from zhengtong.papers.typeset import paper as papers
from zhengtong.papers.typeset.paper import ORDINALS

Block = dict[str, object]
RULE = "|"  # begins a row of a table in the writing field and parts its cells
CELL = re.compile(r"\|((?:\\.|[^|])*)")
ESCAPED = re.compile(r"\\([|\\])")
LONGEST = 300_000  # characters of one text; a longer one is no official document and would not fit a request
WIDE = 7  # a table of more columns stands across a page of its own (GB/T 9704-2012 §8)


def level(line: str) -> int:
    """The heading level that a line's own ordinal gives it (一、→（一）→1.→（1）), 0 for a paragraph."""
    return next((depth for depth, ordinal in enumerate(ORDINALS, start=1) if ordinal.match(line)), 0)


def units(text: str) -> list[str]:
    """The blocks of a written text: a line each, or the rows of a table that stand under one another; blank lines part."""
    found: list[str] = []
    open_table = False
    for line in (line.strip() for line in text.splitlines()):
        row = line.startswith(RULE)
        if row and open_table:
            found[-1] += "\n" + line
        elif line:
            found.append(line)
        open_table = row
    return [table(rows(unit)) if unit.startswith(RULE) else unit for unit in found]


def rows(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a table block, every row as long as the longest."""
    found = [tuple(cell.strip() for cell in _cells(line)) for line in text.splitlines() if line.startswith(RULE)]
    width = max(map(len, found), default=0)
    return tuple(row + ("",) * (width - len(row)) for row in found)


def _cells(line: str) -> list[str]:
    """The cells of |甲|乙|; a bar inside a cell is written \\|, the last one may be left out."""
    cells = CELL.findall(line)
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return [ESCAPED.sub(r"\1", cell) for cell in cells]


def table(cells: Sequence[Sequence[str]]) -> str:
    """Rows of cells as they stand in the writing field."""
    return "\n".join(RULE + "".join(" ".join(c.split()).replace("\\", "\\\\").replace(RULE, "\\|") + RULE for c in row) for row in cells)


def nature(text: str) -> tuple[str, int]:
    """Kind and level of a block, both told by its own text."""
    if text.startswith(RULE):
        return "table", 0
    depth = level(text)
    return ("heading" if depth else "para"), depth


def block(key: str, text: str) -> Block:
    kind, depth = nature(text)
    return {"id": key, "kind": kind, "level": depth, "text": text}


def parse(text: str, before: Sequence[Block] = (), top: int = 0) -> list[Block]:
    """The blocks of a written text; unchanged and mended ones keep their ids, and no id above `top` was ever given."""
    lines = units(text)
    old = [str(each["text"]) for each in before]
    kept: dict[int, str] = {}
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, lines, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
            same = [n for n in range(j2 - j1) if old[i1 + n].startswith(RULE) == lines[j1 + n].startswith(RULE)]
            kept |= {j1 + n: str(before[i1 + n]["id"]) for n in same}  # a table is never mended into a paragraph
    top = max(top, *(int(str(each["id"])[1:]) for each in before), 0) if before else top
    blocks: list[Block] = []
    for place, line in enumerate(lines):
        if place not in kept:
            top += 1
        blocks.append(block(kept.get(place, f"b{top}"), line))
    return blocks


def text(blocks: Sequence[Block]) -> str:
    """The blocks as they stand in the writing field; a blank line parts one table from the next."""
    found: list[str] = []
    for each in blocks:
        if found and each["kind"] == "table" and found[-1].startswith(RULE):
            found.append("")
        found.append(str(each["text"]))
    return "\n".join(found)


def printed(text: str) -> tuple[papers.Block, ...]:
    """The blocks as they are set on the page."""
    found: list[papers.Block] = []
    for unit in units(text):
        if unit.startswith(RULE):
            cells = rows(unit)
            found.append(papers.Table(cells, wide=len(cells[0]) > WIDE))
        else:
            found += papers.blocks(unit)
    return tuple(found)


def length(text: str) -> int:
    """How many characters a text has as they are counted against a limit: no blanks, no rules of tables."""
    return sum(not c.isspace() for unit in units(text) for c in ("".join(map("".join, rows(unit))) if unit.startswith(RULE) else unit))


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
