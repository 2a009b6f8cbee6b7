"""Sheets kept beside a document: the same for ever, with every word that was on them."""

from datetime import UTC, datetime

import pypdfium2

from zhengtong.papers.archive import leaf
from zhengtong.papers.archive.leaf import Cell, Leaf, Line, Run

AT = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><polyline points="0,0 9,9" stroke="#1a1a1a"/></svg>'
SHEET = Leaf(
    "发文处理单", "关于防火的通知", (("发文字号", "云政发〔2026〕1号"), ("标题", "云岭县人民政府关于做好今冬明春森林防火工作的通知")),
    ("环节", "意见"), ((Cell("签发"), Cell("同意", SVG)), (Cell("复核"), Cell("手续#完备*"))),
)  # fmt: skip
MARKED = Leaf(
    "花脸稿", "关于防火的通知", lines=(Line((Run("关于"), Run("防汛", 0, 1), Run("防火", 1)), "title"), Line((Run("旧", 2, 1),))),
    legend=("林文", "沈核"), note="共2稿",
)  # fmt: skip


def words(data):
    with pypdfium2.PdfDocument(data) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf).replace("\r\n", "")


def test_a_sheet_shows_facts_steps_and_words_as_they_are():
    shown = words(leaf.pdf(SHEET, AT))
    for expected in ("发文处理单", "云政发〔2026〕1号", "签发", "同意", "手续#完备*", "森林防火"):
        assert expected in shown


def test_a_marked_up_draft_keeps_what_was_struck_and_names_the_hands():
    shown = words(leaf.pdf(MARKED, AT))
    for expected in ("防汛", "防火", "林文", "沈核", "2→1", "共2稿"):
        assert expected in shown


def test_the_same_sheet_and_time_give_the_same_bytes_marked_as_pdf_a():
    once = leaf.pdf(SHEET, AT)
    assert once == leaf.pdf(SHEET, AT) and b"pdfaid" in once


def test_what_no_face_holds_stands_as_the_printers_sign():
    assert "〓" in words(leaf.pdf(Leaf("花脸稿", "x", lines=(Line((Run("甲\u202e乙\U0010ffff"),)),)), AT))


def test_a_long_way_goes_over_many_pages_with_its_head_on_each():
    rows = tuple((Cell(f"第{n}步"), Cell("同意")) for n in range(200))
    data = leaf.pdf(Leaf("发文处理单", "x", head=("环节", "意见"), rows=rows), AT)
    with pypdfium2.PdfDocument(data) as pdf:
        assert len(pdf) > 3 and all("环节" in page.get_textpage().get_text_range() for page in pdf)
