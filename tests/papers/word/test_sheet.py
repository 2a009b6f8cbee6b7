"""A handling sheet as docx says what the form says, box for box, and other programs open it."""

import re
import subprocess
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from tests.provide import office
from zhengtong.papers.typeset.sheet import Box, Said, Sheet
from zhengtong.papers.word.sheet import DRAWN, docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = Sheet(
    "云岭县人民政府办公室",
    "发文稿纸",
    (
        Box("标题", "关于防火的通知 <紧急> & 其他"),
        Box("密级", "", half=True),
        Box("紧急程度", "特急", half=True),
        Box("文种", "通知", half=True),  # alone in its row
        Box("签发", said=(Said("同意。", "张县长", "2026年11月20日"), Said("", "李县长", "2026年11月21日", "代录", "<svg/>")), tall=True),
        Box("会签", tall=True),
    ),
    "编号 B1",
)


def rows(data):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        body = etree.fromstring(archive.read("word/document.xml"))
    return [["".join(cell.itertext()) for cell in row.iter(f"{W}tc")] for row in body.iter(f"{W}tr")]


def test_every_box_is_there_with_its_opinions_and_each_row_fills_the_width():
    data = docx(SHEET)
    assert rows(data) == [
        ["标题", "关于防火的通知 <紧急> & 其他"],
        ["密级", "", "紧急程度", "特急"],
        ["文种", "通知", ""],
        ["签发", f"同意。张县长　2026年11月20日{DRAWN}李县长（代录）　2026年11月21日"],
        ["会签", ""],
    ]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    spans = [sum(int((c.find(f".//{W}gridSpan") is not None and c.find(f".//{W}gridSpan").get(f"{W}val")) or 1) for c in r.iter(f"{W}tc"))
             for r in body.iter(f"{W}tr")]  # fmt: skip
    assert spans == [4] * 5
    assert docx(SHEET) == data


@pytest.mark.parametrize("text", ["", "〇" * 3000, "a\x00b", "行\n" * 40])
def test_any_text_makes_a_file_that_opens(text):
    assert rows(docx(Sheet("机关", "收文处理单", (Box("标题", text),))))[0][0] == "标题"


def test_libreoffice_reads_what_the_form_says(tmp_path):
    (tmp_path / "a.docx").write_bytes(docx(SHEET))
    words = [office(), "--headless", f"-env:UserInstallation=file://{tmp_path}/p", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*words, tmp_path / "a.docx"], check=True, capture_output=True, timeout=180)
    import pypdfium2

    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        assert len(pdf) == 1
        text = re.sub(r"\s+", "", pdf[0].get_textpage().get_text_range())
    for expected in ("云岭县人民政府办公室发文稿纸", "特急", "同意。", "张县长", "代录", "编号B1"):
        assert expected in text
