"""The tables in which a directory is handed in and out: their columns, and what objects to a row.

A table is named by its headings, so the order of sheets and columns does not matter. A row that is not
named in a table stays as it is; nothing is ever deleted by an import.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from zhengtong.foundation.refusal import Objection
from zhengtong.foundation.refusal import gettext_noop as _

from . import KINDS, LEVELS, ORGAN_CODE, PERSON_CODE, POST_CODE, RANKS, RELATIONS, UNIT_CODE, credit_code_holds

Cell = str | int | bool | date | None
Values = dict[str, Cell]


class Form(StrEnum):
    CODE = "code"
    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the heading that people see, the field it fills, and what may stand in it."""

    name: str
    heading: str
    form: Form = Form.TEXT
    required: bool = False
    longest: int = 120
    refers: str = ""  # the table whose codes may stand here
    pattern: re.Pattern[str] | None = None
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of row. `identity` are the fields that may not repeat within a hand-in."""

    name: str
    heading: str
    identity: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, heading: str) -> Column | None:
        return next((c for c in self.columns if c.heading == heading), None)


def _code(name: str, heading: str, pattern: re.Pattern[str], refers: str = "", required: bool = True) -> Column:
    return Column(name, heading, Form.CODE, required=required, longest=30, refers=refers, pattern=pattern)


_BEGUN = Column("since", _("起始日期"), Form.DAY)
_ENDED = Column("until", _("终止日期"), Form.DAY)
_ORDER = Column("order", _("排序"), Form.NUMBER)

# fmt: off
TABLES = (
    Table("organs", _("机构"), ("code",), (
        _code("code", _("机构代码"), ORGAN_CODE),
        Column("name", _("全称"), required=True),
        Column("short_name", _("规范化简称"), longest=60),
        Column("letters", _("机关代字"), longest=20),
        Column("kind", _("类别"), Form.CHOICE, required=True, choices=KINDS),
        Column("level", _("层级"), Form.CHOICE, required=True, choices=LEVELS),
        _code("parent", _("上级机关代码"), ORGAN_CODE, refers="organs", required=False),
        Column("credit_code", _("统一社会信用代码"), longest=18),
        Column("duties", _("主要职责"), longest=2000),
        Column("address", _("办公地址")),
        Column("phone", _("联系电话"), longest=40),
        Column("hours", _("办公时间"), longest=80),
        _BEGUN, _ENDED, _ORDER,
    )),
    Table("former_names", _("曾用名"), ("organ", "name", "until"), (
        _code("organ", _("机构代码"), ORGAN_CODE, refers="organs"),
        Column("name", _("曾用名"), required=True),
        Column("until", _("用至"), Form.DAY, required=True),
        _code("successor", _("承继机构代码"), ORGAN_CODE, refers="organs", required=False),
    )),
    Table("relations", _("机构关系"), ("subject", "object", "kind"), (
        _code("subject", _("上位机关代码"), ORGAN_CODE, refers="organs"),
        _code("object", _("下位机关代码"), ORGAN_CODE, refers="organs"),
        Column("kind", _("关系"), Form.CHOICE, required=True, choices=RELATIONS),
        _BEGUN, _ENDED,
    )),
    Table("units", _("内设机构"), ("code",), (
        _code("code", _("内设机构代码"), UNIT_CODE),
        _code("organ", _("机构代码"), ORGAN_CODE, refers="organs"),
        Column("name", _("名称"), required=True, longest=80),
        Column("is_office", _("是否办公室"), Form.YES_NO),
        _ENDED, _ORDER,
    )),
    Table("posts", _("职位"), ("code",), (
        _code("code", _("职位代码"), POST_CODE),
        _code("organ", _("机构代码"), ORGAN_CODE, refers="organs"),
        _code("unit", _("内设机构代码"), UNIT_CODE, refers="units", required=False),
        Column("title", _("职务"), required=True, longest=80),
        Column("rank", _("职级"), Form.CHOICE, required=True, choices=RANKS),
        _ENDED, _ORDER,
    )),
    Table("people", _("人员任职"), ("code", "post", "until"), (
        _code("code", _("人员代码"), PERSON_CODE),
        Column("name", _("姓名"), required=True, longest=80),
        _code("post", _("职位代码"), POST_CODE, refers="posts", required=False),
        Column("main", _("主要任职"), Form.YES_NO),
        Column("since", _("任职日期"), Form.DAY),
        Column("until", _("免职日期"), Form.DAY),
    )),
)
# fmt: on
BY_NAME = {table.name: table for table in TABLES}
YES, NO = _("是"), _("否")
MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row as handed in: its number in the sheet (the heading is row 1) and its cells by heading."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What the directory holds before the import, as codes.

    `ended` holds codes that were given back; `home` the organ of each unit and post; `main` each person's
    main post; `held` the posts a person holds today.
    """

    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ended: Mapping[str, frozenset[str]] = field(default_factory=dict)
    home: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, str] = field(default_factory=dict)
    main: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """An objection to one cell of one row."""

    table: str
    row: int
    heading: str
    objection: Objection


