"""The document that these tests set, and a ruler for the page."""

from collections import defaultdict
from datetime import UTC, date, datetime
from io import BytesIO

import pdfplumber
import pypdfium2
from PIL import ImageChops

from zhengtong.papers.typeset.paper import Attachment, Paper, Seal, blocks

AT = datetime(2026, 10, 10, 1, 0, tzinfo=UTC)
MM = 72 / 25.4
TEXT = """为切实做好2026年秋冬季森林防火工作，保障人民群众生命财产安全，现就有关事项通知如下。
一、提高政治站位
（一）加强组织领导。各乡镇人民政府要落实行政首长负责制，做到守土有责、守土负责、守土尽责。
1.明确责任。各乡镇要逐级签订责任书。
（1）网格到人。每个山头、地块落实巡护人员。
"""


def notice(**change) -> Paper:
    elements = {
        "issuer_mark": "云岭县人民政府办公室文件",
        "title": "云岭县人民政府办公室关于做好2026年秋冬季森林防火工作的通知",
        "body": blocks(TEXT),
        "number": "云政办发〔2026〕12号",
        "urgency": "特急",
        "recipients": ("各乡镇人民政府", "县政府各部门"),
        "attachments": (Attachment("重点任务分工表"),),
        "signature": "云岭县人民政府办公室",
        "date": date(2026, 10, 9),
        "seal": Seal("云岭县人民政府办公室", "测试"),
        "note": "此件公开发布",
        "cc": ("县委各部门", "县人大常委会办公室"),
        "printed_by": "云岭县人民政府办公室",
        "printed_on": date(2026, 10, 10),
    }
    return Paper(**{**elements, **change})


def open_pdf(pdf: bytes) -> pdfplumber.PDF:
    return pdfplumber.open(BytesIO(pdf))


def rows(page, size: float = 16) -> list[list[dict]]:
    """The characters of one size, line by line from the top."""
    lines = defaultdict(list)
    for char in page.chars:
        if abs(char["size"] - size) < 0.1 and char["upright"]:
            lines[round(char["y0"])].append(char)
    return [sorted(lines[y], key=lambda c: c["x0"]) for y in sorted(lines, reverse=True)]


def line_with(page, text: str, size: float = 16) -> list[dict]:
    """The line in which `text` stands."""
    return next(row for row in rows(page, size) if text in "".join(c["text"] for c in row))


def em_top(char) -> float:
    """The upper edge of a character's square in mm from the top of the page; its baseline is 0.88 below."""
    baseline = char["matrix"][5]
    return (841.89 - baseline - 0.88 * char["size"]) / MM


def red_ink(pdf: bytes, number: int, box: tuple[float, float, float, float]) -> tuple[float, float, float, float] | None:
    """Where red ink lies inside a box (left, top, right, bottom; mm), as left, top, right, bottom; None when there is none."""
    picture = pypdfium2.PdfDocument(pdf)[number].render(scale=254 / 72).to_pil().convert("RGB")  # ten dots to the millimetre
    part = picture.crop([round(10 * v) for v in box])
    red, green, _blue = part.split()
    found = ImageChops.multiply(red.point(lambda v: 255 * (v > 170)), green.point(lambda v: 255 * (v < 120))).getbbox()
    return tuple(v / 10 + box[i % 2] for i, v in enumerate(found)) if found else None
