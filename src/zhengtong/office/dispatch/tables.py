"""A table as a file to take along: XLSX or CSV. What a person typed is text and never becomes a formula."""

import csv
import io
from collections.abc import Callable, Sequence
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Cell = str | float | int
Table = Sequence[Sequence[Cell]]
RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def xlsx(table: Table) -> bytes:
    book = Workbook()
    sheet = book.active
    for row, cells in enumerate(table, start=1):
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(row=row, column=column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
            if row == 1:
                cell.font = Font(bold=True)
    for column in range(1, len(table[0]) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 28 if column == 1 else 16
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def comma_separated(table: Table) -> bytes:
    """With a byte-order mark, so that Excel and WPS read the Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    for cells in table:
        writer.writerow([f"'{c}" if isinstance(c, str) and c.startswith(RISKY) else c for c in cells])
    return out.getvalue().encode("utf-8-sig")


WRITERS: dict[str, tuple[Callable[[Table], bytes], str]] = {
    "xlsx": (xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (comma_separated, "text/csv; charset=utf-8"),
}


def answer(table: Table, name: str, kind: str) -> HttpResponse:
    """The file, to be saved under its Chinese name."""
    write, media = WRITERS[kind]
    response = HttpResponse(write(table), content_type=media)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    return response