@dataclass(slots=True)
class Reading:
    """What was understood of a hand-in, and everything that is wrong with it."""

    values: dict[str, list[tuple[int, Values]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def table_of(headings: Iterable[str]) -> Table | None:
    """The table that has all these headings and whose required ones are all there; None when there is none."""
    given = {h for h in headings if h}
    for table in TABLES:
        needed = {c.heading for c in table.columns if c.required}
        if needed <= given <= {c.heading for c in table.columns}:
            return table
    return None


def read(handed_in: Mapping[str, Sequence[Row]], known: Known) -> Reading:
    """Understand every row, or say what is wrong with it, in the order of the tables."""
    from .rows import Checker  # the checks of whole rows stand in their own file

    reading = Reading()
    for table in TABLES:
        reading.values[table.name] = [
            (row.number, values) for row in handed_in.get(table.name, ()) if (values := _row(table, row, reading.problems)) is not None
        ]
    given = {name: frozenset(code for row in rows if (code := _own_code(name, row))) for name, rows in handed_in.items()}
    Checker(reading, known, given).check()
    order = {table.name: place for place, table in enumerate(TABLES)}
    reading.problems.sort(key=lambda p: (order[p.table], p.row))
    return reading


def _own_code(name: str, row: Row) -> str:
    heading = next((c.heading for c in BY_NAME[name].columns if c.name == "code"), "")
    return row.cells.get(heading, "").strip()


def _row(table: Table, row: Row, problems: list[Problem]) -> Values | None:
    values: Values = {}
    whole = True
    for column in table.columns:
        if column.heading not in row.cells:
            continue  # a column left out leaves the field as it is
        read_cell = cell(column, row.cells[column.heading].strip())
        if isinstance(read_cell, Objection):
            problems.append(Problem(table.name, row.number, column.heading, read_cell))
            whole = False
        else:
            values[column.name] = read_cell
    return values if whole else None


def cell(column: Column, text: str) -> Cell | Objection:
    """The value that a cell stands for, or the objection to it."""
    if not text:
        return Objection(_("“%(heading)s”不能为空"), {"heading": column.heading}) if column.required else _empty(column)
    if len(text) > column.longest:
        return Objection(_("“%(heading)s”不能超过%(longest)d个字"), {"heading": column.heading, "longest": column.longest})
    if column.pattern and not column.pattern.fullmatch(text):
        return Objection(_("“%(text)s”不是合规的%(heading)s"), {"text": text, "heading": column.heading})
    if column.name == "credit_code" and not credit_code_holds(text):
        return Objection(_("统一社会信用代码“%(text)s”校验位不符"), {"text": text})
    return _READERS[column.form](column, text)


def _empty(column: Column) -> Cell:
    if column.form is Form.NUMBER:
        return 0
    if column.form is Form.YES_NO:
        return False
    return None if column.form is Form.DAY else ""


def _choice(column: Column, text: str) -> Cell | Objection:
    for key, label in column.choices.items():
        if text in (label, str(key)):
            return str(key)
    return Objection(
        _("“%(text)s”不是“%(heading)s”的可选值（可选：%(choices)s）"),
        {"text": text, "heading": column.heading, "choices": "、".join(column.choices.values())},
    )


def _yes_no(column: Column, text: str) -> Cell | Objection:
    if text in (YES, NO):
        return text == YES
    return Objection(_("“%(heading)s”只能填“是”或“否”"), {"heading": column.heading})


def _day(column: Column, text: str) -> Cell | Objection:
    try:
        return date.fromisoformat(text[:10].replace("/", "-"))
    except ValueError:
        return Objection(_("“%(text)s”不是日期（写法：2026-03-01）"), {"text": text})


def _number(column: Column, text: str) -> Cell | Objection:
    if text.isascii() and text.isdigit() and len(text) < 8:
        return int(text)
    return Objection(_("“%(text)s”不是数字"), {"text": text})


_READERS: Mapping[Form, Callable[[Column, str], Cell | Objection]] = {
    Form.CODE: lambda _column, text: text,
    Form.TEXT: lambda _column, text: text,
    Form.CHOICE: _choice,
    Form.YES_NO: _yes_no,
    Form.DAY: _day,
    Form.NUMBER: _number,
}
FORMULA = tuple("=+-@\t\r'＝＋－＠")


def shielded(text: str) -> str:
    """A cell as it is handed out: what a spreadsheet would take for a formula begins with an apostrophe."""
    return "'" + text if text.startswith(FORMULA) else text


def unshielded(text: str) -> str:
    """A cell as it was before it was shielded."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text
