"""A docx made part by part, so that a test can break just the part it means; and the folder of real documents."""

import json
import os
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import pypdfium2
import pytest
from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:bottom="1984" w:left="1588" w:right="1474"/></w:sectPr>'
REQUEST = """000012
机密★5年　特急
云岭县人民政府文件
云政发〔2026〕12号　　　　签发人：张某某
云岭县人民政府
关于追加防汛经费的请示
云州市人民政府：
今年入汛以来，我县连续遭遇强降雨。现将有关事项请示如下：
一、基本情况
（一）雨情。全县平均降雨量320毫米。
1.东部。山洪多发。
二、请示事项
恳请追加防汛经费300万元，详见附件1、附件2。
妥否，请批示。
附件：1.防汛经费测算表
　　　2.受灾情况统计表
　　　　　　云岭县人民政府
　　　　　　2026年7月5日
（联系人：李某某，电话：12345678）
附件1
防汛经费测算表
测算如下。
附件2
受灾情况统计表
统计如下。
抄送：云州市财政局。
云岭县人民政府办公室　　　　2026年7月6日印发"""
REAL = Path(os.environ.get("ZT_REAL_DOCUMENTS") or Path(__file__).resolve().parents[4] / "shared" / "data" / "gov_documents")


def real() -> list[dict[str, str]]:
    """The metadata of the published documents, or a skip that says why."""
    if not (REAL / "index.json").exists():
        pytest.skip("the 40 published documents are not here: ZT_REAL_DOCUMENTS names their folder")
    return json.loads((REAL / "index.json").read_text(encoding="utf-8"))


def paragraph(text: str, inside: str = "") -> str:
    return f'<w:p>{inside}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def table(rows: list[list[str]]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def document(body: str, page: str = PAGE) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}{page}</w:body></w:document>'


def docx(text: str = "", *, body: str = "", parts: dict[str, str | bytes] | None = None, page: str = PAGE) -> bytes:
    """A docx of these lines, or of this body."""
    body = body or "".join(paragraph(line) for line in text.splitlines() if line.strip())
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": TYPES, "word/document.xml": document(body, page), **(parts or {})}.items():
            archive.writestr(name, content)
    return file.getvalue()


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(out))


PAGES = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
)
KEY = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32)
LOCKED_PDF = pdf(*PAGES, KEY, trailer=b"/Encrypt 4 0 R /ID [<41> <41>]")
EMPTY_PDF = pdf(*PAGES)


def scanned(page: bytes, dots: int = 200) -> list[Image.Image]:
    """The pages of a PDF as a scanner would give them."""
    with pypdfium2.PdfDocument(page) as document:
        return [sheet.render(scale=dots / 72).to_pil().convert("RGB") for sheet in document]


def scan(page: bytes, dots: int = 200) -> bytes:
    """The same document as a PDF of pictures, without a text."""
    out, sheets = BytesIO(), scanned(page, dots)
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=dots)
    return out.getvalue()
