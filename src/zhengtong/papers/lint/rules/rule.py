"""What a row of the rule book is, and the few shapes of checks from which most rows are made."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date as Day
from enum import StrEnum

from zhengtong.papers.reading.elements import Piece, Role

from .sheet import Sheet, Stream


class Severity(StrEnum):
    ERROR = "error"  # a clear rule is broken: review wants it mended, or a reason
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that breaks a rule: columns inside the piece, and what should stand there where that is certain."""

    piece: Piece | None = None
    start: int = 0
    end: int | None = None
    fix: str | None = None
    facts: dict[str, object] = field(default_factory=dict)


Check = Callable[[Sheet], Iterable[Hit] | None]  # None: the facts that it needs were not given

REGULATION = Day(2012, 7, 1)  # 党政机关公文处理工作条例 and GB/T 9704-2012
PUNCTUATION = Day(2012, 6, 1)  # GB/T 15834-2011
NUMERALS = Day(2011, 11, 1)  # GB/T 15835-2011
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. `needs` names the facts of the Context without which the check can't decide, or decides only in part."""

    id: str
    severity: Severity
    source: str
    zh: str
    en: str
    check: Check
    element: str = ""
    since: Day | None = REGULATION
    until: Day | None = None
    needs: tuple[str, ...] = ()

    def in_force(self, day: Day | None) -> bool:
        """Whether a document of this day obeys the rule; one without a day is one of today."""
        return day is None or ((self.since is None or self.since <= day) and (self.until is None or day <= self.until))


Fix = str | Callable[[re.Match[str]], str | None] | None


def fixed(match: re.Match[str], fix: Fix) -> str | None:
    return match.expand(fix) if isinstance(fix, str) else fix(match) if fix else None


def on(role: Role, pattern: str, fix: Fix = None, *, kinds: tuple[str, ...] = (), part: int | None = 0) -> Check:
    """The pattern must not be found in any piece of this role."""
    form = re.compile(pattern)

    def check(sheet: Sheet) -> Iterator[Hit]:
        if kinds and sheet.kind not in kinds:
            return
        for piece in sheet.elements.of(role, part=part):
            for match in form.finditer(piece.text.rstrip()):
                yield Hit(piece, match.start(), match.end(), fixed(match, fix))

    return check


def text(pattern: str, fix: Fix = None, *, hints: str = "", quoted: bool = True, kinds: tuple[str, ...] = (), own: bool = False) -> Check:
    """The pattern must not be found in the text. `hints` are words (apart by a space) one of which every match holds.

    With `quoted` false, what stands in 《》 or “” is another's words and stays; `own` leaves out what is bound in.
    """
    form = re.compile(pattern, re.MULTILINE)
    words = hints.split()

    def check(sheet: Sheet) -> Iterator[Hit]:
        if kinds and sheet.kind not in kinds:
            return
        stream = sheet.own if own else sheet.text
        if words and not any(word in stream.text for word in words):
            return
        for match in form.finditer(stream.text):
            if quoted or not stream.quoted(match.start()):
                yield hit(stream, match.start(), match.end(), fixed(match, fix))

    return check


def hit(stream: Stream, start: int, end: int, fix: str | None = None) -> Hit:
    piece, at = stream.place(start)
    return Hit(piece, at, at + end - start, fix)


def need(check: Callable[[Sheet], Iterable[Hit]], *names: str) -> Check:
    """The check runs when one of these facts is given."""

    def run(sheet: Sheet) -> Iterable[Hit] | None:
        if all(getattr(sheet.context, name) is None for name in names):
            return None
        return check(sheet)

    return run


def first(sheet: Sheet, *roles: Role) -> Piece | None:
    """The piece at which a finding about a whole element is shown."""
    return next(iter(sheet.elements.of(*roles)), None)
