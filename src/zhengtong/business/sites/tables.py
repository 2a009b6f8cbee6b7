"""A table of articles as a file: its rows, and what is wrong with single ones."""

from zhengtong.foundation import clock
from zhengtong.foundation.files import sheets
from zhengtong.foundation.refusal import Refused
from zhengtong.foundation.refusal import gettext_noop as _

from .rules import intake


def read(content: bytes, name: str) -> tuple[list[intake.Entry], list[intake.Problem]]:
    """The rows of a file, and what is wrong with single rows; refuses what is no such table."""
    if len(content) > sheets.MOST_MB * 1024 * 1024:
        raise Refused(_("文件超过%(limit)s兆字节"), field="file", limit=str(sheets.MOST_MB))
    if name.lower().endswith(".xlsx"):
        table = next(iter(sheets.book(content).values()), [])
    elif name.lower().endswith(".csv"):
        table = sheets.comma(content)
    else:
        raise Refused(_("只接收XLSX或CSV文件"), field="file")
    found = intake.read(table, clock.today())
    if isinstance(found, tuple):
        return found
    raise Refused(found)
