"""How titles are found by their sound: whole syllables (dongxiu), first letters (dx), and characters that sound alike. Knows no Django."""

import re
from functools import cache, lru_cache

from pypinyin import lazy_pinyin

from .cutting import CHINESE, phrase, tokens

LATIN = re.compile(r"[a-z]{2,30}")
MOST = 6  # ways to read one run of letters: xian is xian or xi an


@lru_cache(maxsize=4096)
def syllables(word: str) -> tuple[str, ...]:
    """One for each character of a plain text; what has no sound stands for itself."""
    found = _heard(word)
    return tuple(found if len(found) == len(word) else (_heard(sign)[0] for sign in word))


def _heard(word: str) -> list[str]:
    return lazy_pinyin(word, errors=list)  # type: ignore[arg-type]  # a list, sign by sign, is taken too


def sounded(word: str) -> tuple[str, str]:
    """A plain title as the index takes it: its syllables, and its first letters in pairs."""
    heard = syllables(word)
    return " ".join(heard), tokens("".join(one[0] for one in heard))


@cache
def known() -> tuple[frozenset[str], frozenset[str]]:
    """Every syllable there is, and all their beginnings."""
    first, end = CHINESE[1]
    whole = {one for code in range(first, end) for one in lazy_pinyin(chr(code), errors="ignore") if LATIN.fullmatch(one) or one in "aeo"}
    return frozenset(whole), frozenset(one[:n] for one in whole for n in range(1, len(one) + 1))


def spellings(letters: str) -> list[tuple[str, ...]]:
    """How letters can be read as syllables, the last of which may be unfinished; long syllables first."""
    whole, begun = known()
    found: list[tuple[str, ...]] = []

    def read(at: int, way: tuple[str, ...]) -> None:
        if len(found) >= MOST:
            return
        if letters[at:] in begun:
            found.append((*way, letters[at:]))
        for end in range(min(len(letters) - 1, at + 6), at, -1):
            if letters[at:end] in whole:
                read(end, (*way, letters[at:end]))

    read(0, ())
    return found


def heard(letters: str) -> str:
    """What matches titles with this sound or these first letters, in the words of FTS5."""
    read = [f'pinyin : "{" ".join(way)}"*' for way in spellings(letters)]
    return f"({' OR '.join([*read, f'initials : {phrase(letters)}'])})"
