"""Scanned pages are read as they were written: characters, paragraphs and elements; checked on our own pages as a scanner gives them."""

import os
import re
from datetime import UTC, date, datetime
from difflib import SequenceMatcher
from io import BytesIO

import pytest
from PIL import Image

from zhengtong.papers.reading import apart, files, printed, scans
from zhengtong.papers.reading.limits import Scanned, Unreadable
from zhengtong.papers.typeset import press
from zhengtong.papers.typeset.paper import Paper, Seal, blocks

from .cast import scan, scanned

TEXT = """为切实做好今冬明春森林防火工作，保护人民生命财产和生态安全，现就有关事项通知如下：
一、提高思想认识
各乡镇要充分认识当前防火形势的严峻性，把防火责任落实到每一个山头地块。
（一）管住野外火源。清明、冬至等重点时段，要在进山路口设卡值守；对违规用火行为，要依法从严处理。
请各乡镇于11月30日前将工作方案（含值班安排）报县人民政府办公室。"""


@pytest.fixture(scope="module")
def page():
    paper = Paper(
        issuer_mark="云岭县人民政府文件", number="云政发〔2026〕12号", title="云岭县人民政府关于做好今冬明春森林防火工作的通知",
        recipients=("各乡镇人民政府", "各街道办事处"), body=blocks(TEXT), signature="云岭县人民政府", date=date(2026, 7, 5),
        seal=Seal("云岭县人民政府", "测试"), printed_by="云岭县人民政府办公室", printed_on=date(2026, 7, 6),
    )  # fmt: skip
    return press.notice(paper, datetime(2026, 7, 6, tzinfo=UTC)).pdf


@pytest.fixture(scope="module")
def engine():
    """Tesseract with simplified Chinese: `./zt setup` fetches it where Debian's packages are to be had."""
    if scans.engine() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Tesseract：./zt setup")
        pytest.skip("this machine has no Tesseract with simplified Chinese")


def right(truth, read):
    """The share of the characters that were read right."""
    truth, read = ("".join(text.split()) for text in (truth, read))
    return sum(block.size for block in SequenceMatcher(None, truth, read, autojunk=False).get_matching_blocks()) / len(truth)


@pytest.mark.parametrize("dots", [200, 300])
def test_a_typeset_notice_comes_back_from_its_scan(engine, page, dots):
    data = scan(page, dots)
    with pytest.raises(Scanned) as told:
        apart.parse(data, "a.pdf")
    found = files.from_sheets([apart.sheet(data, "a.pdf", number) for number in range(told.value.pages)])
    assert right(TEXT, "\n".join(p.text for p in found.body)) > 0.98
    assert len(found.body) == len(TEXT.splitlines())
    assert right("云岭县人民政府关于做好今冬明春森林防火工作的通知", found.title) > 0.9
    assert (found.number, found.recipients) == ("云政发〔2026〕12号", ["各乡镇人民政府", "各街道办事处"])
    assert found.date == date(2026, 7, 5) and "扫描件识别" in found.remarks[0].zh


def test_a_page_laid_in_upside_down_is_turned(engine, page):
    out = BytesIO()
    scanned(page)[0].rotate(180).save(out, "JPEG", quality=50)
    found = files.from_sheets([apart.sheet(out.getvalue(), "a.jpg", 0)])
    assert right(TEXT, "\n".join(p.text for p in found.body)) > 0.95


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("安徽 〈合芜蚌) 、四川", "安徽（合芜蚌）、四川"),
        ("现就有关事项通知如下:", "现就有关事项通知如下："),
        ("云政发 [2026] 12 号", "云政发〔2026〕12号"),
        ("《印发〈组建方案〉的通知》", "《印发〈组建方案〉的通知》"),
        ("增长3.5%, 其中", "增长3.5%，其中"),
        ("采用 Word 格式", "采用 Word 格式"),
    ],
)
def test_signs_that_the_engine_confuses_are_mended(read, meant):
    assert printed.mend(read) == meant


def test_a_picture_as_large_as_a_wall_is_not_opened():
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(Unreadable, match="图片的大小"):
        apart.parse(out.getvalue(), "a.png")


def test_more_pages_than_are_read_at_once_are_refused_with_their_number(engine):
    with pytest.raises(Unreadable, match=re.escape("有200页")):
        scans.check(200)
