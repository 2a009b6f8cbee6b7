"""Tables that people hand in, as XLSX or CSV: the cells as texts, or a refusal that says what is wrong with the file."""

import csv
import io
import zipfile

import openpyxl

from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

MOST_MB = 20
MOST_UNPACKED = 200 * 1024 * 1024
Table = list[list[str]]


def text(content: bytes) -> str:
    """The text of a file in UTF-8 or GB 18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            found = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in found:
            return found
    raise Refused(_("文件不是文本：请另存为UTF-8编码"), field="file")


def comma(content: bytes) -> Table:
    """The rows of a CSV file."""
    try:
        return list(csv.reader(io.StringIO(text(content), newline="")))
    except csv.Error as no:
        raise Refused(_("文件不是完好的CSV"), field="file") from no


def book(content: bytes) -> dict[str, Table]:
    """The sheets of a workbook by name; formulas as their last value, macros refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            too_big = sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED
            macros = any("vbaproject" in part.filename.lower() for part in packed.infolist())
        if not too_big and not macros:
            found = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            return {
                sheet.title: [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
                for sheet in found.worksheets
            }
    except Exception as no:  # openpyxl raises whatever its parsers raise
        raise Refused(_("文件打不开：不是完好的XLSX工作簿"), field="file") from no
    raise Refused(_("工作簿解开后过大") if too_big else _("工作簿含有宏，不予接收"), field="file")
