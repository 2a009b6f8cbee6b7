"""A document as docx: what is read back from it is what was put in, in all four formats, and other programs open it."""

import re
import shutil
import subprocess
import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.papers.typeset.cast import notice
from tests.papers.typeset.test_forms import letter, minutes, order
from tests.provide import office
from zhengtong.papers.reading import files, word
from zhengtong.papers.reading.report import as_json
from zhengtong.papers.typeset.paper import Attachment, Heading, Para, Table, blocks
from zhengtong.papers.word.paper import DRAFT, docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TABLE = Table((("乡镇", "户数"), ("石桥", "12"), ("柳河", "7")))
FORMS = {
    "general": notice,
    "upward": lambda **change: notice(
        **{"signers": ("张大为", "李小明", "王五"), "copy_no": "000012", "secrecy": "机密★5年", "recipients": ("云州市人民政府",),
           "issuer_mark": "云岭县人民政府文件", "title": "云岭县人民政府关于追加防汛经费的请示", **change}
    ),
    "letter": letter,
    "order": order,
    "minutes": minutes,
}  # fmt: skip


def xml(data, name="word/document.xml"):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return etree.fromstring(archive.read(name))


def back(paper):
    return as_json(files.parse(docx(paper), "a.docx"))


def body_of(paper):
    found = []
    for block in paper.body:
        match block:
            case Heading(level, text, after):
                found.append((level, text + after))
            case Table(rows):
                found.append((0, [list(row) for row in rows]))
            case Para(text):
                found.append((0, text))
    return found + [(0, f"{row.label}：{row.names}") for row in paper.attendance]


def told(found):
    return [(b["level"], b.get("text") or b.get("table")) for b in found["body"]]


@pytest.mark.parametrize("form", FORMS)
def test_the_elements_come_back_in_each_format(form):
    paper = FORMS[form]()
    found = back(paper)
    assert found["issuer_mark"] == [paper.issuer_mark] and found["number"] == paper.number
    assert (found["copy_no"], found["secrecy"], found["urgency"]) == (paper.copy_no, paper.secrecy, paper.urgency)
    assert found["title"] == paper.title and found["signers"] == list(paper.signers)
    assert found["recipients"] == list(paper.recipients)
    assert [a["name"] for a in found["attachments"]] == [a.name for a in paper.attachments]
    assert found["date_iso"] == paper.date.isoformat() and found["cc"] == list(paper.cc)
    signers = [f"{s.office}　{s.name}".split("　") for s in paper.stamps]
    assert "".join(found["signature"]) == (paper.signature or "".join(signers[0][0:-1] + signers[0][-1:]))
    assert found["imprint"] == ("" if form == "letter" else f"{paper.printed_by}　2026年10月10日印发")
    if form == "minutes":  # under the names of a meeting a note is read as text
        assert told(found) == [*body_of(paper), (0, f"（{paper.note}）")]
    else:
        assert told(found) == body_of(paper) and found["note"] == (f"（{paper.note}）" if paper.note else "")


