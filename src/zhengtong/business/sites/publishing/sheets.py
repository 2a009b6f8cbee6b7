"""Attached spreadsheets that ask to be drawn, read as rows of words; one that can't be read stays a plain attachment."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from zhengtong.foundation.files.actions import place

from . import charts

SHEET, UNPACKED = 1 << 20, 20 << 20  # bytes: a table of figures is small, and a bomb is not


def drawn(attachments: Sequence[Mapping[str, object]], start: int) -> str:
    """Chart and table of every attached spreadsheet whose name asks for one."""
    out: list[str] = []
    for kept in attachments:
        asked = charts.named(str(kept["name"]).rpartition(".")[0]) if kept["kind"] == "xlsx" else None
        if not asked:
            continue
        table = rows(place(str(kept["sm3"])))
        if made := charts.chart(*asked, table):
            out.append(charts.picture(made, start + len(out)) + charts.data_table(made, table))
    return "".join(out)


def rows(path: Path) -> list[list[str]]:
    """The filled rows of the first sheet; nothing when it is no small spreadsheet."""
    try:
        with path.open("rb") as file:  # by its content: what is stored has no name
            with zipfile.ZipFile(file) as packed:
                if path.stat().st_size > SHEET or sum(part.file_size for part in packed.infolist()) > UNPACKED:
                    return []
            book = load_workbook(file, read_only=True, data_only=True)
            found = book.worksheets[0].iter_rows(max_row=charts.POINTS + 2, max_col=charts.SERIES + 2, values_only=True)
            table = [["" if cell is None else str(cell) for cell in row] for row in found]
    except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, zipfile.BadZipFile, ParseError):
        return []
    filled = [row for row in table if any(row)]
    wide = max((place + 1 for row in filled for place, cell in enumerate(row) if cell), default=0)
    return [row[:wide] + [""] * (wide - len(row)) for row in filled]
