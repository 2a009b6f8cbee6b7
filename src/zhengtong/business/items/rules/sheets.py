"""The implementation list as tables: which columns, how a cell reads, which line belongs to which row.

A workbook has one sheet for the rows and one for each sheet below them, joined by the 实施编码; JSON nests them; CSV holds the
rows alone, and what lies below a row stays as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zhengtong.foundation.orgs.rules.tables import shielded, unshielded
from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

from .implementation import FIELDS, OLD_PROJECT_TYPES, SHEETS, SHEETS_BY_KEY, UPPER, Field, shown
from .integrity import Lines, Sheets, Values

MAIN = "实施清单"
JOIN = "实施编码"
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as it was handed in: its number in the file from 2, its fields, its sheets. A sheet not handed in is None."""

    number: int
    values: Values
    sheets: Mapping[str, Lines | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one row of a file."""

    row: int
    objection: Objection


def headings(fields: Iterable[Field]) -> list[str]:
    return [one.label for one in fields]


def read_cell(column: Field, text: str) -> str:
    """A cell as it is kept: the code of a choice, for the word or for the code; anything else stays, for the rules to refuse."""
    text = unshielded(text.strip())
    if column.choices is None or text in column.choices:
        return text
    if column.key == "project_type" and text in OLD_PROJECT_TYPES:
        return OLD_PROJECT_TYPES[text]
    padded = text.zfill(2)  # a spreadsheet makes 1 of 01
    return next((code for code, word in column.choices.items() if word == text), padded if padded in column.choices else text)


def write_cell(column: Field, text: str) -> str:
    """A cell as it is handed out: the word of a choice, shielded against formulas."""
    return shielded(shown(column, text))


def entries(main: Sequence[Sequence[str]], below: Mapping[str, Sequence[Sequence[str]]]) -> tuple[list[Entry], list[Problem]]:
    """The rows of tables with their headings first; `below` by the sheet's key. Headings that nobody knows are problems."""
    rows, problems = _rows(main, FIELDS)
    lines: dict[str, dict[str, list[Values]]] = {}
    known = {values.get("task_code", "") for _number, values in rows}
    for key, cells in below.items():
        join = Field("task_code", JOIN)
        found, more = _rows(cells, (join, *SHEETS_BY_KEY[key].fields))
        problems += more
        for number, values in found:
            code = values.get("task_code", "")
            if code not in known:
                text = _("“%(sheet)s”中的实施编码在“实施清单”中没有")
                problems.append(Problem(number, Objection(text, {"sheet": SHEETS_BY_KEY[key].label}, "task_code")))
            rest = {name: text for name, text in values.items() if name != "task_code"}
            lines.setdefault(code, {}).setdefault(key, []).append(rest)
    given = [
        Entry(
            number, values, {s.key: lines.get(values.get("task_code", ""), {}).get(s.key, []) if s.key in below else None for s in SHEETS}
        )
        for number, values in rows
    ]
    return given, problems


def _rows(cells: Sequence[Sequence[str]], fields: Sequence[Field]) -> tuple[list[tuple[int, Values]], list[Problem]]:
    if not cells:
        return [], []
    columns = {name: one for one in fields for name in (one.label, one.key)}
    heads = [text.strip() for text in cells[0]]
    problems = [Problem(1, Objection(_("不认识的列“%(name)s”"), {"name": head})) for head in heads if head and head not in columns]
    rows: list[tuple[int, Values]] = []
    for number, row in enumerate(cells[1:], start=2):
        if any(text.strip() for text in row):
            pairs = [(columns[head], text) for head, text in zip(heads, row, strict=False) if head in columns]
            rows.append((number, {one.key: read for one, text in pairs if (read := read_cell(one, text))}))
    return rows, problems


def from_json(data: object) -> tuple[list[Entry], list[Problem]]:
    """The rows of a JSON list of objects: fields by key, sheets by key as lists of objects."""
    if not isinstance(data, list):
        return [], [Problem(1, Objection(_("JSON应为一个列表，每个事项一个对象")))]
    found, problems = [], []
    for number, row in enumerate(data, start=1):
        good = isinstance(row, dict) and all(
            isinstance(value, str) if key not in SHEETS_BY_KEY else _is_lines(value, SHEETS_BY_KEY[key].fields)
            for key, value in row.items()
        )
        if not good:
            problems.append(Problem(number, Objection(_("每个要素应为文字，每个子表应为对象的列表，只用已知的名称"))))
            continue
        for name in row:
            if name not in SHEETS_BY_KEY and name not in {one.key for one in FIELDS}:
                problems.append(Problem(number, Objection(_("不认识的列“%(name)s”"), {"name": name})))
        values = {one.key: read for one in FIELDS if (read := read_cell(one, row.get(one.key, "")))}
        sheets = {s.key: _lines(row[s.key], s.fields) if s.key in row else None for s in SHEETS}
        found.append(Entry(number, values, sheets))
    return found, problems


def _is_lines(value: object, fields: Sequence[Field]) -> bool:
    known = {one.key for one in fields}
    return isinstance(value, list) and all(
        isinstance(line, dict) and set(line) <= known and all(isinstance(text, str) for text in line.values()) for line in value
    )


def _lines(given: Lines, fields: Sequence[Field]) -> list[Values]:
    return [{one.key: read for one in fields if (read := read_cell(one, line.get(one.key, "")))} for line in given]


def laid(row: Entry, before: tuple[Values, Sheets], *, claimed: bool) -> tuple[Values, Sheets]:
    """A row laid over what is there: sheets not handed in stay; a list from above leaves the county's own fields standing."""
    values = dict(row.values)
    if claimed:
        values = {key: text for key, text in before[0].items() if key not in UPPER} | values
    sheets = {s.key: before[1].get(s.key, []) if (given := row.sheets.get(s.key)) is None else list(given) for s in SHEETS}
    return values, sheets


def twice(rows: Sequence[Entry]) -> list[Problem]:
    """Rows whose code stands in the file more than once."""
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        code = row.values.get("task_code", "")
        if code and seen.setdefault(code, row.number) != row.number:
            found.append(Problem(row.number, Objection(_("与第%(row)d行的实施编码重复"), {"row": seen[code]}, "task_code")))
    return found


def table(values: Iterable[Values]) -> list[list[str]]:
    """The rows with their headings, as they are handed out."""
    return [headings(FIELDS), *([write_cell(one, row.get(one.key, "")) for one in FIELDS] for row in values)]


def table_below(key: str, rows: Iterable[tuple[str, Sheets]]) -> list[list[str]]:
    """One sheet of all rows, joined by the 实施编码."""
    fields = SHEETS_BY_KEY[key].fields
    lines = [[code, *(write_cell(one, line.get(one.key, "")) for one in fields)] for code, sheets in rows for line in sheets.get(key, ())]
    return [[JOIN, *headings(fields)], *lines]