TEXT = st.text("防火工作责任落实乡镇检查，、0123456789", min_size=4, max_size=60).map(lambda text: f"各乡{text}。")
BLOCKS = st.lists(
    st.one_of(
        TEXT.map(Para),
        st.tuples(st.sampled_from(["一、", "（二）", "3.", "（4）"]), TEXT, st.booleans()).map(
            lambda t: blocks(f"{t[0]}{t[1] if t[2] else t[1].rstrip('。')}")[0]
        ),
        st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4).map(lambda rows: Table(tuple(rows))),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(
    form=st.sampled_from(["general", "upward", "letter"]),
    body=BLOCKS,
    names=st.lists(st.sampled_from(["云岭县林业局", "云岭县财政局", "石桥镇人民政府", "县委各部门"]), min_size=1, unique=True),
    attached=st.lists(st.sampled_from(["重点任务分工表", "联系表", "受灾情况统计表"]), unique=True),
    day=st.dates(date(2012, 7, 1), date(2099, 12, 31)),
)
def test_whatever_stands_in_the_text_comes_back(form, body, names, attached, day):
    body = (Para("现就有关事项通知如下："), *body, Para("请认真贯彻执行。"))
    paper = FORMS[form](
        body=body, recipients=tuple(names), attachments=tuple(Attachment(name, (Para("说明如下。"),)) for name in attached), date=day
    )
    found = back(paper)
    assert told(found) == body_of(paper)
    assert found["recipients"] == names and found["date_iso"] == day.isoformat()
    assert [(a["name"], [b["text"] for b in a["body"]]) for a in found["attachments"]] == [(name, ["说明如下。"]) for name in attached]


def test_the_page_is_that_of_the_standard():  # 5.1, 5.2
    layout = word.lines(docx(notice()))[1]
    assert [round(v, 1) for v in (layout.width, layout.height, layout.top, layout.left, layout.right)] == [210, 297, 37, 28, 26]
    assert layout.page_number == "— N —" and layout.page_number_align == ("default:right", "even:left")
    grid = next(xml(docx(notice())).iter(f"{W}docGrid"))
    pitch = int(grid.get(f"{W}linePitch"))
    assert 22 * pitch <= 225 / 25.4 * 1440 < 22 * (pitch + 2)
    assert 28 * (16 + int(grid.get(f"{W}charSpace")) / 4096) == pytest.approx(156 * 72 / 25.4, abs=0.1)


def test_the_levels_stand_in_their_faces_and_only_the_mark_is_red():  # 7.3.3, 7.2.4
    root = xml(docx(notice()))
    faces = {}
    for run in root.iter(f"{W}r"):
        font = run.find(f"{W}rPr/{W}rFonts")
        faces["".join(t.text for t in run.iter(f"{W}t"))] = font.get(f"{W}eastAsia") if font is not None else ""
    assert faces["一、提高政治站位"] == "黑体" and faces["（一）加强组织领导。"] == "楷体" and faces["1.明确责任。"] == "仿宋"
    assert faces["云岭县人民政府办公室文件"] == "方正小标宋简体"
    red = [r for r in root.iter(f"{W}r") if r.find(f"{W}rPr/{W}color") is not None]
    assert ["".join(t.text for t in r.iter(f"{W}t")) for r in red] == ["云岭县人民政府办公室文件"]


@pytest.mark.parametrize("form", FORMS)
def test_no_seal_and_no_stamp_stands_in_it_and_a_draft_says_so_on_every_page(form):
    plain, draft = docx(FORMS[form]()), docx(FORMS[form](), draft=True)
    for data in (plain, draft):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            assert not [name for name in archive.namelist() if "media" in name] and "测试" not in archive.read("word/document.xml").decode()
    section = list(xml(draft).iter(f"{W}sectPr"))[-1]
    kinds = {one.get(f"{W}type") for one in section.iter(f"{W}headerReference")}
    assert kinds == ({"default", "even", "first"} if form == "letter" else {"default", "even"})
    assert DRAFT in "".join(xml(draft, "word/header1.xml").itertext())
    assert not list(xml(plain).iter(f"{W}headerReference"))


def test_the_same_paper_gives_the_same_bytes():
    assert docx(notice()) == docx(notice())


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30), st.text(max_size=60))
def test_whatever_is_typed_stays_well_formed(title, text):
    data = docx(notice(title=title, body=(Para(text), Table(((text, title),)))))
    assert xml(data) is not None and xml(data, "docProps/core.xml") is not None


def test_every_paragraph_keeps_the_order_of_the_schema():  # ISO/IEC 29500-1 17.3.1.26: Word refuses a file that does not
    order = ["keepNext", "pageBreakBefore", "framePr", "pBdr", "tabs", "snapToGrid", "spacing", "ind", "jc", "outlineLvl", "sectPr"]
    for make in FORMS.values():
        paper = make(attachments=(Attachment("表", (TABLE, Heading(1, "一、甲"))),))
        for properties in xml(docx(paper)).iter(f"{W}pPr"):
            at = [order.index(child.tag.removeprefix(W)) for child in properties]
            assert at == sorted(at)


def test_libreoffice_opens_all_of_them_and_sets_the_same_text(tmp_path):
    wide = Table((("乡镇",) * 8, ("石桥",) * 8), wide=True)
    papers = {**{name: make() for name, make in FORMS.items()}, "wide": notice(body=(*notice().body, wide, Para("请执行。")))}
    for name, paper in papers.items():
        (tmp_path / f"{name}.docx").write_bytes(docx(paper, draft=True))
    words = [
        office(),
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/p",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        tmp_path,
    ]
    subprocess.run([*words, *(tmp_path / f"{name}.docx" for name in papers)], check=True, capture_output=True, timeout=180)
    for name, paper in papers.items():
        text = re.sub(r"\s+", "", (tmp_path / f"{name}.txt").read_text(encoding="utf-8-sig"))
        for expected in (paper.issuer_mark, paper.number, paper.body[0].text, *paper.cc, *(row.names for row in paper.attendance)):
            assert re.sub(r"\s+", "", expected) in text
    shutil.rmtree(tmp_path / "p", ignore_errors=True)
