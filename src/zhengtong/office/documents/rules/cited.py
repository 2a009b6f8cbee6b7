"""Other documents that a text cites: 《title》（number）, a number alone, a title alone (第二十四条（七）: 引用公文先引标题，后引发文字号)."""

import re
from dataclasses import dataclass

OPEN, CLOSE = "〔\\[【（(［", "〕\\]】）)］"
NUMBER = re.compile(rf"([\u4e00-\u9fff]{{2,16}})\s*[{OPEN}]\s*(\d{{4}})\s*[{CLOSE}]\s*(?:第\s*)?0*(\d{{1,5}})\s*号")
TITLE = re.compile(r"《([^《》\n]{6,120})》")
OF_A_PAPER = re.compile(
    r"(?:决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|办法|方案|规定|条例|细则|规划|计划|法|规则|预案)"
    r"(?:（[^（）]*）)?$"
)
BEFORE = re.compile(
    r"^.*(?:根据|按照|依据|依照|遵照|参照|贯彻|落实|执行|转发|印发|以及|关于|收到|下发|发布|对照|有关|的|与|和|及|见|以|经|按|由)"
)
MOST = 40  # cited documents that are looked for
SHORTEST, LONGEST = 2, 10  # characters of 机关代字 with their suffix


@dataclass(frozen=True, slots=True)
class Cite:
    """One cited document: as it is written, the numbers that may be meant, and its title."""

    text: str
    numbers: tuple[str, ...] = ()
    title: str = ""

    def names(self, number: str, title: str) -> bool:
        """Whether this is the document of that number and title."""
        if self.numbers:
            return number in self.numbers
        return title == self.title or (self.title.startswith("关于") and title.endswith(self.title))


def cites(text: str) -> list[Cite]:
    """The documents that a text cites, each once, in their order."""
    numbers = {found.start(): found for found in NUMBER.finditer(text)}
    found: dict[str, Cite] = {}
    joined: set[int] = set()
    places: list[tuple[int, Cite]] = []
    for title in TITLE.finditer(text):
        beside = next((at for at in numbers if title.end() <= at <= title.end() + 2), None)
        if beside is not None:
            joined.add(beside)
            places.append((title.start(), Cite(f"《{title[1]}》（{_written(numbers[beside])}）", _numbers(numbers[beside]), title[1])))
        elif OF_A_PAPER.search(title[1]):
            places.append((title.start(), Cite(f"《{title[1]}》", (), title[1])))
    places += [(at, Cite(_written(one), _numbers(one))) for at, one in numbers.items() if at not in joined]
    for _at, cite in sorted(places, key=lambda place: place[0]):
        found.setdefault(cite.text, cite)
    return list(found.values())[:MOST]


def _numbers(found: re.Match[str]) -> tuple[str, ...]:
    """What may be meant: words before the 代字 belong to the sentence, and where they end only a register knows."""
    letters = found[1]
    return tuple(f"{letters[-length:]}〔{found[2]}〕{int(found[3])}号" for length in range(min(LONGEST, len(letters)), SHORTEST - 1, -1))


def _written(found: re.Match[str]) -> str:
    """The number as it is shown where no register knows it: without the words of the sentence before it."""
    letters = BEFORE.sub("", found[1])
    return f"{letters if len(letters) >= SHORTEST else found[1]}〔{found[2]}〕{int(found[3])}号"
