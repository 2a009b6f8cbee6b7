"""The other formats of GB/T 9704-2012 §10, joint documents and tables set across, measured on the page."""

from itertools import pairwise

import pytest

from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Attachment, Attendance, Form, Issuer, Para, Seal, Stamp, Table, blocks

from .cast import AT, MM, em_top, line_with, notice, open_pdf, red_ink, rows

ZI = 156 / 28  # mm, one character
LINE = (225 - 16 / MM) / 21  # mm, from line to line
FULL = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜" * 60


def sealed(name):
    return Seal(name, "测试")


def letter(**change):
    own = {
        "form": Form.LETTER,
        "issuer_mark": "云岭县人民政府办公室",
        "number": "云政办函〔2026〕12号",
        "title": "云岭县人民政府办公室关于商请支持森林防火工作的函",
        "recipients": ("云岭县气象局",),
        "copy_no": "000001",
        "secrecy": "机密★1年",
    }
    return notice(**{**own, **change})


def order(**change):
    own = {
        "form": Form.ORDER,
        "issuer_mark": "云岭县人民政府令",
        "number": "第3号",
        "title": "云岭县人民政府令",
        "recipients": (),
        "attachments": (),
        "body": blocks("《云岭县森林防火办法》已经县人民政府第12次常务会议通过，现予公布，自2026年11月1日起施行。"),
        "signature": "",
        "seal": None,
        "stamps": (Stamp("县　长", "张大为"),),
        "urgency": "",
        "note": "",
    }
    return notice(**{**own, **change})


def minutes(**change):
    own = {
        "form": Form.MINUTES,
        "issuer_mark": "云岭县人民政府常务会议纪要",
        "number": "〔2026〕12号",
        "title": "县人民政府第12次常务会议纪要",
        "recipients": (),
        "seal": None,
        "attachments": (),
        "urgency": "",
        "attendance": (Attendance("出席", "张大为、" * 30 + "李小明"), Attendance("请假", "王五"), Attendance("列席", "县财政局局长赵六")),
    }
    return notice(**{**own, **change})


def set_(paper):
    made = press.notice(paper, AT)
    return made, open_pdf(made.pdf).pages


# ---- letter (10.1) -------------------------------------------------------------------------------------------
def test_a_letters_mark_stands_30_mm_from_the_papers_edge_and_its_lines_where_the_standard_puts_them():
    made, pages = set_(letter())
    mark = red_ink(made.pdf, 0, (20, 10, 190, 47))
    lines = sorted((line["top"] / MM, line["linewidth"] / MM, line["x0"] / MM, line["x1"] / MM) for line in pages[0].lines)
    assert len(lines) == 4
    assert {(round(x0), round(x1)) for _y, _w, x0, x1 in lines} == {(20, 190)}  # 170 mm, in the middle
    assert mark[1] == pytest.approx(30, abs=0.15)
    upper, lower = lines[:2], lines[2:]
    assert upper[0][0] - upper[0][1] / 2 - mark[3] == pytest.approx(4, abs=1.2)  # the lines' own ink is found, too
    assert upper[0][1] > upper[1][1] and lower[0][1] < lower[1][1]  # thick above thin; below thin above thick
    assert lower[1][0] + lower[1][1] / 2 == pytest.approx(277, abs=0.05)


def test_a_letters_line_stands_4_mm_under_its_mark():
    made, pages = set_(letter())
    first = min(line["top"] / MM - line["linewidth"] / MM / 2 for line in pages[0].lines)
    mark = red_ink(made.pdf, 0, (20, 10, 190, first - 0.3))
    assert first - mark[3] == pytest.approx(4, abs=0.15)


def test_a_letters_number_stands_at_the_right_and_its_notes_at_the_left_in_the_same_line():
    _made, pages = set_(letter())
    second = sorted(line["top"] / MM + line["linewidth"] / MM / 2 for line in pages[0].lines)[1]
    number, copy = line_with(pages[0], "云政办函〔2026〕12号"), line_with(pages[0], "000001")
    assert em_top(number[0]) == pytest.approx(em_top(copy[0]), abs=0.05)
    assert em_top(number[0]) - second == pytest.approx(7 / 8 * 16 / MM, abs=0.1)
    assert number[-1]["x1"] / MM == pytest.approx(184, abs=0.4)
    assert copy[0]["x0"] / MM == pytest.approx(28, abs=0.4)
    below = [line_with(pages[0], text) for text in ("000001", "机密★1年", "特急")]
    assert [em_top(b[0]) - em_top(a[0]) for a, b in pairwise(below)] == [pytest.approx(LINE, abs=0.05)] * 2
    title = line_with(pages[0], "关于商请", size=22)
    assert em_top(line_with(pages[0], "办公室", size=22)[0]) <= em_top(title[0])


