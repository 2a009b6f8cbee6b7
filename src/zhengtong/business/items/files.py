"""The implementation list as XLSX, CSV and JSON files: the bytes; what they mean is `rules.sheets`."""

import csv
import io
import json
from collections.abc import Sequence

import openpyxl
from openpyxl.cell import WriteOnlyCell

from zhengtong.foundation.files import sheets
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from .models import Implementation
from .rules import sheets as tables
from .rules.implementation import SHEETS

MOST_MB = sheets.MOST_MB
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def read(content: bytes, name: str) -> tuple[list[tables.Entry], list[tables.Problem]]:
    """The rows of a file and what is wrong with its form; refuses what is none of the three kinds."""
    if len(content) > MOST_MB * 1024 * 1024:
        raise Refused(_("文件超过%(limit)d兆字节"), field="file", limit=MOST_MB)
    match name.lower().rpartition(".")[2]:
        case "csv":
            rows, problems = tables.entries(sheets.comma(content), {})
        case "json":
            rows, problems = tables.from_json(_json(content))
        case "xlsx":
            book = sheets.book(content)
            if tables.MAIN not in book:
                raise Refused(_("工作簿里没有“实施清单”这张表"), field="file")
            rows, problems = tables.entries(book[tables.MAIN], {s.key: book[s.label] for s in SHEETS if s.label in book})
        case _:
            raise Refused(_("只接收XLSX、CSV或JSON文件"), field="file")
    if not rows and not problems:
        raise Refused(_("文件里没有数据行"), field="file")
    if len(rows) > tables.MOST_ROWS:
        raise Refused(_("一次最多导入%(most)d行"), field="file", most=tables.MOST_ROWS)
    return rows, problems


def _json(content: bytes) -> object:
    try:
        return json.loads(sheets.text(content))
    except (ValueError, RecursionError) as no:
        raise Refused(_("文件不是完好的JSON"), field="file") from no


def written(rows: Sequence[Implementation], kind: str) -> bytes:
    """The rows as a file of this kind; what was written is read back the same."""
    main = tables.table(row.values for row in rows)
    if kind == "json":
        return json.dumps([row.values | row.sheets for row in rows], ensure_ascii=False, indent=1).encode()
    if kind == "csv":
        out = io.StringIO(newline="")
        csv.writer(out).writerows(main)
        return out.getvalue().encode("utf-8-sig")
    book = openpyxl.Workbook(write_only=True)
    below = [(s.label, tables.table_below(s.key, [(row.task_code, row.sheets) for row in rows])) for s in SHEETS]
    for title, lines in [(tables.MAIN, main), *below]:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for line in lines:
            cells = [WriteOnlyCell(sheet, text) for text in line]
            for cell in cells:
                cell.data_type = "s"  # never a formula, and a long code never a number
            sheet.append(cells)
    out_bytes = io.BytesIO()
    book.save(out_bytes)
    return out_bytes.getvalue()
