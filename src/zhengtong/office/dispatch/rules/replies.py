"""A notice that asks its receivers for an answer by a day: what is asked, who is missing, one table of all answers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

MOST_COLUMNS = 30
LONGEST = 300
NUMBER = re.compile(r"^-?\d{1,15}(\.\d{1,6})?$")


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


KINDS = {Kind.TEXT: _("文字"), Kind.NUMBER: _("数字"), Kind.DATE: _("日期")}
WORDS = {"文字": Kind.TEXT, "数字": Kind.NUMBER, "日期": Kind.DATE}


@dataclass(frozen=True, slots=True)
class Column:
    """One question of the form."""

    name: str
    kind: Kind = Kind.TEXT

    def row(self) -> dict[str, str]:
        return {"name": self.name, "kind": self.kind.value}


def columns(text: str) -> list[Column]:
    """One column a line: its name, and after a bar its kind (文字, 数字, 日期)."""
    found = []
    for line in text.splitlines():
        name, _bar, kind = (part.strip() for part in line.replace("｜", "|").partition("|"))
        if name:
            found.append(Column(name[:40], WORDS.get(kind, Kind.TEXT)))
    return found


def of_rows(rows: Sequence[Mapping[str, str]]) -> list[Column]:
    return [Column(row["name"], Kind(row["kind"])) for row in rows]


def call_objection(asked: Sequence[Column], due: date, today: date) -> Objection | None:
    """A call asks something, each thing once, and leaves time to answer."""
    if not asked:
        return Objection(_("请至少写一栏"), field="columns")
    if len(asked) > MOST_COLUMNS:
        return Objection(_("最多%(most)d栏"), {"most": MOST_COLUMNS}, field="columns")
    if len({c.name for c in asked}) != len(asked):
        return Objection(_("栏目名称不能重复"), field="columns")
    return Objection(_("回复期限不能早于今天"), field="due") if due < today else None


def answer_objection(asked: Sequence[Column], values: Sequence[str]) -> Objection | None:
    """Every question is answered, numbers by numbers and dates by dates."""
    for place, column in enumerate(asked):
        given = values[place].strip() if place < len(values) else ""
        field = f"value{place}"
        if not given:
            return Objection(_("请填写“%(name)s”"), {"name": column.name}, field=field)
        if len(given) > LONGEST:
            return Objection(_("不超过%(limit)d字"), {"limit": LONGEST}, field=field)
        if column.kind is Kind.NUMBER and not NUMBER.match(given.replace(",", "")):
            return Objection(_("“%(name)s”须填数字"), {"name": column.name}, field=field)
        if column.kind is Kind.DATE and not _date(given):
            return Objection(_("“%(name)s”须填日期，如2026-12-01"), {"name": column.name}, field=field)
    return None


def _date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


Cell = str | float | int


def merged(asked: Sequence[Column], answers: Sequence[tuple[str, Sequence[str], str, str]], words: Sequence[str]) -> list[list[Cell]]:
    """One table of all answers (organ, values, who, when), with a last row that adds up the numbers. `words` are its fixed heads."""
    organ, who, when, total = words
    table: list[list[Cell]] = [[organ, *(c.name for c in asked), who, when]]
    for name, values, by, at in answers:
        cells = [_cell(column, values[place] if place < len(values) else "") for place, column in enumerate(asked)]
        table.append([name, *cells, by, at])
    if any(c.kind is Kind.NUMBER for c in asked):
        sums: list[Cell] = []
        for place, column in enumerate(asked, start=1):
            numbers = [row[place] for row in table[1:] if isinstance(row[place], int | float)]
            sums.append(round(sum(n for n in numbers if not isinstance(n, str)), 6) if column.kind is Kind.NUMBER else "")
        table.append([total, *sums, "", ""])
    return table


def _cell(column: Column, text: str) -> Cell:
    if column.kind is Kind.NUMBER and text:
        number = float(text.replace(",", ""))
        return int(number) if number.is_integer() else number
    return text