def test_a_letter_has_no_number_on_page_1_and_no_lines_or_printer_in_its_imprint():
    _made, pages = set_(letter(body=(Para(FULL),)))
    foot = ["".join(c["text"] for c in page.chars if c["top"] / MM > 263 and c["text"].strip()) for page in pages]
    assert foot[0] == "" and foot[1] == "—2—"
    assert not [line for page in pages[1:] for line in page.lines]
    last = pages[-1].extract_text()
    assert "抄送：县委各部门" in last and "印发" not in last
    cc = line_with(pages[-1], "抄送", size=14)
    assert em_top(cc[0]) + 14 / MM == pytest.approx(262, abs=0.5)


# ---- order (10.2) ---------------------------------------------------------------------------------------------
def test_an_orders_mark_stands_20_mm_into_the_type_area_and_has_no_red_line():
    made, pages = set_(order())
    mark = red_ink(made.pdf, 0, (20, 10, 190, 90))
    assert mark[1] == pytest.approx(57, abs=0.15)
    assert (mark[0] + mark[2]) / 2 == pytest.approx(106, abs=0.6)
    assert not [line for line in pages[0].lines if line["stroking_color"] not in ((0,), (0, 0, 0), 0)]
    number, text = line_with(pages[0], "第3号"), line_with(pages[0], "《云岭县森林防火办法》")
    assert (number[0]["x0"] + number[-1]["x1"]) / 2 / MM == pytest.approx(106, abs=0.4)
    assert (em_top(number[0]) - mark[3]) / LINE == pytest.approx(2, abs=0.35)
    assert (em_top(text[0]) - em_top(number[0]) - 16 / MM) / LINE == pytest.approx(2, abs=0.35)


def test_an_orders_stamp_office_and_date_stand_by_their_own_rule():  # 7.3.5.3
    made, pages = set_(order())
    office, day, text = line_with(pages[0], "县　长"), line_with(pages[0], "2026年10月9日"), line_with(pages[0], "日起施行")
    stamp = red_ink(made.pdf, 0, (30, em_top(text[0]) + 6, 184, 240))
    assert 184 - stamp[2] == pytest.approx(4 * ZI, abs=2)  # ink of a character lies inside its square
    assert 184 - day[-1]["x1"] / MM == pytest.approx(4 * ZI, abs=0.4)
    assert stamp[0] - office[-1]["x1"] / MM == pytest.approx(2 * ZI, abs=1.5)
    assert em_top(office[0]) + 8 / MM == pytest.approx((stamp[1] + stamp[3]) / 2, abs=1)  # centred on one another
    assert (em_top(day[0]) - em_top(office[0])) / LINE == pytest.approx(2, abs=0.4)
    assert em_top(office[0]) - em_top(text[0]) > 2.8 * LINE


# ---- minutes (10.3) -------------------------------------------------------------------------------------------
def test_minutes_have_their_mark_35_mm_into_the_type_area_and_no_seal():
    made, pages = set_(minutes())
    mark = red_ink(made.pdf, 0, (20, 10, 190, 100))
    assert mark[1] == pytest.approx(72, abs=0.15)
    assert not [c for page in pages for c in page.curves]


def test_minutes_name_who_was_there_after_a_blank_line_and_align_the_names():
    _made, pages = set_(minutes())
    page = next(p for p in pages if "出席：" in p.extract_text())
    text, present, more = line_with(page, "网格到人"), line_with(page, "出席："), rows(page)
    assert em_top(present[0]) - em_top(text[0]) == pytest.approx(2 * LINE, abs=0.1)
    assert present[0]["x0"] / MM == pytest.approx(28 + 2 * ZI, abs=0.3)
    assert "Hei" in present[0]["fontname"] or "Sans" in present[0]["fontname"]
    assert present[3]["fontname"] != present[0]["fontname"]
    wrapped = next(more[i + 1] for i, row in enumerate(more) if row[0]["x0"] == present[0]["x0"] and row[0]["top"] == present[0]["top"])
    assert wrapped[0]["x0"] == pytest.approx(present[3]["x0"], abs=1)


# ---- joint documents ------------------------------------------------------------------------------------------
JOINT = ("云岭县林业局", "云岭县公安局", "云岭县应急管理局", "云岭县财政局")


def joint(count, **change):
    others = tuple(Issuer(name, sealed(name)) for name in JOINT[:count])
    own = {
        "issuer_mark": "云岭县教育局文件",
        "signature": "云岭县教育局",
        "seal": sealed("云岭县教育局"),
        "joint": others,
        "attachments": (),
        "note": "",
        "body": blocks("请遵照执行。\n各单位要抓好落实。"),
    }
    return notice(**{**own, **change})


def turned(char):
    return char["matrix"][1] > 0.9


