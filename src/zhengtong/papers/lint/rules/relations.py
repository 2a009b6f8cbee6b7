"""How two organs stand to each other as far as their names alone tell; where they don't, nothing is said.

The directory knows better: facts given in the Context go before this.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

STATE, PROVINCE, CITY, COUNTY, TOWNSHIP, VILLAGE = 6, 5, 4, 3, 2, 1
MUNICIPAL = ("北京市", "天津市", "上海市", "重庆市")
# fmt: off
PLACES = (
    (PROVINCE, re.compile(r"^(?:[\u4e00-\u9fff×]{2,6}?(?:省|自治区)|省)")),
    (CITY,     re.compile(r"^(?:[\u4e00-\u9fff×]{2,6}?(?:市|自治州|州|盟)|市|州)(?!场|政|民)")),
    (COUNTY,   re.compile(r"^(?:[\u4e00-\u9fff×]{1,8}?(?:自治县|县|区|旗)|县|区|旗)(?!域)")),
    (TOWNSHIP, re.compile(r"^(?:[\u4e00-\u9fff×]{1,6}?(?:乡|镇|街道)|乡镇|乡|镇|街道)(?!村)")),
    (VILLAGE,  re.compile(r"^(?:[\u4e00-\u9fff×]{1,6}?(?:村|社区)|村|社区)")),
)
SYSTEMS = (  # the customary order of copies: 党委、人大、政府、政协、监委、法院、检察院
    ("party",    re.compile(r"^(?:中共)?(?:委员会|党委|党工委|工委|委)(?:办公[室厅])?$")),
    ("congress", re.compile(r"^(?:人大|人民代表大会)")),
    ("government", re.compile(r"^(?:人民政府|政府|办事处)(?:办公[室厅])?$")),
    ("cppcc",    re.compile(r"^(?:政协|政治协商)")),
    ("supervision", re.compile(r"^(?:监委|监察委|纪委|纪律检查)")),
    ("court",    re.compile(r"^(?:人民)?法院")),
    ("procuratorate", re.compile(r"^(?:人民)?检察院")),
)
# fmt: on
INTERNAL = re.compile(r"(?:局|委|厅|部|政府|法院|检察院|办公室)(?!.*(?:办公[室厅])$)[\u4e00-\u9fff]{1,10}(?:股|科|处|室)$")
DEPARTMENT = re.compile(r"(?:局|委员会|委|厅|部|办公室|办|署|中心|队|行|社|大队|支队|站)$")


@dataclass(frozen=True, slots=True)
class Organ:
    """What a name tells: the rank of its place, the place, and what stands behind it."""

    rank: int
    place: str
    rest: str
    system: str
    office: bool
    collective: bool
    municipal: bool

    @property
    def leads(self) -> bool:
        """A party committee or a government, which leads the departments of its place."""
        return self.system in ("party", "government") and not self.office


@lru_cache(maxsize=4096)
def organ(name: str) -> Organ:
    """Reads a name such as 云州市云岭县教育局, 县教育局, 各乡镇人民政府."""
    text = re.sub(r"[（(].*?[）)]", "", name.strip()).removeprefix("中国共产党").removeprefix("中共")
    collective = text.startswith(("各", "全"))
    text = re.sub(r"^(?:各|全|其他|有关)+", "", text)
    if re.match(r"^(?:国务院|中共中央|中央|全国人|国家)", text):
        rest = re.sub(r"^(?:国务院|中共中央|中央|国家)", "", text)
        return Organ(STATE, "国", rest, "government" if not rest else "", rest.startswith("办公厅"), collective, False)
    rank, place, municipal = 0, "", False
    for level, form in PLACES:
        found = form.match(text)
        if found:
            if level == CITY and found[0] in MUNICIPAL:
                level, municipal = PROVINCE, True
            rank = CITY if municipal and level == COUNTY else level
            place, text = found[0], text[found.end() :]
            text = re.sub(r"^(?:、|和)?(?:乡镇|镇|街道)(?=人民政府|办事处|党)", "", text)
    system = next((name for name, form in SYSTEMS if form.match(text)), "")
    return Organ(rank, place, text, system, bool(re.search(r"办公[室厅]$", text)), collective, municipal)


def _same_place(one: Organ, other: Organ) -> bool:
    short = min(len(one.place), len(other.place)) <= 2
    return one.rank == other.rank and (one.place == other.place or short)


def relation(issuer: str, other: str) -> str:
    """up, down, peer, or nothing where the names don't decide."""
    a, b = organ(issuer), organ(other)
    if not a.rank or not b.rank:
        return ""
    if _same_place(a, b):
        if a.leads and b.leads:
            return "peer"
        if (a.leads and b.system in ("", a.system)) or (b.leads and a.system in ("", b.system)):
            return "down" if a.leads else "up"
        if a.system and b.system:
            return "peer"
        return "peer" if DEPARTMENT.search(a.rest) and DEPARTMENT.search(b.rest) and a.system == b.system == "" else ""
    if a.leads and b.leads and a.rank != b.rank:
        return "up" if b.rank > a.rank else "down"
    if a.rank != b.rank and a.rest and (a.rest == b.rest or a.rest[:-1] == b.rest[:-1]):
        return "up" if b.rank > a.rank else "down"
    if a.leads and b.rank < a.rank:
        return "down"
    if b.leads and b.rank > a.rank:
        return "up"
    return ""


def gap(issuer: str, other: str) -> int:
    """How many ranks lie between; a county under a municipality is next to it."""
    a, b = organ(issuer), organ(other)
    if not a.rank or not b.rank or a.rank == b.rank:
        return 0
    steps = abs(a.rank - b.rank)
    return steps - 1 if (b.municipal and a.rank == COUNTY) or (a.municipal and b.rank == COUNTY) else steps


def is_department(name: str) -> bool:
    """A working department, neither party committee nor government nor their office."""
    one = organ(name)
    return bool(one.rank and not one.system and DEPARTMENT.search(one.rest)) and not re.match(
        r"^(?:委|人民政府|政府)?办公[室厅]$", one.rest
    )


def is_internal(name: str) -> bool:
    """An internal unit that is not the office: 县财政局预算股 (第十七条)."""
    return bool(INTERNAL.search(name)) and not re.search(r"办公[室厅]$", name)


def plain(name: str) -> str:
    """A name in its standard short form, so that full and short name compare equal."""
    text = re.sub(r"[\s\u3000]", "", name)
    for long, short in (("中国共产党", "中共"), ("人民代表大会", "人大"), ("常务委员会", "常委会"), ("人民政府", "政府"), ("委员会", "委")):
        text = text.replace(long, short)
    return text
