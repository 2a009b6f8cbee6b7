"""Lines of lists: a title that leads somewhere and the day beside it, found from the page alone."""

import re
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from zhengtong.oversight.inspection.rules.facts import Item

from .addresses import joined

DAY = re.compile(r"(20\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
TWO = re.compile(r"(?<![\d.-])(\d\d)[-./](\d{1,2})[-./](\d{1,2})(?![\d.-])")  # 26-11-21
SPLIT = re.compile(r"(?<!\d)(\d{1,2})日?\s+(20\d\d)\s*[-./年]\s*(\d{1,2})月?(?!\s*[-./\d])")  # 21 2026-11, as cards show it
SPLIT_BEHIND = re.compile(r"(20\d\d)\s*[-./年]\s*(\d{1,2})月?\s+(\d{1,2})(?![\d:])")  # 2026-11 21
SHORT = re.compile(r"(?<![\d/.-])[\[(（]?(0\d|1[0-2]|[1-9])[-/月](\d{1,2})日?[\])）]?(?![\d/.-])")
DIGIT = re.compile(r"\d\d?\D+\d")
SAID = re.compile(r"(?:发布时间|发布日期|发文日期|公开日期|发布于|更新时间|日期|时间)\s*[:：]?\s*(?=20\d\d)")
IN_ADDRESS = re.compile(r"/t?(20\d\d)-?(0[1-9]|1[0-2])-?([0-3]\d)(?:[_/]|$)")
SPACE = re.compile(r"\s+")
LINES = frozenset(("li", "tr", "dd", "p", "div", "dl", "td"))
MOST_LINE = 240  # characters: a longer block is no line of a list
MOST_ITEMS = 400
LEAST_TITLE = 4


def day_of(year: str, month: str, number: str) -> date | None:
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None


def first_day(text: str) -> date | None:
    """The first whole date in a text, also with its parts apart or a year of two digits."""
    if not DIGIT.search(text):
        return None
    if day := next((day for found in DAY.finditer(text) if (day := day_of(*found.groups()))), None):
        return day
    if (found := SPLIT.search(text)) and (day := day_of(found.group(2), found.group(3), found.group(1))):
        return day
    if (found := SPLIT_BEHIND.search(text)) and (day := day_of(*found.groups())):
        return day
    found = TWO.search(text)
    return day_of(f"20{found.group(1)}", *found.groups()[1:]) if found and found.group(1) >= "05" else None


def short_day(text: str, today: date) -> date | None:
    """A date without its year, as lists show it: the last such day that is not of the future."""
    found = SHORT.search(text)
    if found is None:
        return None
    day = day_of(str(today.year), *found.groups())
    if day and (day - today).days > 31:  # December seen in January
        day = day_of(str(today.year - 1), *found.groups())
    return day


def squeezed(text: str) -> str:
    return " ".join(text.split())


def items(tree: LexborHTMLParser, url: str, today: date) -> list[Item]:
    """Every link with a title, beside which a day stands, or which sits in a line of its own."""
    found: list[Item] = []
    seen: set[str] = set()
    for node in tree.css("li a, tr a, dd a, dt a, p a, div > a"):
        title = squeezed(node.attributes.get("title") or "") or squeezed(node.text())
        if len(title) < LEAST_TITLE:
            continue
        href = node.attributes.get("href") or ""
        target = joined(url, href)
        line = _line(node)
        if line is None:
            continue
        rest = squeezed(line).replace(squeezed(node.text(separator=" ")), " ", 1)
        day = first_day(rest) or short_day(rest, today)
        if day is None and (shown := first_day(node.text())) and node.text().strip().strip("[]()（）").startswith(shown.isoformat()):
            day = shown  # the day stands inside the link, before the title
        if day is None and (shown := first_day(node.text())) and node.text().strip().strip("[]()（）").endswith(shown.isoformat()):
            day = shown  # or behind it
        if day is None and href and (of := IN_ADDRESS.search(href)):
            day = day_of(*of.groups())
        if (target or href) in seen:
            continue
        seen.add(target or href)
        found.append(Item(title[:200], target, day, rest.strip()[:80]))
        if len(found) >= MOST_ITEMS:
            break
    return found


def _line(node: LexborNode) -> str | None:
    """The text of the line that a link stands in: the nearest block that holds no second title."""
    block = node.parent
    for _step in range(3):
        if block is None or block.tag in ("body", "html", "nav"):
            return None
        if block.tag in LINES:
            text = block.text(separator=" ")
            if len(text) > MOST_LINE:
                return None
            if first_day(text) or SHORT.search(text) or block.tag in ("li", "tr", "dd", "dl"):
                return text
        block = block.parent
    return None
