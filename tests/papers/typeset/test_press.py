"""The page as measured: GB/T 9704-2012, clause beside each test."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from zhengtong.papers.typeset import fonts, press
from zhengtong.papers.typeset.paper import Attachment, Heading, Para, Table, blocks

from .cast import AT, MM, em_top, line_with, notice, open_pdf, rows

FULL = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜" * 60


@pytest.fixture(params=["found", "noto only"])
def faces(request, monkeypatch, tmp_path):
    """Each measure holds with whatever faces are installed and with Noto alone."""
    if request.param == "noto only":
        monkeypatch.setenv("ZT_FONTS", str(tmp_path))
    return request.param


@pytest.mark.usefixtures("faces")
def test_a_full_page_has_22_lines_of_28_characters_between_the_margins():  # 5.2.1, 5.2.3
    set_ = press.notice(notice(body=(Para(FULL),), copy_no="", attachments=(), seal=None), AT)
    page = open_pdf(set_.pdf).pages[1]
    lines = rows(page)
    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}
    assert lines[0][0]["x0"] / MM == pytest.approx(28, abs=0.1)
    assert em_top(lines[0][0]) == pytest.approx(37, abs=0.1)
    assert lines[0][27]["x0"] / MM == pytest.approx(28 + 156 * 27 / 28, abs=0.15)
    assert em_top(lines[21][0]) + 16 / MM == pytest.approx(262, abs=0.2)


@pytest.mark.usefixtures("faces")
def test_the_mark_the_number_the_red_line_and_the_title_stand_where_the_standard_puts_them():  # 7.2.4 to 7.3.1
    page = open_pdf(press.notice(notice(), AT).pdf).pages[0]
    number = line_with(page, "云政办发〔2026〕12号")
    red = max(page.lines, key=lambda line: line["linewidth"])
    assert red["top"] / MM == pytest.approx(em_top(number[0]) + 16 / MM + 4, abs=0.05)
    assert red["x0"] / MM == pytest.approx(28, abs=0.05)
    assert red["x1"] / MM == pytest.approx(184, abs=0.05)
    assert red["stroking_color"][0] > 0.8 and max(red["stroking_color"][1:]) < 0.1
    mark = line_with(page, "人民政府办公室文件", size=max(c["size"] for c in page.chars))
    assert em_top(mark[0]) == pytest.approx(72, abs=2)  # the ink stands at 72, a little inside the square
    assert mark[0]["non_stroking_color"][0] > 0.8
    title = line_with(page, "关于", size=22)
    middle = (title[0]["x0"] + title[-1]["x1"]) / 2 / MM
    assert middle == pytest.approx(28 + 78, abs=0.3)
    assert em_top(title[0]) - red["top"] / MM == pytest.approx(2 * 10.227, abs=2.1)
    first = line_with(page, "各乡镇人民政府，")
    assert (em_top(first[0]) - 37) / 10.446 == pytest.approx(round((em_top(first[0]) - 37) / 10.446), abs=0.02)  # on the grid


def test_the_levels_of_the_text_stand_in_their_faces_and_two_characters_in():  # 7.3.3
    page = open_pdf(press.notice(notice(attachments=(), signature="", date=None, seal=None), AT).pdf).pages[0]
    used = {f.role: f.name.replace(" ", "") for f in fonts.report().faces}
    for text, role in (("提高政治站位", "hei"), ("加强组织领导", "kai"), ("明确责任", "fang"), ("网格到人", "fang")):
        line = line_with(page, text)
        at = "".join(c["text"] for c in line).index(text)
        assert used[role].removesuffix("R") in line[at]["fontname"]
        assert line[0]["x0"] / MM == pytest.approx(28 + 2 * 156 / 28, abs=1.6)  # a bracket's ink sits at the right of its square
    run_on = line_with(page, "各乡镇人民政府要落实")
    assert used["fang"].removesuffix("R") in run_on["".join(c["text"] for c in run_on).index("要")]["fontname"]


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages():  # 7.5
    pages = open_pdf(press.notice(notice(body=(Para(FULL),)), AT).pdf).pages
    assert len(pages) > 3
    for n, page in enumerate(pages, start=1):
        foot = [c for c in page.chars if c["top"] / MM > 262 and c["text"].strip()]
        assert "".join(c["text"] for c in foot) == f"—{n}—"
        assert foot[0]["size"] == pytest.approx(14)
        assert (min(c["x0"] for c in foot) / MM > 150) is bool(n % 2)
        assert max(c["x1"] for c in foot) / MM < 184
        dash = 262 + 7
        assert em_top(foot[0]) < dash < em_top(foot[0]) + 14 / MM


@pytest.mark.parametrize("length", [1, 9, 20, 33])
def test_the_imprint_ends_the_last_page_at_the_lower_edge_of_the_type_area(length):  # 7.4
    pages = open_pdf(press.notice(notice(body=(Para("做好森林防火工作。" * 9),) * length), AT).pdf).pages
    last = pages[-1]
    rules = sorted((line for line in last.lines if line["stroking_color"] in ((0,), (0, 0, 0), 0)), key=lambda line: line["top"])
    assert [round(line["linewidth"] / MM, 2) for line in rules] == [0.35, 0.25, 0.35]
    assert rules[-1]["top"] / MM == pytest.approx(262, abs=0.25)
    assert "抄送：县委各部门，县人大常委会办公室。" in last.extract_text()
    assert "2026年10月10日印发" in last.extract_text()
    assert not any("抄送" in page.extract_text() for page in pages[:-1])
    foot = line_with(last, "印发", size=14)
    assert foot[0]["x0"] / MM == pytest.approx(28 + 14 / MM, abs=0.3)
    assert foot[-1]["x1"] / MM == pytest.approx(184 - 14 / MM, abs=0.3)


@pytest.mark.parametrize("count", range(20, 32))
def test_seal_and_date_never_stand_on_a_page_without_text(count):  # 7.3.5.5
    set_ = press.notice(notice(body=tuple(Para("各乡镇要做好森林防火工作") for _ in range(count)), attachments=()), AT)
    pages = open_pdf(set_.pdf).pages
    lines = [["".join(c["text"] for c in row) for row in rows(page)] for page in pages]
    signed = next(page for page in lines if "2026年10月9日" in page)
    assert "各乡镇要做好森林防火工作" in signed
    assert set_.lines in (20, 21, 22, 23, 24)


@pytest.mark.parametrize("recipients", [2, 130])
def test_the_text_begins_on_page_1_however_many_recipients_there_are(recipients):  # 7.3.2, 7.3.3
    set_ = press.notice(notice(recipients=("青石桥镇人民政府",) * recipients), AT)
    pages = [page.extract_text() for page in open_pdf(set_.pdf).pages]
    assert "为切实做好" in pages[0]
    assert ("主送：青石桥镇人民政府" in pages[-1]) is (recipients > 99)
    assert ("青石桥镇人民政府：" in pages[0]) is (recipients < 99)


def test_the_seal_is_red_stands_over_the_date_and_below_the_text_by_less_than_a_line():  # 7.3.5.1
    set_ = press.notice(notice(body=(Para("请遵照执行。"),), attachments=(), note=""), AT)
    page = open_pdf(set_.pdf).pages[0]
    ring = max((c for c in page.curves if c["stroking_color"] and c["linewidth"] > 2), key=lambda c: c["width"])
    day, text = line_with(page, "2026年10月9日"), line_with(page, "请遵照执行")
    middle = (ring["x0"] + ring["x1"]) / 2
    assert middle == pytest.approx((day[0]["x0"] + day[-1]["x1"]) / 2, abs=2)
    assert 0 < ring["top"] / MM - (em_top(text[0]) + 16 / MM) < 10.3
    name = line_with(page, "云岭县人民政府办公室")
    centre = (ring["top"] + ring["bottom"]) / 2 / MM
    assert em_top(name[0]) < centre + 21 and centre < (em_top(name[0]) + em_top(day[0]) + 16 / MM) / 2 < centre + 8
    assert 184 - day[-1]["x1"] / MM == pytest.approx(4 * 156 / 28, abs=0.4)


def test_without_a_seal_name_and_date_stand_by_their_own_rule():  # 7.3.5.2
    page = open_pdf(press.notice(notice(seal=None, recipients=("县教育局",)), AT).pdf).pages[0]
    page = page if "2026年10月9日" in page.extract_text() else open_pdf(press.notice(notice(seal=None), AT).pdf).pages[1]
    name, day = line_with(page, "云岭县人民政府办公室"), line_with(page, "2026年10月9日")
    assert 184 - name[-1]["x1"] / MM == pytest.approx(2 * 156 / 28, abs=0.4)
    assert (day[0]["x0"] - name[0]["x0"]) / MM == pytest.approx(2 * 156 / 28, abs=0.4)


def test_an_upward_document_names_its_signers_beside_the_number():  # 7.2.5, 7.2.6
    page = open_pdf(press.notice(notice(signers=("张大为", "李小明", "王五")), AT).pdf).pages[0]
    first, last = line_with(page, "签发人："), line_with(page, "王五")
    assert "".join(c["text"] for c in last).startswith("云政办发〔2026〕12号")
    assert last[0]["x0"] / MM == pytest.approx(28 + 156 / 28, abs=0.3)
    assert next(c for c in last if c["text"] == "王")["x0"] == pytest.approx(next(c for c in first if c["text"] == "张")["x0"], abs=0.5)


def test_a_bound_attachment_follows_on_its_own_page_with_its_title_on_the_third_line():  # 7.3.7
    paper = notice(attachments=(Attachment("分工表", (Table((("任务", "单位"), ("巡护", "县林业局"))),)), Attachment("样式")))
    pages = open_pdf(press.notice(paper, AT).pdf).pages
    page = pages[2]
    assert page.extract_text().startswith("附件1")
    assert em_top(line_with(page, "分工表", size=22)[0]) == pytest.approx(37 + 2 * 10.446, abs=0.3)
    assert "县林业局" in page.extract_text()
    assert "1. 分工表" in pages[0].extract_text() + pages[1].extract_text()


HOSTILE = '*粗* #panic("坏") $x^2$ `码` <标> @引 \\ // 注 = 题 - 项 #import "x" ]] }} "); #sys.inputs "引号" \u202e反'


@pytest.mark.parametrize(
    "where",
    ["title", "issuer_mark", "number", "signature", "note", "printed_by", "urgency", "copy_no", "secrecy"],
)
def test_markup_in_any_element_is_set_as_it_was_written(where):
    set_ = press.notice(notice(**{where: HOSTILE}), AT)
    text = "".join(page.extract_text() for page in open_pdf(set_.pdf).pages).replace("\n", "").replace(" ", "")
    for part in ('#panic("坏")', "$x^2$", "`码`", "<标>", '#import"x"', "]]}}", "#sys.inputs"):
        assert part in text
    assert set_.missing == ("\u202e",)


def test_markup_in_the_text_is_set_as_it_was_written():
    body = (Para(HOSTILE), Heading(2, HOSTILE, HOSTILE), Table(((HOSTILE, "二"), ("三",))))
    paper = notice(body=body, recipients=(HOSTILE,), cc=(HOSTILE,), attachments=(Attachment(HOSTILE, body),), signers=(HOSTILE,))
    text = "".join(page.extract_text() for page in open_pdf(press.notice(paper, AT).pdf).pages).replace("\n", "").replace(" ", "")
    assert text.count("$x^2$") >= 9


def test_a_long_word_stays_inside_the_type_area():
    page = open_pdf(press.notice(notice(body=(Para("见 http://example.com/" + "a1" * 300),)), AT).pdf).pages[0]
    assert max(c["x1"] for c in page.chars) / MM < 184.3


def test_a_character_that_no_face_holds_is_reported_and_shown_as_a_gap():
    set_ = press.notice(notice(body=(Para("联系人：王\U00020000、朱镕基、李赟。"),)), AT)
    assert set_.missing == ("\U00020000",)
    text = open_pdf(set_.pdf).pages[0].extract_text()
    assert "王〓、朱镕基、李赟。" in text


def test_the_same_paper_and_time_give_the_same_bytes():
    assert press.notice(notice(), AT).pdf == press.notice(notice(), AT).pdf
    assert press.notice(notice(), AT).pdf != press.notice(replace(notice(), date=date(2026, 10, 8)), AT).pdf


def test_threads_set_pages_at_the_same_time():
    alone = press.notice(notice(), AT).pdf
    with ThreadPoolExecutor(2) as pool:
        assert {set_.pdf for set_ in pool.map(lambda _n: press.notice(notice(), AT), range(6))} == {alone}


def test_a_page_can_be_shown_as_a_picture():
    (first, *_) = press.pictures(press.notice(notice(), AT).pdf, width=400)
    assert first.startswith(b"\x89PNG")


def test_a_paper_with_nothing_but_mark_title_and_text_is_set():
    set_ = press.notice(
        notice(
            number="",
            urgency="",
            recipients=(),
            attachments=(),
            signature="",
            date=None,
            seal=None,
            note="",
            cc=(),
            printed_by="",
            printed_on=None,
            body=blocks("正文。"),
        ),
        AT,
    )
    assert set_.pages == 1 and not set_.missing
