"""One document as the rules see it: its elements, the facts given, and what follows from both."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date as Day
from functools import cached_property

from zhengtong.papers.reading.elements import ORGAN, Attachment, Elements, Piece, Role, names
from zhengtong.papers.reading.types import TYPES, Type, of_title

from . import relations
from .context import Context

TEXT = (Role.TITLE, Role.HEADING, Role.PARA)
ARTICLE = re.compile(r"第[一二三四五六七八九十百零]+[编章节条]")
PAIRS = {"《": "》", "“": "”"}
QUOTES = re.compile("[《》“”\n]")


class Stream:
    """Several pieces as one text, a line feed between them, so that a rule reads it once."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.text = "\n".join(piece.text for piece in pieces)
        self.starts: list[int] = []
        at = 0
        for piece in pieces:
            self.starts.append(at)
            at += len(piece.text) + 1

    def place(self, at: int) -> tuple[Piece, int]:
        """The piece at this offset and the column inside it."""
        index = bisect_right(self.starts, at) - 1
        return self.pieces[index], at - self.starts[index]

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        """Where titles and quotations begin and end; a pair never reaches over a paragraph."""
        found: list[tuple[int, int]] = []
        open_at, close, depth, begun = -1, "", 0, ""
        for mark in QUOTES.finditer(self.text):
            at, sign = mark.start(), mark[0]
            if open_at < 0:
                if sign in PAIRS:
                    open_at, close, depth, begun = at, PAIRS[sign], 1, sign
            elif sign == "\n":
                open_at = -1
            elif sign == begun:
                depth += 1
            elif sign == close:
                depth -= 1
                if not depth:
                    found.append((open_at, at))
                    open_at = -1
        return found

    @cached_property
    def _openings(self) -> list[int]:
        return [start for start, _end in self._spans]

    def quoted(self, at: int) -> bool:
        """Whether this offset lies in a title 《》 or a quotation “”."""
        index = bisect_right(self._openings, at) - 1
        return index >= 0 and self._spans[index][0] < at < self._spans[index][1]


class Sheet:
    """What rules ask for, worked out once."""

    def __init__(self, elements: Elements, context: Context, absent: Callable[[str], frozenset[str]] = lambda _text: frozenset()) -> None:
        self.elements, self.context = elements, context
        self.absent = absent  # which characters of a text the faces in use cannot print

    @cached_property
    def text(self) -> Stream:
        """Title and text, with all that is bound in."""
        return Stream(self.elements.of(*TEXT, part=None))

    @cached_property
    def own(self) -> Stream:
        """The text of the document itself."""
        return Stream(self.elements.of(Role.HEADING, Role.PARA))

    @cached_property
    def sections(self) -> list[list[Piece]]:
        """The headings and paragraphs between articles and parts: inside an article （一） begins anew."""
        found: list[list[Piece]] = [[]]
        part = 0
        for piece in self.elements.of(Role.HEADING, Role.PARA, part=None):
            if piece.part != part or ARTICLE.match(piece.text):
                found.append([])
                part = piece.part
            found[-1].append(piece)
        return found

    @cached_property
    def title(self) -> str:
        return self.elements.title

    @cached_property
    def type(self) -> Type | None:
        found = of_title(self.title)
        if self.context.kind:
            return next((t for t in TYPES.values() if t.code == self.context.kind), found)
        if not found and self.context.format == "minutes":
            return TYPES["纪要"]
        return found

    @property
    def kind(self) -> str:
        return self.type.code if self.type else ""

    @property
    def upward(self) -> bool:
        return bool(self.type and self.type.upward)

    @cached_property
    def issuers(self) -> list[str]:
        return self.elements.issuers

    @property
    def issuer(self) -> str:
        return self.issuers[0] if self.issuers else ""

    @cached_property
    def day(self) -> Day | None:
        return self.elements.date

    @cached_property
    def recipients(self) -> list[str]:
        return self.elements.recipients

    @cached_property
    def cc(self) -> list[str]:
        return self.elements.cc

    @cached_property
    def attachments(self) -> list[Attachment]:
        return self.elements.attachments

    @cached_property
    def secrecy(self) -> str:
        return self.elements.text(Role.SECRECY)

    @cached_property
    def abridged(self) -> bool:
        """A published text from which parts were taken (本文有删减): what is missing there is no fault."""
        return any("删减" in piece.text or "略" in piece.text for piece in self.elements.of(Role.NOTE))

    @cached_property
    def title_issuers(self) -> list[str]:
        """The organs that the title names before its matter."""
        head = self.title
        for word in ("关于", "转发", "印发", "批转"):
            before, found, _after = head.partition(word)
            head = before if found else head
        if head == self.title:
            return []
        found_names = names(head.replace(" ", "、").replace("\u3000", "、"))
        return found_names if all(ORGAN.search(name) for name in found_names) else []

    def relation(self, name: str) -> str:
        """How the organ stands to the issuer: the directory's word, else what the names tell."""
        if self.context.relations and name in self.context.relations:
            return self.context.relations[name]
        return relations.relation(self.issuer, name) if self.issuer else ""
