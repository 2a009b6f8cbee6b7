"""The ordinals that Word counts itself: 一、（一）1. made from numbering.xml, so that a heading reads as it prints."""

from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "〇一二三四五六七八九"
CHINESE = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting", "koreanCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand",
}  # fmt: skip


def chinese(number: int) -> str:
    """Counting numerals below a thousand: 十, 二十一, 一百零五."""
    if number < 10:
        return DIGITS[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
    hundreds, rest = divmod(number, 100)
    if hundreds > 9:
        return str(number)
    between = "零" if 0 < rest < 10 else "一" if 10 <= rest < 20 else ""
    return DIGITS[hundreds] + "百" + between + (chinese(rest) if rest else "")


def shown(number: int, form: str) -> str:
    if form in CHINESE:
        return chinese(number)
    if form == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x245F + number)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((96 if form == "lowerLetter" else 64) + number)
    return "" if form in ("none", "bullet") else str(number)


@dataclass
class Numbering:
    """The lists of one document and how far each has counted."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], tuple[str, str, int]] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> "Numbering":
        made = cls()
        if root is None:
            return made
        for abstract in root.iter(f"{W}abstractNum"):
            for level in abstract.iter(f"{W}lvl"):
                form, text, start = (level.find(f"{W}{name}") for name in ("numFmt", "lvlText", "start"))
                key = (abstract.get(f"{W}abstractNumId", ""), _int(level.get(f"{W}ilvl")))
                made.levels[key] = (
                    form.get(f"{W}val", "decimal") if form is not None else "decimal",
                    text.get(f"{W}val", "") if text is not None else "",
                    _int(start.get(f"{W}val")) if start is not None else 1,
                )
        for one in root.iter(f"{W}num"):
            abstract = one.find(f"{W}abstractNumId")
            if abstract is not None:
                made.lists[one.get(f"{W}numId", "")] = abstract.get(f"{W}val", "")
        return made

    def next(self, number: str, level: int) -> str:
        """The ordinal of the next paragraph of this list and level; deeper levels begin anew."""
        abstract = self.lists.get(number)
        if abstract is None or (abstract, level) not in self.levels:
            return ""
        form, text, start = self.levels[abstract, level]
        if form == "bullet":
            return ""
        self.counts[abstract, level] = self.counts.get((abstract, level), start - 1) + 1
        for deeper in [key for key in self.counts if key[0] == abstract and key[1] > level]:
            del self.counts[deeper]
        for place in range(level, -1, -1):
            form, _text, start = self.levels.get((abstract, place), ("decimal", "", 1))
            text = text.replace(f"%{place + 1}", shown(self.counts.get((abstract, place), start), form))
        return text


def _int(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else 0
