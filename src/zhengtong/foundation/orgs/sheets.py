"""The directory's tables as CSV and XLSX files: reading what was handed in, writing what is handed out."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from .rules import tables
from .rules.tables import Cell, Row, Table, Values

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024  # a workbook of 50,000 rows unpacks to about a tenth of this
HandedIn = dict[str, list[Row]]


def read(content: bytes, name: str) -> HandedIn:
    """The rows of a CSV or XLSX file by table; refuses what is neither."""
    if not content:
        raise Refused(_("文件是空的"), field="file")
    if len(content) > MOST_BYTES:
        raise Refused(_("文件超过%(limit)d兆字节"), field="file", limit=MOST_BYTES // 1024 // 1024)
    lower = name.lower()
    if lower.endswith(".csv"):
        sheets = [("CSV", _csv_rows(content))]
    elif lower.endswith(".xlsx"):
        sheets = _xlsx_sheets(content)
    else:
        raise Refused(_("只接收CSV或XLSX文件"), field="file")
    return _by_table(sheets)


def _csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(_csv_text(content), newline="")))


def kept(content: bytes, name: str) -> tuple[bytes, str]:
    """The hand-in as it is kept between check and import: a CSV always in UTF-8."""
    return (_csv_text(content).encode(), "directory.csv") if name.lower().endswith(".csv") else (content, "directory.xlsx")


def _csv_text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refused(_("文件不是文本：请另存为UTF-8编码的CSV"), field="file")


def _xlsx_sheets(content: bytes) -> list[tuple[str, list[list[str]]]]:
    broken = Refused(_("文件打不开：不是完好的XLSX工作簿"), field="file")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Refused(_("工作簿解开后过大"), field="file")
            if any("vbaproject" in part.filename.lower() for part in packed.infolist()):
                raise Refused(_("工作簿含有宏，不予接收"), field="file")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Refused:
        raise
    except Exception as no:  # openpyxl raises whatever its parsers raise
        raise broken from no
    sheets = []
    for sheet in book.worksheets:
        try:
            sheets.append((sheet.title, [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]))
        except Exception as no:
            raise broken from no
    return sheets


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _by_table(sheets: Iterable[tuple[str, list[list[str]]]]) -> HandedIn:
    found: HandedIn = {}
    for title, rows in sheets:
        if not any(any(row) for row in rows):
            continue
        headings = [heading.strip() for heading in rows[0]]
        table = tables.table_of(headings)
        if not table:
            raise Refused(_("“%(sheet)s”的表头不是任何一张导入表的表头"), field="file", sheet=title)
        if len(rows) > tables.MOST_ROWS:
            raise Refused(_("“%(sheet)s”超过%(most)d行"), field="file", sheet=title, most=tables.MOST_ROWS)
        found.setdefault(table.name, []).extend(
            Row(number, {h: tables.unshielded(text) for h, text in zip(headings, row, strict=False) if h})
            for number, row in enumerate(rows[1:], start=2)
            if any(text.strip() for text in row)
        )
    if not any(found.values()):
        raise Refused(_("文件里没有数据行"), field="file")
    return found


def write_csv(table: Table, rows: Iterable[Values]) -> bytes:
    """One table as CSV, with the byte order mark that spreadsheets want."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.heading for column in table.columns])
    writer.writerows(cells(table, values) for values in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(rows: Mapping[str, Sequence[Values]]) -> bytes:
    """Every table as one workbook; every cell is text, never a formula."""
    book = openpyxl.Workbook(write_only=True)
    for table in tables.TABLES:
        sheet = book.create_sheet(table.heading)
        sheet.freeze_panes = "A2"
        for place, _column in enumerate(table.columns):
            sheet.column_dimensions[openpyxl.utils.get_column_letter(place + 1)].width = 20
        sheet.append([_cell(sheet, column.heading, bold=True) for column in table.columns])
        for values in rows.get(table.name, ()):
            sheet.append([_cell(sheet, text) for text in cells(table, values)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, text: str, bold: bool = False) -> WriteOnlyCell:
    made = WriteOnlyCell(sheet, text)
    made.data_type = "s"
    if bold:
        made.font = Font(bold=True)
    return made


def cells(table: Table, values: Values) -> list[str]:
    """The cells of one row in the order of the columns, shielded against formulas."""
    return [tables.shielded(shown(column, values.get(column.name))) for column in table.columns]


def shown(column: tables.Column, value: Cell) -> str:
    """How a value stands in a cell."""
    if column.choices:
        return column.choices.get(str(value), "")
    if isinstance(value, bool):
        return tables.YES if value else tables.NO
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def rows_of(fields: Mapping[str, Sequence[Mapping[str, object]]]) -> HandedIn:
    """Rows given by field names (a ferry payload, the demo's generator), in the form of a hand-in."""
    found: HandedIn = {}
    for table in tables.TABLES:
        columns = {column.name: column for column in table.columns}
        found[table.name] = [
            Row(number, {columns[name].heading: _given(columns[name], value) for name, value in row.items() if name in columns})
            for number, row in enumerate(fields.get(table.name, ()), start=1)
        ]
    return found


def _given(column: tables.Column, value: object) -> str:
    if isinstance(value, bool):
        return tables.YES if value else tables.NO
    return "" if value is None else str(value)
