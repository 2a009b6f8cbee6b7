"""What is asked of the index, and in which words. Knows no Django and no database; the expressions are FTS5's.

A text lies in the index as its pairs of neighbouring characters in their order, its last character alone at the end. A word of two
characters or more is a phrase of pairs, so it is found exactly where it stands in the text; a single character is the beginning of a
pair. Marks, brackets, letter case and full width are gone on both sides (`foundation.search.rules.plain`).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import pairwise

from zhengtong.foundation.search.rules import plain

LONGEST, MOST = 60, 8  # characters of a query, words in it
QUOTED = re.compile(r'["“”「『]([^"“”」』]*)["“”」』]|(\S+)')
READ, TITLED, SOUND = "title number text", "title number", "sound"
LATIN = re.compile(r"[a-z]{2,}")
# words of asking, not of what is asked for
# fmt: off
ASKING = frozenset((
    "的", "了", "和", "与", "及", "或", "在", "是", "吗", "呢", "怎么", "怎样", "如何", "哪里", "哪儿", "什么", "多少", "请问",
    "我", "要", "想", "能", "能不能", "可以", "办", "办理", "关于", "有关",
))
# fmt: on


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query as it was put: its words, what it is narrowed to, in which order."""

    words: tuple[str, ...] = ()
    kind: str = ""
    room: str | None = None  # None: everywhere; "": the county's own site
    validity: str = ""
    since: date | None = None
    until: date | None = None
    newest: bool = False

    @property
    def narrowed(self) -> bool:
        return bool(self.kind or self.validity or self.since or self.until) or self.room is not None


def words(query: str) -> tuple[str, ...]:
    """The words of a query, each in its plain form; what stands in quotation marks is one."""
    found = (plain(one[0] or one[1]) for one in QUOTED.findall(query[:LONGEST]))
    return tuple(dict.fromkeys(word for word in found if word))[:MOST]


def grams(*texts: str) -> str:
    """Texts as they lie in a column of the index; no word reaches from one into the next."""
    return " ".join(gram for text in texts if (bare := plain(text)) for gram in (*map("".join, pairwise(bare)), bare[-1]))


def holds(word: str, columns: str = READ) -> str:
    """That one of these columns holds the word."""
    if len(word) == 1:
        return f'{{{columns}}} : "{word}" *'
    return f'{{{columns}}} : "{" ".join(map("".join, pairwise(word)))}"'


def facet(name: str, value: str) -> str:
    """A fact of an article as one token: `name` is one letter."""
    return f"{name}{value.encode().hex()}"


def facets(kind: str, room: str, validity: str) -> str:
    return " ".join([facet("k", kind), facet("r", room), facet("v", validity)])


def narrowing(wanted: Wanted) -> list[str]:
    """The facts that every hit must have."""
    asked = {"k": wanted.kind or None, "r": wanted.room, "v": wanted.validity or None}
    return [f'facets : "{facet(name, value)}"' for name, value in asked.items() if value is not None]


def ranks(wanted: Wanted, cut: Sequence[str] = ()) -> list[str]:
    """What is asked one after another, none holding a hit of the one before: all words in the title or number, then anywhere, then
    the `cut` words of a query that was written without spaces. By `newest` they are one."""
    asked = [_all(wanted.words, TITLED), _all(wanted.words)]
    if cut and tuple(cut) != wanted.words:
        asked.append(_all(cut))
    if wanted.newest:
        asked = [" OR ".join(f"({one})" for one in asked[1:])]
    told = [f"({one}) NOT ({before})" if before else one for before, one in zip(["", *asked], asked, strict=False)]
    within = " AND ".join(narrowing(wanted))
    return [f"({within}) AND ({one})" if within else one for one in told]


def by_sound(wanted: Wanted, sounds: Sequence[str]) -> str:
    """Titles that sound so: written in letters, or in characters of the same sound."""
    return " AND ".join([*narrowing(wanted), *(holds(sound, SOUND) for sound in sounds)])


def _all(asked: Sequence[str], columns: str = READ) -> str:
    return " AND ".join(holds(word, columns) for word in asked)


def meant(cut: Sequence[str]) -> list[str]:
    """Of the words into which a sentence was cut, those that name what is looked for."""
    return list(dict.fromkeys(word for each in cut if (word := plain(each)) and word not in ASKING))[:MOST]


def order(at: str, url: str) -> int:
    """Where an article stands among all, the newest highest: minutes of "YYYY-MM-DD HH:MM" since year 1, then its address."""
    day, clock = date.fromisoformat(at[:10]), at[11:16] or "00:00"
    minutes = day.toordinal() * 1440 + int(clock[:2]) * 60 + int(clock[3:])
    return minutes << 32 | int.from_bytes(blake2b(url.encode(), digest_size=4).digest())


def span(since: date | None, until: date | None) -> tuple[int, int]:
    """The first and last place in that order of these days, both counted."""
    first = since.toordinal() * 1440 << 32 if since else 0
    last = ((until.toordinal() + 1) * 1440 << 32) - 1 if until else (1 << 63) - 1
    return first, last


def likely(asked: str, names: Sequence[tuple[str, str]], sound: str) -> list[str]:
    """Names that may be meant by a mistyped one: (name, its sound), nearest first. Two characters of three must stand."""
    scored = []
    for name, heard in names:
        bare = unicodedata.normalize("NFKC", name)
        same = sound and heard == sound
        near = 1.0 if same else _alike(asked, plain(bare))
        if plain(bare) != asked and near >= 0.6:
            scored.append((-near, len(bare), name))
    return [name for _near, _length, name in sorted(scored)]


def _alike(one: str, other: str) -> float:
    """How much two words share, from 0 to 1: the characters in their order, against the longer."""
    if min(len(one), len(other)) < 2 or abs(len(one) - len(other)) > 2:
        return 0.0
    row = [0] * (len(other) + 1)
    for a in one:
        kept = 0
        for n, b in enumerate(other, 1):
            kept, row[n] = row[n], kept + 1 if a == b else max(row[n], row[n - 1])
    return row[-1] / max(len(one), len(other))
