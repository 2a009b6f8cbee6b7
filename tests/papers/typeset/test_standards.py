"""A page that is kept for ever and read aloud: PDF/A-2a (ISO 19005-2) with every element tagged (ISO 32000-1 14.8)."""

import ctypes
import re
from datetime import UTC, datetime

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengtong.papers.archive import leaf
from zhengtong.papers.typeset import fonts, press
from zhengtong.papers.typeset.paper import Heading, Para, Table

from .cast import AT, notice
from .test_forms import letter, minutes, order


def tags(pdf):
    """The types of the tags, page by page in their order."""
    found = []

    def walk(element):
        size = pdfium.FPDF_StructElement_GetType(element, None, 0)
        name = ctypes.create_string_buffer(size)
        pdfium.FPDF_StructElement_GetType(element, name, size)
        found.append(name.raw.decode("utf-16-le").rstrip("\0"))
        for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
            if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, at):
                walk(child)

    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
            for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
                walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at))
            pdfium.FPDF_StructTree_Close(tree)
    return found


def says_pdf_a(pdf):
    return b"<pdfaid:part>2</pdfaid:part>" in pdf and b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf


@pytest.mark.parametrize("paper", [notice, letter, order, minutes])
def test_each_format_says_what_it_is_and_names_its_parts(paper):
    pdf = press.notice(paper(), AT).pdf
    assert says_pdf_a(pdf)
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", pdf) and b"/StructTreeRoot" in pdf and re.search(rb"/Lang\s*\(zh-CN\)", pdf)
    assert "P" in tags(pdf) and ("H1" in tags(pdf)) is (paper is not order)  # an order shows no title


def test_levels_tables_and_their_heads_are_told_apart():
    body = (
        Heading(1, "一、甲"),
        Heading(2, "（一）乙。", "丙。"),
        Heading(3, "1.丁"),
        Heading(4, "（1）戊"),
        Table((("乡镇", "户数"), ("石桥", "12"))),
    )
    found = tags(press.notice(notice(body=body), AT).pdf)
    assert [tag for tag in found if tag.startswith("H")] == ["H1", "H2", "H3", "H4", "H5"]
    assert found.count("Table") == 1 and found.count("TH") == 2 and found.count("TD") == 2


def test_a_level_may_be_skipped_and_a_title_be_empty():
    assert says_pdf_a(press.notice(notice(body=(Heading(3, "1.甲"), Heading(1, "一、乙")), title=""), AT).pdf)


def test_the_sheets_beside_a_document_are_kept_in_the_same_way():
    made = leaf.pdf(
        leaf.Leaf("发文稿纸", "通知", (("标题", "通知"),), ("环节",), ((leaf.Cell("签发"),),)), datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert says_pdf_a(made) and "Table" in tags(made)


def test_every_character_that_the_faces_hold_can_be_kept():
    held = [chr(code) for code in sorted(fonts.held())]
    text = "".join(held)
    made = press.notice(notice(body=tuple(Para(text[at : at + 2000]) for at in range(0, len(text), 2000))), AT)
    assert len(held) > 20_000 and made.pages > 20


@settings(max_examples=12, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4), st.text(max_size=30))
def test_whatever_is_typed_can_be_kept(texts, title):
    made = press.notice(notice(title=title, body=tuple(Para(text) for text in texts)), AT)
    assert says_pdf_a(made.pdf)
