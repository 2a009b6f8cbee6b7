"""How Chinese text is found: without marks and cases, by every one and two characters (design §9, search)."""

import re
import unicodedata

MARKS = re.compile(r"[\W_]+")
LONGEST = 60  # characters of one word that is looked for


def plain(text: str) -> str:
    """The text as it is compared: full width as half, small letters, nothing but letters and digits."""
    return MARKS.sub("", unicodedata.normalize("NFKC", text).casefold())


def tokens(*plains: str) -> list[str]:
    """Every single character and every pair of neighbours, once, each as plain ASCII so that no index has its own opinion."""
    pieces = {text[n : n + size] for text in plains for size in (1, 2) for n in range(len(text) - size + 1)}
    return sorted(piece.encode("utf-32-be").hex() for piece in pieces)


def words(query: str) -> list[str]:
    """What must all be there: the query cut at spaces, each word in its plain form."""
    return list(dict.fromkeys(word for each in query.split() if (word := plain(each)[:LONGEST])))


def needed(word: str) -> list[str]:
    """The tokens that a text with this word has."""
    size = min(len(word), 2)
    return list(dict.fromkeys(word[n : n + size].encode("utf-32-be").hex() for n in range(len(word) - size + 1)))


def pieces(text: str, found: list[str], room: int = 0, compared: str = "") -> list[tuple[str, bool]]:
    """The text cut into (piece, whether it was looked for); with `room`, only that many characters around the first hit.

    Marks between the characters of a hit do not hide it: 云政发〔2026〕1号 is found by 云政发2026. `compared` is the text as the
    words were looked for in it, sign for sign, where that is another.
    """
    patterns = [r"[\W_]*".join(map(re.escape, word)) for word in sorted(found, key=len, reverse=True)]
    hits = list(re.finditer("|".join(patterns), compared or text, re.IGNORECASE)) if patterns else []
    start, end = 0, len(text)
    if room and len(text) > room:
        first = hits[0].start() if hits else 0
        start = max(0, min(first - room // 3, len(text) - room))
        end = start + room
    cut = [("…", False)] if start else []
    at = start
    for hit in hits:
        if hit.start() < at or hit.end() > end:
            continue
        cut += [(text[at : hit.start()], False), (text[hit.start() : hit.end()], True)]
        at = hit.end()
    cut.append((text[at:end], False))
    return [(piece, hit) for piece, hit in [*cut, *([("…", False)] if end < len(text) else [])] if piece]
