"""How a title sounds: pinyin without tones, whole and by its first letters."""

from functools import lru_cache

from zhengtong.foundation.search.rules import plain

from .rules import LATIN


def spelled(text: str) -> tuple[str, str]:
    """(senlinfanghuo, slfh) for 森林防火; letters and digits stand as they are."""
    from pypinyin import lazy_pinyin  # half a second and 40 MB, which a process that only answers seldom needs

    parts = [plain(part) for part in lazy_pinyin(plain(text))]
    return "".join(parts), "".join(part[:1] for part in parts)


@lru_cache(maxsize=4096)
def heard(word: str) -> str:
    """A word of a query as it is looked for by sound: letters as they are, characters spelled."""
    return word if LATIN.fullmatch(word) else spelled(word)[0]
