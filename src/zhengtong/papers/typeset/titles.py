"""Where the lines of a title break: at whole words, evenly, as a trapezium or rhombus (7.3.1)."""

from itertools import combinations, pairwise
from math import ceil

import rjieba

from .geometry import TITLE_CHARS

NOT_FIRST = tuple("的了和与及、，。：；！？）》〉」』”’")  # a line never begins with these
NOT_LAST = tuple("（《〈「『“‘、和与及")  # and never ends with these


def width(text: str) -> float:
    """The width of a text in characters; Latin letters and digits take half of one."""
    return sum(0.5 if ord(c) < 0x2000 else 1 for c in text)


def lines(title: str, most: int = TITLE_CHARS) -> tuple[str, ...]:
    """The lines of the title; a line feed in it is kept, otherwise the best break is found."""
    if "\n" in title:
        return tuple(line.strip() for line in title.splitlines() if line.strip())
    title = title.strip()
    if width(title) <= most:
        return (title,)
    words = _words(title, most)
    for count in range(ceil(width(title) / most), len(words) + 1):
        fits = [cut for cut in _cuts(words, count) if all(width(line) <= most for line in cut)]
        if fits:
            return min(fits, key=_ugliness)
    return tuple(title[i : i + most] for i in range(0, len(title), most))


def _words(title: str, most: int) -> list[str]:
    """The words between which a line may break; signs that may not begin or end a line stick to their neighbour."""
    words: list[str] = []
    for word in rjieba.cut(title):
        if words and (word.startswith(NOT_FIRST) or words[-1].endswith(NOT_LAST)) and width(words[-1] + word) <= most:
            words[-1] += word
        else:
            words.append(word)
    return words


def _cuts(words: list[str], count: int) -> list[tuple[str, ...]]:
    if count > 4 or len(words) > 60:  # no title of the rule book is that long: fill line by line
        return [_filled(words)]
    found = []
    for places in combinations(range(1, len(words)), count - 1):
        edges = (0, *places, len(words))
        found.append(tuple("".join(words[a:b]) for a, b in pairwise(edges)))
    return found


def _filled(words: list[str]) -> tuple[str, ...]:
    rows = [""]
    for word in words:
        if rows[-1] and width(rows[-1] + word) > TITLE_CHARS:
            rows.append("")
        rows[-1] += word
    return tuple(rows)


def _ugliness(rows: tuple[str, ...]) -> float:
    """Unevenness, and more for an hourglass, a row cut inside 《》, or 关于 left hanging at an end."""
    widths = [width(row) for row in rows]
    mean = sum(widths) / len(widths)
    ugly = sum((w - mean) ** 2 for w in widths)
    ugly += 40 * sum(widths[i] < min(widths[i - 1], widths[i + 1]) for i in range(1, len(widths) - 1))
    ugly += 20 * sum(row.count("《") != row.count("》") for row in rows[:-1])
    ugly += 12 * sum(row.endswith("关于") for row in rows[:-1])
    return ugly
