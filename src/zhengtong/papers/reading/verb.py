"""`zhengtong doc parse FILE [--json]`."""

import argparse
import sys
from pathlib import Path

from zhengtong.papers import tool

from . import apart, files, report, scans
from .elements import Elements
from .limits import Scanned, Unreadable

LABELS = (
    ("copy_no", "份号"), ("secrecy", "密级"), ("urgency", "紧急程度"), ("issuer_mark", "发文机关标志"), ("number", "发文字号"),
    ("signers", "签发人"), ("title", "标题"), ("type", "文种"), ("recipients", "主送机关"), ("attachment_note", "附件说明"),
    ("signature", "署名"), ("date", "成文日期"), ("note", "附注"), ("cc", "抄送机关"), ("imprint", "印发"),
)  # fmt: skip


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="docx, doc, wps, html, txt, pdf, png, jpg, tif")
    parser.add_argument("--json", action="store_true", help="供程序读取 / for programs")


def run(arguments: argparse.Namespace) -> int:
    """Prints the elements; 2 when the file can't be read."""
    try:
        elements = read(arguments.file)
    except Unreadable as why:
        return refuse(why, arguments.json)
    found = report.as_json(elements)
    if arguments.json:
        tool.say(found)
        return 0
    for field, label in LABELS:
        value = found[field]
        if value:
            print(f"{label}：{'、'.join(value) if isinstance(value, list) else value}")
    for piece in elements.body:
        text = f"[{len(piece.rows)}行表格]" if piece.rows else piece.text.strip()
        print("　" * max(piece.level, 1) + (text if len(text) <= 60 else text[:60] + "…"))
    for one in elements.attachments:
        print(f"附件{one.number or ''}：{one.name}（{len(one.pieces)}段）")
    for remark in elements.remarks:
        print(f"注意：{remark.zh} / {remark.en}", file=sys.stderr)
    return 0


def read(path: str) -> Elements:
    """The elements of a file; the pages of a scan are read one by one, and said as they are."""
    try:
        return apart.read(path)
    except Scanned as scan:
        scans.check(scan.pages)
        place, sheets = Path(path), []
        data = files.bytes_of(place)
        for number in range(scan.pages):
            print(f"识别第{number + 1}/{scan.pages}页 / page {number + 1} of {scan.pages}", file=sys.stderr)
            sheets.append(apart.sheet(data, place.name, number))
        return files.from_sheets(sheets)


def refuse(why: Unreadable, as_json: bool) -> int:
    """The sentence for a file that can't be read, in both languages; nothing else is printed."""
    if as_json:
        tool.say({"unreadable": {"zh": why.zh, "en": why.en}})
    print(f"{why.zh} / {why.en}", file=sys.stderr)
    return tool.UNREADABLE
