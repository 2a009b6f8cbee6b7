"""Words in their places on scanned pages, put together to lines and paragraphs as they were written."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from .elements import Line, Remark
from .scans import SURE, Sheet, Word

HAN = "\u4e00-\u9fff\u3400-\u4dbf〇"
BETWEEN = re.compile(
    rf"(?<=[{HAN}，。；：、（）《》〔〕“”！？])\s+(?=[{HAN}，。；：、（）《》〔〕“”！？\d])|(?<=\d)\s+(?=[{HAN}，。；：、（）])"
)
WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"})
BESIDE = re.compile(rf"(?<=[{HAN}）》”\d])[,;:?!()]|[(),;:?!]\s*(?=[{HAN}（《“])")
YEAR = re.compile(r"[\[〔［(（【]\s*(\d{4})\s*[\]〕］)）】](?=\s*(?:第)?\s*\d+\s*号)")
LARGE = 1.2  # a title's type is 1.375 times the text's (22 and 16 points)
FOOT = 0.9  # below this height only page numbers stand (GB/T 9704-2012 7.5)
DOUBTFUL = 45
NAMED = 12  # doubtful characters that are named


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line, its edges in dots."""

    text: str
    left: int
    right: int
    top: int
    bottom: int
    sheet: int


def lines(sheets: Sequence[Sheet]) -> tuple[list[Line], tuple[Remark, ...]]:
    """The lines of all pages, those of one paragraph joined, and how sure the engine was."""
    rows = [row for at, sheet in enumerate(sheets) for row in _rows(sheet, at)]
    if not rows:
        return [], ()
    em = median(_pitch(row) for row in rows if len(row.text) > 9 or len(rows) < 9)
    whole = _margins(rows)
    found: list[Line] = []
    goes_on = False
    for _sheet, group in groupby(rows, key=lambda row: row.sheet):
        page = list(group)
        left, right = _margins(page) if len(page) > 9 else whole
        for row in page:
            inside = row.left > left + 2.4 * em and row.right < right - 2.4 * em
            large = len(row.text) > 3 and _pitch(row) > LARGE * em
            centred = large or (inside and abs((row.left + row.right) - (left + right)) < 2 * em)
            if goes_on and not centred and row.left < left + 1.2 * em:
                found[-1] = replace(found[-1], text=mend(found[-1].text + _gap(found[-1].text, row.text) + row.text))
            else:
                found.append(Line(row.text, align="center" if centred else ""))
            goes_on = not centred and row.right > right - 1.6 * em
    return found, _remarks([word for sheet in sheets for word in sheet.words])


def _pitch(row: Row) -> float:
    """How wide one character is; the engine's heights are those of the lines, not of the ink."""
    return (row.right - row.left) / max(1.0, sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in row.text))


def _margins(rows: Sequence[Row]) -> tuple[int, int]:
    """Left and right edge of the text; a few lines that stick out do not count."""
    return sorted(row.left for row in rows)[len(rows) // 20], sorted(row.right for row in rows)[-1 - len(rows) // 20]


def _rows(sheet: Sheet, at: int) -> list[Row]:
    """The printed lines of one page from top to bottom, without its number and without specks."""
    found = []
    for _key, group in groupby(sheet.words, key=lambda word: word.line):
        words = list(group)
        top, bottom = min(w.top for w in words), max(w.bottom for w in words)
        text = mend(" ".join(w.text for w in words))
        speck = len(text) < 4 and sum(w.sure for w in words) / len(words) < SURE and not re.search(rf"[{HAN}]{{2}}", text)
        number = (top + bottom) / 2 > FOOT * sheet.height and len(text) < 9
        if text and not speck and not number and re.search(rf"[{HAN}\dA-Za-z]", text):
            found.append(Row(text, min(w.left for w in words), max(w.right for w in words), top, bottom, at))
    return sorted(found, key=lambda row: row.top)


def _gap(before: str, after: str) -> str:
    """Two Latin words that a line's end parted keep their blank."""
    return " " if re.search(r"[A-Za-z]$", before) and re.match(r"[A-Za-z]", after) else ""


def mend(text: str) -> str:
    """What the engine confuses without fail: half-width signs beside Chinese, 〈 for （, blanks between characters."""
    text = re.sub(rf"(?<=[{HAN}])\s+(?=[(),;:?!])", "", BETWEEN.sub("", text.strip()))
    text = re.sub(r"〈\s*[(（]", "（", text)
    text = re.sub(r"〈([^〉》《。]*?[)）])", r"（\1", text)
    text = BESIDE.sub(lambda sign: sign[0].strip().translate(WIDE), text)
    text = YEAR.sub(r"〔\1〕", text)
    return BETWEEN.sub("", text)


def _remarks(words: Iterable[Word]) -> tuple[Remark, ...]:
    read = [w for w in words if re.search(rf"[{HAN}]", w.text)]
    if not read:
        return ()
    sure = round(sum(w.sure * len(w.text) for w in read) / sum(len(w.text) for w in read))
    doubtful = list(dict.fromkeys(w.text for w in read if w.sure < DOUBTFUL))[:NAMED]
    named_zh = f"；把握不大的：{'、'.join(doubtful)}" if doubtful else ""
    named_en = f"; doubtful: {', '.join(doubtful)}" if doubtful else ""
    return (
        Remark(
            f"以下文字由扫描件识别（平均把握{sure}%），请对照原件逐字核对{named_zh}",
            f"This text was read from a scan ({sure}% sure on average): check it word by word against the original{named_en}",
        ),
    )
