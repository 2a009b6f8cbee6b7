"""The imprint on the back of the last leaf, and the pages that then show no number (GB/T 9704-2012 7.4, 7.5), measured on the PDF."""

import pytest

from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Attachment, Form, Para, Table

from .cast import AT, MM, notice, open_pdf

LINE = "各乡镇人民政府要落实行政首长负责制，做到守土有责。"
WIDE = Table((tuple("乡镇项目数量单位责任时限"), *[tuple("石桥镇一二三四五六七八九")] * 3), wide=True)


def measured(**change):
    """For each page: whether it holds text, whether the imprint, and its printed number."""
    made = press.notice(notice(**change), AT)
    found = []
    for page in open_pdf(made.pdf).pages:
        foot = "".join(c["text"] for c in page.chars if c["top"] / MM > 262).replace(" ", "")
        above = "".join(c["text"] for c in page.chars if c["top"] / MM <= 262)
        imprint = "印发" in above[-60:]
        rules = [r for r in page.lines if r["width"] / MM > 150 and r["stroking_color"] in ((0,), (0.0,), 0)]
        found.append((bool(above), imprint, foot.strip("—"), max((r["top"] / MM for r in rules), default=0)))
    return made, found


@pytest.mark.parametrize("length", range(1, 60, 4))
def test_the_imprint_stands_on_an_even_page_at_the_lower_edge(length):
    made, pages = measured(body=tuple(Para(LINE) for _ in range(length)), attachments=())
    assert len(pages) % 2 == 0 and [imprint for _text, imprint, _foot, _low in pages] == [False] * (len(pages) - 1) + [True]
    assert pages[-1][3] == pytest.approx(262, abs=0.25)
    blank = [at for at, (text, *_more) in enumerate(pages, start=1) if not text]
    assert blank in ([], [len(pages) - 1])
    unnumbered = [at for at, (_text, _imprint, foot, _low) in enumerate(pages, start=1) if not foot]
    assert unnumbered == ([len(pages) - 1, len(pages)] if blank else [])
    assert made.pages == len(pages)


def test_where_a_full_even_page_leaves_no_room_a_blank_page_comes_before_it():
    found = [measured(body=tuple(Para(LINE) for _ in range(length)), attachments=())[1] for length in range(22, 28)]
    blanks = [pages for pages in found if not all(text for text, *_more in pages)]
    assert blanks and all(len(pages) == 4 and [foot for _t, _i, foot, _l in pages] == ["1", "2", "", ""] for pages in blanks)


def test_the_imprint_comes_after_the_last_attachment():
    _made, pages = measured(attachments=(Attachment("任务表", (Para(LINE),)), Attachment("名单", (Para(LINE),))))
    assert len(pages) == 4 and pages[3][1] and [foot for _t, _i, foot, _l in pages] == ["1", "2", "3", "4"]


def test_a_table_set_across_at_the_end_is_followed_by_the_back_of_its_leaf():
    _made, pages = measured(attachments=(Attachment("任务表", (WIDE,)),))
    assert [foot for _t, _i, foot, _l in pages] == ["1", "2", "3", "4", "", ""] and not pages[4][0] and pages[5][1]
    _made, pages = measured(attachments=(Attachment("任务表", (WIDE, Para(LINE))),))
    assert [foot for _t, _i, foot, _l in pages] == ["1", "2", "3", "4", "5", "6"] and pages[5][1]


def test_a_letter_keeps_it_on_its_last_page():
    made = press.notice(notice(form=Form.LETTER, attachments=(), body=(Para(LINE),)), AT)
    assert made.pages == 1 and not made.apart


def test_the_proof_is_set_like_the_page():
    page = notice(attachments=(), body=(Para(LINE),))
    made = press.notice(page, AT)
    assert made.apart and press.pages(press.proof(page, AT, made).pdf) == made.pages == 2
