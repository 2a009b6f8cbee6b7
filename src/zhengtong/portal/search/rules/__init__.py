"""What may be asked of the search, and in which order its answers stand. Knows no Django.

政府网站发展指引 三（四）: the site's search must be exact and fast, with filters, suggestions and corrections.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from zhengtong.foundation.refusal import gettext_noop as _

from . import sounds
from .cutting import phrase, plain, tokens

LONGEST = 60  # characters of a question
WORDS = 8  # of a question; what is behind them is not asked
PAGE, MOST_A_PAGE, PAGES = 20, 50, 50
COUNTED = 1000  # answers of a kind are not counted beyond
TEXT = 20_000  # characters of an article that are searched
SUGGESTED = 8
# Times a minute that one address may ask one process; typing asks more often than searching.
RATES = {"search": 60, "suggest": 240}

POLICY, SERVICE, NEWS = "policy", "service", "news"
# fmt: off
KINDS = {
    POLICY:  _("政策文件"),
    SERVICE: _("办事服务"),
    NEWS:    _("新闻和通知"),
}
VALIDITY = {  # 发展指引 三（一）: whether a policy is in force is marked on it
    "valid":    _("现行有效"),
    "amended":  _("已修改"),
    "repealed": _("已废止"),
    "expired":  _("已失效"),
}
# fmt: on
WORD = re.compile(r"[\"“”]([^\"“”]+)[\"“”]|([^\s\"“”]+)")
PATH = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*")
ANYWHERE, ABOVE = "{title number organ text}", "{title number}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. `words` are plain and must all be there; the others narrow, each only when it is given."""

    said: str = ""
    words: tuple[str, ...] = ()
    room: str = ""  # path of a sub-site, without slashes
    column: str = ""  # path of a column
    kind: str = ""
    year: str = ""
    validity: str = ""
    number: str = ""  # as typed
    organ: str = ""
    newest: bool = False
    page: int = 1

    def narrowed(self) -> bool:
        return bool(self.room or self.column or self.kind or self.year or self.validity or self.number or self.organ)

    def of_papers(self) -> bool:
        """Whether it asks for what only articles have, so that no service can answer."""
        return bool(self.room or self.column or self.year or self.validity or self.number or self.organ or self.kind in (POLICY, NEWS))


def words(said: str) -> tuple[str, ...]:
    """The question cut at spaces; what stands between quotation marks is one word."""
    cut = (plain(quoted or bare) for quoted, bare in WORD.findall(said[:LONGEST]))
    return tuple(dict.fromkeys(word for word in cut if word))[:WORDS]


def asked(values: Mapping[str, str]) -> Asked:
    """What was typed and chosen; what can't be meant is left out."""
    said = values.get("q", "").strip()[:LONGEST]
    room, column = (values.get(name, "").strip("/") for name in ("room", "column"))
    room = room if PATH.fullmatch(room) else ""
    column = column if PATH.fullmatch(column) and (not room or column.startswith(f"{room}/")) else ""
    year, page = values.get("year", ""), values.get("page", "")
    kind, validity = values.get("kind", ""), values.get("validity", "")
    return Asked(
        said=said,
        words=words(said),
        room=room,
        column=column,
        kind=kind if kind in KINDS else "",
        year=year if re.fullmatch(r"(19|20)\d\d", year) else "",
        validity=validity if validity in VALIDITY else "",
        number=values.get("number", "").strip()[:LONGEST],
        organ=values.get("organ", "").strip()[:LONGEST],
        newest=values.get("sort", "") == "new",
        page=min(int(page), PAGES) if re.fullmatch(r"[1-9]\d{0,3}", page) else 1,
    )


def facet(letter: str, value: str) -> str:
    """A token of the column of facets; digits of base 16 need no quoting and mean nothing else."""
    return letter + value.encode().hex()


