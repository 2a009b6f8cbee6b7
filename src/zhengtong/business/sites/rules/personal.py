"""Personal data that must not stand in the open on a public page, and how it is masked.

个人信息保护法 第二十五条 (nothing is published without consent); 政府信息公开条例 第十五条 (privacy). The number formats are GB 11643-1999
(identity numbers), the public mobile numbering plan, and GB/T 15694 (bank cards).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

PROVINCES = frozenset(
    map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82))
)
WIDE = str.maketrans("０１２３４５６７８９Ｘｘ－　", "0123456789Xx- ")  # one for one, so that places stay
GAP = r"[ -]?"  # people write long numbers in groups
IDENTITY = re.compile(rf"(?<![0-9A-Za-z])(\d{{6}}){GAP}(\d{{4}}){GAP}(\d{{4}}){GAP}(\d{{3}}[0-9Xx])(?![0-9A-Za-z])")
OLD_IDENTITY = re.compile(r"(?<![0-9A-Za-z])(\d{6})(\d{2})(\d{2})(\d{2})\d{3}(?![0-9A-Za-z])")
MOBILE = re.compile(rf"(?<![0-9A-Za-z.])(?:\+?86{GAP})?1[3-9]\d{GAP}\d{{4}}{GAP}\d{{4}}(?![0-9A-Za-z]|\.\d|[元万亿])")
CARD = re.compile(rf"(?<![0-9A-Za-z.])\d{{4}}(?:{GAP}\d{{4}}){{2}}(?:{GAP}\d){{4,7}}(?![0-9A-Za-z])")
CARD_STARTS = ("62", "4", "51", "52", "53", "54", "55", "35", "34", "37", "9")
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a text that is personal data, and how it may stand instead."""

    start: int
    end: int
    masked: str


def _bare(text: str) -> str:
    return re.sub(r"\D", "", text)


def _masked(text: str, head: int, tail: int) -> str:
    """All signs but the first `head` and the last `tail` of a number become stars; what parts its groups goes."""
    bare = re.sub(r"[ -]", "", text)
    return bare[:head] + "*" * (len(bare) - head - tail) + bare[len(bare) - tail :]


def _day(year: str, month: str, day: str) -> bool:
    try:
        return 1900 <= date(int(year), int(month), int(day)).year <= 2099
    except ValueError:
        return False


def check_sign(first: str) -> str:
    """The last sign of an identity number by the first seventeen (ISO 7064, MOD 11-2)."""
    return CHECKS[sum(int(sign) * weight for sign, weight in zip(first, WEIGHTS, strict=True)) % 11]


def identities(text: str) -> Iterator[Found]:
    """Identity numbers of residents, eighteen signs with their check sign, or the fifteen of the old kind."""
    plain = text.translate(WIDE)
    for match in IDENTITY.finditer(plain):
        bare = "".join(match.groups()).upper()
        if bare[:2] in PROVINCES and _day(bare[6:10], bare[10:12], bare[12:14]) and check_sign(bare[:17]) == bare[17]:
            yield Found(match.start(), match.end(), _masked(match[0].upper(), 6, 4))
    for match in OLD_IDENTITY.finditer(plain):
        if match[1][:2] in PROVINCES and _day(f"19{match[2]}", match[3], match[4]):
            yield Found(match.start(), match.end(), _masked(match[0], 6, 3))


def mobiles(text: str) -> Iterator[Found]:
    """Mobile telephone numbers; an office's telephone has another form."""
    for match in MOBILE.finditer(text.translate(WIDE)):
        bare = _bare(match[0])[-11:]
        yield Found(match.start(), match.end(), _masked(bare, 3, 4))


def luhn(number: str) -> bool:
    """Whether the last digit of a card's number agrees with the others (GB/T 15694, ISO/IEC 7812)."""
    doubled = [int(d) * 2 if n % 2 else int(d) for n, d in enumerate(reversed(number))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def cards(text: str) -> Iterator[Found]:
    """Numbers of bank cards, sixteen to nineteen digits with their check digit."""
    taken = [(one.start, one.end) for one in identities(text)]
    for match in CARD.finditer(text.translate(WIDE)):
        bare = _bare(match[0])
        crossed = any(start < match.end() and match.start() < end for start, end in taken)
        if not crossed and bare.startswith(CARD_STARTS) and luhn(bare):
            yield Found(match.start(), match.end(), _masked(bare, 4, 4))


HOME = re.compile(r"(?:家庭住址|家庭地址|现住址|户籍所在地|户籍地址)[:：为是]\s*[^\s，。；,;]{5,}")


def homes(text: str) -> Iterator[Found]:
    """A person's home address behind its label."""
    for match in HOME.finditer(text):
        label = re.split(r"[:：为是]", match[0], maxsplit=1)[0]
        yield Found(match.start(), match.end(), f"{label}：***")


KINDS = (identities, mobiles, cards)  # what can be masked without reading


def masked(text: str) -> str:
    """The text with every number of these kinds masked."""
    for kind in KINDS:
        for one in sorted(kind(text), key=lambda found: -found.start):
            text = text[: one.start] + one.masked + text[one.end :]
    return text