def rings(pages):
    found = [c for page in pages for c in page.curves if c["stroking_color"] and c["linewidth"] > 2]
    return [(r["x0"] / MM, r["top"] / MM, r["x1"] / MM, r["bottom"] / MM) for r in found]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_each_organ_of_a_joint_document_has_its_seal_and_none_touches_another(count):  # 7.3.5.1
    _made, pages = set_(joint(count))
    found = rings(pages)
    assert len(found) == count + 1
    assert all(left > 28 - 0.7 and right < 184.7 for left, _t, right, _b in found)
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            a, b = ((one[0] + one[2]) / 2, (one[1] + one[3]) / 2), ((other[0] + other[2]) / 2, (other[1] + other[3]) / 2)
            assert ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 > 42
    page = next(p for p in pages if "2026年10月9日" in p.extract_text())
    day = line_with(page, "2026年10月9日")
    last = max(found, key=lambda r: (round(r[1]), r[0]))
    at = "".join(c["text"] for c in day).index("2026年10月")
    assert (last[0] + last[2]) / 2 == pytest.approx((day[at]["x0"] + day[-1]["x1"]) / 2 / MM, abs=1)
    assert 184 - day[-1]["x1"] / MM == pytest.approx(4 * ZI, abs=0.4)


def test_the_seals_stand_over_the_names_in_the_organs_order():
    _made, pages = set_(joint(2))
    page = next(p for p in pages if "2026年10月9日" in p.extract_text())
    names = "".join(c["text"] for c in line_with(page, "云岭县林业局"))
    assert names == "云岭县教育局云岭县林业局云岭县公安局"
    chars = line_with(page, "云岭县林业局")
    for ring, first in zip(sorted(rings([page])), (0, 6, 12), strict=True):
        middle = (chars[first]["x0"] + chars[first + 5]["x1"]) / 2 / MM
        assert (ring[0] + ring[2]) / 2 == pytest.approx(middle, abs=0.6)


def test_a_joint_mark_names_every_organ_and_shows_the_word_once_beside_them():  # 7.2.4
    made, pages = set_(joint(2))
    marked = [c for c in pages[0].chars if c["size"] > 22.5]
    said = "".join(c["text"] for c in marked)
    assert said.count("文件") == 1
    assert all(name in said for name in ("云岭县教育局", *JOINT[:2]))
    ink = red_ink(made.pdf, 0, (28, 60, 184, 140))
    assert ink[1] == pytest.approx(72, abs=0.3)
    word = next(c for c in marked if c["text"] == "件")
    names = [c for c in marked if c["text"] == "局"]
    assert word["x0"] > max(c["x1"] for c in names)
    tops = sorted(c["top"] for c in names)
    assert tops[0] < word["top"] < tops[-1]


def test_a_joint_document_without_seals_names_the_lead_organ_first():
    _made, pages = set_(joint(1, seal=None, joint=(Issuer("云岭县林业局"),)))
    page = next(p for p in pages if "2026年10月9日" in p.extract_text())
    lead, other = line_with(page, "云岭县教育局"), line_with(page, "云岭县林业局")
    assert em_top(other[0]) - em_top(lead[0]) == pytest.approx(LINE, abs=0.05)
    assert lead[0]["x0"] == pytest.approx(other[0]["x0"], abs=0.2)


# ---- tables set across (§8) -------------------------------------------------------------------------------------
def test_a_wide_table_stands_across_with_its_head_at_the_left_and_the_page_number_in_its_place():
    table = Table(tuple(tuple(f"第{r}行{c}列" if r else f"表头{c}" for c in range(12)) for r in range(40)), wide=True)
    made, pages = set_(notice(attachments=(Attachment("任务表", (table, Para("表后文字。"))),)))
    across = [(n, page) for n, page in enumerate(pages, 1) if any(c["text"] == "头" and turned(c) for c in page.chars)]
    assert len(across) > 2
    for n, page in across:
        head = [c for c in page.chars if c["text"] == "头"]
        rest = [c for c in page.chars if c["text"] == "行"]
        assert max(c["x1"] for c in head) < min(c["x0"] for c in rest)
        cells = [c for c in page.chars if turned(c)]
        assert min(c["x0"] for c in cells) / MM >= 28 and max(c["x1"] for c in cells) / MM <= 184.2
        assert min(c["top"] for c in cells) / MM >= 37 and max(c["bottom"] for c in cells) / MM <= 262.2
        foot = [c for c in page.chars if c["top"] / MM > 262 and c["text"].strip()]
        assert "".join(c["text"] for c in foot) == f"—{n}—"
        assert (min(c["x0"] for c in foot) / MM > 150) is bool(n % 2)
        assert page.width < page.height
    last = across[-1][0] + 1  # the text after the table; the imprint on the back of its leaf
    assert "表后文字" in pages[last - 1].extract_text() and made.pages == last + last % 2
    said = "".join(c["text"] for _n, page in across for c in page.chars if c["text"] in "行")
    assert len(said) == 39 * 12


def test_seal_and_date_stand_beside_text_when_an_attachment_note_filled_the_page():  # 7.3.5.5
    """Fourteen lengths of text, each with an attachment note: never a page with a seal and no text."""
    for count in range(3, 17):
        made = press.notice(notice(body=tuple(Para("各乡镇要做好森林防火工作") for _ in range(count))), AT)
        pages = [["".join(c["text"] for c in row) for row in rows(page)] for page in open_pdf(made.pdf).pages]
        assert "各乡镇要做好森林防火工作" in next(page for page in pages if "2026年10月9日" in page)