def same(text: str) -> str:
    """The token of exactly this plain text as title or number."""
    return "x" + hashlib.new("sm3", text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Paper:
    """An article as the index holds it. `at` is when it was published: YYYY-MM-DDTHH:MM:SS+08:00."""

    url: str
    title: str
    at: str
    column: str
    number: str
    organ: str
    validity: str
    text: str

    @property
    def kind(self) -> str:
        return POLICY if self.number or self.validity else NEWS

    def fields(self) -> tuple[str, ...]:
        """What is put into the index, in the order of its columns."""
        title, number = plain(self.title), plain(self.number)
        way = self.column.split("/")
        facets = [facet("c", "/".join(way[: n + 1])) for n in range(len(way))]
        facets += [facet("y", self.at[:4]), facet("k", self.kind), facet("v", self.validity), same(title), same(number)]
        pinyin, initials = sounds.sounded(title)
        cut = (tokens(one) for one in (title, number, plain(self.organ), plain(self.text)))
        return (*cut, pinyin, initials, " ".join(facets))


def paper(row: Mapping[str, object]) -> Paper:
    """An article of the open interface (`docs/api/portal.json`, Article)."""
    said = {name: str(row.get(name, "")) for name in ("title", "published_at", "number", "issuer", "validity", "text")}
    return Paper(
        url=urlsplit(str(row["url"])).path,
        title=said["title"],
        at=said["published_at"],
        column=str(row.get("column", "")).strip("/"),
        number=said["number"],
        organ=said["issuer"],
        validity=said["validity"],
        text=said["text"][:TEXT],
    )


def _narrowing(of: Asked) -> list[str]:
    chosen = {"c": of.column or of.room, "k": of.kind, "y": of.year, "v": of.validity}
    found = [f"facets : {facet(letter, value)}" for letter, value in chosen.items() if value]
    for column, typed in (("number", of.number), ("organ", of.organ)):
        found += [f"{column} : {phrase(word)}" for word in words(typed)]
    return found


def _all(column: str, found: tuple[str, ...]) -> str:
    return f"({column} : ({' AND '.join(map(phrase, found))}))"


def ranks(of: Asked) -> list[str]:
    """What matches the question, the best first, each without those before: exactly, in the title, anywhere, by sound.

    In the words of FTS5. Newest first knows no title, but what is found by sound only stands last all the same.
    """
    narrowing = "".join(f" AND {one}" for one in _narrowing(of))
    if not of.words:
        return [narrowing.removeprefix(" AND ")] if narrowing else []
    exact, above, anywhere = f"(facets : {same(''.join(of.words))})", _all(ABOVE, of.words), _all(ANYWHERE, of.words)
    found = [anywhere] if of.newest else [exact, f"({above} NOT {exact})", f"({anywhere} NOT {above} NOT {exact})"]
    if latin := heard(of):
        found.append(f"({latin} NOT {anywhere})")
    return [one + narrowing for one in found]


def above(of: Asked) -> list[str]:
    """What matches titles alone: by their words, then by their sound."""
    return [one for one in (_all(ABOVE, of.words), heard(of)) if one]


def heard(of: Asked) -> str:
    """What matches titles by the sound of its letters; "" when the question has none."""
    if not any(sounds.LATIN.fullmatch(word) for word in of.words):
        return ""
    parts = (sounds.heard(word) if sounds.LATIN.fullmatch(word) else f"({ABOVE} : {phrase(word)})" for word in of.words)
    return f"({' AND '.join(parts)})"


def mistyped(word: str, name: str) -> str:
    """The piece of a plain name of which the word is a mistyping: one character another, missing, too many, or two exchanged; or ""."""
    if len(word) < 3 or word in name:
        return ""
    pieces = (
        name[at : at + size] for at in range(len(name)) for size in (len(word), len(word) + 1, len(word) - 1) if at + size <= len(name)
    )
    return next((piece for piece in pieces if _near(word, piece)), "")


def _near(one: str, other: str) -> bool:
    differing = [n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) == len(other):
        if len(differing) == 2 and differing[1] == differing[0] + 1:
            a, b = differing
            return one[a] == other[b] and one[b] == other[a]
        return len(differing) == 1
    short, long = sorted((one, other), key=len)
    # The missing character lies inside: a piece of a name that is only longer at its end corrects nothing.
    return len(short) >= 3 and any(long[:n] + long[n + 1 :] == short for n in range(1, len(long) - 1))


def size(asked_for: str) -> int:
    """How many answers a page of the interface holds."""
    return min(int(asked_for), MOST_A_PAGE) if re.fullmatch(r"[1-9]\d{0,3}", asked_for) else PAGE


def pages_around(now: int, last: int) -> list[int]:
    """The pages that a page links: the first, the last, and two on either side; 0 stands for those left out."""
    shown = sorted({n for n in (1, *range(now - 2, now + 3), last) if 1 <= n <= last})
    return [n for before, one in zip([0, *shown], shown, strict=False) for n in ([0, one] if one > before + 1 else [one])]
