"""How the text of the public site is cut for its index: every two neighbouring characters in order, the last one alone.

So a phrase of pairs is exactly a piece of the text, and one character is the beginning of a pair. Knows no Django.
"""

from functools import cache

from opencc import OpenCC

from zhengtong.foundation.search import rules as finding

CHINESE = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


@cache
def folded() -> dict[int, str]:
    """Traditional characters and full-width signs → what they are compared as; one character for one, so that places stay."""
    simplify = OpenCC("t2s").convert
    pairs = ((code, simplify(chr(code))) for first, end in CHINESE for code in range(first, end))
    wide = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    return wide | {code: simple for code, simple in pairs if len(simple) == 1 and simple != chr(code)}


def alike(text: str) -> str:
    """The text in simplified characters of half width, each where it was."""
    return text.translate(folded())


def plain(text: str) -> str:
    """The text as it is compared: simplified, half width, small letters, nothing but letters and digits."""
    return finding.plain(text).translate(folded())


def tokens(word: str) -> str:
    """A plain text as the index takes it: 云岭县 → 云岭 岭县 县."""
    return " ".join([*map(str.__add__, word, word[1:]), word[-1:]])


def phrase(word: str) -> str:
    """What matches where this plain text stands, in the words of FTS5."""
    return f'"{word}"*' if len(word) == 1 else f'"{" ".join(word[n : n + 2] for n in range(len(word) - 1))}"'
